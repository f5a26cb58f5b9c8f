// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <QFile>
#include <QTemporaryDir>

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/collector/storage/directory.h"
#include "app/collector/storage/snooze.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// What a crash leaves to be counted: what was archived reopens as it would have, and events name the tags
/// and users that they had, or none.
class TestCrashedStates final : public QObject
{
    Q_OBJECT

private slots:
    void archivingEndsAfterACrash();
    void unreadableEventsNameNobodyElse();
};

void TestCrashedStates::archivingEndsAfterACrash()
{
    QTemporaryDir dir;
    ManualClock clock(beginning());
    Store::Options options;
    options.path = dir.filePath(u"c.sqlite"_s).toStdString();
    options.tallyAge = std::chrono::hours(1);
    auto opened = Store::open(options, clock);
    QVERIFY(opened);
    const std::unique_ptr<Store> store = std::move(*opened);
    QVERIFY(store->write([&](SQLite::Database& db) { seedDirectory(db, beginning()); }));
    QVERIFY(submit(*store, incoming(1, {.id = 1, .hashes = {1}, .release = "app@1.0"})));
    QVERIFY(submit(*store, incoming(1, {.id = 2, .hashes = {2}})));
    QVERIFY(store->write([&](SQLite::Database& db) {
        db.exec("UPDATE issues SET status = 'ignored', substatus = 'archived_until_condition_met'");
        for (const std::int64_t issue : {1, 2}) {
            Snooze snooze;
            snooze.count = issue == 1 ? 2 : 3;
            snooze.created = beginning().time_since_epoch().count();
            snooze.start(db, issue);
        }
    }));
    for (int i = 3; i <= 6; ++i)
        QVERIFY(submit(*store, incoming(1, {.id = i, .hashes = {i % 2 + 1}, .minutes = i})));
    // What the disk holds at this moment is what a crash leaves.
    for (const char* end : {"", "-wal"}) {
        QVERIFY(QFile::copy(dir.filePath(u"c.sqlite"_s + QLatin1String(end)),
            dir.filePath(u"crashed.sqlite"_s + QLatin1String(end))));
    }
    {
        const SQLite::Database look(dir.filePath(u"crashed.sqlite"_s).toStdString(), SQLite::OPEN_READWRITE);
        QCOMPARE(
            SQLite::Statement(look, "SELECT 1 FROM issues WHERE status <> 'ignored'").executeStep(), false);
    }
    options.path = dir.filePath(u"crashed.sqlite"_s).toStdString();
    const auto again = Store::open(options, clock);
    QVERIFY2(again.has_value(), again ? "" : qPrintable(again.error().detail));
    QCOMPARE(textOf(**again, "SELECT status || '/' || substatus FROM issues WHERE id = 1"),
        std::string("unresolved/escalating"));
    QCOMPARE(textOf(**again, "SELECT status || '/' || substatus FROM issues WHERE id = 2"),
        std::string("ignored/archived_until_condition_met"));
    QCOMPARE(
        numberOf(**again, "SELECT count(*) FROM activity WHERE issue_id = 1 AND type = 'set_escalating'"), 1);
    QVERIFY2(faultsIn(**again).isEmpty(), qPrintable(faultsIn(**again).join(u"; "_s)));
}

/// Their users' rows were never written. Those of later portions must not take what the first one gave out.
void TestCrashedStates::unreadableEventsNameNobodyElse()
{
    constexpr int portion = 5'000; // that many are counted at once
    QTemporaryDir dir;
    ManualClock clock(beginning());
    Store::Options options;
    options.path = dir.filePath(u"c.sqlite"_s).toStdString();
    options.tallyEvents = 10 * portion;
    options.tallyAge = std::chrono::hours(1);
    options.readFacts = worldFacts;
    auto opened = Store::open(options, clock);
    QVERIFY(opened);
    const std::unique_ptr<Store> store = std::move(*opened);
    QVERIFY(store->write([&](SQLite::Database& db) { seedDirectory(db, beginning()); }));
    std::vector<std::future<core::Result<Stored>>> waiting;
    for (int i = 1; i <= portion + 1; ++i) {
        EventSpec spec{.id = i, .user = std::min(i, 3)}; // numbers are given in this order
        if (i == portion + 1)
            spec.user = 2;
        Incoming part = incoming(1, spec);
        if (i == 1 || i == portion + 1)
            part.event->payload = "rubbish";
        waiting.push_back(submitLater(*store, std::move(part)));
    }
    for (auto& each : waiting)
        QVERIFY(each.get().has_value());
    for (const char* end : {"", "-wal"}) {
        QVERIFY(QFile::copy(dir.filePath(u"c.sqlite"_s + QLatin1String(end)),
            dir.filePath(u"crashed.sqlite"_s + QLatin1String(end))));
    }
    options.path = dir.filePath(u"crashed.sqlite"_s).toStdString();
    const auto again = Store::open(options, clock);
    QVERIFY2(again.has_value(), again ? "" : qPrintable(again.error().detail));
    const auto userOf = [&](int event) {
        return textOf(**again, "SELECT coalesce((SELECT key FROM event_users WHERE id = e.user_id), 'none') "
                               "FROM events e WHERE event_id = x'" +
                                   hexId(event) + "'");
    };
    QCOMPARE(userOf(1), std::string("none"));
    QCOMPARE(userOf(2), std::string("id:2"));
    QCOMPARE(userOf(portion), std::string("id:3"));
    QCOMPARE(userOf(portion + 1), std::string("none"));
    QCOMPARE(faultsIn(**again), QStringList());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCrashedStates)
#include "tst_crashedstates.moc"
