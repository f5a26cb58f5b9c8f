// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QSet>
#include <QTimer>

#include <memory>
#include <vector>

#include "models/sync/accountkeeper.h"
#include "models/sync/accounts.h"
#include "models/sync/session.h"
#include "models/sync/signin.h"
#include "models/sync/surroundings.h"

namespace vedette::sync {

/// Accounts as the rest of sync sees them: each with its session. Reads the accounts from user.sqlite, their
/// tokens from the keychain, and keeps both in step. GUI thread.
class AccountBook final : public Accounts
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccountBook)

public:
    AccountBook(const Surroundings& around, QObject* parent = nullptr);
    ~AccountBook() override;

    [[nodiscard]] QList<domain::Account> accounts() const override;
    [[nodiscard]] std::optional<domain::Account> account(const domain::AccountId& id) const override;
    [[nodiscard]] ConnectionState state(const domain::AccountId& id) const override;
    [[nodiscard]] bool keepsTokens() const override { return m_keeper.keepsSecrets(); }

    QFuture<core::Result<ServerInfo>> inspect(const QUrl& url, const NetworkWay& way) override;
    QFuture<core::Result<TokenReach>> examine(
        const QUrl& url, const QString& token, const NetworkWay& way) override;
    QFuture<core::Result<domain::Account>> signIn(const SignInWish& wish) override;
    QFuture<core::Result<domain::Account>> renewToken(
        const domain::AccountId& id, const QString& token) override;
    QFuture<core::Result<domain::Account>> setNetwork(
        const domain::AccountId& id, const NetworkWay& way) override;
    void remove(const domain::AccountId& id) override;

    /// The built-in collector: always the same account, so that its cache fits, whatever port it listens on.
    void attachCollector(const QUrl& url, const QString& token);
    /// The collector's session; null where there is none.
    [[nodiscard]] Session* collector() const;

    /// Null for an account that is not here (any more).
    [[nodiscard]] Session* session(const domain::AccountId& id) const;
    [[nodiscard]] QList<Session*> sessions() const;

signals:
    /// The session can be asked: at start, after attaching, after a new token.
    void sessionReady(vedette::sync::Session* session);
    /// It can be seen again.
    void sessionCameBack(vedette::sync::Session* session);
    void sessionRemoved(const vedette::domain::AccountId& id);

private:
    using AccountPromise = std::shared_ptr<QPromise<core::Result<domain::Account>>>;

    Session* open(const domain::Account& account);
    void addFound(const SignInWish& wish, const TokenReach& found, const AccountPromise& promise);
    void renewBy(const domain::AccountId& id, const QString& token, const TokenReach& found,
        const AccountPromise& promise);
    void keepNetwork(const domain::Account& changed, const Secrets& typed, const AccountPromise& promise);
    void connectClient(Session& session, const QString& token);
    void connectBy(Session& session, const QString& token, const api::Transport& transport);
    void readToken(Session& session);
    void readOrganizations(Session& session);
    [[nodiscard]] std::optional<core::Error> clash(const TokenReach& found) const;
    [[nodiscard]] int freeColour() const;

    const Surroundings& m_around;
    AccountKeeper m_keeper;
    std::vector<std::unique_ptr<Session>> m_sessions; // in the user's order
};

} // namespace vedette::sync
