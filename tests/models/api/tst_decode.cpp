// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The decoders on answers of our own: what exactly comes out of them, and what of the odd forms.

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "models/api/decode/decode.h"
#include "models/api/decode/read.h"
#include "tests/models/api/decodefixtures.h"
#include "tests/models/api/decodeoracle.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
namespace decode = vedette::api::decode;
using core::ErrorKind;
using tests::apiFixture;
using tests::parsed;

class TestDecode final : public QObject
{
    Q_OBJECT

private slots:
    void issueRow();
    void issueOddForms();
    void statusDetails();
    void activity();
    void issueDetail();
    void event();
    void eventOddForms();
    void eventRowsOfGlitchTip();
    void directory();
    void tags();
    void series_data();
    void series();
    void wrongShapesAreMalformed();
    void textsAreBounded();
    void listsAreBounded();
    void treesAreBounded();
    void scalars();
};

void TestDecode::issueRow()
{
    const QByteArray bytes = apiFixture("issue-row.json");
    const json::Document document = parsed(bytes);
    const domain::Issue issue = decode::issue(document.root());
    tests::compareIssue(issue, QJsonDocument::fromJson(bytes).object());
    QCOMPARE(issue.commentCount, 2);
    QCOMPARE(issue.logger, u"shop"_s);
    QCOMPARE(issue.function, u"pay"_s);
    QCOMPARE(issue.statusText, u"unresolved"_s);
    QCOMPARE(issue.assignedTo->id.value(), u"team:42"_s);
    QCOMPARE(issue.assignedTo->kind, domain::Actor::Kind::Team);
    QCOMPARE(core::formatTime(*issue.lastSeen), std::string("2026-11-20T10:41:52.120Z"));
    QCOMPARE(issue.trend.points.size(), 3);
    QCOMPARE(issue.trend.step, std::chrono::seconds(3600));
    QCOMPARE(issue.trend.total(), 21);
}

void TestDecode::issueOddForms()
{
    const auto issue = [](const char* text) {
        const json::Document document = parsed(text);
        return decode::issue(document.root());
    };
    // Rule 7: with collapse=stats only the lifetime is left.
    const domain::Issue collapsed = issue(
        R"({"id":1,"lifetime":{"count":"9","userCount":3,"firstSeen":"2026-01-01","lastSeen":"2026-01-02"}})");
    QCOMPARE(collapsed.count, 9);
    QCOMPARE(collapsed.userCount, 3);
    QVERIFY(collapsed.lastSeen.has_value());
    QVERIFY(collapsed.hasSeen);
    QCOMPARE(collapsed.level, domain::Level::Error);
    // Words we do not know are kept.
    const domain::Issue later = issue(R"({"id":1,"status":"pending_deletion","level":"verbose"})");
    QCOMPARE(later.status, domain::IssueStatus::Other);
    QCOMPARE(later.statusText, u"pending_deletion"_s);
    QCOMPARE(later.level, domain::Level::Other);
    const domain::Issue sub = issue(R"({"id":1,"status":"unresolved","substatus":"quarantined"})");
    QCOMPARE(sub.status, domain::IssueStatus::Unresolved);
    QCOMPARE(sub.substatus, domain::Substatus::Other);
    QCOMPARE(sub.statusText, u"quarantined"_s);
    // A title is made up where there is none.
    QCOMPARE(issue(R"({"id":1,"metadata":{"type":"E","value":"v"}})").title, u"E: v"_s);
    QCOMPARE(issue(R"({"id":1,"metadata":{"title":"M"}})").title, u"M"_s);
    // Counts of any size.
    QCOMPARE(
        issue(R"({"id":1,"count":"99999999999999999999999"})").count, std::numeric_limits<qint64>::max());
    QCOMPARE(issue(R"({"id":1,"count":99999999999999999999999})").count, std::numeric_limits<qint64>::max());
    QCOMPARE(issue(R"({"id":1,"count":-4})").count, 0);
    QCOMPARE(issue(R"({"id":1,"count":"many"})").count, 0);
    QCOMPARE(issue(R"({"id":1,"count":12.9})").count, 12);
    // Ids past 63 bits, as number and as text.
    QCOMPARE(issue(R"({"id":18446744073709551615})").id.value(), u"18446744073709551615"_s);
    QVERIFY(issue(R"({"id":true})").id.isEmpty());
    QVERIFY(issue(R"({"id":{"a":1}})").id.isEmpty());
    // Actors in other shapes.
    QCOMPARE(issue(R"({"id":1,"assignedTo":"team:3"})").assignedTo->kind, domain::Actor::Kind::Team);
    QCOMPARE(issue(R"({"id":1,"assignedTo":{"id":7,"email":"a@x"}})").assignedTo->name, u"a@x"_s);
    QVERIFY(!issue(R"({"id":1,"assignedTo":"nobody"})").assignedTo);
    QVERIFY(!issue(R"({"id":1,"assignedTo":{}})").assignedTo);
}

void TestDecode::statusDetails()
{
    const auto details = [](const char* text) {
        const json::Document document = parsed(text);
        return decode::statusDetails(document.root());
    };
    QVERIFY(details("{}").isEmpty());
    QVERIFY(details("[1]").isEmpty());
    QVERIFY(details(R"({"pendingEvents":7,"info":null})").isEmpty());
    QVERIFY(
        details(R"({"ignoreCount":null,"ignoreUntil":null,"ignoreWindow":"soon","inCommit":{}})").isEmpty());
    QVERIFY(details(R"({"inNextRelease":true})").inNextRelease);
    QVERIFY(details(R"({"inUpcomingRelease":true})").inUpcomingRelease);
    QVERIFY(details(R"({"autoResolved":true})").autoResolved);
    QCOMPARE(details(R"({"inRelease":"api@1.2.3"})").inRelease, u"api@1.2.3"_s);
    // An object as servers send it, a text as the documents have it.
    const domain::CommitRef commit =
        *details(R"({"inCommit":{"id":"c0ffee","message":"Mend","repository":{"name":"acme/api"}}})")
             .inCommit;
    QCOMPARE(commit, (domain::CommitRef{u"c0ffee"_s, u"Mend"_s, u"acme/api"_s}));
    QCOMPARE(details(R"({"inCommit":"c0ffee"})").inCommit->id, u"c0ffee"_s);
    // What remains may be nothing; numbers come as texts, too.
    QCOMPARE(details(R"({"ignoreCount":0})").ignoreCount, std::optional<qint64>(0));
    QCOMPARE(details(R"({"ignoreUserCount":"12"})").ignoreUserCount, std::optional<qint64>(12));
    QCOMPARE(details(R"({"ignoreCount":-3})").ignoreCount, std::optional<qint64>(0));
    QCOMPARE(core::formatTime(*details(R"({"ignoreUntil":"2026-12-01T10:00:00Z"})").ignoreUntil),
        std::string("2026-12-01T10:00:00.000Z"));
    QVERIFY(!details(R"({"actor":{"name":"nobody"}})").actor);
}

void TestDecode::activity()
{
    const auto read = [](const std::string& text) {
        const json::Document document = parsed(text.c_str());
        return decode::activities(document.root());
    };
    QVERIFY(read("{}").isEmpty());
    QVERIFY(read("null").isEmpty());
    const QList<domain::Activity> odd = read(
        R"([null,7,{},{"type":null},{"type":"made_up_tomorrow","id":7,"user":"x","data":[1],"dateCreated":"soon"},{"type":"note","data":{"text":"<b>hi</b>"}}])");
    QCOMPARE(odd.size(), 2);
    QCOMPARE(odd.at(0), (domain::Activity{u"7"_s, u"made_up_tomorrow"_s, {}, {}, {}}));
    QCOMPARE(odd.at(1).data.at(0).second, u"<b>hi</b>"_s);
    // A comment is kept whole, a history without an end is not.
    const std::string note = R"({"type":"note","data":{"text":")" + std::string(50'000, 'x') + R"("}})";
    QCOMPARE(read("[" + note + "]").first().data.first().second.size(), 50'000);
    std::string many = "[";
    for (int i = 0; i < 5'000; ++i)
        many += R"({"type":"note"},)";
    QCOMPARE(read(many + R"({"type":"note"}])").size(), 200);
}

void TestDecode::issueDetail()
{
    const json::Document document = parsed(apiFixture("issue-detail.json"));
    const auto detail = decode::issueDetail(document.root());
    QVERIFY(detail);
    QCOMPARE(detail->issue.id.value(), u"4509062593708033"_s);
    QCOMPARE(detail->issue.status, domain::IssueStatus::Archived);
    QCOMPARE(detail->issue.substatus, domain::Substatus::ArchivedUntilConditionMet);
    QCOMPARE(detail->hourly.total(), 3);
    QCOMPARE(detail->daily.total(), 70);
    QCOMPARE(detail->daily.step, std::chrono::seconds(86'400));
    QCOMPARE(detail->firstRelease, u"api@1.0.0"_s);
    QCOMPARE(detail->lastRelease, u"api@1.2.0"_s);
    QCOMPARE(detail->tags.size(), 2);
    QCOMPARE(detail->tags.at(1).total, 2);
    const domain::StatusDetails& details = detail->issue.statusDetails;
    QCOMPARE(details.ignoreCount, std::optional<qint64>(100));
    QCOMPARE(details.ignoreWindow, std::optional<qint64>(60));
    QVERIFY(!details.ignoreUntil && !details.ignoreUserCount && !details.inCommit && !details.autoResolved);
    QCOMPARE(details.actor->id.value(), u"user:7"_s);
    QCOMPARE(detail->activity.size(), 3);
    const domain::Activity& archived = detail->activity.at(0);
    QCOMPARE(archived.id, u"4509062593708040"_s);
    QCOMPARE(archived.type, u"set_ignored"_s);
    QCOMPARE(archived.user->name, u"Ada"_s);
    QCOMPARE(core::formatTime(*archived.at), std::string("2026-11-19T08:00:00.120Z"));
    QCOMPARE(archived.data.at(0), std::pair(u"ignoreCount"_s, u"100"_s));
    QCOMPARE(archived.data.at(2), std::pair(u"ignoreUntil"_s, QString()));
    QCOMPARE(detail->activity.at(1).user->name, u"Tracker"_s);
    QVERIFY(detail->activity.at(1).user->id.isEmpty());
    QCOMPARE(detail->activity.at(1).data.at(0).second, u"{\"id\":\"c0ffee\"}"_s);
    QVERIFY(!detail->activity.at(2).user);
    QCOMPARE(core::formatTime(*detail->issue.lastSeen), std::string("2026-11-20T08:00:00.000Z"));
}

void TestDecode::event()
{
    const QByteArray bytes = apiFixture("event.json");
    const json::Document document = parsed(bytes);
    const auto event = decode::event(document.root());
    QVERIFY(event);
    tests::compareEvent(*event, QJsonDocument::fromJson(bytes).object());
    // What the second opinion leaves out.
    QCOMPARE(event->release, u"shop@2.0.1"_s);
    QCOMPARE(event->environment, u"production"_s);
    QCOMPARE(event->level, domain::Level::Warning);
    QCOMPARE(event->message, u"payment 17 failed"_s);
    QCOMPARE(core::formatTime(*event->dateReceived), std::string("2025-11-20T10:41:53.250Z"));
    QCOMPARE(event->exceptions.at(0).threadId, u"1"_s);
    QCOMPARE(event->exceptions.at(0).mechanism.parentId, std::optional(0));
    QCOMPARE(event->exceptions.at(1).mechanism.handled, std::optional(false));
    QCOMPARE(event->exceptions.at(1).stacktrace.omitted, std::optional(std::pair(3, 9)));
    const domain::Frame& crash = event->exceptions.at(1).stacktrace.frames.last();
    QCOMPARE(crash.rawFunction, u"charge(int)"_s);
    QCOMPARE(crash.instructionAddr, u"0x1000"_s);
    QCOMPARE(crash.package, u"shop"_s);
    QCOMPARE(event->stacktrace->frames.first().function, u"old"_s);
    QVERIFY(event->threads.at(0).crashed);
    QCOMPARE(event->threads.at(1).stacktrace.frames.first().module, u"threading"_s);
    QCOMPARE(event->breadcrumbs.at(1).level, domain::Level::Warning);
    QCOMPARE(core::formatTime(*event->breadcrumbs.at(1).timestamp), std::string("2025-11-20T10:41:51.500Z"));
    QCOMPARE(event->request->query, domain::HttpRequest::Pairs({{u"step"_s, u"2"_s}}));
    QCOMPARE(event->request->data.toObject().value(u"amount").toInt(), 17);
    QCOMPARE(event->request->fragment, u"top"_s);
    QCOMPARE(event->user.id, u"31"_s);
    QCOMPARE(event->user.data.size(), 3); // data.plan, geo, tenant
    QCOMPARE(event->contexts.at(0).type, u"os"_s);
    QCOMPARE(event->packages.at(0), std::pair(u"flask"_s, u"3.0.0"_s));
    QCOMPARE(event->errors.at(0).data.at(0).second, QJsonValue(u"foo"_s));
    QCOMPARE(event->otherEntries.size(), 2);
    QCOMPARE(event->otherEntries.at(1).first, u"made-up-tomorrow"_s);
    QCOMPARE(event->newer.value(), QString(32, u'1'));
    QVERIFY(event->older.isEmpty());
}

void TestDecode::eventOddForms()
{
    const auto event = [](const char* text) {
        const json::Document document = parsed(text);
        return decode::event(document.root()).value();
    };
    // Null entries, null frames, missing types: the rest is kept (contract section 12).
    const domain::Event holes = event(R"({"eventID":"a","entries":[null,7,{"type":null},{"type":"exception",
        "data":{"values":[null,{"type":"E"},{"stacktrace":{"frames":[null,{"function":"f"},3]}},
        {"stacktrace":{"frames":null},"rawStacktrace":{"frames":[{"function":"raw"}]}}]}}]})");
    QCOMPARE(holes.exceptions.size(), 3);
    QCOMPARE(holes.exceptions.at(0).type, u"E"_s);
    QCOMPARE(holes.exceptions.at(1).stacktrace.frames.size(), 1);
    QCOMPARE(holes.exceptions.at(2).stacktrace.frames.first().function, u"raw"_s);
    // A bare list, a single object, nothing in it.
    QCOMPARE(
        event(R"({"eventID":"a","entries":[{"type":"exception","data":[{"type":"E"}]}]})").exceptions.size(),
        1);
    QCOMPARE(
        event(R"({"eventID":"a","entries":[{"type":"exception","data":{"type":"E"}}]})").exceptions.size(),
        1);
    QCOMPARE(event(R"({"eventID":"a","entries":[{"type":"exception","data":{}}]})").exceptions.size(), 0);
    // Tags as pairs, as a map, and with null values.
    QCOMPARE(event(R"({"eventID":"a","tags":[["k","v"],null,{"key":"x","value":null}]})").tags.size(), 2);
    QCOMPARE(event(R"({"eventID":"a","tags":{"level":"fatal"}})").level, domain::Level::Fatal);
    // The query string as text and as a map.
    const char* query = R"({"eventID":"a","entries":[{"type":"request","data":{"query":"a=1&b=x=y&&c"}}]})";
    const domain::HttpRequest::Pairs want = {{u"a"_s, u"1"_s}, {u"b"_s, u"x=y"_s}, {u"c"_s, {}}};
    QCOMPARE(event(query).request->query, want);
    QCOMPARE(event(R"({"eventID":"a","entries":[{"type":"request","data":{"query":{"a":["1","2"]}}}]})")
                 .request->query.first()
                 .second,
        u"[\"1\",\"2\"]"_s);
    // GlitchTip: numbers for ids, release as text.
    const domain::Event glitchTip = event(R"({"eventID":"a","projectID":12,"groupID":"5","release":"r1"})");
    QCOMPARE(glitchTip.project.value(), u"12"_s);
    QCOMPARE(glitchTip.release, u"r1"_s);
    QCOMPARE(event(R"({"id":"only"})").id.value(), u"only"_s);
}

void TestDecode::eventRowsOfGlitchTip()
{
    const json::Document document = parsed(apiFixture("events-glitchtip.json"));
    const auto rows = decode::eventSummaries(document.root());
    QCOMPARE(rows->size(), 2);
    QCOMPARE(rows->at(0).id.value(), u"e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1"_s);
    QCOMPARE(rows->at(1).user, u"eve"_s);
    QVERIFY(rows->at(0).dateCreated.has_value());
}

void TestDecode::directory()
{
    const json::Document projects = parsed(apiFixture("projects.json"));
    const auto list = decode::projects(projects.root());
    QCOMPARE(list->size(), 2);
    QCOMPARE(list->at(0).environments, QStringList({u"production"_s, u"staging"_s}));
    QVERIFY(list->at(0).firstEvent.has_value());
    QCOMPARE(list->at(1).id.value(), u"13"_s);

    const json::Document keys = parsed(apiFixture("keys.json"));
    const auto keyList = decode::keys(keys.root());
    QCOMPARE(keyList->size(), 2);
    QCOMPARE(keyList->at(0).dsn, u"http://00112233445566778899aabbccddeeff@127.0.0.1:8969/12"_s);
    QCOMPARE(keyList->at(1).publicKey, u"abcdef"_s); // only the DSN names it
    QVERIFY(!keyList->at(1).isActive);

    const json::Document organizations = parsed(apiFixture("organizations.json"));
    const auto orgs = decode::organizations(organizations.root());
    QCOMPARE(orgs->at(0).regionUrl, QUrl(u"https://de.errors.example"_s));
    QVERIFY(orgs->at(1).regionUrl.isEmpty());

    const json::Document members = parsed(apiFixture("members.json"));
    const auto actors = decode::members(members.root());
    QCOMPARE(actors->size(), 2);
    QCOMPARE(actors->at(0).id.value(), u"user:7"_s);
    QCOMPARE(actors->at(0).name, u"Ada L."_s);
    QCOMPARE(actors->at(1).id.value(), u"user:8"_s);
    QCOMPARE(actors->at(1).name, u"bea"_s);
}

void TestDecode::tags()
{
    const json::Document document = parsed(apiFixture("tags.json"));
    const auto tags = decode::tagDistributions(document.root());
    QCOMPARE(tags->size(), 2);
    QCOMPARE(tags->at(0).total, 15);
    QCOMPARE(tags->at(0).top.at(1), (domain::TagDistribution::Value{QString(), 3}));
    QCOMPARE(tags->at(1).name, u"url"_s);
}

void TestDecode::series_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QList<qint64>>("counts");
    QTest::addColumn<int>("step");
    const auto row = [](const char* name, const char* json, const QList<qint64>& counts, int step) {
        QTest::newRow(name) << QByteArray(json) << counts << step;
    };
    row("pairs", "[[1763629200,4],[1763632800,0]]", {4, 0}, 3600);
    row("out of order, doubled", "[[1763632800,1],[1763629200,4],[1763632800,2]]", {4, 3}, 3600);
    row("with a gap", "[[1763629200,1],[1763636400,1],[1763640000,1]]", {1, 1, 1}, 3600);
    row("events-stats", R"({"data":[[1763629200,[{"count":4},{"count":1}]],[1763632800,[]]]})", {5, 0}, 3600);
    row("events-timeseries",
        R"({"timeSeries":[{"values":[{"timestamp":1763629200000,"value":4.0,"incomplete":false},
           {"timestamp":1763632800000,"value":null},{"timestamp":1763636400000,"value":9,"incomplete":true}]}]})",
        {4, 0}, 3600);
    row("stats_v2", R"j({"intervals":["2026-11-20T09:00:00Z","2026-11-20T10:00:00Z"],
        "groups":[{"by":{},"series":{"sum(quantity)":[2,3,4]}},{"by":{"outcome":"invalid"},"series":{"sum(quantity)":[9,9]}}]})j",
        {2, 3}, 3600);
    row("stats_v2 without groups", R"({"intervals":["2026-11-20T09:00:00Z"],"groups":[]})", {0}, 0);
    row("wrong in places", R"([[1763629200,"4"],[null,1],["x",1],7,[1],[1763632800,{"count":2}],[1e300,1]])",
        {4, 2}, 3600);
    row("huge", "[[1763629200,99999999999999999999],[1763629200,5]]", {std::numeric_limits<qint64>::max()},
        0);
    row("empty", "[]", {}, 0);
    row("another shape", R"({"hello":1})", {}, 0);
}

void TestDecode::series()
{
    QFETCH(QByteArray, json);
    QFETCH(QList<qint64>, counts);
    QFETCH(int, step);
    const json::Document document = parsed(json);
    const domain::Series series = decode::series(document.root());
    QList<qint64> got;
    for (const auto& point : series.points)
        got << point.count;
    QCOMPARE(got, counts);
    QCOMPARE(series.step, std::chrono::seconds(step));
}

void TestDecode::wrongShapesAreMalformed()
{
    for (const char* text :
        {"null", "7", "\"text\"", "{}", "[]", "true", R"({"id":null})", R"([null,7,"x",[],{}])"}) {
        const json::Document document = parsed(text);
        const json::Value root = document.root();
        const bool isList = root.isArray();
        QCOMPARE(decode::issues(root).has_value(), isList);
        QCOMPARE(decode::eventSummaries(root).has_value(), isList);
        QCOMPARE(decode::members(root).has_value(), isList);
        QCOMPARE(decode::teams(root).has_value(), isList);
        QCOMPARE(decode::projects(root).has_value(), isList);
        QCOMPARE(decode::organizations(root).has_value(), isList);
        QCOMPARE(decode::keys(root).has_value(), isList);
        QCOMPARE(decode::environments(root).has_value(), isList);
        for (const auto& error :
            {decode::issueDetail(root).error(), decode::event(root).error(), decode::project(root).error()})
            QCOMPARE(error.kind, ErrorKind::Malformed);
    }
}

void TestDecode::textsAreBounded()
{
    const QByteArray huge(3'000'000, 'x');
    const json::Document document =
        parsed(R"({"id":"1","title":")" + huge + R"(","shortId":")" + huge + R"("})");
    const domain::Issue issue = decode::issue(document.root());
    QCOMPARE(issue.title.size(), decode::lineText);
    QVERIFY(issue.title.endsWith(u'\u2026'));
    QCOMPARE(issue.shortId.size(), decode::shortText);
    // An id is whole or not at all.
    QVERIFY(decode::issue(parsed(R"({"id":")" + huge + R"("})").root()).id.isEmpty());
    // A cut never leaves half a character.
    const QString emoji = QString::fromUtf8("\xF0\x9F\x98\x80").repeated(400);
    const QString cut = decode::text(emoji.toStdString(), 100);
    QVERIFY(cut.size() <= 100);
    QVERIFY(cut.isValidUtf16());
}

void TestDecode::listsAreBounded()
{
    QByteArray frames;
    for (int i = 0; i < 5'000; ++i)
        frames += R"({"function":"f)" + QByteArray::number(i) + "\"},";
    frames.chop(1);
    const json::Document document = parsed(R"({"frames":[)" + frames + "]}");
    const domain::Stacktrace stack = decode::stacktrace(document.root());
    QCOMPARE(stack.frames.size(), decode::mostItems);
    QCOMPARE(stack.frames.first().function, u"f0"_s);
    QCOMPARE(stack.frames.last().function, u"f4999"_s); // the crash end is kept
    QCOMPARE(stack.omitted, std::optional(std::pair(500, 4500)));
    QByteArray crumbs;
    for (int i = 0; i < 3'000; ++i)
        crumbs += R"({"message":")" + QByteArray::number(i) + "\"},";
    crumbs.chop(1);
    const json::Document trail = parsed("[" + crumbs + "]");
    QCOMPARE(decode::breadcrumbs(trail.root()).size(), decode::mostItems);
    QCOMPARE(decode::breadcrumbs(trail.root()).last().message, u"2999"_s);
}

void TestDecode::treesAreBounded()
{
    const json::Document wide = parsed("{\"a\":[" + QByteArray("1,").repeated(200'000) + "1],\"b\":2}");
    const QJsonValue tree = decode::tree(wide.root());
    QVERIFY(tree.toObject().value(u"a").toArray().size() <= 20'001);
    const json::Document deep = parsed(QByteArray(900, '[') + QByteArray(900, ']'));
    QVERIFY(QJsonDocument(decode::tree(deep.root()).toArray()).toJson(QJsonDocument::Compact).size() < 200);
    const json::Document texts =
        parsed("[" + QByteArray("\"" + QByteArray(150'000, 'y') + "\",").repeated(40) + "\"end\"]");
    qsizetype characters = 0;
    for (const QJsonValue one : decode::tree(texts.root()).toArray())
        characters += one.toString().size();
    QVERIFY(characters <= 1'200'000);
}

void TestDecode::scalars()
{
    const json::Document document =
        parsed(R"(["2026-11-20T10:00:00Z",1763632800,"1763632800.5",1e18,-1,"",null,{}])");
    QList<bool> there;
    for (const json::Value value : document.root().items())
        there << decode::time(value).has_value();
    QCOMPARE(there, QList<bool>({true, true, true, false, false, false, false, false}));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDecode)
#include "tst_decode.moc"
