// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

#include "models/api/client.h"
#include "models/core/clock.h"
#include "models/core/ondone.h"
#include "models/domain/account.h"
#include "models/sync/accounts.h"
#include "models/sync/feedstate.h"

namespace vedette::sync {

/// One account while it is open: its client, how its server looks from here, and how long that server wants
/// to be left alone. Every answer passes through receive(), so that one place knows. GUI thread.
class Session final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Session)

public:
    Session(domain::Account account, const core::Clock& clock, QObject* parent = nullptr);
    ~Session() override;

    [[nodiscard]] const domain::Account& account() const { return m_account; }
    void setAccount(const domain::Account& account);
    /// The organization to ask: the wanted one, or the first.
    [[nodiscard]] domain::OrganizationId organization(const domain::OrganizationId& wanted = {}) const;

    /// Null until the token is known.
    [[nodiscard]] api::Client* client() const { return m_client.get(); }
    /// Null: nobody can ask the server until there is one again.
    void setClient(std::unique_ptr<api::Client> client);
    /// There is a client, and an organization to ask it about.
    [[nodiscard]] bool isReady() const { return m_client && !m_account.organizations.isEmpty(); }

    [[nodiscard]] const ConnectionState& state() const { return m_state; }
    /// The server tells by itself what changes there (the built-in collector does), so that polling is only a
    /// safety net.
    [[nodiscard]] bool isLive() const;

    /// How long the server asked to be left alone; zero: not at all.
    [[nodiscard]] std::chrono::milliseconds quietFor() const;

    /// Hands the answer to `fn(Result<T>)` on the context's thread after noting what it says of the server.
    /// Nothing is called when the context is gone.
    template<class T, class Fn>
    void receive(const QFuture<core::Result<T>>& future, QObject* context, Fn fn)
    {
        core::onDone(future, context,
            [session = QPointer<Session>(this), fn = std::move(fn)](core::Result<T> result) mutable {
                if (session)
                    session->note(result ? std::nullopt : std::optional(result.error()));
                fn(std::move(result));
            });
    }

    /// An answer came, or none did.
    void note(const std::optional<core::Error>& error);

signals:
    void stateChanged();
    /// isReady() became true.
    void ready();
    /// Something changed there, as it told itself.
    void changedThere();
    void liveChanged();
    /// Seen again after a time when it could not be.
    void cameBack();

private:
    void follow();
    void enter(ConnectionState::Phase phase, const std::optional<core::Error>& error);

    domain::Account m_account;
    const core::Clock& m_clock;
    std::unique_ptr<api::Client> m_client;
    std::unique_ptr<api::ChangeStream> m_changes;
    ConnectionState m_state;
    bool m_wasReady = false;
};

/// The state of a feed whose session cannot be asked yet: loading while the token is on its way, else why
/// not.
[[nodiscard]] FeedState waiting(const Session* session, FeedState state);

} // namespace vedette::sync
