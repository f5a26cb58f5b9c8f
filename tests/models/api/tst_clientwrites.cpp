// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The calls of the client that change something: with which bodies, what is read back, and what is never
// sent.

#include <QTest>

#include "tests/models/api/clientbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using domain::Action;
using domain::ServerKind;
using tests::ClientBench;
using tests::FaultServer;
using tests::outcome;
using tests::value;
using tests::values;

namespace {

const domain::OrganizationId org{u"acme"_s};
const domain::IssueId issue{u"101"_s};

constexpr const char* issuePath = "/api/0/organizations/acme/issues/101/";
constexpr const char* bareIssuePath = "/api/0/issues/101/";
constexpr const char* listPath = "/api/0/organizations/acme/issues/";
constexpr const char* wholeIssue =
    R"({"id":"101","shortId":"WEB-1","status":"resolved","count":"3","project":{"id":"7","slug":"web"}})";

domain::Issue named(const QString& id, const QString& shortId, const QString& project)
{
    domain::Issue out;
    out.id = domain::IssueId(id);
    out.shortId = shortId;
    out.project.id = domain::ProjectId(project);
    return out;
}

Action assignTo(const QString& id)
{
    Action action;
    action.kind = Action::Kind::Assign;
    action.assignee.id = domain::ActorId(id);
    return action;
}

} // namespace

class TestClientWrites final : public QObject
{
    Q_OBJECT

private slots:
    void bodies_data();
    void bodies();
    void glitchTipCannot_data();
    void glitchTipCannot();
    void anUpdateIsReadBack();
    void nothingChangedIsReadBack();
    void manyAreGuarded();
    void manyGoInParts();
    void unguardedIsNotSent_data();
    void unguardedIsNotSent();
    void remove();
};

void TestClientWrites::bodies_data()
{
    QTest::addColumn<domain::Action>("action");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("glitchTip");
    const auto row = [](const char* name, const Action& action, const char* body, bool glitchTip = false) {
        QTest::newRow(name) << action << QByteArray(body) << glitchTip;
    };
    row("resolve", {Action::Kind::Resolve, {}}, R"({"status":"resolved"})");
    row("archive", {Action::Kind::Archive, {}},
        R"({"status":"ignored","substatus":"archived_until_escalating","statusDetails":{}})");
    row("reopen", {Action::Kind::Reopen, {}}, R"({"status":"unresolved"})");
    row("assign", assignTo(u"team:2"_s), R"({"assignedTo":"team:2"})");
    row("unassign", {Action::Kind::Unassign, {}}, R"({"assignedTo":""})");
    row("seen", {Action::Kind::MarkSeen, {}}, R"({"hasSeen":true})");
    row("bookmark", {Action::Kind::Bookmark, {}}, R"({"isBookmarked":true})");
    row("unbookmark", {Action::Kind::Unbookmark, {}}, R"({"isBookmarked":false})");
    const auto resolveAs = [](auto set) {
        Action action{Action::Kind::Resolve, {}};
        set(action.details);
        return action;
    };
    row("resolve in a release", resolveAs([](auto& d) { d.inRelease = u"web@1.2"_s; }),
        R"({"status":"resolved","statusDetails":{"inRelease":"web@1.2"}})");
    row("resolve in the next", resolveAs([](auto& d) { d.inNextRelease = true; }),
        R"({"status":"resolved","statusDetails":{"inNextRelease":true}})");
    row("resolve in a commit", resolveAs([](auto& d) {
        d.inCommit = domain::CommitRef{u"c0ffee"_s, {}, u"web"_s};
    }),
        R"({"status":"resolved","statusDetails":{"inCommit":{"commit":"c0ffee","repository":"web"}}})");
    const auto archiveAs = [](domain::Substatus substatus, auto set) {
        Action action{Action::Kind::Archive, {}, {}, substatus};
        set(action.details);
        return action;
    };
    row("archive for good", archiveAs(domain::Substatus::ArchivedForever, [](auto&) {}),
        R"({"status":"ignored","substatus":"archived_forever","statusDetails":{}})");
    row("archive until more",
        archiveAs(domain::Substatus::None,
            [](auto& d) {
                d.ignoreCount = 9;
                d.ignoreWindow = 99'999; // longer than servers take
            }),
        R"({"status":"ignored","substatus":"archived_until_condition_met","statusDetails":{"ignoreCount":9,"ignoreWindow":10080}})");
    row("archive until it is over",
        archiveAs(domain::Substatus::None, [](auto& d) { d.ignoreUntil = core::TimePoint(); }),
        R"({"status":"ignored","substatus":"archived_until_condition_met","statusDetails":{"ignoreDuration":1}})");
    row("archive, the condition unknown",
        archiveAs(domain::Substatus::ArchivedUntilConditionMet, [](auto&) {}),
        R"({"status":"ignored","substatus":"archived_until_escalating","statusDetails":{}})");
    row("reopen as", {Action::Kind::Reopen, {}, {}, domain::Substatus::Regressed},
        R"({"status":"unresolved","substatus":"regressed"})");
    row("with a priority", {Action::Kind::Resolve, {}, {}, {}, u"high"_s},
        R"({"status":"resolved","priority":"high"})");
    row("resolve in a release, GlitchTip", resolveAs([](auto& d) { d.inRelease = u"web@1.2"_s; }),
        R"({"status":"resolved"})", true);
    row("resolve, GlitchTip", {Action::Kind::Resolve, {}}, R"({"status":"resolved"})", true);
    row("archive, GlitchTip", {Action::Kind::Archive, {}}, R"({"status":"ignored"})", true);
    row("reopen, GlitchTip", {Action::Kind::Reopen, {}}, R"({"status":"unresolved"})", true);
}

void TestClientWrites::bodies()
{
    QFETCH(domain::Action, action);
    QFETCH(QByteArray, body);
    QFETCH(bool, glitchTip);
    ClientBench bench;
    bench.server.script(
        "PUT", issuePath, {FaultServer::json(glitchTip ? R"({"short_id":"WEB-1"})" : wholeIssue)});
    bench.server.script("GET", bareIssuePath, {FaultServer::json(wholeIssue)});
    bench.open(glitchTip ? ServerKind::GlitchTip : ServerKind::Sentry);
    const auto changed = outcome(bench.client->update(org, issue, action));
    QVERIFY(changed);
    QCOMPARE(changed->shortId, u"WEB-1"_s);
    QCOMPARE(changed->status, domain::IssueStatus::Resolved);
    const FaultServer::Request& sent = bench.server.requests().first();
    QCOMPARE(sent.method, QByteArray("PUT"));
    QCOMPARE(sent.path(), QByteArray(issuePath));
    QCOMPARE(sent.body, body);
    QCOMPARE(sent.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(bench.server.requests().size(), glitchTip ? 2 : 1);
}

void TestClientWrites::glitchTipCannot_data()
{
    QTest::addColumn<domain::Action>("action");
    QTest::newRow("assign") << assignTo(u"user:1"_s);
    QTest::newRow("unassign") << Action{Action::Kind::Unassign, {}};
    QTest::newRow("seen") << Action{Action::Kind::MarkSeen, {}};
    QTest::newRow("bookmark") << Action{Action::Kind::Bookmark, {}};
}

void TestClientWrites::glitchTipCannot()
{
    QFETCH(domain::Action, action);
    ClientBench bench;
    bench.open(ServerKind::GlitchTip);
    const auto one = outcome(bench.client->update(org, issue, action));
    QCOMPARE(one.error().kind, ErrorKind::Unsupported);
    QVERIFY(one.error().detail.contains(u"GlitchTip"_s));
    const auto many = outcome(bench.client->updateMany(org, {named(u"1"_s, u"WEB-1"_s, u"7"_s)}, action));
    QCOMPARE(many.error().kind, ErrorKind::Unsupported);
    QVERIFY(bench.server.requests().isEmpty());
}

void TestClientWrites::anUpdateIsReadBack()
{
    ClientBench bench;
    // The answer is no whole issue: it is read again.
    bench.server.script("PUT", issuePath, {FaultServer::json(R"({"status":"resolved"})")});
    bench.server.script("GET", issuePath, {FaultServer::json(wholeIssue)});
    bench.open(ServerKind::Sentry);
    const auto changed = outcome(bench.client->update(org, issue, {Action::Kind::Resolve, {}}));
    QVERIFY(changed);
    QCOMPARE(changed->id, issue);
    // Refused: the server's words.
    bench.server.script(
        "PUT", issuePath, {FaultServer::json(R"({"assignedTo":["Cannot assign to non-team member"]})", 400)});
    const auto refused = outcome(bench.client->update(org, issue, assignTo(u"user:9"_s)));
    QCOMPARE(refused.error().kind, ErrorKind::Rejected);
    QCOMPARE(refused.error().detail, u"assignedTo: Cannot assign to non-team member"_s);
    // Nobody to assign to is not sent.
    bench.server.forget();
    QCOMPARE(outcome(bench.client->update(org, issue, assignTo({}))).error().kind, ErrorKind::Usage);
    QVERIFY(bench.server.requests().isEmpty());
}

void TestClientWrites::nothingChangedIsReadBack()
{
    ClientBench bench;
    bench.server.script("PUT", issuePath, {FaultServer::json({}, 204)});
    bench.server.script("GET", issuePath, {FaultServer::json(wholeIssue)});
    bench.open(ServerKind::Sentry);
    QVERIFY(outcome(bench.client->update(org, issue, {Action::Kind::Resolve, {}})));
}

void TestClientWrites::manyAreGuarded()
{
    ClientBench bench;
    bench.server.script(
        listPath, {FaultServer::json(R"({"status":"resolved"})"), FaultServer::json({}, 204)});
    bench.open(ServerKind::Sentry);
    const QList<domain::Issue> issues = {
        named(u"101"_s, u"WEB-2X"_s, u"12"_s), named(u"102"_s, u"WEB-2Y"_s, u"12"_s)};
    const auto done = outcome(bench.client->updateMany(org, issues, {Action::Kind::Resolve, {}}));
    QVERIFY(done);
    QVERIFY(done->changed);
    const FaultServer::Request& sent = bench.server.requests().first();
    QCOMPARE(sent.method, QByteArray("PUT"));
    QCOMPARE(values(sent, u"id"_s), QStringList({u"101"_s, u"102"_s}));
    QCOMPARE(values(sent, u"project"_s), QStringList(u"12"_s));
    QCOMPARE(value(sent, u"query"_s), u"issue:[WEB-2X,WEB-2Y]"_s);
    QCOMPARE(sent.body, QByteArray(R"({"status":"resolved"})"));
    QVERIFY(!outcome(bench.client->updateMany(org, issues, {Action::Kind::Resolve, {}}))->changed);
}

void TestClientWrites::manyGoInParts()
{
    ClientBench bench;
    bench.server.script(listPath, FaultServer::json("{}"));
    bench.open(ServerKind::Sentry);
    QList<domain::Issue> issues;
    for (int i = 0; i < 120; ++i)
        issues << named(QString::number(i), u"WEB-%1"_s.arg(i), u"12"_s);
    QVERIFY(outcome(bench.client->updateMany(org, issues, {Action::Kind::Resolve, {}})));
    QStringList all;
    for (const FaultServer::Request& sent : bench.server.requests()) {
        QVERIFY(sent.target.size() < 8'000);
        all += values(sent, u"id"_s);
    }
    QCOMPARE(bench.server.requests().size(), 3);
    QCOMPARE(all.size(), 120);
}

void TestClientWrites::unguardedIsNotSent_data()
{
    QTest::addColumn<domain::Issue>("issue");
    QTest::newRow("no id") << named({}, u"WEB-1"_s, u"7"_s);
    QTest::newRow("no short id") << named(u"1"_s, {}, u"7"_s);
    QTest::newRow("no project") << named(u"1"_s, u"WEB-1"_s, {});
    QTest::newRow("a short id that breaks out") << named(u"1"_s, u"WEB-1] is:unresolved ["_s, u"7"_s);
}

void TestClientWrites::unguardedIsNotSent()
{
    QFETCH(domain::Issue, issue);
    ClientBench bench;
    bench.open(ServerKind::Sentry);
    const Action resolve{Action::Kind::Resolve, {}};
    QCOMPARE(outcome(bench.client->updateMany(org, {}, resolve)).error().kind, ErrorKind::Usage);
    const QList<domain::Issue> issues = {named(u"101"_s, u"WEB-2X"_s, u"12"_s), issue};
    QCOMPARE(outcome(bench.client->updateMany(org, issues, resolve)).error().kind, ErrorKind::Usage);
    QVERIFY(bench.server.requests().isEmpty());
}

void TestClientWrites::remove()
{
    ClientBench bench;
    bench.server.script("DELETE", issuePath, {FaultServer::json({}, 202)});
    bench.open(ServerKind::Sentry);
    QVERIFY(outcome(bench.client->remove(org, issue)));
    bench.server.script("DELETE", issuePath, {FaultServer::json({}, 404)});
    QCOMPARE(outcome(bench.client->remove(org, issue)).error().kind, ErrorKind::NotFound);
    // An empty id would name the list, whose DELETE empties it.
    bench.server.forget();
    QCOMPARE(outcome(bench.client->remove(org, {})).error().kind, ErrorKind::Usage);
    QVERIFY(bench.server.requests().isEmpty());
    bench.server.script("DELETE", bareIssuePath, {FaultServer::json({}, 204)});
    bench.open(ServerKind::GlitchTip);
    QVERIFY(outcome(bench.client->remove(org, issue)));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestClientWrites)
#include "tst_clientwrites.moc"
