// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/exchange.h"

#include <QNetworkReply>

#include <memory>

#include "models/api/accessmanager.h"
#include "models/api/errors.h"
#include "models/api/oncedevice.h"
#include "models/api/ratelimit.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {

using core::ErrorKind;

namespace {

constexpr int mostRedirects = 5;

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

Exchange::Exchange(const QNetworkRequest& request, Route route, const Limits& limits, AccessManager& network,
    const Asker& asker, const core::Clock& clock, Callback callback, QObject* parent)
    : QObject(parent)
    , m_request(request)
    , m_route(std::move(route))
    , m_limits(limits)
    , m_network(network)
    , m_gate(network.gate())
    , m_asker(asker)
    , m_clock(clock)
    , m_callback(std::move(callback))
{
    m_idle.setInterval(limits.idle);
    m_whole.setInterval(limits.whole);
    for (QTimer* timer : {&m_idle, &m_whole}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [this, timer] { giveUp(*timer); });
    }
    m_gate.enter(this);
}

Exchange::~Exchange()
{
    drop();
    m_gate.leave(this);
}

void Exchange::start()
{
    // By hand: Qt's own thread follows before we are asked, and does not tell where it was sent.
    m_request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    QNetworkReply* reply = nullptr;
    std::unique_ptr<OnceDevice> body;
    if (!m_route.body().empty()) {
        body = std::make_unique<OnceDevice>(m_route.body());
        m_request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        m_request.setHeader(QNetworkRequest::ContentLengthHeader, static_cast<qint64>(m_route.body().size()));
    }
    switch (m_route.verb()) {
    case Route::Verb::Get:
        reply = m_network.get(m_request);
        break;
    case Route::Verb::Post:
        reply = m_network.post(m_request, body.get());
        break;
    case Route::Verb::Put:
        reply = m_network.put(m_request, body.get());
        break;
    case Route::Verb::Delete:
        reply = m_network.deleteResource(m_request);
        break;
    }
    m_reply = reply;
    if (body)
        body.release()->setParent(reply);
    m_idle.start();
    if (!m_whole.isActive()) // redirects count in
        m_whole.start();
    connect(reply, &QNetworkReply::readyRead, this, &Exchange::read);
    connect(reply, &QNetworkReply::uploadProgress, this, [this] { m_idle.start(); });
    connect(reply, &QNetworkReply::finished, this, &Exchange::finish);
}

void Exchange::holdBack(Budget::Wait wait)
{
    core::Error error{ErrorKind::RateLimited, 0, u"held back: the server asked for a pause"_s,
        std::chrono::ceil<std::chrono::seconds>(wait), core::ErrorCause::HeldBack};
    // Later: callers count on their call having returned.
    QTimer::singleShot(0, this, [this, error = std::move(error)] { end(core::fail(error)); });
}

void Exchange::giveUp(QTimer& timer)
{
    const bool idle = &timer == &m_idle;
    end(core::fail(ErrorKind::Timeout,
        (idle ? u"nothing came for %1 ms"_s : u"the answer was not complete after %1 ms"_s)
            .arg(timer.interval())));
}

void Exchange::read()
{
    m_idle.start();
    const qint64 announced = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    const QByteArray chunk = m_reply->readAll();
    m_body.append(chunk.constData(), static_cast<std::size_t>(chunk.size()));
    const qint64 size = static_cast<qint64>(m_body.size());
    if (announced <= m_limits.bytes && size <= m_limits.bytes)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    end(core::fail(ErrorKind::TooLarge,
        u"the answer is larger than %1 bytes and was not read to its end"_s.arg(m_limits.bytes), status));
}

void Exchange::finish()
{
    if (m_reply->bytesAvailable() > 0) {
        const QPointer<QNetworkReply> reply = m_reply;
        read();
        if (!m_reply || m_reply != reply) // too large: it is over already
            return;
    }
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QUrl to = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    if (isRedirect(status) && !to.isEmpty())
        return redirect(status, m_reply->url().resolved(to));
    const QNetworkReply::NetworkError fault = m_reply->error();
    // Qt's numbers below 200 are about the connection, those above about what HTTP said; but a broken gzip
    // body comes as one of the latter with a status of 200, and a redirect without a place to go as another.
    const bool isPlaceless = status >= 300 && status < 400 && fault == QNetworkReply::ProtocolUnknownError;
    if (status == 0 || (fault != QNetworkReply::NoError && (fault < 200 || status < 400) && !isPlaceless)) {
        core::Error error = m_network.tlsFault(m_reply).value_or(
            errorFromNetwork(fault, m_reply->errorString(), m_network.usesProxyFor(m_request.url())));
        error.httpStatus = status;
        end(core::fail(std::move(error)));
        return;
    }
    const Headers headers(m_reply->rawHeaderPairs());
    m_told = Gate::Told{status, readRateLimit(headers, m_clock.now())};
    if (status < 200 || status >= 300) {
        end(core::fail(errorFromAnswer(status, m_body, m_told->limits.wait, m_request.url())));
        return;
    }
    end(Answer{status, headers, std::move(m_body)});
}

void Exchange::redirect(int status, const QUrl& to)
{
    // What the body says of a thing that was renamed is worth more than where it is now.
    const core::Error told = errorFromAnswer(status, m_body, {});
    // A redirected PUT or POST loses its body or its verb: those are never followed.
    const bool isFollowed = m_route.verb() == Route::Verb::Get && m_redirects < mostRedirects &&
                            !originOf(to).isEmpty() && originOf(to) == originOf(m_request.url());
    if (!isFollowed) {
        core::Error error = errorFromRedirect(status, m_request.url(), to);
        if (told.cause == core::ErrorCause::Renamed) {
            error.cause = told.cause;
            error.about = told.about;
            error.detail = told.detail;
        } else if (m_route.verb() != Route::Verb::Get && error.cause == core::ErrorCause::EndlessLoop) {
            error.cause = core::ErrorCause::None;
            error.detail = u"a change was sent on within the server and is not followed"_s;
        }
        end(core::fail(std::move(error)));
        return;
    }
    ++m_redirects;
    abandon();
    m_body.clear();
    m_request.setUrl(to);
    start();
}

void Exchange::end(core::Result<Answer> result)
{
    drop();
    m_gate.leave(this, m_told);
    deleteLater();
    // The callback may destroy us and our owner.
    const Callback callback = std::move(m_callback);
    m_callback = nullptr;
    if (callback)
        callback(std::move(result));
}

void Exchange::drop()
{
    m_idle.stop();
    m_whole.stop();
    abandon();
}

void Exchange::abandon()
{
    if (!m_reply)
        return;
    QNetworkReply* reply = m_reply;
    m_reply.clear();
    reply->disconnect(this);
    if (reply->isRunning())
        reply->abort();
    reply->deleteLater();
}

} // namespace vedette::api
