// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Changing and deleting issues, one and many. Contract section 8.
class TestIssueChanges final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void statuses_data();
    void statuses();
    void reopening();
    void regression();
    void assigning_data();
    void assigning();
    void flags();
    void refusals_data();
    void refusals();
    void bulkChangesExactlyTheNamed();
    void bulkWithoutIdsChangesNothing_data();
    void bulkWithoutIdsChangesNothing();
    void deleting();
    void bulkDeleting();
    void activityIsWritten();
    void withoutTheOrganization();

private:
    [[nodiscard]] QByteArray one(const QString& id) const
    {
        return m_world->org() + "/issues/" + id.toLatin1() + "/";
    }
    [[nodiscard]] QJsonValue read(const QString& id) { return m_world->get(one(id)).json; }
    [[nodiscard]] QStringList statusOfAll();

    std::unique_ptr<ApiWorld> m_world;
    QString m_a, m_b, m_c;
};

void TestIssueChanges::init()
{
    m_world = std::make_unique<ApiWorld>();
    m_a = m_world->addIssue("A", 1, R"(,"release":"app@1")");
    m_b = m_world->addIssue("B");
    m_c = m_world->addIssue("C");
}

QStringList TestIssueChanges::statusOfAll()
{
    return {read(m_a)[u"status"_s].toString(), read(m_b)[u"status"_s].toString(),
        read(m_c)[u"status"_s].toString()};
}

void TestIssueChanges::statuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("substatus");
    QTest::addColumn<QByteArray>("details");
    QTest::newRow("resolve") << QByteArray(R"({"status":"resolved"})") << u"resolved"_s << QString()
                             << QByteArray("{}");
    QTest::newRow("next release") << QByteArray(
                                         R"({"status":"resolved","statusDetails":{"inNextRelease":true}})")
                                  << u"resolved"_s << QString() << QByteArray(R"({"inNextRelease":true})");
    QTest::newRow("next release, as old clients write it")
        << QByteArray(R"({"status":"resolvedInNextRelease"})") << u"resolved"_s << QString()
        << QByteArray(R"({"inNextRelease":true})");
    QTest::newRow("a release") << QByteArray(R"({"status":"resolved","statusDetails":{"inRelease":"app@1"}})")
                               << u"resolved"_s << QString() << QByteArray(R"({"inRelease":"app@1"})");
    QTest::newRow("the latest release")
        << QByteArray(R"({"status":"resolved","statusDetails":{"inRelease":"latest"}})") << u"resolved"_s
        << QString() << QByteArray(R"({"inRelease":"app@1"})");
    QTest::newRow("archive") << QByteArray(R"({"status":"ignored"})") << u"ignored"_s << u"archived_forever"_s
                             << QByteArray("{}");
    QTest::newRow("archive for ever")
        << QByteArray(R"({"status":"ignored","substatus":"archived_forever","statusDetails":{}})")
        << u"ignored"_s << u"archived_forever"_s << QByteArray("{}");
    QTest::newRow("archive until escalating")
        << QByteArray(R"({"status":"ignored","substatus":"archived_until_escalating","statusDetails":{}})")
        << u"ignored"_s << u"archived_until_escalating"_s << QByteArray("{}");
    QTest::newRow("archive for a time")
        << QByteArray(R"({"status":"ignored","statusDetails":{"ignoreDuration":90}})") << u"ignored"_s
        << u"archived_until_condition_met"_s
        << QByteArray(R"({"ignoreCount":null,"ignoreUntil":"2026-11-20T12:00:00.000Z","ignoreUserCount":null,
            "ignoreUserWindow":null,"ignoreWindow":null})");
    QTest::newRow("archive until events, as in the contract")
        << QByteArray(R"({"status":"ignored","substatus":"archived_until_condition_met",
            "statusDetails":{"ignoreCount":100,"ignoreWindow":60}})")
        << u"ignored"_s << u"archived_until_condition_met"_s
        << QByteArray(R"({"ignoreCount":100,"ignoreUntil":null,"ignoreUserCount":null,"ignoreUserWindow":null,
            "ignoreWindow":60})");
    QTest::newRow("archive until users, numbers as text")
        << QByteArray(
               R"({"status":"ignored","statusDetails":{"ignoreUserCount":"5","ignoreUserWindow":10080}})")
        << u"ignored"_s << u"archived_until_condition_met"_s
        << QByteArray(R"({"ignoreCount":null,"ignoreUntil":null,"ignoreUserCount":5,"ignoreUserWindow":10080,
            "ignoreWindow":null})");
    QTest::newRow("archive, old clients' form")
        << QByteArray(R"({"status":"ignored","ignoreCount":7})") << u"ignored"_s
        << u"archived_until_condition_met"_s
        << QByteArray(R"({"ignoreCount":7,"ignoreUntil":null,"ignoreUserCount":null,"ignoreUserWindow":null,
            "ignoreWindow":null})");
    QTest::newRow("archive, none is no condition")
        << QByteArray(R"({"status":"ignored","statusDetails":{"ignoreCount":0,"ignoreDuration":null}})")
        << u"ignored"_s << u"archived_forever"_s << QByteArray("{}");
    QTest::newRow("ongoing") << QByteArray(R"({"status":"unresolved","substatus":"ongoing"})")
                             << u"unresolved"_s << u"ongoing"_s << QByteArray("{}");
}

void TestIssueChanges::statuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, status);
    QFETCH(QString, substatus);
    QFETCH(QByteArray, details);
    const ApiAnswer answer = m_world->put(one(m_a), body);
    QCOMPARE(answer.status, 200);
    for (const QJsonValue& issue : {answer.json, read(m_a)}) {
        QCOMPARE(issue[u"id"_s].toString(), m_a);
        QCOMPARE(issue[u"status"_s].toString(), status);
        QCOMPARE(issue[u"substatus"_s].toString(), substatus);
        QJsonObject told = issue[u"statusDetails"_s].toObject();
        if (!told.isEmpty()) // whoever did it
            QVERIFY(!told.take(u"actor"_s)[u"username"_s].toString().isEmpty());
        QCOMPARE(told, QJsonDocument::fromJson(details).object());
    }
    QCOMPARE(read(m_b)[u"status"_s].toString(), u"unresolved"_s);
}

void TestIssueChanges::reopening()
{
    m_world->put(one(m_a), R"({"status":"resolved"})");
    m_world->put(one(m_a), R"({"status":"unresolved"})");
    QCOMPARE(read(m_a)[u"substatus"_s].toString(), u"regressed"_s);
    m_world->put(one(m_b), R"({"status":"ignored"})");
    m_world->put(one(m_b), R"({"status":"unresolved"})");
    QCOMPARE(read(m_b)[u"substatus"_s].toString(), u"new"_s);
    m_world->put(one(m_c), R"({"status":"ignored"})");
    m_world->clock.advance(std::chrono::hours(24 * 8));
    m_world->put(one(m_c), R"({"status":"unresolved"})");
    QCOMPARE(read(m_c)[u"substatus"_s].toString(), u"ongoing"_s);
}

void TestIssueChanges::regression()
{
    m_world->put(one(m_a), R"({"status":"resolved"})");
    m_world->clock.advance(std::chrono::minutes(5));
    QCOMPARE(m_world->addIssue("A"), m_a);
    QCOMPARE(read(m_a)[u"status"_s].toString(), u"unresolved"_s);
    QCOMPARE(read(m_a)[u"substatus"_s].toString(), u"regressed"_s);
    // An archived one stays where it is.
    m_world->put(one(m_b), R"({"status":"ignored"})");
    QCOMPARE(m_world->addIssue("B"), m_b);
    QCOMPARE(read(m_b)[u"status"_s].toString(), u"ignored"_s);
}

void TestIssueChanges::assigning_data()
{
    QTest::addColumn<QByteArray>("who"); // {ann}: her id, {team}: the team's
    QTest::addColumn<QString>("type");
    QTest::newRow("user:ID") << QByteArray(R"("user:{ann}")") << u"user"_s;
    QTest::newRow("bare id") << QByteArray(R"("{ann}")") << u"user"_s;
    QTest::newRow("bare number") << QByteArray(R"({ann})") << u"user"_s;
    QTest::newRow("username") << QByteArray(R"("ann")") << u"user"_s;
    QTest::newRow("email") << QByteArray(R"("ann@example.org")") << u"user"_s;
    QTest::newRow("email in capitals") << QByteArray(R"("Ann@Example.org")") << u"user"_s;
    QTest::newRow("team:ID") << QByteArray(R"("team:{team}")") << u"team"_s;
    QTest::newRow("clear") << QByteArray(R"("")") << QString();
    QTest::newRow("null") << QByteArray(R"(null)") << QString();
}

void TestIssueChanges::assigning()
{
    QFETCH(QByteArray, who);
    QFETCH(QString, type);
    const QString ann =
        m_world->call("POST", m_world->org() + "/members/", R"({"email":"ann@example.org","name":"Ann"})")
            .json[u"user"_s][u"id"_s]
            .toString();
    const QString team = m_world->get(m_world->org() + "/teams/").json[0][u"id"_s].toString();
    QCOMPARE(m_world->put(one(m_a), R"({"assignedTo":"ann"})").status, 200);
    who.replace("{ann}", ann.toLatin1()).replace("{team}", team.toLatin1());
    const ApiAnswer answer = m_world->put(one(m_a), "{\"assignedTo\":" + who + "}");
    QCOMPARE(answer.status, 200);
    for (const QJsonValue& issue : {answer.json, read(m_a)}) {
        const QJsonValue assignee = issue[u"assignedTo"_s];
        QCOMPARE(assignee.isNull(), type.isEmpty());
        QCOMPARE(assignee[u"type"_s].toString(), type);
        if (type == u"user"_s) {
            QCOMPARE(assignee[u"id"_s].toString(), ann);
            QCOMPARE(assignee[u"name"_s].toString(), u"Ann"_s);
            QCOMPARE(assignee[u"email"_s].toString(), u"ann@example.org"_s);
        } else if (type == u"team"_s) {
            QCOMPARE(assignee[u"id"_s].toString(), team);
            QVERIFY(!assignee[u"name"_s].toString().isEmpty());
        }
    }
}

void TestIssueChanges::flags()
{
    QCOMPARE(read(m_a)[u"hasSeen"_s], QJsonValue(false));
    m_world->put(one(m_a), R"({"hasSeen":true,"isBookmarked":true})");
    QCOMPARE(read(m_a)[u"hasSeen"_s], QJsonValue(true));
    QCOMPARE(read(m_a)[u"isBookmarked"_s], QJsonValue(true));
    QCOMPARE(read(m_a)[u"seenBy"_s].toArray().size(), 1);
    m_world->put(one(m_a), R"({"hasSeen":false,"isBookmarked":false})");
    QCOMPARE(read(m_a)[u"hasSeen"_s], QJsonValue(false));
    QCOMPARE(read(m_a)[u"isBookmarked"_s], QJsonValue(false));
    m_world->put(one(m_a), R"({"priority":"high","unheardOf":{"x":1}})");
    QCOMPARE(read(m_a)[u"priority"_s].toString(), u"high"_s);
}

void TestIssueChanges::refusals_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::newRow("status") << QByteArray(R"({"status":"gone"})") << u"status"_s;
    QTest::newRow("status, a number") << QByteArray(R"({"status":7})") << u"status"_s;
    QTest::newRow("substatus") << QByteArray(R"({"status":"ignored","substatus":"x"})") << u"substatus"_s;
    QTest::newRow("details") << QByteArray(R"({"status":"resolved","statusDetails":[1]})")
                             << u"statusDetails"_s;
    QTest::newRow("unknown release") << QByteArray(
                                            R"({"status":"resolved","statusDetails":{"inRelease":"no"}})")
                                     << u"statusDetails"_s;
    const auto details = [](const char* name, const char* json) {
        QTest::newRow(name) << QByteArray(json) << u"statusDetails"_s;
    };
    details("release, a number", R"({"status":"resolved","statusDetails":{"inRelease":7}})");
    details("next release, a text", R"({"status":"resolved","statusDetails":{"inNextRelease":"yes"}})");
    details("upcoming release", R"({"status":"resolved","statusDetails":{"inUpcomingRelease":true}})");
    details("commit, a text", R"({"status":"resolved","statusDetails":{"inCommit":"abc"}})");
    details(
        "commit without repository", R"({"status":"resolved","statusDetails":{"inCommit":{"commit":"a"}}})");
    details(
        "window too long", R"({"status":"ignored","statusDetails":{"ignoreCount":1,"ignoreWindow":10081}})");
    details("users' window too long",
        R"({"status":"ignored","statusDetails":{"ignoreUserCount":1,"ignoreUserWindow":10081}})");
    details("a count that is none", R"({"status":"ignored","statusDetails":{"ignoreCount":"many"}})");
    details("a fraction", R"({"status":"ignored","statusDetails":{"ignoreCount":1.5}})");
    details("a negative time", R"({"status":"ignored","statusDetails":{"ignoreDuration":-5}})");
    details(
        "an endless time", R"({"status":"ignored","statusDetails":{"ignoreDuration":9223372036854775807}})");
    details("a condition that is not named",
        R"({"status":"ignored","substatus":"archived_until_condition_met"})");
    QTest::newRow("substatus of another status")
        << QByteArray(R"({"status":"unresolved","substatus":"archived_forever"})") << u"substatus"_s;
    QTest::newRow("archived as new") << QByteArray(R"({"status":"ignored","substatus":"new"})")
                                     << u"substatus"_s;
    QTest::newRow("subscribed") << QByteArray(R"({"isSubscribed":"x"})") << u"isSubscribed"_s;
    QTest::newRow("public") << QByteArray(R"({"isPublic":7})") << u"isPublic"_s;
    QTest::newRow("inbox") << QByteArray(R"({"inbox":[]})") << u"inbox"_s;
    QTest::newRow("commit")
        << QByteArray(R"({"status":"resolved","statusDetails":{"inCommit":{"commit":"a","repository":"b"}}})")
        << u"statusDetails"_s;
    QTest::newRow("assignee") << QByteArray(R"({"assignedTo":"nobody"})") << u"assignedTo"_s;
    QTest::newRow("assignee, no such id") << QByteArray(R"({"assignedTo":"user:999"})") << u"assignedTo"_s;
    QTest::newRow("assignee, no such team") << QByteArray(R"({"assignedTo":"team:999"})") << u"assignedTo"_s;
    QTest::newRow("assignee, an object") << QByteArray(R"({"assignedTo":{"id":1}})") << u"assignedTo"_s;
    QTest::newRow("seen") << QByteArray(R"({"hasSeen":"yes"})") << u"hasSeen"_s;
    QTest::newRow("bookmark") << QByteArray(R"({"isBookmarked":1})") << u"isBookmarked"_s;
    QTest::newRow("priority") << QByteArray(R"({"priority":"urgent"})") << u"priority"_s;
    QTest::newRow("not an object") << QByteArray(R"([])") << u"detail"_s;
    QTest::newRow("not JSON") << QByteArray(R"({"status":)") << u"detail"_s;
    QTest::newRow("nothing") << QByteArray("") << u"detail"_s;
}

void TestIssueChanges::refusals()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    const QJsonValue before = read(m_a);
    for (const QByteArray& path :
        {one(m_a), m_world->org() + "/issues/?id=" + m_a.toLatin1() + "&id=" + m_b.toLatin1()}) {
        const ApiAnswer answer = m_world->put(path, body);
        QCOMPARE(answer.status, 400);
        QVERIFY2(!answer.json[field].isUndefined(), answer.raw.body.c_str());
    }
    if (field == u"assignedTo"_s)
        QCOMPARE(m_world->put(one(m_a), body).json[u"assignedTo"_s][0].toString(), u"Unknown actor input"_s);
    QCOMPARE(read(m_a), before); // nothing of it was done
}

void TestIssueChanges::bulkChangesExactlyTheNamed()
{
    // The guarding query that clients add does not widen it, and the details that hold for all are told.
    const ApiAnswer conditional = m_world->put(m_world->org() + "/issues/?id=" + m_a.toLatin1(),
        R"({"status":"ignored","substatus":"archived_until_condition_met",
            "statusDetails":{"ignoreCount":100,"ignoreWindow":60}})");
    QCOMPARE(conditional.json[u"statusDetails"_s][u"ignoreCount"_s].toInt(), 100);
    QVERIFY(conditional.json[u"statusDetails"_s][u"ignoreUntil"_s].isNull());
    QVERIFY(!conditional.json[u"statusDetails"_s][u"actor"_s][u"id"_s].toString().isEmpty());
    QVERIFY(conditional.json[u"inbox"_s].isNull());
    const ApiAnswer answer =
        m_world->put(m_world->org() + "/issues/?id=" + m_a.toLatin1() + "&id=" + m_c.toLatin1() +
                         "&id=999&project=1&query=is:unresolved",
            R"({"status":"ignored","hasSeen":true})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json[u"status"_s].toString(), u"ignored"_s);
    QCOMPARE(answer.json[u"substatus"_s].toString(), u"archived_forever"_s);
    QCOMPARE(answer.json[u"hasSeen"_s], QJsonValue(true));
    QVERIFY(answer.json[u"assignedTo"_s].isUndefined()); // only what was changed
    QCOMPARE(statusOfAll(), (QStringList{u"ignored"_s, u"unresolved"_s, u"ignored"_s}));
    const ApiAnswer assigned =
        m_world->put(m_world->org() + "/issues/?id=" + m_b.toLatin1(), R"({"assignedTo":""})");
    QVERIFY(assigned.json[u"assignedTo"_s].isNull());
}

void TestIssueChanges::bulkWithoutIdsChangesNothing_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("status");
    QTest::newRow("nothing named") << QByteArray("") << 400;
    QTest::newRow("only a query") << QByteArray("?query=is:unresolved&project=1") << 400;
    QTest::newRow("an empty id") << QByteArray("?id=") << 400;
    QTest::newRow("no number") << QByteArray("?id=abc") << 400;
    QTest::newRow("only ids that are gone") << QByteArray("?id=998&id=999") << 204;
    QTest::newRow("gone, with the query") << QByteArray("?id=998&query=is:unresolved") << 204;
}

void TestIssueChanges::bulkWithoutIdsChangesNothing()
{
    QFETCH(QByteArray, query);
    QFETCH(int, status);
    const ApiAnswer answer = m_world->put(m_world->org() + "/issues/" + query, R"({"status":"resolved"})");
    QCOMPARE(answer.status, status);
    QCOMPARE(m_world->call("DELETE", m_world->org() + "/issues/" + query).status, status);
    QCOMPARE(statusOfAll(), (QStringList{u"unresolved"_s, u"unresolved"_s, u"unresolved"_s}));
    if (status == 204)
        QVERIFY(answer.raw.body.empty());
}

void TestIssueChanges::deleting()
{
    QCOMPARE(m_world->call("DELETE", one(m_a)).status, 202);
    QCOMPARE(m_world->get(one(m_a)).status, 404);
    QCOMPARE(m_world->get(one(m_a) + "events/").status, 404);
    QCOMPARE(m_world->call("DELETE", one(m_a)).status, 404);
    QCOMPARE(m_world->get(m_world->org() + "/issues/").json.toArray().size(), 2);
    // What breaks again is a new issue.
    const QString again = m_world->addIssue("A");
    QVERIFY(!again.isEmpty() && again != m_a);
    QCOMPARE(read(again)[u"count"_s].toString(), u"1"_s);
}

void TestIssueChanges::bulkDeleting()
{
    QCOMPARE(
        m_world->call("DELETE", m_world->org() + "/issues/?id=" + m_a.toLatin1() + "&id=" + m_b.toLatin1())
            .status,
        204);
    QCOMPARE(column(m_world->get(m_world->org() + "/issues/?query=").json, u"id"_s), QStringList{m_c});
}

void TestIssueChanges::activityIsWritten()
{
    m_world->call("POST", m_world->org() + "/members/", R"({"email":"ann@example.org","name":"Ann"})");
    for (const char* body :
        {R"({"assignedTo":"ann"})", R"({"status":"resolved"})", R"({"status":"unresolved"})",
            R"({"status":"ignored","substatus":"archived_until_escalating"})", R"({"assignedTo":null})"}) {
        m_world->clock.advance(std::chrono::seconds(1));
        QCOMPARE(m_world->put(one(m_a), body).status, 200);
        QCOMPARE(m_world->put(one(m_a), body).status, 200); // the same again is no second activity
    }
    const QJsonArray list = read(m_a)[u"activity"_s].toArray();
    QCOMPARE(column(list, u"type"_s), (QStringList{u"unassigned"_s, u"set_ignored"_s, u"set_unresolved"_s,
                                          u"set_resolved"_s, u"assigned"_s, u"first_seen"_s}));
    QCOMPARE(list[4][u"data"_s][u"assigneeType"_s].toString(), u"user"_s);
    QCOMPARE(list[4][u"data"_s][u"assigneeEmail"_s].toString(), u"ann@example.org"_s);
    QCOMPARE(list[1][u"data"_s][u"ignoreUntilEscalating"_s], QJsonValue(true));
}

void TestIssueChanges::withoutTheOrganization()
{
    QCOMPARE(m_world->put("/api/0/issues/" + m_a.toLatin1() + "/", R"({"status":"resolved"})").status, 200);
    QCOMPARE(read(m_a)[u"status"_s].toString(), u"resolved"_s);
    QCOMPARE(m_world->call("DELETE", "/api/0/issues/" + m_b.toLatin1() + "/").status, 202);
    QCOMPARE(m_world->get(one(m_b)).status, 404);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestIssueChanges)
#include "tst_issuechanges.moc"
