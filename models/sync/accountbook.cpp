// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/accountbook.h"

#include <QTimer>
#include <QUuid>

#include <algorithm>
#include <iterator>

#include "models/api/accessmanager.h"
#include "models/core/runon.h"
#include "models/core/text.h"
#include "models/secrets/secretstore.h"
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

/// An account that is not there yet, to reach its server by.
domain::Account stranger(const QUrl& url, const NetworkWay& way)
{
    domain::Account account;
    account.baseUrl = url;
    account.network = way.settings;
    return account;
}

/// Of the organizations that a token reaches those that somebody wants; all where nobody said.
QList<domain::Organization> wantedOf(
    const QList<domain::Organization>& reached, const QList<domain::OrganizationId>& wanted)
{
    QList<domain::Organization> out;
    for (const domain::Organization& organization : reached) {
        if (wanted.isEmpty() || wanted.contains(organization.id))
            out.append(organization);
    }
    return out;
}

QList<domain::OrganizationId> idsOf(const QList<domain::Organization>& organizations)
{
    QList<domain::OrganizationId> ids;
    for (const domain::Organization& organization : organizations)
        ids.append(organization.id);
    return ids;
}

QString nameOf(const domain::Actor& person)
{
    return core::singleLine(person.name.isEmpty() ? person.email : person.name, 80);
}

/// A person as the keychain's neighbour keeps them: who is asked does not matter there.
std::optional<domain::Actor> identityOf(const TokenReach& found)
{
    std::optional<domain::Actor> me = found.me;
    if (me)
        me->isMe = true;
    return me;
}

using AccountPromise = std::shared_ptr<QPromise<core::Result<domain::Account>>>;

AccountPromise begin()
{
    auto promise = std::make_shared<QPromise<core::Result<domain::Account>>>();
    promise->start();
    return promise;
}

void finish(const AccountPromise& promise, core::Result<domain::Account> result)
{
    promise->addResult(std::move(result));
    promise->finish();
}

} // namespace

AccountBook::AccountBook(const Surroundings& around, QObject* parent)
    : Accounts(parent)
    , m_around(around)
    , m_keeper(around)
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

QFuture<core::Result<ServerInfo>> AccountBook::inspect(const QUrl& url, const NetworkWay& way)
{
    return Inspection::start(url, way, m_around, this);
}

QFuture<core::Result<TokenReach>> AccountBook::examine(
    const QUrl& url, const QString& token, const NetworkWay& way)
{
    return SignIn::start(stranger(url, way), token, secretsIn(way), m_around, this);
}

QFuture<core::Result<domain::Account>> AccountBook::signIn(const SignInWish& wish)
{
    const AccountPromise promise = begin();
    QFuture<core::Result<TokenReach>> found = examine(wish.url, wish.token, wish.way);
    core::onCancel(promise->future(), this, [found]() mutable { found.cancel(); });
    core::onDone(found, this, [this, wish, promise](const core::Result<TokenReach>& reach) {
        if (reach)
            addFound(wish, *reach, promise);
        else
            finish(promise, core::fail(reach.error()));
    });
    return promise->future();
}

void AccountBook::addFound(const SignInWish& wish, const TokenReach& found, const AccountPromise& promise)
{
    if (const std::optional<core::Error> fault = clash(found))
        return finish(promise, core::fail(*fault));
    domain::Account account = stranger(found.server.baseUrl, wish.way);
    account.id = newId();
    account.name = wish.name.trimmed().isEmpty() ? account.baseUrl.host() : wish.name.trimmed();
    account.kind = kindToKeep(found.server.kind);
    account.serverVersion = found.server.version;
    account.organizations = wantedOf(found.organizations, wish.organizations);
    account.identity = identityOf(found);
    account.capabilities.scopes = found.scopes;
    account.colour = freeColour();
    if (account.organizations.isEmpty()) {
        return finish(promise, core::fail(core::ErrorKind::Usage,
                                   u"the token reaches none of the chosen organizations any more"_s));
    }
    Secrets secrets = secretsIn(wish.way);
    secrets.insert(secrets::tokenName, wish.token.trimmed());
    core::onDone(m_keeper.keep(account, secrets, {}, true), this,
        [this, promise, token = wish.token.trimmed()](const core::Result<domain::Account>& kept) {
            if (kept && promise->isCanceled()) {
                // Whoever asked has left while the keychain took its time: nothing stays behind.
                m_keeper.forget(*kept, true);
            } else if (kept) {
                connectClient(*open(*kept), token);
                emit accountsChanged();
            }
            finish(promise, kept);
        });
}

QFuture<core::Result<domain::Account>> AccountBook::renewToken(
    const domain::AccountId& id, const QString& token)
{
    const Session* old = session(id);
    if (old == nullptr)
        return core::finished<domain::Account>(core::fail(core::ErrorKind::NotFound, u"no such account"_s));
    const AccountPromise promise = begin();
    QFuture<core::Result<TokenReach>> found = SignIn::start(old->account(), token, {}, m_around, this);
    core::onCancel(promise->future(), this, [found]() mutable { found.cancel(); });
    core::onDone(
        found, this, [this, id, promise, token = token.trimmed()](const core::Result<TokenReach>& reach) {
            if (reach)
                renewBy(id, token, *reach, promise);
            else
                finish(promise, core::fail(reach.error()));
        });
    return promise->future();
}

void AccountBook::renewBy(
    const domain::AccountId& id, const QString& token, const TokenReach& found, const AccountPromise& promise)
{
    const Session* renewed = session(id);
    if (renewed == nullptr)
        return finish(promise, core::fail(core::ErrorKind::NotFound, u"no such account"_s));
    domain::Account account = renewed->account();
    const bool isKnown = account.identity && found.me;
    if (isKnown && account.identity->id != found.me->id) {
        return finish(promise, core::fail(core::ErrorKind::Usage,
                                   u"this token belongs to %1, the account to %2: add it as an account"_s.arg(
                                       nameOf(*found.me), nameOf(*account.identity))));
    }
    QList<domain::Organization> organizations = wantedOf(found.organizations, idsOf(account.organizations));
    if (organizations.isEmpty() && !isKnown && !account.organizations.isEmpty()) {
        return finish(promise,
            core::fail(core::ErrorKind::Usage, u"this token reaches none of the account's organizations"_s));
    }
    account.kind = kindToKeep(found.server.kind);
    account.serverVersion = found.server.version;
    // The same person whose organizations were all renamed: better those than none.
    account.organizations = organizations.isEmpty() ? found.organizations : organizations;
    account.capabilities.scopes = found.scopes;
    if (found.me)
        account.identity = identityOf(found);
    core::onDone(m_keeper.keep(account, {{secrets::tokenName, token}}, {}, false), this,
        [this, id, promise, token](const core::Result<domain::Account>& kept) {
            if (Session* current = session(id); kept && current != nullptr) {
                current->setAccount(*kept);
                connectClient(*current, token);
                emit accountsChanged();
            }
            finish(promise, kept);
        });
}

QFuture<core::Result<domain::Account>> AccountBook::setNetwork(
    const domain::AccountId& id, const NetworkWay& way)
{
    const Session* old = session(id);
    if (old == nullptr || old->account().kind == domain::ServerKind::Collector)
        return core::finished<domain::Account>(core::fail(core::ErrorKind::NotFound, u"no such account"_s));
    const AccountPromise promise = begin();
    domain::Account changed = old->account();
    changed.network = way.settings;
    const Secrets typed = secretsIn(way);
    core::onDone(TransportReader::start(changed, m_around, this, typed), this,
        [this, changed, typed, promise](const core::Result<api::Transport>& transport) {
            if (!transport)
                return finish(promise, core::fail(transport.error()));
            if (const auto passage = api::Passage::open(*transport); !passage)
                return finish(promise, core::fail(passage.error()));
            keepNetwork(changed, typed, promise);
        });
    return promise->future();
}

void AccountBook::keepNetwork(
    const domain::Account& changed, const Secrets& typed, const AccountPromise& promise)
{
    const Session* old = session(changed.id);
    if (old == nullptr)
        return finish(promise, core::fail(core::ErrorKind::NotFound, u"no such account"_s));
    // Whatever else changed in the meantime stays.
    domain::Account account = old->account();
    const QStringList former = secretsOf(account);
    account.network = changed.network;
    const QStringList needed = secretsOf(account);
    QStringList dropped;
    std::copy_if(former.begin(), former.end(), std::back_inserter(dropped),
        [&needed](const QString& name) { return !needed.contains(name); });
    core::onDone(m_keeper.keep(account, typed, dropped, false), this,
        [this, promise](const core::Result<domain::Account>& kept) {
            if (Session* current = kept ? session(kept->id) : nullptr; current != nullptr) {
                current->setClient(nullptr);
                current->setAccount(*kept);
                readToken(*current);
                emit accountsChanged();
            }
            finish(promise, kept);
        });
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
    m_keeper.forget(gone->account(), true);
    emit sessionRemoved(id);
    emit accountsChanged();
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
                m_keeper.setKeepsSecrets(false);
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

/// An account is one person on one server. Where a server does not tell who it is, the same organizations
/// are taken for the same person.
std::optional<core::Error> AccountBook::clash(const TokenReach& found) const
{
    for (const auto& session : m_sessions) {
        const domain::Account& other = session->account();
        if (other.baseUrl != found.server.baseUrl)
            continue;
        const bool isSame = other.identity && found.me
                                ? other.identity->id == found.me->id
                                : !wantedOf(found.organizations, idsOf(other.organizations)).isEmpty();
        if (isSame)
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
