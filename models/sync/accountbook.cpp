// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/accountbook.h"

#include <QTimer>
#include <QUuid>

#include <algorithm>

#include "models/api/accessmanager.h"
#include "models/core/logging.h"
#include "models/core/runon.h"
#include "models/secrets/secretstore.h"
#include "models/store/cachedatabase.h"
#include "models/store/userdatabase.h"
#include "models/sync/pace.h"
#include "models/sync/transportreader.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

domain::AccountId newId()
{
    return domain::AccountId(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

/// A collector that was added by its address is a server like any other; the kind stands for the built-in
/// one, whose address and token the program knows.
domain::ServerKind kindToKeep(domain::ServerKind found)
{
    return found == domain::ServerKind::Collector ? domain::ServerKind::Sentry : found;
}

/// Secrets of an account that not every account has.
QStringList secretNames(const domain::Account& account)
{
    QStringList names;
    for (const QString& header : account.network.headerNames)
        names.append(secrets::headerName(header));
    return names;
}

} // namespace

AccountBook::AccountBook(const Surroundings& around, QObject* parent)
    : Accounts(parent)
    , m_around(around)
{
    for (const domain::Account& account : m_around.user.content().accounts) {
        Session* session = open(account);
        // The collector's token lives in its own data folder and comes with attachCollector().
        if (account.kind != domain::ServerKind::Collector)
            readToken(*session);
    }
}

AccountBook::~AccountBook() = default;

QList<domain::Account> AccountBook::accounts() const
{
    QList<domain::Account> accounts;
    for (const auto& session : m_sessions)
        accounts.append(session->account());
    std::stable_partition(accounts.begin(), accounts.end(),
        [](const domain::Account& account) { return account.kind == domain::ServerKind::Collector; });
    return accounts;
}

std::optional<domain::Account> AccountBook::account(const domain::AccountId& id) const
{
    const Session* found = session(id);
    return found != nullptr ? std::optional(found->account()) : std::nullopt;
}

ConnectionState AccountBook::state(const domain::AccountId& id) const
{
    const Session* found = session(id);
    return found != nullptr ? found->state() : ConnectionState();
}

QFuture<core::Result<ServerInfo>> AccountBook::inspect(const QUrl& url)
{
    return Inspection::start(url, m_around, this);
}

QFuture<core::Result<domain::Account>> AccountBook::add(
    const QUrl& url, const QString& token, const QString& name)
{
    auto promise = std::make_shared<QPromise<core::Result<domain::Account>>>();
    promise->start();
    const auto finish = [promise](core::Result<domain::Account> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    QFuture<core::Result<SignedIn>> signIn = SignIn::start(url, token, m_around, this);
    core::onCancel(promise->future(), this, [signIn]() mutable { signIn.cancel(); });
    core::onDone(signIn, this,
        [this, promise, finish, token = token.trimmed(), name](const core::Result<SignedIn>& found) {
            if (!found) {
                finish(core::fail(found.error()));
                return;
            }
            if (const std::optional<core::Error> fault = clash(*found)) {
                finish(core::fail(*fault));
                return;
            }
            domain::Account account;
            account.id = newId();
            account.name = name.trimmed().isEmpty() ? found->server.baseUrl.host() : name.trimmed();
            account.baseUrl = found->server.baseUrl;
            account.kind = kindToKeep(found->server.kind);
            account.serverVersion = found->server.version;
            account.organizations = found->organizations;
            account.colour = freeColour();
            core::onDone(keep(account, token), this,
                [this, promise, finish, token](const core::Result<domain::Account>& kept) {
                    if (kept && promise->isCanceled()) {
                        // Whoever asked has left while the keychain took its time: nothing stays behind.
                        forget(*kept);
                    } else if (kept) {
                        connectClient(*open(*kept), token);
                        emit accountsChanged();
                    }
                    finish(kept);
                });
        });
    return promise->future();
}

QFuture<core::Result<domain::Account>> AccountBook::renewToken(
    const domain::AccountId& id, const QString& token)
{
    const Session* old = session(id);
    if (old == nullptr)
        return core::finished<domain::Account>(core::fail(core::ErrorKind::NotFound, u"no such account"_s));
    auto promise = std::make_shared<QPromise<core::Result<domain::Account>>>();
    promise->start();
    const auto finish = [promise](core::Result<domain::Account> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    QFuture<core::Result<SignedIn>> signIn = SignIn::start(old->account().baseUrl, token, m_around, this);
    core::onCancel(promise->future(), this, [signIn]() mutable { signIn.cancel(); });
    core::onDone(
        signIn, this, [this, id, finish, token = token.trimmed()](const core::Result<SignedIn>& found) {
            Session* renewed = session(id);
            if (!found || renewed == nullptr) {
                finish(core::fail(found ? core::Error{core::ErrorKind::NotFound, 0, {}, {}} : found.error()));
                return;
            }
            domain::Account account = renewed->account();
            account.kind = kindToKeep(found->server.kind);
            account.serverVersion = found->server.version;
            account.organizations = found->organizations;
            core::onDone(keep(account, token), this,
                [this, id, finish, token](const core::Result<domain::Account>& kept) {
                    if (Session* current = session(id); kept && current != nullptr) {
                        current->setAccount(*kept);
                        connectClient(*current, token);
                        emit accountsChanged();
                    }
                    finish(kept);
                });
        });
    return promise->future();
}

void AccountBook::remove(const domain::AccountId& id)
{
    const auto it = std::find_if(m_sessions.begin(), m_sessions.end(),
        [&](const auto& candidate) { return candidate->account().id == id; });
    if (it == m_sessions.end())
        return;
    // Alive until the listeners are through, but no longer to be found.
    const std::unique_ptr<Session> gone = std::move(*it);
    m_sessions.erase(it);
    forget(gone->account());
    emit sessionRemoved(id);
    emit accountsChanged();
}

void AccountBook::forget(const domain::Account& account)
{
    m_around.tokens.removeAll(account.id, secretNames(account));
    m_around.user.removeAccount(account.id);
    m_around.cache.removeAccount(account.id);
}

void AccountBook::attachCollector(const QUrl& url, const QString& token)
{
    Session* session = collector();
    const bool isNew = session == nullptr;
    domain::Account account = isNew ? domain::Account() : session->account();
    if (isNew) {
        account.id = newId();
        account.name = u"Collector"_s;
        account.kind = domain::ServerKind::Collector;
        account.colour = freeColour();
    }
    account.baseUrl = url;
    for (domain::Organization& organization : account.organizations)
        organization.regionUrl = {}; // its port may be another one today
    if (isNew)
        session = open(account);
    else
        session->setAccount(account);
    m_around.user.saveAccount(account);
    connectClient(*session, token);
    readOrganizations(*session);
    emit accountsChanged();
}

Session* AccountBook::collector() const
{
    for (const auto& session : m_sessions) {
        if (session->account().kind == domain::ServerKind::Collector)
            return session.get();
    }
    return nullptr;
}

Session* AccountBook::session(const domain::AccountId& id) const
{
    for (const auto& candidate : m_sessions) {
        if (candidate->account().id == id)
            return candidate.get();
    }
    return nullptr;
}

QList<Session*> AccountBook::sessions() const
{
    QList<Session*> sessions;
    for (const auto& session : m_sessions)
        sessions.append(session.get());
    return sessions;
}

Session* AccountBook::open(const domain::Account& account)
{
    m_sessions.push_back(std::make_unique<Session>(account, m_around.clock));
    Session* session = m_sessions.back().get();
    connect(
        session, &Session::stateChanged, this, [this, session] { emit stateChanged(session->account().id); });
    connect(session, &Session::ready, this, [this, session] { emit sessionReady(session); });
    connect(session, &Session::cameBack, this, [this, session] { emit sessionCameBack(session); });
    return session;
}

void AccountBook::connectClient(Session& session, const QString& token)
{
    // A former one would bring the former token.
    qDeleteAll(session.findChildren<TransportReader*>(QString(), Qt::FindDirectChildrenOnly));
    if (secretsOf(session.account()).isEmpty()) {
        connectBy(session, token, transportOf(session.account()));
        return;
    }
    core::onDone(TransportReader::start(session.account(), m_around, &session), &session,
        [this, s = &session, token](const core::Result<api::Transport>& transport) {
            if (transport) {
                connectBy(*s, token, *transport);
                return;
            }
            // Without its headers or its certificate the server would only refuse: nothing is sent.
            s->note(transport.error());
            emit accountsChanged();
        });
}

void AccountBook::connectBy(Session& session, const QString& token, const api::Transport& transport)
{
    api::Client::Options options;
    options.baseUrl = session.account().baseUrl;
    options.token = token;
    options.kind = session.account().kind;
    options.organizations = session.account().organizations;
    options.timeout = m_around.requestTimeout;
    session.setClient(std::make_unique<api::Client>(
        options, m_around.openNetwork(transport), m_around.decoding, m_around.home, m_around.clock));
}

void AccountBook::readToken(Session& session)
{
    core::onDone(m_around.tokens.read(session.account().id, secrets::tokenName), &session,
        [this, s = &session](const core::Result<QString>& token) {
            if (token) {
                connectClient(*s, *token);
                return;
            }
            core::Error error = token.error();
            if (error.kind == core::ErrorKind::NotFound)
                error = {core::ErrorKind::Unauthorized, 0, u"no token is kept for this account"_s, {}};
            else if (error.kind == core::ErrorKind::Keychain)
                m_keepsTokens = false;
            s->note(error);
            emit accountsChanged();
        });
}

/// What the collector's organization is called; asked again until it is known.
void AccountBook::readOrganizations(Session& session)
{
    session.receive(session.client()->organizations(), &session,
        [this, s = &session](const core::Result<QList<domain::Organization>>& organizations) {
            if (!organizations || organizations->isEmpty()) {
                const bool stopped =
                    !organizations && organizations.error().kind == core::ErrorKind::Cancelled;
                if (!stopped && !s->isReady()) {
                    QTimer::singleShot(m_around.pace.interval(s->account().kind), s, [this, s] {
                        if (s->client() != nullptr && !s->isReady())
                            readOrganizations(*s);
                    });
                }
                return;
            }
            domain::Account account = s->account();
            if (account.organizations == *organizations)
                return;
            account.organizations = *organizations;
            s->setAccount(account);
            m_around.user.saveAccount(account);
            emit accountsChanged();
        });
}

/// Token first: an account without one is of no use, while a token without an account is swept away.
QFuture<core::Result<domain::Account>> AccountBook::keep(const domain::Account& account, const QString& token)
{
    auto promise = std::make_shared<QPromise<core::Result<domain::Account>>>();
    promise->start();
    core::onDone(m_around.tokens.write(account.id, secrets::tokenName, token), this,
        [this, promise, account](const core::Result<void>& written) {
            // Without a keychain the account is good for this session, and the person is told.
            m_keepsTokens = written.has_value();
            core::onDone(m_around.user.saveAccount(account), this,
                [this, promise, account](const core::Result<void>& saved) {
                    if (saved) {
                        promise->addResult(account);
                    } else {
                        m_around.tokens.remove(account.id, secrets::tokenName);
                        promise->addResult(core::fail(saved.error()));
                    }
                    promise->finish();
                });
        });
    return promise->future();
}

std::optional<core::Error> AccountBook::clash(const SignedIn& found) const
{
    for (const auto& session : m_sessions) {
        const domain::Account& other = session->account();
        if (other.baseUrl == found.server.baseUrl && other.organizations == found.organizations)
            return core::Error{
                core::ErrorKind::Usage, 0, u"this account is here already: %1"_s.arg(other.name), {}};
    }
    return std::nullopt;
}

int AccountBook::freeColour() const
{
    int colour = 0;
    for (const auto& session : m_sessions)
        colour = std::max(colour, session->account().colour + 1);
    return m_sessions.empty() ? 0 : colour;
}

} // namespace vedette::sync
