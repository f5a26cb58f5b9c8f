// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Issue lists: the cache before the network, nothing of another query, nothing twice, and quiet when asked.

#include <QSet>
#include <QTest>

#include "tests/models/sync/hubbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using domain::IssueStatus;
using tests::FaultServer;
using tests::HubBench;
using tests::idsOf;
using Fault = FaultServer::Reply::Fault;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestIssueFeed final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void showsTheCacheBeforeTheServerAnswers();
    void showsTheCacheOfTheCollectorBeforeItIsAttached();
    void offlineAndBack();
    void offlineWhatIsKeptIsSearched();
    void answersOfAFormerQueryAreDropped();
    void pagesAreJoinedWithoutDoubles();
    void refreshKeepsTheLoadedPages();
    void rowsThatLeftTheListGo();
    void cachedRowsBehindTheFirstPageStay();
    void followsWhileFollowed();
    void waitsWhenAskedTo();
    void anOlderAnswerDoesNotUndoAnAction();
    void aMissingTokenIsTold();
    void faultsAreStates_data();
    void faultsAreStates();
    void anUnknownAccountIsEmpty();
    void dyingWithAnOpenRequest();
    void aNewClientIsAskedForTheFormersAnswer();
    void removingTheAccountEmptiesTheList();

private:
    std::unique_ptr<sync::IssueFeed> makeFeed();
    /// The server's answer is shown.
    static bool isFresh(const sync::IssueFeed& feed)
    {
        return feed.state().asOf && !feed.state().fromCache && !feed.state().loading;
    }

    std::unique_ptr<HubBench> m_bench;
};

void TestIssueFeed::init()
{
    m_bench = std::make_unique<HubBench>();
    m_bench->acme.addMany(250, m_bench->acme.nowMs);
    m_bench->openWithAccount();
}

std::unique_ptr<sync::IssueFeed> TestIssueFeed::makeFeed()
{
    auto feed = m_bench->hub->makeIssueFeed();
    feed->setQuery(m_bench->query());
    return feed;
}

void TestIssueFeed::showsTheCacheBeforeTheServerAnswers()
{
    {
        const auto feed = makeFeed();
        QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
        QCOMPARE(feed->rows().size(), 100);
        QCOMPARE(feed->state().total, std::optional<qint64>(250));
        QVERIFY(feed->state().hasMore);
    }
    m_bench->acme.row(u"1"_s).title = u"Changed meanwhile"_s;
    m_bench->acme.holdLists(true);
    m_bench->clock.advance(std::chrono::hours(1));
    m_bench->open();
    const auto feed = makeFeed();
    QSignalSpy reset(feed.get(), &sync::IssueFeed::rowsReset);
    QSignalSpy merged(feed.get(), &sync::IssueFeed::rowsMerged);
    QTRY_COMPARE_WITH_TIMEOUT(reset.size(), 1, patience);
    QCOMPARE(feed->rows().size(), 100);
    QCOMPARE(feed->rows().first().title, u"Issue 1"_s);
    QCOMPARE(feed->state().asOf, std::optional(HubBench::start));
    QVERIFY(feed->state().fromCache);
    QCOMPARE(feed->state().total, std::optional<qint64>(250));
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().loading, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->acme.server.held() > 0, patience);
    QCOMPARE(merged.size(), 0);
    m_bench->acme.holdLists(false);
    m_bench->acme.server.release();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    QCOMPARE(reset.size(), 1);
    QCOMPARE(feed->rows().first().title, u"Changed meanwhile"_s);
    QCOMPARE(feed->state().asOf, std::optional(m_bench->clock.now()));
}

void TestIssueFeed::showsTheCacheOfTheCollectorBeforeItIsAttached()
{
    m_bench->hub->attachCollector(m_bench->acme.url(), u"collector-token"_s);
    QCOMPARE(m_bench->hub->accounts().accounts().size(), 2);
    const domain::Account collector = m_bench->hub->accounts().accounts().first();
    QCOMPARE(collector.kind, domain::ServerKind::Collector);
    m_bench->account = collector.id;
    {
        const auto feed = makeFeed();
        QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    }
    m_bench->open();
    QCOMPARE(m_bench->hub->accounts().accounts().first().id, collector.id);
    const auto feed = makeFeed();
    QSignalSpy reset(feed.get(), &sync::IssueFeed::rowsReset);
    QTRY_COMPARE_WITH_TIMEOUT(reset.size(), 1, patience);
    QCOMPARE(feed->rows().size(), 100);
    QVERIFY(feed->state().fromCache);
    m_bench->hub->attachCollector(m_bench->acme.url(), u"another-token"_s);
    QCOMPARE(m_bench->hub->accounts().accounts().first().id, collector.id);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    QCOMPARE(reset.size(), 1);
}

void TestIssueFeed::offlineAndBack()
{
    m_bench->options.visibleInterval = std::chrono::milliseconds(20);
    m_bench->open();
    const auto feed = makeFeed();
    feed->setFollowed(true);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    m_bench->acme.setOffline(true);
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().error.has_value(), patience);
    QCOMPARE(feed->state().error->kind, ErrorKind::Offline);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->hub->accounts().state(m_bench->account).phase,
        sync::ConnectionState::Phase::Blind, patience);
    QCOMPARE(feed->rows().size(), 100);
    m_bench->acme.row(u"1"_s).title = u"Changed meanwhile"_s;
    m_bench->acme.setOffline(false);
    QTRY_VERIFY_WITH_TIMEOUT(!feed->state().error && !feed->state().loading, patience);
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().first().title, u"Changed meanwhile"_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->hub->accounts().state(m_bench->account).phase,
        sync::ConnectionState::Phase::Online, patience);
}

void TestIssueFeed::offlineWhatIsKeptIsSearched()
{
    const auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    m_bench->acme.setOffline(true);
    // A list that was never asked for.
    sync::IssueQuery query = m_bench->query(u"is:unresolved \"issue 7\" assigned_or_suggested:me"_s);
    feed->setQuery(query);
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().isSearchedHere, patience);
    QStringList titles;
    for (const domain::Issue& issue : feed->rows())
        titles << issue.title;
    QVERIFY(titles.contains(u"Issue 7"_s) && titles.contains(u"Issue 70"_s));
    QVERIFY(!titles.contains(u"Issue 8"_s));
    QCOMPARE(feed->state().notSearched.size(), 1);
    QVERIFY(feed->state().error.has_value());
    QCOMPARE(feed->state().asOf, std::optional(HubBench::start));
    QVERIFY(feed->state().fromCache && !feed->state().loading);

    // Nothing of it stays when the server answers: that is another list.
    m_bench->acme.setOffline(false);
    feed->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    QVERIFY(!feed->state().isSearchedHere);
    QVERIFY(feed->state().notSearched.isEmpty());
    QCOMPARE(feed->rows().size(), 100);
    QCOMPARE(feed->rows().first().title, u"Issue 1"_s);

    // What a server would refuse stays unsaid until there is one to refuse it.
    m_bench->acme.setOffline(true);
    feed->setQuery(m_bench->query(u"is:nonsense"_s));
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().error && !feed->state().loading, patience);
    QVERIFY(feed->rows().isEmpty());
    QVERIFY(!feed->state().isSearchedHere);
}

void TestIssueFeed::answersOfAFormerQueryAreDropped()
{
    m_bench->acme.row(u"250"_s).title = u"needle"_s;
    m_bench->acme.holdLists(true);
    const auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->acme.server.held() > 0, patience);
    m_bench->acme.holdLists(false);
    QList<QStringList> shown;
    connect(feed.get(), &sync::IssueFeed::rowsReset, this,
        [&](const QList<domain::Issue>& rows) { shown.append(idsOf(rows)); });
    connect(feed.get(), &sync::IssueFeed::rowsMerged, this,
        [&](const QList<domain::Issue>& rows) { shown.append(idsOf(rows)); });
    feed->setQuery(m_bench->query(u"is:unresolved title:needle"_s));
    m_bench->acme.server.release();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    QCOMPARE(idsOf(feed->rows()), QStringList{u"250"_s});
    for (const QStringList& ids : std::as_const(shown))
        QVERIFY(ids.isEmpty() || ids == QStringList{u"250"_s});
}

void TestIssueFeed::pagesAreJoinedWithoutDoubles()
{
    const auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    // Between two pages the last row of all becomes the first: every row moves down by one.
    m_bench->acme.row(u"250"_s).count = 1'000'000;
    feed->fetchMore();
    feed->fetchMore(); // a second call while the first is under way asks for nothing more
    QTRY_VERIFY_WITH_TIMEOUT(feed->rows().size() > 100 && isFresh(*feed), patience);
    QCOMPARE(feed->rows().size(), 199); // row 100 came again
    feed->fetchMore();
    QTRY_VERIFY_WITH_TIMEOUT(feed->rows().size() > 199 && isFresh(*feed), patience);
    QVERIFY(!feed->state().hasMore);
    const QStringList ids = idsOf(feed->rows());
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
    QCOMPARE(ids.size(), 249); // 250 is on the first page now, which a refresh shows
    feed->fetchMore();
    feed->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 250, patience);
    QCOMPARE(feed->rows().first().id.value(), u"250"_s);
}

void TestIssueFeed::refreshKeepsTheLoadedPages()
{
    const auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    feed->fetchMore();
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 200, patience);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    m_bench->acme.row(u"150"_s).title = u"Changed meanwhile"_s;
    QSignalSpy reset(feed.get(), &sync::IssueFeed::rowsReset);
    feed->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().at(149).title, u"Changed meanwhile"_s, patience);
    QCOMPARE(feed->rows().size(), 200);
    QCOMPARE(reset.size(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    feed->fetchMore();
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 250, patience);
}

void TestIssueFeed::rowsThatLeftTheListGo()
{
    auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    feed->fetchMore();
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 200, patience);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    m_bench->acme.row(u"3"_s).status = u"resolved"_s;
    feed->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!idsOf(feed->rows()).contains(u"3"_s), patience);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    QCOMPARE(idsOf(feed->rows()).mid(0, 3), (QStringList{u"1"_s, u"2"_s, u"4"_s}));
    // The cache agrees. The feed goes before its hub does.
    const QStringList left = idsOf(feed->rows());
    feed.reset();
    m_bench->acme.setOffline(true);
    m_bench->open();
    const auto again = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(!again->rows().isEmpty(), patience);
    QCOMPARE(idsOf(again->rows()), left);
}

void TestIssueFeed::cachedRowsBehindTheFirstPageStay()
{
    {
        const auto feed = makeFeed();
        QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
        feed->fetchMore();
        QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 200, patience);
        QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    }
    m_bench->acme.holdLists(true);
    m_bench->open();
    const auto feed = makeFeed();
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 200, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->acme.server.held() > 0, patience);
    m_bench->acme.holdLists(false);
    m_bench->acme.server.release();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    // The reader's place in the list is not pulled away.
    QCOMPARE(feed->rows().size(), 200);
    feed->fetchMore();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    feed->fetchMore();
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 250, patience);
}

void TestIssueFeed::followsWhileFollowed()
{
    m_bench->options.visibleInterval = std::chrono::milliseconds(20);
    m_bench->open();
    const auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    QSignalSpy merged(feed.get(), &sync::IssueFeed::rowsMerged);
    m_bench->acme.row(u"1"_s).title = u"Changed meanwhile"_s;
    feed->setFollowed(true);
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().first().title, u"Changed meanwhile"_s, patience);
    const qsizetype merges = merged.size();
    // Polls that bring nothing new tell nothing.
    const int requests = m_bench->acme.listRequests();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->acme.listRequests() > requests + 9, patience);
    QCOMPARE(merged.size(), merges);
}

void TestIssueFeed::waitsWhenAskedTo()
{
    m_bench->options.visibleInterval = std::chrono::milliseconds(20);
    m_bench->open();
    const auto feed = makeFeed();
    feed->setFollowed(true);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    const auto slowDown = FaultServer::json(R"({"detail":"too frequently"})", 429).with("Retry-After", "30");
    const int before = m_bench->acme.listRequests();
    m_bench->acme.listReplies({slowDown, slowDown, slowDown, slowDown, slowDown, slowDown});
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->acme.listRequests() > before, patience);
    // The alert watch asks for lists, too: where it was told to wait first, the whole account waits and the
    // feed has no fault of its own.
    if (feed->state().error)
        QCOMPARE(feed->state().error->kind, ErrorKind::RateLimited);
    QTRY_VERIFY_WITH_TIMEOUT(!feed->state().loading, patience);
    // Requests that were on their way come to their end; then time stands still, and so does the feed. The
    // marker is a round of the same timers with another hub's account.
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->hub->alertWatch().current().isEmpty(), patience);
    QTimer later;
    later.setSingleShot(true);
    QSignalSpy passed(&later, &QTimer::timeout);
    later.start(400); // twenty intervals
    QTRY_COMPARE_WITH_TIMEOUT(passed.size(), 1, patience);
    const int quiet = m_bench->acme.listRequests();
    later.start(400);
    QTRY_COMPARE_WITH_TIMEOUT(passed.size(), 2, patience);
    QCOMPARE(m_bench->acme.listRequests(), quiet);
    // The connection is not broken: the server answered.
    QCOMPARE(m_bench->hub->accounts().state(m_bench->account).phase, sync::ConnectionState::Phase::Online);
    m_bench->acme.listReplies({});
    m_bench->clock.advance(std::chrono::minutes(2));
    feed->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!feed->state().error && isFresh(*feed), patience);
}

void TestIssueFeed::anOlderAnswerDoesNotUndoAnAction()
{
    const auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    // This answer is made before the PUT and arrives after it.
    m_bench->acme.holdLists(true);
    feed->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->acme.server.held() > 0, patience);
    sync::Outbox& outbox = m_bench->hub->outbox();
    QSignalSpy done(&outbox, &sync::Outbox::done);
    outbox.submit({feed->rows().first()}, {domain::Action::Kind::Resolve, {}});
    QCOMPARE(feed->rows().first().status, IssueStatus::Resolved);
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
    QList<IssueStatus> seen;
    connect(feed.get(), &sync::IssueFeed::rowsMerged, this,
        [&](const QList<domain::Issue>& rows) { seen.append(rows.first().status); });
    m_bench->acme.holdLists(false);
    m_bench->acme.server.release();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    QCOMPARE(feed->rows().first().id.value(), u"1"_s);
    QCOMPARE(feed->rows().first().status, IssueStatus::Resolved);
    QVERIFY(!seen.contains(IssueStatus::Unresolved));
    // The next answer knows it: the issue has left the list.
    feed->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().first().id.value(), u"2"_s, patience);
}

void TestIssueFeed::aMissingTokenIsTold()
{
    QVERIFY(tests::outcome(m_bench->tokens.remove(m_bench->account, secrets::tokenName)).has_value());
    m_bench->open();
    const auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().error.has_value(), patience);
    QCOMPARE(feed->state().error->kind, ErrorKind::Unauthorized);
    QVERIFY(!feed->state().loading);
    QCOMPARE(
        m_bench->hub->accounts().state(m_bench->account).phase, sync::ConnectionState::Phase::NeedsToken);
    const auto renewed =
        tests::outcome(m_bench->hub->accounts().renewToken(m_bench->account, u"sntryu_999"_s));
    QVERIFY(renewed.has_value());
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    QCOMPARE(feed->rows().size(), 100);
}

void TestIssueFeed::faultsAreStates_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::addColumn<int>("kind");
    QTest::newRow("401") << FaultServer::json("{}", 401) << int(ErrorKind::Unauthorized);
    QTest::newRow("403") << FaultServer::json("{}", 403) << int(ErrorKind::Forbidden);
    QTest::newRow("500") << FaultServer::json("{}", 500) << int(ErrorKind::Server);
    QTest::newRow("HTML") << FaultServer::html() << int(ErrorKind::NotSentry);
    QTest::newRow("broken JSON") << FaultServer::json("[{") << int(ErrorKind::Malformed);
    QTest::newRow("reset") << FaultServer::fault(Fault::Reset, {}, -1) << int(ErrorKind::Offline);
}

void TestIssueFeed::faultsAreStates()
{
    QFETCH(const FaultServer::Reply, reply);
    QFETCH(const int, kind);
    const auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    m_bench->acme.listReplies({reply, reply});
    feed->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().error.has_value(), patience);
    QCOMPARE(int(feed->state().error->kind), kind);
    QVERIFY(!feed->state().loading);
    QVERIFY(feed->state().isStale());
    QCOMPARE(feed->rows().size(), 100);
    m_bench->acme.listReplies({});
    feed->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed) && !feed->state().error, patience);
}

void TestIssueFeed::anUnknownAccountIsEmpty()
{
    const auto feed = m_bench->hub->makeIssueFeed();
    QSignalSpy reset(feed.get(), &sync::IssueFeed::rowsReset);
    sync::IssueQuery query = m_bench->query();
    query.scopes = {domain::AccountId(u"nobody"_s)};
    feed->setQuery(query);
    QTRY_COMPARE_WITH_TIMEOUT(reset.size(), 1, patience);
    QVERIFY(feed->rows().isEmpty());
    QVERIFY(!feed->state().loading);
}

void TestIssueFeed::dyingWithAnOpenRequest()
{
    m_bench->acme.holdLists(true);
    auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->acme.server.held() > 0, patience);
    feed.reset();
    auto other = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(other->state().loading, patience);
    m_bench->acme.holdLists(false);
    m_bench->acme.server.release();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*other), patience);
}

void TestIssueFeed::aNewClientIsAskedForTheFormersAnswer()
{
    m_bench->hub->attachCollector(m_bench->acme.url(), u"token"_s);
    m_bench->account = m_bench->hub->accounts().accounts().first().id;
    m_bench->acme.holdLists(true);
    const auto feed = makeFeed();
    const auto overview = m_bench->hub->makeOverviewFeed();
    overview->setScope(m_bench->account);
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->acme.server.held() > 0, patience);
    // The collector starts anew on another port while its answer is awaited; nobody follows this list.
    tests::Acme other;
    other.addMany(3, m_bench->acme.nowMs);
    m_bench->hub->attachCollector(other.url(), u"token"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    QCOMPARE(feed->rows().size(), 3);
    QTRY_VERIFY_WITH_TIMEOUT(
        overview->state().asOf && !overview->state().fromCache && !overview->state().loading, patience);
    QCOMPARE(overview->summaries().first().unresolved, qint64(3));
    QTRY_VERIFY_WITH_TIMEOUT(!m_bench->hub->directory().projects(m_bench->account).isEmpty(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->hub->alertWatch().topFive().size(), 3, patience);
}

void TestIssueFeed::removingTheAccountEmptiesTheList()
{
    const auto feed = makeFeed();
    QTRY_VERIFY_WITH_TIMEOUT(isFresh(*feed), patience);
    QSignalSpy reset(feed.get(), &sync::IssueFeed::rowsReset);
    m_bench->hub->accounts().remove(m_bench->account);
    QTRY_COMPARE_WITH_TIMEOUT(reset.size(), 1, patience);
    QVERIFY(feed->rows().isEmpty());
    QVERIFY(!feed->state().loading);
    QVERIFY(!feed->state().asOf);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestIssueFeed)
#include "tst_issuefeed.moc"
