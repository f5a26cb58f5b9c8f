// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The watch: what is new is told once, what is old never, also over restarts.

#include <QTest>

#include "tests/models/sync/hubbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using alerts::Alert;
using tests::Acme;
using tests::FaultServer;
using tests::HubBench;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestLookout final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void theFirstLookTellsNothing();
    void aNewIssueIsToldOnce();
    void aRestartRepeatsNothing();
    void importedHistoryIsNotTold();
    void aRegressionIsTold();
    void aSpikeIsToldWithItsReason();
    void snoozedIssuesAreQuiet();
    void topFiveOverAllAccounts();
    void aFailedRoundIsNone();
    void watchesByItself();

private:
    /// One whole round of the watch.
    void look();
    void open();
    [[nodiscard]] QList<Alert::Kind> kinds() const;
    [[nodiscard]] qint64 now() const { return m_bench->clock.now().time_since_epoch().count(); }
    void addNew(const QString& id, qint64 count = 1);

    std::unique_ptr<HubBench> m_bench;
    QList<Alert> m_raised;
};

void TestLookout::init()
{
    m_raised.clear();
    m_bench = std::make_unique<HubBench>();
    m_bench->acme.addMany(8, m_bench->acme.nowMs);
    m_bench->openWithAccount();
    connect(&m_bench->hub->alertWatch(), &sync::AlertWatch::alertRaised, this,
        [this](const Alert& alert) { m_raised.append(alert); });
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->hub->alertWatch().topFive().size(), 5, patience);
    m_bench->clock.advance(std::chrono::minutes(2));
}

void TestLookout::open()
{
    const int requests = m_bench->acme.listRequests();
    m_bench->open();
    connect(&m_bench->hub->alertWatch(), &sync::AlertWatch::alertRaised, this,
        [this](const Alert& alert) { m_raised.append(alert); });
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->acme.listRequests() >= requests + 2, patience);
    look();
}

void TestLookout::look()
{
    m_bench->acme.nowMs = now();
    // Two rounds: the first may have been under way before the change that the test made.
    for (int round = 0; round < 2; ++round) {
        const int requests = m_bench->acme.listRequests();
        m_bench->hub->alertWatch().checkNow();
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->acme.listRequests() >= requests + 2, patience);
    }
    // The answers come home in the order of the requests: a later one of the same client is behind them.
    const auto feed = m_bench->hub->makeIssueFeed();
    feed->setQuery(m_bench->query(u"title:marker"_s));
    QTRY_VERIFY_WITH_TIMEOUT(
        feed->state().asOf && !feed->state().fromCache && !feed->state().loading, patience);
}

QList<Alert::Kind> TestLookout::kinds() const
{
    QList<Alert::Kind> kinds;
    for (const Alert& alert : m_raised)
        kinds.append(alert.kind);
    return kinds;
}

void TestLookout::addNew(const QString& id, qint64 count)
{
    Acme::Row row;
    row.id = id;
    row.title = u"Issue "_s + id;
    row.substatus = u"new"_s;
    row.count = count;
    row.firstSeenMs = now();
    row.lastSeenMs = now();
    m_bench->acme.add(row);
}

void TestLookout::theFirstLookTellsNothing()
{
    QCOMPARE(m_raised.size(), 0);
    QVERIFY(m_bench->hub->alertWatch().history().isEmpty());
    look();
    QCOMPARE(m_raised.size(), 0);
}

void TestLookout::aNewIssueIsToldOnce()
{
    addNew(u"90"_s);
    look();
    QTRY_COMPARE_WITH_TIMEOUT(m_raised.size(), 1, patience);
    QCOMPARE(m_raised.first().kind, Alert::Kind::NewIssue);
    QCOMPARE(m_raised.first().issue.id.value(), u"90"_s);
    QCOMPARE(m_raised.first().issue.account, m_bench->account);
    m_bench->acme.row(u"90"_s).count = 7;
    m_bench->acme.row(u"90"_s).lastSeenMs = now() + 1'000;
    look();
    QCOMPARE(m_raised.size(), 1);
    QCOMPARE(m_bench->hub->alertWatch().history().size(), 1);
    QCOMPARE(m_bench->hub->alertWatch().current().size(), 1);
}

void TestLookout::aRestartRepeatsNothing()
{
    addNew(u"90"_s);
    look();
    QTRY_COMPARE_WITH_TIMEOUT(m_raised.size(), 1, patience);
    open();
    QCOMPARE(m_raised.size(), 1);
    QCOMPARE(m_bench->hub->alertWatch().history().size(), 1);
    QCOMPARE(m_bench->hub->alertWatch().history().first().issue.id.value(), u"90"_s);
    QCOMPARE(m_bench->hub->alertWatch().history().first(), m_raised.first());
    // What came while the program was away is told at the next start.
    m_bench->hub.reset();
    m_bench->clock.advance(std::chrono::hours(2));
    addNew(u"91"_s);
    open();
    QTRY_COMPARE_WITH_TIMEOUT(m_raised.size(), 2, patience);
    QCOMPARE(m_raised.last().issue.id.value(), u"91"_s);
}

void TestLookout::importedHistoryIsNotTold()
{
    // Samples: two weeks of history with a spike in the last hour before the watch began.
    Acme::Row row;
    row.id = u"70"_s;
    row.title = u"Imported"_s;
    row.count = 400;
    row.firstSeenMs = now() - 14 * 86'400'000LL;
    row.lastSeenMs = HubBench::start.time_since_epoch().count() - 1'000;
    row.hourly = QList<qint64>(24, 1);
    row.hourly.last() = 400;
    m_bench->acme.add(row);
    // And one whose first event is of that hour too.
    row.id = u"71"_s;
    row.substatus = u"new"_s;
    row.firstSeenMs = row.lastSeenMs - 60'000;
    m_bench->acme.add(row);
    look();
    addNew(u"90"_s); // the marker: this one is told
    look();
    QTRY_VERIFY_WITH_TIMEOUT(!m_raised.isEmpty(), patience);
    QCOMPARE(m_raised.size(), 1);
    QCOMPARE(m_raised.first().issue.id.value(), u"90"_s);
}

void TestLookout::aRegressionIsTold()
{
    m_bench->acme.row(u"3"_s).status = u"resolved"_s;
    m_bench->acme.row(u"3"_s).substatus.clear();
    look();
    QCOMPARE(m_raised.size(), 0);
    m_bench->clock.advance(std::chrono::minutes(5));
    m_bench->acme.row(u"3"_s).status = u"unresolved"_s;
    m_bench->acme.row(u"3"_s).substatus = u"regressed"_s;
    m_bench->acme.row(u"3"_s).lastSeenMs = now();
    look();
    QTRY_COMPARE_WITH_TIMEOUT(m_raised.size(), 1, patience);
    QCOMPARE(m_raised.first().kind, Alert::Kind::Regression);
    look();
    QCOMPARE(m_raised.size(), 1);
}

void TestLookout::aSpikeIsToldWithItsReason()
{
    Acme::Row& row = m_bench->acme.row(u"3"_s);
    row.hourly = QList<qint64>(24, 4);
    row.lastSeenMs = now();
    look();
    QCOMPARE(m_raised.size(), 0);
    m_bench->clock.advance(std::chrono::minutes(5));
    row.hourly.last() = 412;
    row.lastSeenMs = now();
    look();
    QTRY_COMPARE_WITH_TIMEOUT(kinds(), QList<Alert::Kind>{Alert::Kind::Spike}, patience);
    const Alert alert = m_raised.first();
    QCOMPARE(alert.count, qint64(412));
    QVERIFY(alert.expected > 1 && alert.expected < 10);
    QVERIFY(alert.upper > alert.expected && alert.upper < 412);
    QVERIFY(alert.factor > 10);
    row.hourly.last() = 500;
    row.lastSeenMs = now() + 1;
    look();
    QCOMPARE(m_raised.size(), 1);
    QCOMPARE(m_bench->hub->alertWatch().current().size(), 1);
    open();
    QCOMPARE(m_raised.size(), 1);
}

void TestLookout::snoozedIssuesAreQuiet()
{
    const domain::Issue issue = m_bench->issue(u"3"_s);
    m_bench->hub->alertWatch().snooze(issue, m_bench->clock.now() + std::chrono::hours(1));
    open(); // a snooze outlives the program
    Acme::Row& row = m_bench->acme.row(u"3"_s);
    row.hourly = QList<qint64>(24, 4);
    row.hourly.last() = 412;
    row.lastSeenMs = now();
    addNew(u"90"_s);
    look();
    QTRY_VERIFY_WITH_TIMEOUT(!m_raised.isEmpty(), patience);
    QCOMPARE(m_raised.size(), 1);
    QCOMPARE(m_raised.first().issue.id.value(), u"90"_s);
}

void TestLookout::topFiveOverAllAccounts()
{
    QCOMPARE(tests::idsOf(m_bench->hub->alertWatch().topFive()),
        (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s}));
    QSignalSpy changed(&m_bench->hub->alertWatch(), &sync::AlertWatch::topFiveChanged);
    Acme second;
    second.nowMs = now();
    Acme::Row row;
    row.id = u"700"_s;
    row.count = 1'000'000;
    row.lastSeenMs = now();
    second.add(row);
    m_bench->hub->attachCollector(second.url(), u"token"_s);
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
    QCOMPARE(m_bench->hub->alertWatch().topFive().first().id.value(), u"700"_s);
    QCOMPARE(m_bench->hub->alertWatch().topFive().size(), 5);
    // One that is resolved here is none of them, before any server was asked again.
    m_bench->hub->outbox().submit(
        {m_bench->hub->alertWatch().topFive().first()}, {domain::Action::Kind::Resolve, {}});
    QCOMPARE(m_bench->hub->alertWatch().topFive().first().id.value(), u"1"_s);
    QCOMPARE(m_raised.size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->hub->outbox().pendingCount(), 0, patience);
    m_bench->hub.reset();
}

void TestLookout::aFailedRoundIsNone()
{
    addNew(u"90"_s);
    m_bench->acme.listReplies({FaultServer::json("{}", 500), FaultServer::json("[]")});
    m_bench->hub->alertWatch().checkNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->hub->accounts().state(m_bench->account).lastChecked,
        std::optional(m_bench->clock.now()), patience);
    QCOMPARE(m_bench->hub->alertWatch().topFive().size(), 5);
    look();
    QTRY_COMPARE_WITH_TIMEOUT(m_raised.size(), 1, patience);
    QCOMPARE(m_raised.first().issue.id.value(), u"90"_s);
}

void TestLookout::watchesByItself()
{
    m_bench->options.visibleInterval = std::chrono::milliseconds(20);
    m_bench->options.hiddenInterval = std::chrono::milliseconds(30);
    open();
    m_bench->hub->setVisible(false); // nobody looks: it watches all the same
    addNew(u"90"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_raised.size(), 1, patience);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestLookout)
#include "tst_lookout.moc"
