// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// An account with two organizations, whose servers number their issues by themselves: what is asked about an
// issue is asked of its own organization, and what is known of one is never taken for the other.

#include <QSignalSpy>
#include <QTest>

#include "models/sync/hub.h"
#include "tests/models/sync/hubbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int patience = 20'000;

QByteArray issuePath(const char* organization)
{
    return QByteArray("/api/0/organizations/") + organization + "/issues/1/";
}

} // namespace

class TestOrganizations final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_bench.reset(); }
    void issuesOfTheSecondOpen();
    void actionsGoToTheirOwn();
    void oneIdInBothIsTwoIssues();
    void eachIsWatched();
    void theDirectoryKnowsEach();
    void actionsOfAFormerRunGoToTheirOwn();

private:
    [[nodiscard]] domain::Scope second() const
    {
        return {m_bench->account, domain::OrganizationId(u"zenith"_s)};
    }
    domain::Issue issueOf(const domain::Scope& scope);

    std::unique_ptr<tests::HubBench> m_bench;
};

void TestOrganizations::init()
{
    m_bench = std::make_unique<tests::HubBench>();
    m_bench->acme.organizations = {u"acme"_s, u"zenith"_s};
    for (const QString& organization : std::as_const(m_bench->acme.organizations)) {
        tests::Acme::Row row;
        row.id = u"1"_s;
        row.title = u"Issue of "_s + organization;
        row.organization = organization;
        row.firstSeenMs = m_bench->acme.nowMs - 86'400'000;
        row.lastSeenMs = m_bench->acme.nowMs - 1'000;
        row.events = {organization == u"acme" ? QString(32, u'a') : QString(32, u'b')};
        m_bench->acme.add(row);
    }
    m_bench->openWithAccount();
}

domain::Issue TestOrganizations::issueOf(const domain::Scope& scope)
{
    const auto feed = m_bench->hub->makeIssueFeed();
    sync::IssueQuery query;
    query.scopes = {scope};
    feed->setQuery(query);
    const bool isThere = QTest::qWaitFor(
        [&] { return feed->state().asOf && !feed->state().fromCache && !feed->state().loading; }, patience);
    if (!isThere || feed->rows().size() != 1)
        qFatal("no list");
    return feed->rows().first();
}

void TestOrganizations::issuesOfTheSecondOpen()
{
    const domain::Issue issue = issueOf(second());
    QCOMPARE(issue.organization.value(), u"zenith"_s);
    QCOMPARE(issue.title, u"Issue of zenith"_s);
    const auto detail = m_bench->hub->makeDetailFeed();
    QSignalSpy shown(detail.get(), &sync::DetailFeed::eventChanged);
    detail->open(issue);
    QTRY_VERIFY_WITH_TIMEOUT(detail->issueState().asOf && !detail->issueState().loading, patience);
    QVERIFY(!detail->issueState().error);
    QCOMPARE(detail->detail().issue.title, u"Issue of zenith"_s);
    QCOMPARE(keyOf(detail->detail().issue), keyOf(issue));
    QTRY_VERIFY_WITH_TIMEOUT(!shown.isEmpty(), patience);
    QCOMPARE(shown.last().first().value<domain::Event>().id.value(), QString(32, u'b'));
    QTRY_VERIFY_WITH_TIMEOUT(!detail->detail().tags.isEmpty(), patience);
    QVERIFY(m_bench->acme.server.requestsTo(issuePath("acme")).isEmpty());
    // Without a server it is still that one, from the cache.
    detail->close();
    m_bench->acme.setOffline(true);
    m_bench->open();
    const auto offline = m_bench->hub->makeDetailFeed();
    QSignalSpy cached(offline.get(), &sync::DetailFeed::eventChanged);
    offline->open(issue);
    QTRY_VERIFY_WITH_TIMEOUT(!cached.isEmpty() && offline->issueState().asOf, patience);
    QVERIFY(offline->issueState().fromCache);
    QCOMPARE(cached.first().first().value<domain::Event>().id.value(), QString(32, u'b'));
}

void TestOrganizations::actionsGoToTheirOwn()
{
    const domain::Issue issue = issueOf(second());
    QSignalSpy done(&m_bench->hub->outbox(), &sync::Outbox::done);
    m_bench->hub->outbox().submit({issue}, {domain::Action::Kind::Resolve, {}});
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
    QCOMPARE(keyOf(done.first().first().value<domain::Issue>()), keyOf(issue));
    QCOMPARE(m_bench->acme.applied(), QStringList{u"zenith/1 {\"status\":\"resolved\"}"_s});
    QCOMPARE(m_bench->acme.row(u"1"_s, u"zenith"_s).status, u"resolved"_s);
    QCOMPARE(m_bench->acme.row(u"1"_s).status, u"unresolved"_s);
    m_bench->hub->outbox().undoLast();
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 2, patience);
    QCOMPARE(m_bench->acme.row(u"1"_s, u"zenith"_s).status, u"unresolved"_s);
    QCOMPARE(m_bench->acme.applied().size(), 2);
    QVERIFY(m_bench->acme.applied().last().startsWith(u"zenith/1 "_s));
}

/// Resolving one leaves the row of the other as it is, in every place that shows it.
void TestOrganizations::oneIdInBothIsTwoIssues()
{
    const domain::Issue other = issueOf(second());
    const auto feed = m_bench->hub->makeIssueFeed();
    feed->setQuery(m_bench->query(QString()));
    QTRY_VERIFY_WITH_TIMEOUT(
        feed->state().asOf && !feed->state().fromCache && !feed->state().loading, patience);
    QCOMPARE(feed->rows().first().organization.value(), u"acme"_s);
    const auto detail = m_bench->hub->makeDetailFeed();
    detail->open(feed->rows().first());
    QSignalSpy done(&m_bench->hub->outbox(), &sync::Outbox::done);
    m_bench->hub->outbox().submit({other}, {domain::Action::Kind::Resolve, {}});
    QCOMPARE(feed->rows().first().status, domain::IssueStatus::Unresolved); // nothing is laid over
    QCOMPARE(detail->detail().issue.status, domain::IssueStatus::Unresolved);
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
    QCOMPARE(feed->rows().first().status, domain::IssueStatus::Unresolved);
    QCOMPARE(detail->detail().issue.status, domain::IssueStatus::Unresolved);
    QCOMPARE(detail->detail().issue.title, u"Issue of acme"_s);
}

void TestOrganizations::eachIsWatched()
{
    const auto rounds = [this](const char* organization) {
        return m_bench->acme.server
            .requestsTo(QByteArray("/api/0/organizations/") + organization + "/issues/")
            .size();
    };
    QTRY_VERIFY_WITH_TIMEOUT(rounds("acme") >= 2 && rounds("zenith") >= 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->hub->alertWatch().topFive().size(), 2, patience);
    QVERIFY(m_bench->hub->alertWatch().current().isEmpty()); // a first look raises nothing
    QSignalSpy raised(&m_bench->hub->alertWatch(), &sync::AlertWatch::alertRaised);
    m_bench->clock.advance(std::chrono::minutes(1));
    m_bench->acme.nowMs += 60'000;
    tests::Acme::Row row;
    row.id = u"2"_s;
    row.title = u"New there"_s;
    row.organization = u"zenith"_s;
    row.substatus = u"new"_s;
    row.firstSeenMs = row.lastSeenMs = m_bench->acme.nowMs;
    m_bench->acme.add(row);
    m_bench->hub->alertWatch().checkNow();
    QTRY_COMPARE_WITH_TIMEOUT(raised.size(), 1, patience);
    const auto alert = raised.first().first().value<alerts::Alert>();
    QCOMPARE(alert.kind, alerts::Alert::Kind::NewIssue);
    QCOMPARE(scopeOf(alert.issue), second());
    // Known after a restart: not told again.
    m_bench->open();
    QSignalSpy again(&m_bench->hub->alertWatch(), &sync::AlertWatch::alertRaised);
    const auto before = rounds("zenith");
    QTRY_VERIFY_WITH_TIMEOUT(
        rounds("zenith") >= before + 2 && m_bench->hub->alertWatch().topFive().size() == 3, patience);
    QVERIFY(again.isEmpty());
    QCOMPARE(m_bench->hub->alertWatch().history().first().issue.organization.value(), u"zenith"_s);
}

void TestOrganizations::theDirectoryKnowsEach()
{
    sync::Directory& directory = m_bench->hub->directory();
    const QByteArray path = "/api/0/organizations/zenith/projects/";
    QTRY_VERIFY_WITH_TIMEOUT(!directory.projects(m_bench->account).isEmpty(), patience);
    QVERIFY(m_bench->acme.server.requestsTo(path).isEmpty()); // nobody wanted to know
    QTRY_VERIFY_WITH_TIMEOUT(!directory.projects(second()).isEmpty(), patience);
    QCOMPARE(m_bench->acme.server.requestsTo(path).size(), 1);
    const domain::ProjectId web(u"7"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!directory.assignees(second(), web).isEmpty(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        !m_bench->acme.server.requestsTo("/api/0/organizations/zenith/users/").isEmpty(), patience);
    QVERIFY(directory.me(m_bench->account).has_value());
    QVERIFY(directory.projects({m_bench->account, domain::OrganizationId(u"nowhere"_s)}).isEmpty());
}

void TestOrganizations::actionsOfAFormerRunGoToTheirOwn()
{
    const domain::Issue issue = issueOf(second());
    m_bench->acme.setOffline(true);
    m_bench->hub->outbox().submit({issue}, {domain::Action::Kind::Resolve, {}});
    QCOMPARE(m_bench->hub->outbox().pendingCount(), 1);
    m_bench->hub.reset();
    m_bench->acme.setOffline(false);
    m_bench->open();
    QCOMPARE(keyOf(m_bench->hub->outbox().entries().last().before), keyOf(issue));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->hub->outbox().pendingCount(), 0, patience);
    QCOMPARE(m_bench->acme.row(u"1"_s, u"zenith"_s).status, u"resolved"_s);
    QCOMPARE(m_bench->acme.row(u"1"_s).status, u"unresolved"_s);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOrganizations)
#include "tst_organizations.moc"
