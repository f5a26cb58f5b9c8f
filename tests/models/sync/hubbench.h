// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include "models/secrets/memorysecretstore.h"
#include "models/sync/hub.h"
#include "tests/models/sync/acme.h"
#include "tests/support/manualclock.h"
#include "tests/support/outcome.h"

namespace vedette::tests {

/// A hub with folders, keychain and clock of its own, in front of a server. open() again is a restart.
struct HubBench
{
    static constexpr core::TimePoint start{std::chrono::milliseconds(1'763'600'400'000)};
    /// Longer than any test and, with its jitter, no more than a QTimer holds (2^31 ms, 596 h).
    static constexpr std::chrono::hours never{500};

    QTemporaryDir folder;
    ManualClock clock{start};
    secrets::MemorySecretStore tokens;
    Acme acme;
    sync::Hub::Options options;
    std::unique_ptr<sync::Hub> hub;
    domain::AccountId account;

    HubBench()
    {
        options.dataFolder = folder.filePath(QStringLiteral("data"));
        options.cacheFolder = folder.filePath(QStringLiteral("cache"));
        // Nothing happens by itself unless a test wants it.
        options.visibleInterval = never;
        options.hiddenInterval = never;
        options.collectorInterval = never;
        options.requestTimeout = std::chrono::seconds(20);
        acme.nowMs = start.time_since_epoch().count();
    }

    void open()
    {
        hub.reset();
        auto opened = sync::Hub::open(options, clock, tokens);
        if (!opened)
            qFatal("the hub does not open: %s", qPrintable(opened.error().detail));
        hub = *std::move(opened);
    }

    /// Opens and signs in.
    void openWithAccount()
    {
        open();
        const auto added = outcome(hub->accounts().add(acme.url(), QStringLiteral("sntryu_0123456789"), {}));
        if (!added)
            qFatal("no account: %s", qPrintable(added.error().detail));
        account = added->id;
    }

    [[nodiscard]] sync::IssueQuery query(const QString& text = QStringLiteral("is:unresolved")) const
    {
        sync::IssueQuery query;
        query.scopes = {account};
        query.text = text;
        return query;
    }

    /// The issue of a list that was read from the server.
    domain::Issue issue(const QString& id)
    {
        const auto feed = hub->makeIssueFeed();
        feed->setQuery(query(QString()));
        const bool isThere = QTest::qWaitFor(
            [&] { return feed->state().asOf && !feed->state().fromCache && !feed->state().loading; }, 20'000);
        if (!isThere)
            qFatal("no list");
        for (const domain::Issue& row : feed->rows()) {
            if (row.id.value() == id)
                return row;
        }
        qFatal("no issue %s", qPrintable(id));
    }
};

[[nodiscard]] inline QStringList idsOf(const QList<domain::Issue>& rows)
{
    QStringList ids;
    for (const domain::Issue& row : rows)
        ids.append(row.id.value());
    return ids;
}

} // namespace vedette::tests
