// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The samples go through the real door of a real collector, and are all there afterwards.

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/collector/api/slowest.h"
#include "app/collector/collector.h"
#include "app/demo/load.h"
#include "app/demosamples.h"
#include "tests/support/main.h"
#include "tests/support/manualclock.h"

using namespace vedette;
using namespace vedette::demo;
using collector::Collector;
using core::ErrorKind;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

std::int64_t numberOf(Collector& collector, const char* query)
{
    const auto read = collector.store().read([&](SQLite::Database& db) -> std::int64_t {
        SQLite::Statement statement(db, query);
        return statement.executeStep() ? statement.getColumn(0).getInt64() : -1;
    });
    return read.value_or(-2);
}

} // namespace

class TestLoad final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void demo();
    void twice();
    void refusals();
    void cancelled();

private:
    /// DSNs of projects made for the samples.
    Target target();

    std::unique_ptr<QTemporaryDir> m_folder;
    tests::ManualClock m_clock{*core::parseTime("2026-11-20T20:41:00Z")};
    std::unique_ptr<Collector> m_collector;
    Samples m_samples;
};

void TestLoad::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    Collector::Options options;
    options.dataDir = m_folder->path().toStdString();
    options.port = std::uint16_t(0);
    auto started = Collector::start(options, m_clock);
    QVERIFY(started.has_value());
    m_collector = *std::move(started);
    auto samples = readSamples(builtInSample);
    QVERIFY(samples.has_value());
    m_samples = *std::move(samples);
}

void TestLoad::cleanup()
{
    m_collector.reset();
}

Target TestLoad::target()
{
    Target target;
    target.url = m_collector->url();
    for (const SampleProject& project : m_samples) {
        const auto made = m_collector->addProject({project.slug, project.name});
        if (made)
            target.dsns[project.slug] = m_collector->dsn(*made);
    }
    return target;
}

void TestLoad::demo()
{
    const auto loaded = app::loadDemoSamples(*m_collector, m_clock);
    QVERIFY2(loaded.has_value(), loaded ? "" : qPrintable(loaded.error().detail));
    const auto plan = makePlan(m_samples, m_clock.now());
    QCOMPARE(numberOf(*m_collector, "SELECT COUNT(*) FROM events"), std::int64_t(plan.size()));
    QCOMPARE(numberOf(*m_collector, "SELECT SUM(count) FROM issues"), std::int64_t(plan.size()));
    QCOMPARE(numberOf(*m_collector, "SELECT COUNT(DISTINCT project_id) FROM events"),
        std::int64_t(m_samples.size()));
    QCOMPARE(numberOf(*m_collector, "SELECT COUNT(DISTINCT platform) FROM events"), 5);

    // Each fault of the programs is an issue; grouping may tell the two releases of a few of them apart,
    // because their source lines differ, but none joins another.
    std::size_t issues = 0;
    for (const SampleProject& project : m_samples)
        issues += project.issues.size();
    QVERIFY(issues >= 60);
    const std::int64_t grouped = numberOf(*m_collector, "SELECT COUNT(*) FROM issues");
    QVERIFY2(grouped >= std::int64_t(issues) && grouped <= std::int64_t(issues + issues / 10),
        qPrintable(QString::number(grouped)));

    // When it happened is what was planned, not when it arrived. SDKs that write whole seconds cut off the
    // rest.
    std::int64_t lastHour = 0;
    for (const PlannedEvent& event : plan)
        lastHour += event.at >= m_clock.now() - 1h + 1s ? 1 : 0;
    const std::string counted = "SELECT COUNT(*) FROM events WHERE timestamp >= " +
                                std::to_string((m_clock.now() - 1h).time_since_epoch().count());
    QVERIFY(numberOf(*m_collector, counted.c_str()) >= lastHour);
    QVERIFY(numberOf(*m_collector, counted.c_str()) <= lastHour + 10);
    QCOMPARE(numberOf(*m_collector, "SELECT COUNT(*) FROM events WHERE timestamp > received"), 0);
    QVERIFY(numberOf(*m_collector, "SELECT COUNT(*) FROM event_users") >= 200);
    QCOMPARE(numberOf(*m_collector, "SELECT COUNT(*) FROM issues WHERE title = '' OR title LIKE '<%'"), 0);
    // The collector knows how long requests took: as planned, within what its sketches keep.
    const auto transactions = makeTransactions(m_samples, m_clock.now());
    QCOMPARE(numberOf(*m_collector, "SELECT SUM(count) FROM transaction_hours"),
        std::int64_t(transactions.size()));
    QCOMPARE(numberOf(*m_collector, "SELECT COUNT(*) FROM transaction_hours WHERE name LIKE '<%'"), 0);
    const auto slowest = m_collector->store().read(
        [&](SQLite::Database& db) { return collector::api::slowestEndpoints(db, m_clock.now()); });
    QVERIFY(slowest.has_value() && slowest->size() >= 30);
    const auto checkout = std::find_if(
        slowest->begin(), slowest->end(), [](const auto& row) { return row.name == "POST /api/checkout"; });
    QVERIFY(checkout != slowest->end());
    QCOMPARE(checkout->project, std::string("shop-api"));
    QVERIFY2(checkout->p50 > 200 && checkout->p50 < 500, qPrintable(QString::number(checkout->p50)));
    QVERIFY(checkout->p95 > checkout->p50 * 1.3);
    // Two releases a project.
    QCOMPARE(numberOf(*m_collector, "SELECT COUNT(*) FROM releases"), std::int64_t(2 * m_samples.size()));
}

void TestLoad::twice()
{
    const Target where = target();
    auto plan = makePlan(m_samples, m_clock.now());
    plan.resize(100);
    QVERIFY(load(m_samples, plan, where, m_clock, 7).has_value());
    QVERIFY(load(m_samples, plan, where, m_clock, 7).has_value()); // the same ids: not stored again
    QCOMPARE(numberOf(*m_collector, "SELECT COUNT(*) FROM events"), 100);
    QVERIFY(load(m_samples, plan, where, m_clock, 8).has_value());
    QCOMPARE(numberOf(*m_collector, "SELECT COUNT(*) FROM events"), 200);
}

void TestLoad::refusals()
{
    const auto plan = makePlan(m_samples, m_clock.now());
    Target where = target();
    const auto kindOf = [&](const Target& to) {
        const auto loaded = load(m_samples, plan, to, m_clock, 1);
        return loaded ? ErrorKind::Internal : loaded.error().kind;
    };
    Target wrongKey = where;
    QString dsn = QString::fromStdString(where.dsns["payments"]);
    dsn.replace(7, 32, QString(32, u'0'));
    wrongKey.dsns["payments"] = dsn.toStdString();
    const ErrorKind refused = kindOf(wrongKey);
    QVERIFY(refused == ErrorKind::Forbidden || refused == ErrorKind::Unauthorized);

    Target lacking = where;
    lacking.dsns.erase("inventory");
    QCOMPARE(kindOf(lacking), ErrorKind::Usage);
    Target unreadable = where;
    unreadable.dsns["inventory"] = "http://127.0.0.1/";
    QCOMPARE(kindOf(unreadable), ErrorKind::Usage);
    Target far = where;
    far.url = "ftp://127.0.0.1";
    QCOMPARE(kindOf(far), ErrorKind::Usage);

    m_collector.reset(); // nobody listens any more
    QCOMPARE(kindOf(where), ErrorKind::Offline);
}

void TestLoad::cancelled()
{
    const auto plan = makePlan(m_samples, m_clock.now());
    std::size_t told = 0;
    const auto loaded = load(m_samples, plan, target(), m_clock, 1, [&](std::size_t done, std::size_t all) {
        told = done;
        return all == plan.size() && done < 200;
    });
    QVERIFY(!loaded.has_value());
    QCOMPARE(loaded.error().kind, ErrorKind::Cancelled);
    QVERIFY(told >= 200 && told < 300);
    QCOMPARE(numberOf(*m_collector, "SELECT COUNT(*) FROM events"), std::int64_t(told));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestLoad)
#include "tst_load.moc"
