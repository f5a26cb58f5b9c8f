// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QList>
#include <QObject>
#include <QString>

#include <memory>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/core/timers.h"
#include "models/domain/account.h"
#include "models/sync/accounts.h"
#include "models/sync/alertwatch.h"
#include "models/sync/collectorfeed.h"
#include "models/sync/detailfeed.h"
#include "models/sync/directory.h"
#include "models/sync/issuefeed.h"
#include "models/sync/outbox.h"
#include "models/sync/overviewfeed.h"

namespace vedette::ports {
class Environment;
}
namespace vedette::secrets {
class SecretStore;
}

namespace vedette::sync {

/// The joint of the client: opens the two databases, holds accounts, outbox and watch, and makes feeds for
/// pages. Everything that views and app may ask of the data goes through here. GUI thread; lives as long as
/// the program.
class Hub : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    struct Options
    {
        QString dataFolder;                   ///< user.sqlite: never thrown away
        QString cacheFolder;                  ///< cache.sqlite: may be rebuilt
        qint64 cacheBytes = 256'000'000;      ///< what the cache may take per account
        std::chrono::hours cacheAge{24 * 30}; ///< what nobody asked for since is forgotten
        std::chrono::milliseconds visibleInterval{60'000};
        std::chrono::milliseconds hiddenInterval{300'000};
        /// Polling of the built-in collector costs next to nothing, so it may be close to live.
        std::chrono::milliseconds collectorInterval{2'000};
        /// Without a byte going either way a request is given up after this.
        std::chrono::milliseconds requestTimeout{30'000};
        /// What intervals and waits are measured by; must outlive the hub. Null: the machine's.
        core::Timers* timers = nullptr;
        /// What the machine goes through: servers are asked seldom on battery, on a metered network and
        /// behind a locked screen, and not at all while it sleeps or has no network. Must outlive the hub.
        /// Null: all is well.
        const ports::Environment* environment = nullptr;
    };

    /// Opens everything. A damaged user.sqlite is rescued. Errors: NewerData (user.sqlite was written by a
    /// newer Vedette: nothing was touched), Storage. `clock` and `tokens` must outlive the hub.
    static core::Result<std::unique_ptr<Hub>> open(
        const Options& options, const core::Clock& clock, secrets::SecretStore& tokens);

    /// The built-in collector as an account: known by URL and token only; the token is held in memory.
    virtual void attachCollector(const QUrl& url, const QString& token) = 0;
    /// The window is hidden, on battery, ...: poll at the hidden interval.
    virtual void setVisible(bool visible) = 0;

    [[nodiscard]] virtual Accounts& accounts() = 0;
    [[nodiscard]] virtual Directory& directory() = 0;
    [[nodiscard]] virtual Outbox& outbox() = 0;
    [[nodiscard]] virtual AlertWatch& alertWatch() = 0;

    /// Issues by what a person typed or pasted, on the servers themselves: IssueFinder::find().
    virtual QFuture<core::Result<QList<domain::Issue>>> findIssues(
        const QString& text, const QList<domain::AccountId>& accounts) = 0;

    /// Feeds belong to the page that asked and must not outlive the hub.
    [[nodiscard]] virtual std::unique_ptr<IssueFeed> makeIssueFeed() = 0;
    [[nodiscard]] virtual std::unique_ptr<DetailFeed> makeDetailFeed() = 0;
    [[nodiscard]] virtual std::unique_ptr<OverviewFeed> makeOverviewFeed() = 0;
    [[nodiscard]] virtual std::unique_ptr<CollectorFeed> makeCollectorFeed() = 0;

signals:
    /// The cache was damaged or written by a newer Vedette; it was set aside as `file` and a fresh one begun.
    void cacheSetAside(const QString& file);
    /// user.sqlite was damaged: what could be read is in a new one, and the old one is kept as `file`. Where
    /// `isComplete` nothing is missing.
    void userDataRescued(const QString& file, bool isComplete);
};

} // namespace vedette::sync
