// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "models/core/lane.h"
#include "models/core/mailbox.h"
#include "models/secrets/sessionsecretstore.h"
#include "models/store/cachedatabase.h"
#include "models/store/userdatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/directorykeeper.h"
#include "models/sync/hub.h"
#include "models/sync/issuefinder.h"
#include "models/sync/lookout.h"
#include "models/sync/outboxqueue.h"
#include "models/sync/pace.h"
#include "models/sync/surroundings.h"

namespace vedette::sync {

/// The hub as it is: owns the databases, the lane for decoding and every long-lived part of sync. Members are
/// in the order in which they depend on each other; they go in the reverse one. GUI thread.
class OpenHub final : public Hub
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OpenHub)

public:
    OpenHub(const Options& options, const core::Clock& clock, secrets::SecretStore& tokens);
    ~OpenHub() override;

    /// Opens user.sqlite and, when that is well, all else. Errors: as Hub::open.
    core::Result<void> start();

    void attachCollector(const QUrl& url, const QString& token) override;
    void setVisible(bool visible) override;
    [[nodiscard]] Accounts& accounts() override { return m_parts->book; }
    [[nodiscard]] Directory& directory() override { return m_parts->directory; }
    [[nodiscard]] Outbox& outbox() override { return m_parts->outbox; }
    [[nodiscard]] AlertWatch& alertWatch() override { return m_parts->lookout; }
    QFuture<core::Result<QList<domain::Issue>>> findIssues(
        const QString& text, const QList<domain::AccountId>& accounts) override
    {
        return m_parts->finder.find(text, accounts);
    }
    [[nodiscard]] std::unique_ptr<IssueFeed> makeIssueFeed() override;
    [[nodiscard]] std::unique_ptr<DetailFeed> makeDetailFeed() override;
    [[nodiscard]] std::unique_ptr<OverviewFeed> makeOverviewFeed() override;
    [[nodiscard]] std::unique_ptr<CollectorFeed> makeCollectorFeed() override;

private:
    /// What can only be made once user.sqlite is open.
    struct Parts
    {
        Parts(OpenHub& hub, std::unique_ptr<store::UserDatabase> user);

        std::unique_ptr<store::UserDatabase> user;
        store::CacheDatabase cache;
        Surroundings around;
        AccountBook book;
        OutboxQueue outbox;
        DirectoryKeeper directory;
        Lookout lookout;
        IssueFinder finder;
    };

    void tidyUp();

    Options m_options;
    const core::Clock& m_clock;
    secrets::SessionSecretStore m_tokens;
    core::SystemTimers m_systemTimers;
    core::Timers& m_timers;
    core::Mailbox m_home; // outlives every lane
    core::Lane m_decoding;
    Pace m_pace;
    std::unique_ptr<Parts> m_parts;
    std::unique_ptr<core::Alarm> m_tidy;
};

} // namespace vedette::sync
