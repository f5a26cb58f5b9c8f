// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The plan of the demo: enough of everything, at believable times, and one spike that the detector sees.

#include <QMap>
#include <QSet>
#include <QTest>

#include "app/demo/plan.h"
#include "models/alerts/detector.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::demo;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

core::TimePoint moment(const char* text)
{
    return core::parseTime(text).value_or(core::TimePoint());
}

const Samples& samples()
{
    static const auto read = readSamples(builtInSample);
    Q_ASSERT(read.has_value());
    return *read;
}

QList<core::TimePoint> timesOf(const std::vector<PlannedEvent>& plan, std::size_t project, std::size_t issue)
{
    QList<core::TimePoint> times;
    for (const PlannedEvent& event : plan) {
        if (event.project == project && event.issue == issue)
            times.append(event.at);
    }
    return times;
}

} // namespace

class TestPlan final : public QObject
{
    Q_OBJECT

private slots:
    void index();
    void amounts_data();
    void amounts();
    void sameForTheSameSeed();
    void daysAndNights();
    void spike_data();
    void spike();
    void releasesFollowTime();
    void transactions();
    void damagedFiles();
};

void TestPlan::index()
{
    QVERIFY(samples().size() >= 5);
    QSet<QString> platforms;
    std::size_t issues = 0;
    std::size_t templates = 0;
    int spiking = 0;
    int fresh = 0;
    for (const SampleProject& project : samples()) {
        platforms.insert(QString::fromStdString(project.platform));
        issues += project.issues.size();
        templates += project.templates.size();
        for (const SampleIssue& issue : project.issues) {
            spiking += issue.spikes ? 1 : 0;
            fresh += issue.isFresh ? 1 : 0;
        }
    }
    QCOMPARE(platforms.size(), 5);
    QVERIFY(issues >= 70);
    QVERIFY(templates >= 200);
    QCOMPARE(spiking, 1);
    QVERIFY(fresh >= 3);
}

void TestPlan::amounts_data()
{
    QTest::addColumn<QByteArray>("now");
    QTest::newRow("a Friday evening") << QByteArray("2026-11-20T20:41:00Z");
    QTest::newRow("a Sunday night") << QByteArray("2026-03-01T03:00:10Z");
    QTest::newRow("a Monday at noon") << QByteArray("2027-01-04T12:00:00Z");
}

void TestPlan::amounts()
{
    QFETCH(QByteArray, now);
    const core::TimePoint end = moment(now.constData());
    const auto plan = makePlan(samples(), end);
    QVERIFY2(plan.size() >= 5'000, qPrintable(QString::number(plan.size())));
    QVERIFY(plan.size() < 8'000);
    QMap<std::pair<std::size_t, std::size_t>, std::pair<core::TimePoint, int>> issues;
    QSet<std::uint32_t> users;
    core::TimePoint last = end - std::chrono::days(14);
    for (const PlannedEvent& event : plan) {
        QVERIFY(event.at >= last && event.at <= end);
        last = event.at;
        QVERIFY(event.sample < samples()[event.project].templates.size());
        auto& [first, count] = issues[{event.project, event.issue}];
        if (count++ == 0)
            first = event.at;
        users.insert(event.user);
    }
    QVERIFY(issues.size() >= 60);
    QVERIFY(users.size() >= 200);
    for (auto it = issues.cbegin(); it != issues.cend(); ++it) {
        const SampleIssue& issue = samples()[it.key().first].issues[it.key().second];
        QVERIFY2(it.value().second >= 6, issue.name.c_str());
        QCOMPARE(it.value().first >= end - 24h, issue.isFresh);
    }
}

void TestPlan::sameForTheSameSeed()
{
    const core::TimePoint now = moment("2026-11-20T20:41:00Z");
    const auto plan = makePlan(samples(), now);
    QVERIFY(plan == makePlan(samples(), now));
    PlanOptions other;
    other.seed = 2;
    QVERIFY(plan != makePlan(samples(), now, other));
}

void TestPlan::daysAndNights()
{
    const auto plan = makePlan(samples(), moment("2026-11-20T23:59:00Z"));
    QMap<int, int> byHour;
    QMap<int, int> byWeekday;
    for (const PlannedEvent& event : plan) {
        if (samples()[event.project].issues[event.issue].spikes)
            continue;
        const QDateTime time = core::toDateTime(event.at);
        ++byHour[time.time().hour()];
        ++byWeekday[time.date().dayOfWeek()];
    }
    QVERIFY2(byHour[20] > 3 * byHour[3], "evenings are busy, nights are quiet");
    QVERIFY2(byWeekday[2] > byWeekday[7] * 5 / 4, "a Tuesday has more than a Sunday");
    double week = 0;
    for (core::TimePoint hour = moment("2026-11-15T00:00:00Z"); hour < moment("2026-11-22T00:00:00Z");
         hour += 1h)
        week += rhythm(hour);
    QVERIFY2(std::abs(week / 168 - 1) < 0.01, "the rhythm's mean is 1");
}

void TestPlan::spike_data()
{
    QTest::addColumn<QByteArray>("now");
    QTest::newRow("in the evening") << QByteArray("2026-11-20T20:41:00Z");
    QTest::newRow("at night") << QByteArray("2026-11-18T03:30:00Z");
    QTest::newRow("in an hour that has just begun") << QByteArray("2026-11-19T15:00:45Z");
    QTest::newRow("on a weekend") << QByteArray("2026-11-22T09:12:00Z");
}

void TestPlan::spike()
{
    QFETCH(QByteArray, now);
    const core::TimePoint end = moment(now.constData());
    const auto plan = makePlan(samples(), end);
    for (std::size_t p = 0; p < samples().size(); ++p) {
        for (std::size_t i = 0; i < samples()[p].issues.size(); ++i) {
            const SampleIssue& issue = samples()[p].issues[i];
            domain::Series series;
            series.step = std::chrono::hours(1);
            core::TimePoint hour = std::chrono::floor<std::chrono::hours>(end - std::chrono::days(14));
            for (; hour <= end; hour += 1h)
                series.points.append({hour, 0});
            const auto times = timesOf(plan, p, i);
            qint64 within = 0;
            for (const core::TimePoint at : times) {
                ++series.points[(at - series.points.first().start) / 1h].count;
                within += at > end - 1h ? 1 : 0;
            }
            const auto verdicts = alerts::detect(series, end);
            QVERIFY(!verdicts.isEmpty());
            QVERIFY2(verdicts.last().firing == issue.spikes, issue.name.c_str());
            if (issue.spikes) {
                const double usual = double(times.size() - within) / (14 * 24);
                QVERIFY2(double(within) >= 10 * usual, qPrintable(u"%1 against %2"_s.arg(within).arg(usual)));
            }
        }
    }
}

void TestPlan::releasesFollowTime()
{
    const core::TimePoint now = moment("2026-11-20T20:41:00Z");
    std::size_t old = 0;
    std::size_t oldLately = 0;
    std::size_t lately = 0;
    for (const PlannedEvent& event : makePlan(samples(), now)) {
        const auto& templates = samples()[event.project].issues[event.issue].templates;
        if (templates.size() < 3)
            continue;
        if (event.at < now - std::chrono::days(8)) {
            QCOMPARE(event.sample, templates[0]); // the new release was not out yet
            ++old;
        } else if (event.at > now - std::chrono::days(4)) {
            ++lately;
            oldLately += event.sample == templates[0] ? 1 : 0;
        }
    }
    QVERIFY(old > 500);
    QVERIFY(oldLately > 0 && oldLately < lately / 4);
}

void TestPlan::transactions()
{
    const core::TimePoint evening = moment("2026-11-20T20:41:00Z");
    const auto plan = makeTransactions(samples(), evening);
    QVERIFY(plan == makeTransactions(samples(), evening));
    QMap<std::pair<std::size_t, std::size_t>, QList<double>> durations;
    for (const PlannedTransaction& transaction : plan) {
        QVERIFY(transaction.at <= evening && transaction.at > evening - 1h);
        QVERIFY(transaction.duration >= 1ms);
        durations[{transaction.project, transaction.endpoint}].append(double(transaction.duration.count()));
    }
    QVERIFY(durations.size() >= 30);
    for (auto it = durations.begin(); it != durations.end(); ++it) {
        const SampleEndpoint& endpoint = samples()[it.key().first].endpoints[it.key().second];
        if (it->size() < 40)
            continue;
        std::sort(it->begin(), it->end());
        const double median = it->at(it->size() / 2);
        QVERIFY2(std::abs(std::log(median / endpoint.median)) < 0.5, qPrintable(QString::number(median)));
        QVERIFY(it->last() > 1.5 * median); // a few are much slower
    }
    QVERIFY(makeTransactions(samples(), moment("2026-11-20T03:41:00Z")).size() <
            plan.size() / 2); // nights are quiet
}

void TestPlan::damagedFiles()
{
    const auto without = [](const std::string& missing, const QByteArray& instead) {
        return readSamples(
            [&](const std::string& name) { return name == missing ? instead : builtInSample(name); });
    };
    QByteArray cut = builtInSample("payments.gz");
    cut.chop(100);
    for (const auto& read : {without("index.json", "{}"), without("index.json", "["),
             without("payments.gz", {}), without("payments.gz", cut),
             without("payments.gz", builtInSample("storefront.gz")), without("payments-traces.gz", {}),
             without("payments-traces.gz", builtInSample("shop-api-traces.gz"))}) {
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().kind, core::ErrorKind::Malformed);
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestPlan)
#include "tst_plan.moc"
