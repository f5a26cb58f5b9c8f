// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The detail pane's feed and the overview's: row, cache, network, and the walk through an issue's events.

#include <QTest>

#include "tests/models/sync/hubbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using domain::IssueStatus;
using tests::HubBench;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestDetailFeed final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void showsTheRowThenTheDetail();
    void walksThroughTheEvents();
    void showsTheCacheWhileOffline();
    void anotherIssueDropsTheFormer();
    void actionsAreLaidOver();
    void anIssueWithoutEvents();
    void closing();
    void overview();

private:
    [[nodiscard]] static bool isFresh(const sync::FeedState& state)
    {
        return state.asOf && !state.fromCache && !state.loading;
    }

    std::unique_ptr<HubBench> m_bench;
    std::unique_ptr<sync::DetailFeed> m_feed;
    domain::Event m_event;
};

void TestDetailFeed::init()
{
    m_feed.reset();
    m_event = {};
    m_bench = std::make_unique<HubBench>();
    m_bench->acme.addMany(5, m_bench->acme.nowMs);
    m_bench->openWithAccount();
    m_feed = m_bench->hub->makeDetailFeed();
    connect(m_feed.get(), &sync::DetailFeed::eventChanged, this,
        [this](const domain::Event& event) { m_event = event; });
}

void TestDetailFeed::showsTheRowThenTheDetail()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QList<domain::IssueDetail> shown;
    connect(m_feed.get(), &sync::DetailFeed::detailChanged, this,
        [&](const domain::IssueDetail& detail) { shown.append(detail); });
    m_feed->open(issue);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown.first().issue, issue);
    QVERIFY(m_feed->issueState().loading);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(m_feed->issueState()) && isFresh(m_feed->eventState()), patience);
    QCOMPARE(m_feed->detail().hourly.points.size(), 24);
    QCOMPARE(m_feed->detail().issue.account, m_bench->account);
    QTRY_COMPARE_WITH_TIMEOUT(m_feed->detail().tags.size(), 1, patience);
    QCOMPARE(m_feed->detail().tags.first().top.first().value, u"Firefox"_s);
    QCOMPARE(m_event.id.value(), m_bench->acme.row(u"2"_s).events.last());
}

void TestDetailFeed::walksThroughTheEvents()
{
    const QStringList events = m_bench->acme.row(u"2"_s).events;
    m_feed->open(m_bench->issue(u"2"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_event.id.value(), events.at(2), patience);
    QVERIFY(m_event.newer.isEmpty());
    // The older one is fetched ahead: it is shown without another request.
    const QByteArray olderPath = "/api/0/organizations/acme/issues/2/events/" + events.at(1).toUtf8() + "/";
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->acme.server.requestsTo(olderPath).size(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        (m_feed->showOlder(), m_event.id.value() == events.at(1)) || m_event.id.value() == events.at(0),
        patience);
    m_feed->showOlder();
    QTRY_COMPARE_WITH_TIMEOUT(m_event.id.value(), events.at(0), patience);
    m_feed->showOlder(); // there is none
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(m_feed->eventState()), patience);
    QCOMPARE(m_event.id.value(), events.at(0));
    m_feed->showNewer();
    QTRY_COMPARE_WITH_TIMEOUT(m_event.id.value(), events.at(1), patience);
    m_feed->showLatest();
    QTRY_COMPARE_WITH_TIMEOUT(m_event.id.value(), events.at(2), patience);
}

void TestDetailFeed::showsTheCacheWhileOffline()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    const QStringList events = m_bench->acme.row(u"2"_s).events;
    m_feed->open(issue);
    QTRY_COMPARE_WITH_TIMEOUT(m_event.id.value(), events.at(2), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_feed->detail().tags.size(), 1, patience);
    m_feed->showOlder();
    QTRY_COMPARE_WITH_TIMEOUT(m_event.id.value(), events.at(1), patience);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(m_feed->eventState()), patience);
    m_feed.reset();
    m_event = {};
    m_bench->acme.setOffline(true);
    m_bench->open();
    m_feed = m_bench->hub->makeDetailFeed();
    connect(m_feed.get(), &sync::DetailFeed::eventChanged, this,
        [this](const domain::Event& event) { m_event = event; });
    m_feed->open(issue);
    QTRY_COMPARE_WITH_TIMEOUT(m_event.id.value(), events.at(2), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_feed->detail().hourly.points.size(), 24, patience);
    QCOMPARE(m_feed->detail().tags.size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->eventState().error.has_value(), patience);
    QCOMPARE(m_feed->eventState().error->kind, ErrorKind::Offline);
    QVERIFY(m_feed->eventState().isStale());
    m_feed->showOlder();
    QTRY_COMPARE_WITH_TIMEOUT(m_event.id.value(), events.at(1), patience);
    m_feed->showNewer();
    QTRY_COMPARE_WITH_TIMEOUT(m_event.id.value(), events.at(2), patience);
}

void TestDetailFeed::anotherIssueDropsTheFormer()
{
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    QStringList titles;
    connect(m_feed.get(), &sync::DetailFeed::eventChanged, this,
        [&](const domain::Event& event) { titles.append(event.title); });
    m_feed->open(two);
    m_feed->open(three);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(m_feed->issueState()) && isFresh(m_feed->eventState()), patience);
    QCOMPARE(m_feed->detail().issue.id.value(), u"3"_s);
    QCOMPARE(titles, QStringList{u"Issue 3"_s});
}

void TestDetailFeed::actionsAreLaidOver()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_feed->open(issue);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(m_feed->issueState()), patience);
    domain::IssueDetail shown;
    connect(m_feed.get(), &sync::DetailFeed::detailChanged, this,
        [&](const domain::IssueDetail& detail) { shown = detail; });
    QSignalSpy done(&m_bench->hub->outbox(), &sync::Outbox::done);
    m_bench->hub->outbox().submit({m_feed->detail().issue}, {domain::Action::Kind::Resolve, {}});
    QCOMPARE(shown.issue.status, IssueStatus::Resolved);
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
    QCOMPARE(m_feed->detail().issue.status, IssueStatus::Resolved);
}

void TestDetailFeed::anIssueWithoutEvents()
{
    m_bench->acme.row(u"4"_s).events.clear();
    QSignalSpy events(m_feed.get(), &sync::DetailFeed::eventChanged);
    m_feed->open(m_bench->issue(u"4"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->eventState().error.has_value(), patience);
    QCOMPARE(m_feed->eventState().error->kind, ErrorKind::NotFound);
    QCOMPARE(events.size(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(m_feed->issueState()), patience);
}

void TestDetailFeed::closing()
{
    m_feed->open(m_bench->issue(u"2"_s));
    QSignalSpy cleared(m_feed.get(), &sync::DetailFeed::eventCleared);
    m_feed->close();
    QCOMPARE(cleared.size(), 1);
    QCOMPARE(m_feed->issueState(), sync::FeedState());
    m_feed->refresh();
    m_feed->showOlder();
    m_feed->showLatest();
    QCOMPARE(m_feed->eventState(), sync::FeedState());
}

void TestDetailFeed::overview()
{
    auto feed = m_bench->hub->makeOverviewFeed();
    feed->setScope(m_bench->account);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(feed->state()), patience);
    QCOMPARE(feed->summaries().size(), 2);
    QCOMPARE(feed->summaries().first().project.slug, u"web"_s);
    QCOMPARE(feed->summaries().first().unresolved, qint64(5));
    QVERIFY(!feed->state().error);
    const QList<domain::ProjectSummary> before = feed->summaries();
    feed.reset();
    m_feed.reset();
    m_bench->acme.setOffline(true);
    m_bench->open();
    feed = m_bench->hub->makeOverviewFeed();
    feed->setScope(m_bench->account);
    QTRY_COMPARE_WITH_TIMEOUT(feed->summaries(), before, patience);
    QVERIFY(feed->state().fromCache);
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().error.has_value(), patience);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDetailFeed)
#include "tst_detailfeed.moc"
