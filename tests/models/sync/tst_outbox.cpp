// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Actions on their way: shown at once, carried out once, rolled back when refused, never lost.

#include <QRegularExpression>
#include <QTest>

#include "models/sync/retrypolicy.h"
#include "tests/models/sync/hubbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using domain::Action;
using domain::ActionState;
using domain::IssueStatus;
using tests::FaultServer;
using tests::HubBench;
using Fault = FaultServer::Reply::Fault;

namespace {

constexpr int patience = 20'000;
const Action resolve{Action::Kind::Resolve, {}};
const Action reopen{Action::Kind::Reopen, {}};

Action assignTo(const QString& id)
{
    Action action{Action::Kind::Assign, {}};
    action.assignee.id = domain::ActorId(id);
    action.assignee.name = u"Bob"_s;
    return action;
}

} // namespace

class TestOutbox final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void shownAtOnceCarriedOutOnce();
    void refusalsRollBack_data();
    void refusalsRollBack();
    void faultsAreTriedAgain_data();
    void faultsAreTriedAgain();
    void waitsForAPerson_data();
    void waitsForAPerson();
    void waitsForAToken();
    void waitsAsLongAsItIsAsked();
    void lostAnswersAreReadBack_data();
    void lostAnswersAreReadBack();
    void waitsForTheServerOverARestart();
    void killedOnTheWire_data();
    void killedOnTheWire();
    void keepsTheOrderOfAnIssue();
    void oneThatWaitsLetsOthersPass();
    void manyIssuesAreSentOneByOne();
    void undoDropsWhatWasNotSent();
    void undoSendsTheInverse();
    void refusedMarksAreQuiet();
    void aRefusalAfterAChangeIsNone();
    void removingTheAccountForgets();

private:
    /// Moves time on until the outbox is empty or gives up.
    bool settles();

    std::unique_ptr<HubBench> m_bench;
    sync::Outbox* m_outbox = nullptr;
};

void TestOutbox::init()
{
    m_bench = std::make_unique<HubBench>();
    m_bench->acme.addMany(5, m_bench->acme.nowMs);
    m_bench->openWithAccount();
    m_outbox = &m_bench->hub->outbox();
}

bool TestOutbox::settles()
{
    return QTest::qWaitFor(
        [this] {
            m_bench->clock.advance(std::chrono::seconds(1));
            return m_bench->hub->outbox().pendingCount() == 0;
        },
        patience);
}

void TestOutbox::shownAtOnceCarriedOutOnce()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QList<domain::Issue> shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown.append(i); });
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    QSignalSpy pending(m_outbox, &sync::Outbox::pendingCountChanged);
    m_outbox->submit({issue}, resolve);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown.first().status, IssueStatus::Resolved);
    QCOMPARE(m_outbox->pendingCount(), 1);
    QCOMPARE(m_outbox->entries().first().state, ActionState::Queued);
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
    QCOMPARE(m_outbox->pendingCount(), 0);
    QCOMPARE(pending.size(), 2);
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"resolved"_s);
    QCOMPARE(m_bench->acme.puts(), QStringList{u"2 {\"status\":\"resolved\"}"_s});
    QCOMPARE(shown.last().status, IssueStatus::Resolved);
    QCOMPARE(shown.last().count, issue.count);
    QCOMPARE(m_outbox->entries().first().state, ActionState::Done);
}

void TestOutbox::refusalsRollBack_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("kind");
    QTest::newRow("400") << 400 << int(ErrorKind::Rejected);
    QTest::newRow("403") << 403 << int(ErrorKind::Forbidden);
    QTest::newRow("404") << 404 << int(ErrorKind::NotFound);
    QTest::newRow("409") << 409 << int(ErrorKind::Rejected);
    QTest::newRow("410") << 410 << int(ErrorKind::Gone);
    QTest::newRow("413") << 413 << int(ErrorKind::TooLarge);
}

void TestOutbox::refusalsRollBack()
{
    QFETCH(const int, status);
    QFETCH(const int, kind);
    const domain::Issue issue = m_bench->issue(u"2"_s);
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    QList<core::Error> errors;
    connect(m_outbox, &sync::Outbox::refused, this,
        [&](const QList<domain::Issue>& issues, const Action&, const core::Error& error) {
            QCOMPARE(tests::idsOf(issues), QStringList{u"2"_s});
            errors.append(error);
        });
    m_bench->acme.putFates({{FaultServer::json(R"({"detail":"no"})", status), false}});
    m_outbox->submit({issue}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(errors.size(), 1, patience);
    QCOMPARE(int(errors.first().kind), kind);
    QCOMPARE(shown.status, IssueStatus::Unresolved);
    QCOMPARE(m_outbox->pendingCount(), 0);
    QCOMPARE(m_outbox->entries().first().state, ActionState::Failed);
    QCOMPARE(m_bench->acme.applied(), QStringList());
    // It stays refused over a restart.
    m_bench->open();
    QCOMPARE(m_bench->hub->outbox().pendingCount(), 0);
    QCOMPARE(m_bench->hub->outbox().entries().first().state, ActionState::Failed);
}

void TestOutbox::faultsAreTriedAgain_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::newRow("408") << FaultServer::json("{}", 408);
    QTest::newRow("429") << FaultServer::json(R"({"detail":"slow"})", 429).with("Retry-After", "2");
    QTest::newRow("500") << FaultServer::json(R"({"detail":"Internal Error"})", 500);
    QTest::newRow("503") << FaultServer::html(503);
    QTest::newRow("reset") << FaultServer::fault(Fault::Reset, {}, -1);
    QTest::newRow("not HTTP") << FaultServer::fault(Fault::Raw, "220 mail\r\n\r\n");
}

void TestOutbox::faultsAreTriedAgain()
{
    QFETCH(const FaultServer::Reply, reply);
    const domain::Issue issue = m_bench->issue(u"2"_s);
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    m_bench->acme.putFates({{reply, false}, {reply, false}});
    m_outbox->submit({issue}, resolve);
    QVERIFY(settles());
    QCOMPARE(refused.size(), 0);
    QCOMPARE(shown.status, IssueStatus::Resolved);
    QCOMPARE(m_bench->acme.applied().size(), 1);
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"resolved"_s);
}

void TestOutbox::waitsForAPerson_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::newRow("page for people") << FaultServer::html();
    QTest::newRow("403 of a proxy") << FaultServer::html(403);
    QTest::newRow("elsewhere") << FaultServer::redirect(QUrl(u"https://elsewhere.example/"_s));
}

/// Trying again would meet the same: it stays where it is, over a restart, and others go on.
void TestOutbox::waitsForAPerson()
{
    QFETCH(const FaultServer::Reply, reply);
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_bench->acme.putFates({{reply, false}});
    m_outbox->submit({two}, resolve);
    QTRY_VERIFY_WITH_TIMEOUT(m_outbox->entries().first().error.has_value(), patience);
    m_bench->clock.advance(std::chrono::hours(24));
    m_outbox->submit({three}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
    QCOMPARE(refused.size(), 0);
    QCOMPARE(m_outbox->pendingCount(), 1);
    QCOMPARE(m_bench->acme.puts().size(), 2);
    m_bench->open();
    m_outbox = &m_bench->hub->outbox();
    QSignalSpy doneLater(m_outbox, &sync::Outbox::done);
    m_outbox->submit({m_bench->issue(u"4"_s)}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(doneLater.size(), 1, patience);
    QCOMPARE(m_outbox->pendingCount(), 1);
    QCOMPARE(m_bench->acme.applied().size(), 2);
}

/// A token that is no longer valid is no refusal: what was promised waits for the next one.
void TestOutbox::waitsForAToken()
{
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    m_bench->acme.refuseTokens(true);
    m_outbox->submit({two}, resolve);
    m_outbox->submit({three}, resolve);
    QTRY_VERIFY_WITH_TIMEOUT(m_outbox->entries().first().error.has_value(), patience);
    QCOMPARE(m_outbox->entries().first().error->kind, ErrorKind::Unauthorized);
    QCOMPARE(m_outbox->pendingCount(), 2);
    // The other one is not even tried.
    QVERIFY(!m_outbox->entries().last().error.has_value());
    m_bench->acme.refuseTokens(false);
    const auto renewed =
        tests::outcome(m_bench->hub->accounts().renewToken(m_bench->account, u"sntryu_9876543210"_s));
    QVERIFY(renewed.has_value());
    QVERIFY(settles());
    QCOMPARE(refused.size(), 0);
    QCOMPARE(m_bench->acme.applied().size(), 2);
}

void TestOutbox::waitsAsLongAsItIsAsked()
{
    core::Error error{ErrorKind::Server, 503, {}, std::chrono::seconds(7'200)};
    for (int attempt = 1; attempt < 20; ++attempt)
        QVERIFY(sync::waitAfter(error, attempt) >= std::chrono::hours(2));
    error.retryAfter.reset();
    QVERIFY(sync::waitAfter(error, 1) >= std::chrono::seconds(1));
    QVERIFY(sync::waitAfter(error, 1) < std::chrono::seconds(2));
    QVERIFY(sync::waitAfter(error, 1'000) >= std::chrono::minutes(5));
    QVERIFY(sync::waitAfter(error, 1'000) < std::chrono::minutes(7));
}

void TestOutbox::lostAnswersAreReadBack_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::newRow("reset") << FaultServer::fault(Fault::Reset, {}, -1);
    QTest::newRow("reset in the body") << FaultServer::fault(Fault::Reset, R"({"id":"2"})", 4);
    QTest::newRow("truncated") << FaultServer::fault(Fault::Truncate, R"({"id":"2"})", 4);
    QTest::newRow("500") << FaultServer::json(R"({"detail":"Internal Error"})", 500);
    QTest::newRow("502 of a proxy") << FaultServer::html(502);
    QTest::newRow("page for people") << FaultServer::html();
    QTest::newRow("broken JSON") << FaultServer::json(R"({"id":)");
    QTest::newRow("204") << FaultServer::json({}, 204);
}

/// The change was made and nobody heard of it: it must not be made again.
void TestOutbox::lostAnswersAreReadBack()
{
    QFETCH(const FaultServer::Reply, reply);
    const domain::Issue issue = m_bench->issue(u"2"_s);
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_bench->acme.putFates({{reply, true}});
    m_outbox->submit({issue}, assignTo(u"user:2"_s));
    QVERIFY(settles());
    QCOMPARE(done.size(), 1);
    QCOMPARE(m_bench->acme.puts().size(), 1);
    QVERIFY(shown.assignedTo.has_value());
    QCOMPARE(shown.assignedTo->id.value(), u"user:2"_s);
}

void TestOutbox::waitsForTheServerOverARestart()
{
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    m_bench->acme.setOffline(true);
    m_outbox->submit({two, three}, resolve);
    m_outbox->submit({two}, assignTo(u"user:2"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_outbox->entries().first().error.has_value(), patience);
    m_bench->open();
    m_outbox = &m_bench->hub->outbox();
    QCOMPARE(m_outbox->pendingCount(), 3);
    // A list that comes from the cache carries what is waiting.
    const auto feed = m_bench->hub->makeIssueFeed();
    QSignalSpy reset(feed.get(), &sync::IssueFeed::rowsReset);
    feed->setQuery(m_bench->query(QString()));
    QTRY_COMPARE_WITH_TIMEOUT(reset.size(), 1, patience);
    QCOMPARE(feed->rows().at(1).status, IssueStatus::Resolved);
    QCOMPARE(feed->rows().at(1).assignedTo->name, u"Bob"_s);
    m_bench->acme.setOffline(false);
    QVERIFY(settles());
    // The order holds within an issue; which issue comes first is up to the back-off of each.
    const QStringList applied = m_bench->acme.applied();
    QCOMPARE(applied.size(), 3);
    QCOMPARE(applied.filter(QRegularExpression(u"^2 "_s)),
        (QStringList{u"2 {\"status\":\"resolved\"}"_s, u"2 {\"assignedTo\":\"user:2\"}"_s}));
    QVERIFY(applied.contains(u"3 {\"status\":\"resolved\"}"_s));
}

void TestOutbox::killedOnTheWire_data()
{
    QTest::addColumn<bool>("applied");
    QTest::newRow("the change was made") << true;
    QTest::newRow("the change was not made") << false;
}

/// The program ends while the answer is awaited. The next one reads the issue before it does anything.
void TestOutbox::killedOnTheWire()
{
    QFETCH(const bool, applied);
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_bench->acme.putFates({{FaultServer::fault(Fault::Hang), applied}});
    m_outbox->submit({issue}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->acme.puts().size(), 1, patience);
    const int details = m_bench->acme.detailRequests();
    m_bench->open();
    QCOMPARE(m_bench->hub->outbox().entries().first().state, ActionState::Sent);
    QVERIFY(settles());
    QVERIFY(m_bench->acme.detailRequests() > details);
    QCOMPARE(m_bench->acme.puts().size(), applied ? 1 : 2);
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"resolved"_s);
}

void TestOutbox::keepsTheOrderOfAnIssue()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_bench->acme.putFates({{FaultServer::json("{}", 500), false}});
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    m_outbox->submit({issue}, resolve);
    QCOMPARE(shown.status, IssueStatus::Resolved);
    m_outbox->submit({shown}, assignTo(u"user:2"_s));
    m_outbox->submit({shown}, reopen);
    QCOMPARE(shown.status, IssueStatus::Unresolved);
    QVERIFY(shown.assignedTo.has_value());
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.applied(),
        (QStringList{u"2 {\"status\":\"resolved\"}"_s, u"2 {\"assignedTo\":\"user:2\"}"_s,
            u"2 {\"status\":\"unresolved\"}"_s}));
    QCOMPARE(shown.status, IssueStatus::Unresolved);
}

void TestOutbox::oneThatWaitsLetsOthersPass()
{
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    m_bench->acme.putFates({{FaultServer::json("{}", 500), false}});
    m_outbox->submit({two}, resolve);
    m_outbox->submit({three}, resolve);
    QVERIFY(settles());
    // Whichever came first and was turned away went behind the other one.
    const bool twoFirst = m_bench->acme.puts().first().startsWith(u"2 "_s);
    const QString resolved = u" {\"status\":\"resolved\"}"_s;
    QCOMPARE(m_bench->acme.applied(),
        (QStringList{(twoFirst ? u'3' : u'2') + resolved, (twoFirst ? u'2' : u'3') + resolved}));
}

void TestOutbox::manyIssuesAreSentOneByOne()
{
    const auto feed = m_bench->hub->makeIssueFeed();
    feed->setQuery(m_bench->query());
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 5, patience);
    m_bench->acme.putFates({{FaultServer::json("{}", 403), false}});
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_outbox->submit(feed->rows(), resolve);
    QCOMPARE(m_outbox->pendingCount(), 5);
    QVERIFY(settles());
    // Each fails by itself.
    QCOMPARE(refused.size(), 1);
    QCOMPARE(done.size(), 4);
    for (const FaultServer::Request& request : m_bench->acme.server.requests()) {
        if (request.method == "PUT")
            QVERIFY2(request.path() != "/api/0/organizations/acme/issues/", "a bulk change");
    }
}

void TestOutbox::undoDropsWhatWasNotSent()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_bench->acme.putFates(
        {{FaultServer::json(R"({"detail":"slow"})", 429).with("Retry-After", "60"), false}});
    QVERIFY(!m_outbox->canUndo());
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    m_outbox->submit({issue}, resolve);
    QVERIFY(m_outbox->canUndo());
    QTRY_VERIFY_WITH_TIMEOUT(m_outbox->entries().first().error.has_value(), patience);
    m_outbox->undoLast();
    QCOMPARE(shown.status, IssueStatus::Unresolved);
    QCOMPARE(m_outbox->pendingCount(), 0);
    QVERIFY(!m_outbox->canUndo());
    m_bench->open();
    QVERIFY(m_bench->hub->outbox().entries().isEmpty());
    QCOMPARE(m_bench->acme.applied(), QStringList());
}

void TestOutbox::undoSendsTheInverse()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_outbox->submit({issue}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
    QVERIFY(m_outbox->canUndo());
    m_outbox->undoLast();
    QVERIFY(!m_outbox->canUndo());
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"unresolved"_s);
    // An assignment goes back to who had it before.
    m_bench->acme.row(u"3"_s).assignee = u"user:9"_s;
    const domain::Issue assigned = m_bench->issue(u"3"_s);
    m_outbox->submit({assigned}, assignTo(u"user:2"_s));
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"3"_s).assignee, u"user:2"_s);
    m_outbox->undoLast();
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"3"_s).assignee, u"user:9"_s);
}

void TestOutbox::refusedMarksAreQuiet()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    m_bench->acme.putFates({{FaultServer::json("{}", 403), false}});
    m_outbox->submit({issue}, {Action::Kind::MarkSeen, {}});
    QVERIFY(!m_outbox->canUndo());
    QVERIFY(settles());
    QCOMPARE(refused.size(), 0);
}

/// Made, and then its answer was refused on the way: what counts is what the server says of the issue.
void TestOutbox::aRefusalAfterAChangeIsNone()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_bench->acme.putFates({{FaultServer::json(R"({"detail":"odd"})", 400), true}});
    m_outbox->submit({issue}, resolve);
    QVERIFY(settles());
    QCOMPARE(refused.size(), 0);
    QCOMPARE(done.size(), 1);
}

void TestOutbox::removingTheAccountForgets()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_bench->acme.setOffline(true);
    m_outbox->submit({issue}, resolve);
    m_bench->hub->accounts().remove(m_bench->account);
    QCOMPARE(m_outbox->pendingCount(), 0);
    m_bench->open();
    QVERIFY(m_bench->hub->outbox().entries().isEmpty());
    QVERIFY(m_bench->hub->accounts().accounts().isEmpty());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOutbox)
#include "tst_outbox.moc"
