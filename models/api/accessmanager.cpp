// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/accessmanager.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSysInfo>
#include <QUrlQuery>

#include <chrono>

#include "models/api/route.h"
#include "models/api/tlsfault.h"
#include "models/core/logging.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {

Q_LOGGING_CATEGORY(lcApi, "vedette.api")

namespace {

// A backstop below Client's own clocks, for whoever uses the manager directly.
constexpr std::chrono::milliseconds backstop{30'000};
constexpr int mostRedirects = 5;

QString verbName(QNetworkAccessManager::Operation op, const QNetworkRequest& request)
{
    switch (op) {
    case QNetworkAccessManager::HeadOperation:
        return u"HEAD"_s;
    case QNetworkAccessManager::GetOperation:
        return u"GET"_s;
    case QNetworkAccessManager::PutOperation:
        return u"PUT"_s;
    case QNetworkAccessManager::PostOperation:
        return u"POST"_s;
    case QNetworkAccessManager::DeleteOperation:
        return u"DELETE"_s;
    case QNetworkAccessManager::CustomOperation:
    case QNetworkAccessManager::UnknownOperation:
        break;
    }
    return QString::fromLatin1(
        request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray().left(20));
}

/// Path and the names of the query's values: values hold search text, e-mail addresses, cursors.
QString loggedPath(const QUrl& url)
{
    QStringList names;
    const auto items = QUrlQuery(url).queryItems();
    for (const auto& [name, value] : items) {
        if (!names.contains(name))
            names << name;
    }
    const QString path = core::redacted(url.path(QUrl::FullyEncoded));
    return names.isEmpty() ? path : path + u'?' + names.join(u'&');
}

} // namespace

AccessManager::AccessManager(const QString& version, const core::Clock& clock, QObject* parent)
    : AccessManager(version, clock, Transport(), parent)
{}

AccessManager::AccessManager(
    const QString& version, const core::Clock& clock, const Transport& transport, QObject* parent)
    : QNetworkAccessManager(parent)
    , m_gate(clock)
    , m_userAgent(u"Vedette/%1 (%2; %3) Qt/%4"_s.arg(version, QSysInfo::prettyProductName().remove(u';'),
          QSysInfo::currentCpuArchitecture(), QString::fromLatin1(qVersion())))
{
    setRedirectPolicy(QNetworkRequest::SameOriginRedirectPolicy);
    setTransferTimeout(static_cast<int>(backstop.count()));
    setAutoDeleteReplies(false);
    connect(this, &QNetworkAccessManager::sslErrors, this, &AccessManager::judge);
    if (auto passage = Passage::open(transport))
        m_passage = std::move(*passage);
    else
        m_fault = passage.error();
    setProxyFactory(makeProxyFactory(m_passage.proxy()).release());
}

AccessManager::~AccessManager()
{
    // Replies that are still open die with the base class, when there is nobody left to count them.
    const QList<QNetworkReply*> replies = findChildren<QNetworkReply*>(Qt::FindDirectChildrenOnly);
    for (QNetworkReply* reply : replies)
        disconnect(reply, nullptr, this, nullptr);
}

bool AccessManager::usesProxyFor(const QUrl& url) const
{
    const QList<QNetworkProxy> ways = proxyFactory()->queryProxy(QNetworkProxyQuery(url));
    return !ways.isEmpty() && ways.first().type() != QNetworkProxy::NoProxy;
}

std::optional<core::Error> AccessManager::tlsFault(const QNetworkReply* reply) const
{
    if (const auto it = m_tlsFaults.constFind(reply); it != m_tlsFaults.constEnd())
        return *it;
    // Of several requests that wait for one connection Qt asks us about the first, and fails them all.
    const auto last = m_lastTlsFaults.constFind(originOf(reply->url()));
    const bool isTls = reply->error() == QNetworkReply::SslHandshakeFailedError;
    return isTls && last != m_lastTlsFaults.constEnd() ? std::optional(*last) : std::nullopt;
}

void AccessManager::judge(QNetworkReply* reply, const QList<QSslError>& errors)
{
    // Nothing of the request has been sent yet: Qt's thread waits for us.
    const QSslCertificate leaf = reply->sslConfiguration().peerCertificate();
    if (m_passage.accepts(reply->url(), errors, leaf)) {
        reply->ignoreSslErrors(errors);
        m_lastTlsFaults.remove(originOf(reply->url()));
        return;
    }
    core::Error error = errorFromTls(errors, leaf);
    if (m_passage.isOther(reply->url(), leaf))
        error.cause = core::ErrorCause::OtherCertificate;
    m_lastTlsFaults.insert(originOf(reply->url()), error);
    m_tlsFaults.insert(reply, std::move(error));
}

QNetworkReply* AccessManager::createRequest(
    Operation op, const QNetworkRequest& original, QIODevice* outgoingData)
{
    QNetworkRequest request = original;
    request.setHeader(QNetworkRequest::UserAgentHeader, m_userAgent);
    // No cookies either way: a token is all the identity there is, and a session cookie would outlive it.
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setMaximumRedirectsAllowed(mostRedirects);
    m_passage.dress(request);
    if (const QByteArray password = m_passage.proxyAuthorization(request.url()); !password.isEmpty())
        request.setRawHeader("Proxy-Authorization", password);
    // Whoever asks should have looked at fault(); a request that went out bare would be a leak all the same.
    if (m_fault)
        request.setUrl(QUrl(u"vedette:nowhere"_s));
    // A redirected PUT or POST loses its body or its verb: those are never followed.
    if (op != GetOperation && op != HeadOperation)
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);

    QNetworkReply* reply = QNetworkAccessManager::createRequest(op, request, outgoingData);
    const quint64 id = ++m_lastId;
    ++m_open;
    connect(reply, &QObject::destroyed, this, [this, reply] {
        --m_open;
        m_tlsFaults.remove(reply);
    });
    QElapsedTimer timer;
    timer.start();
    connect(reply, &QNetworkReply::finished, this,
        [reply, id, timer, verb = verbName(op, request), path = loggedPath(request.url())] {
            const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            qCInfo(lcApi).noquote() << u"#%1 %2 %3 -> %4 in %5 ms"_s.arg(id).arg(verb, path,
                status > 0 ? QString::number(status) : u"error %1"_s.arg(int(reply->error())),
                QString::number(timer.elapsed()));
        });
    return reply;
}

} // namespace vedette::api
