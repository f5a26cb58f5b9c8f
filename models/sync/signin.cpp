// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/signin.h"

#include <QStringList>

#include <tuple>

#include "models/api/accessmanager.h"
#include "models/core/ondone.h"
#include "models/core/runon.h"
#include "models/sync/transportreader.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

std::unique_ptr<api::Client> makeClient(
    const QUrl& baseUrl, const QString& token, api::Transport transport, const Surroundings& around)
{
    api::Client::Options options;
    options.baseUrl = baseUrl;
    options.token = token;
    options.timeout = around.requestTimeout;
    transport.baseUrl = baseUrl;
    return std::make_unique<api::Client>(
        options, around.openNetwork(transport), around.decoding, around.home, around.clock);
}

bool isThisMachine(const QString& host)
{
    return host == u"localhost" || host == u"127.0.0.1" || host == u"::1";
}

QUrl withScheme(const QUrl& pasted)
{
    if (!pasted.host().isEmpty())
        return pasted;
    // "sentry.example.com/path" has no host to Qt, "localhost:9000" has the scheme localhost.
    const QString text = pasted.toString();
    if (text.contains(u"://"))
        return {};
    const QUrl secure(u"https://"_s + text, QUrl::TolerantMode);
    return isThisMachine(secure.host()) ? QUrl(u"http://"_s + text, QUrl::TolerantMode) : secure;
}

} // namespace

QList<QUrl> apiRootCandidates(const QUrl& pasted)
{
    QUrl url = withScheme(pasted.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo));
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"https" && url.scheme() != u"http"))
        return {};
    QStringList parts = url.path().split(u'/', Qt::SkipEmptyParts);
    // The first part that belongs to Sentry's own routes ends the prefix that a proxy may have put before it.
    static const QStringList routes = {u"api"_s, u"organizations"_s, u"issues"_s, u"projects"_s,
        u"settings"_s, u"auth"_s, u"login"_s, u"share"_s, u"sentry-login"_s};
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (routes.contains(parts.at(i))) {
            parts.resize(i);
            break;
        }
    }
    QList<QUrl> candidates;
    for (qsizetype length = std::min(parts.size(), qsizetype(4)); length >= 0; --length) {
        url.setPath(length == 0 ? QString() : u'/' + parts.mid(0, length).join(u'/'));
        candidates.append(url);
    }
    return candidates;
}

std::optional<core::Error> tokenFault(const QString& token)
{
    if (token.isEmpty())
        return core::Error{core::ErrorKind::Usage, 0, u"no token"_s, {}};
    if (token.startsWith(u"sntrys_")) {
        return core::Error{core::ErrorKind::Usage, 0,
            u"organization tokens (sntrys_) are for uploads from CI and cannot read issues"_s, {}};
    }
    // A header value of ours: nothing but printable ASCII may get there.
    for (const QChar c : token) {
        if (c.unicode() <= 0x20 || c.unicode() >= 0x7f)
            return core::Error{
                core::ErrorKind::Usage, 0, u"tokens hold no spaces or special characters"_s, {}};
    }
    return std::nullopt;
}

QFuture<core::Result<ServerInfo>> Inspection::start(
    const QUrl& url, const api::Transport& transport, const Surroundings& around, QObject* parent)
{
    QList<QUrl> candidates = apiRootCandidates(url);
    if (candidates.isEmpty()) {
        return core::finished<ServerInfo>(
            core::fail(core::ErrorKind::NotSentry, u"that is no web address"_s));
    }
    auto* inspection = new Inspection(std::move(candidates), around, parent);
    inspection->m_transport = transport;
    QFuture<core::Result<ServerInfo>> future = inspection->m_promise.future();
    core::onCancel(future, inspection, [inspection] { inspection->deleteLater(); });
    inspection->tryNext();
    return future;
}

QFuture<core::Result<ServerInfo>> Inspection::start(
    const QUrl& url, const NetworkWay& way, const Surroundings& around, QObject* parent)
{
    domain::Account nobody;
    nobody.network = way.settings;
    const Secrets typed = secretsIn(way);
    if (typed.isEmpty() && way.settings.clientCertificate.isEmpty())
        return start(url, transportOf(nobody), around, parent);
    QList<QUrl> candidates = apiRootCandidates(url);
    if (candidates.isEmpty())
        return start(url, api::Transport(), around, parent);
    auto* inspection = new Inspection(std::move(candidates), around, parent);
    QFuture<core::Result<ServerInfo>> future = inspection->m_promise.future();
    core::onCancel(future, inspection, [inspection] { inspection->deleteLater(); });
    core::onDone(TransportReader::start(nobody, around, inspection, typed), inspection,
        [inspection](const core::Result<api::Transport>& transport) {
            if (!transport)
                return inspection->finish(core::fail(transport.error()));
            inspection->m_transport = *transport;
            inspection->tryNext();
        });
    return future;
}

Inspection::Inspection(QList<QUrl> candidates, const Surroundings& around, QObject* parent)
    : QObject(parent)
    , m_around(around)
    , m_candidates(std::move(candidates))
{
    m_promise.start();
}

void Inspection::tryNext()
{
    const QUrl url = m_candidates.takeFirst();
    m_client = makeClient(url, {}, m_transport, m_around);
    core::onDone(m_client->probe(), this, [this, url](const core::Result<api::ServerInfo>& info) {
        if (info) {
            finish(ServerInfo{url, info->kind, info->version});
            return;
        }
        if (!m_firstError)
            m_firstError = info.error();
        const bool elsewhere =
            info.error().kind == core::ErrorKind::NotSentry || info.error().kind == core::ErrorKind::NotFound;
        if (elsewhere && !m_candidates.isEmpty())
            tryNext();
        else
            finish(core::fail(elsewhere ? *m_firstError : info.error()));
    });
}

void Inspection::finish(core::Result<ServerInfo> result)
{
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

QFuture<core::Result<TokenReach>> SignIn::start(const domain::Account& account, const QString& token,
    const Secrets& typed, const Surroundings& around, QObject* parent)
{
    const QString trimmed = token.trimmed();
    if (const std::optional<core::Error> fault = tokenFault(trimmed))
        return core::finished<TokenReach>(core::fail(*fault));
    auto* signIn = new SignIn(trimmed, around, parent);
    QFuture<core::Result<TokenReach>> future = signIn->m_promise.future();
    core::onCancel(future, signIn, [signIn] { signIn->deleteLater(); });
    core::onDone(TransportReader::start(account, around, signIn, typed), signIn,
        [signIn, url = account.baseUrl](const core::Result<api::Transport>& transport) {
            if (!transport)
                return signIn->finish(core::fail(transport.error()));
            signIn->m_transport = *transport;
            signIn->inspect(url);
        });
    return future;
}

void SignIn::inspect(const QUrl& url)
{
    core::onDone(Inspection::start(url, m_transport, m_around, this), this,
        [this](const core::Result<ServerInfo>& server) {
            if (!server)
                return finish(core::fail(server.error()));
            m_found.server = *server;
            checkToken();
        });
}

SignIn::SignIn(QString token, const Surroundings& around, QObject* parent)
    : QObject(parent)
    , m_around(around)
    , m_token(std::move(token))
{
    m_promise.start();
}

void SignIn::checkToken()
{
    m_client = makeClient(m_found.server.baseUrl, m_token, m_transport, m_around);
    core::onDone(m_client->whoAmI(), this, [this](const core::Result<api::Identity>& identity) {
        // Some tokens may not ask who they are and yet read issues (contract section 2): the organizations
        // decide.
        if (!identity && identity.error().kind != core::ErrorKind::Forbidden &&
            identity.error().kind != core::ErrorKind::NotFound) {
            finish(core::fail(identity.error()));
            return;
        }
        if (identity)
            std::tie(m_found.me, m_found.scopes) = std::tie(identity->user, identity->scopes);
        readOrganizations();
    });
}

void SignIn::readOrganizations()
{
    core::onDone(m_client->organizations(), this,
        [this](const core::Result<QList<domain::Organization>>& organizations) {
            if (!organizations) {
                finish(core::fail(organizations.error()));
                return;
            }
            if (organizations->isEmpty()) {
                finish(core::fail(
                    core::ErrorKind::Forbidden, u"this token belongs to no organization of the server"_s));
                return;
            }
            m_found.organizations = *organizations;
            finish(m_found);
        });
}

void SignIn::finish(core::Result<TokenReach> result)
{
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

} // namespace vedette::sync
