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

/// An acknowledged event that ends an archiving, and a crash before it was counted: the archiving ends with
/// the next start.
class TestCrashedStates final : public QObject
{
    Q_OBJECT

private slots:
    void archivingEndsAfterACrash();
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
    QVERIFY(again);
    QCOMPARE(textOf(**again, "SELECT status || '/' || substatus FROM issues WHERE id = 1"),
        std::string("unresolved/escalating"));
    QCOMPARE(textOf(**again, "SELECT status || '/' || substatus FROM issues WHERE id = 2"),
        std::string("ignored/archived_until_condition_met"));
    QCOMPARE(
        numberOf(**again, "SELECT count(*) FROM activity WHERE issue_id = 1 AND type = 'set_escalating'"), 1);
    QVERIFY2(faultsIn(**again).isEmpty(), qPrintable(faultsIn(**again).join(u"; "_s)));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCrashedStates)
#include "tst_crashedstates.moc"
