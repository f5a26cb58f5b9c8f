// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QRegularExpression>
#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Every key of contract section 11 on one fixed set of issues. It is 2026-11-20 10:30.
class TestSearchLanguage final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void finds_data();
    void finds();
    void refuses_data();
    void refuses();
    void holdsWithinTheWindow_data();
    void holdsWithinTheWindow();
    void filteredCounts();

private:
    void sendOrDie(const QByteArray& event, std::int64_t project = 1);
    QByteArray idOf(const QByteArray& name);
    void put(const QByteArray& name, const QByteArray& body);
    QStringList names(const QByteArray& parameters);

    std::unique_ptr<ApiWorld> m_world;
};

namespace {

constexpr const char* cartStack =
    R"("stacktrace":{"frames":[{"filename":"django/base.py","function":"handle","module":"django.base","in_app":false},)"
    R"({"filename":"shop/cart.py","abs_path":"/srv/shop/cart.py","function":"total","module":"shop.cart","in_app":true}]})";

} // namespace

void TestSearchLanguage::sendOrDie(const QByteArray& event, std::int64_t project)
{
    const int status = m_world->send(event, project);
    QVERIFY2(status == 200, qPrintable(QString::number(status)));
}

QByteArray TestSearchLanguage::idOf(const QByteArray& name)
{
    return m_world->get(m_world->org() + "/issues/?query=title:" + name + "*")
        .json[0][u"id"_s]
        .toString()
        .toLatin1();
}

void TestSearchLanguage::put(const QByteArray& name, const QByteArray& body)
{
    const ApiAnswer answer = m_world->put(m_world->org() + "/issues/" + idOf(name) + "/", body);
    QVERIFY2(answer.status == 200, answer.raw.body.c_str());
}

void TestSearchLanguage::initTestCase()
{
    m_world = std::make_unique<ApiWorld>();
    const QByteArray org = m_world->org();
    QCOMPARE(m_world->call("POST", org + "/projects/", R"({"name":"Mobile","slug":"mobile"})").status, 201);
    const std::int64_t mobile =
        m_world->get("/api/0/projects/" + org.mid(org.lastIndexOf('/') + 1) + "/mobile/")
            .json[u"id"_s]
            .toString()
            .toLongLong();
    QCOMPARE(
        m_world->call("POST", org + "/members/", R"({"email":"ann@example.org","name":"Ann"})").status, 201);

    // Oldest first: an issue's face is that of its latest event.
    sendOrDie(
        R"({"event_id":"c0000000000000000000000000000003","timestamp":"2026-11-10T09:00:00Z","platform":"python",
        "exception":[{"type":"Checkout","value":"cart is gone",)" +
        QByteArray(cartStack) + "}]}");
    sendOrDie(
        R"({"event_id":"c0000000000000000000000000000002","timestamp":"2026-11-19T09:00:00Z","platform":"python",
        "level":"warning","release":"shop@1.1.0","environment":"staging","user":{"id":8},"tags":{"zone":"us"},
        "exception":[{"type":"Checkout","value":"cart was lost","mechanism":{"type":"generic","handled":true},)" +
        QByteArray(cartStack) + "}]}");
    sendOrDie(
        R"({"event_id":"c0000000000000000000000000000001","timestamp":"2026-11-20T09:00:00Z","platform":"python",
        "release":"shop@1.2.0","environment":"production","transaction":"/cart","server_name":"web-1",
        "user":{"id":7,"email":"ann@example.org","username":"ann","ip_address":"10.0.0.7",
            "geo":{"city":"Lyon","country_code":"FR"}},
        "tags":{"zone":"eu","retry":"3","star":"a*b","my key":"yes","spent":"700"},
        "request":{"url":"https://shop.example.org/cart?x=1","method":"POST"},
        "contexts":{"trace":{"trace_id":"0123456789abcdef0123456789abcdef","span_id":"0123456789abcdef"},
            "os":{"name":"Linux","version":"6.1"},"device":{"family":"PC","arch":"x86_64"},
            "response":{"status_code":503},"flags":{"values":[{"flag":"new-cart","result":true}]}},
        "sdk":{"name":"sentry.python","version":"2.0.0"},
        "exception":[{"type":"Checkout","value":"cart is empty: 50% off","mechanism":{"type":"django","handled":false},)" +
        QByteArray(cartStack) + "}]}");
    sendOrDie(
        R"({"event_id":"d0000000000000000000000000000001","timestamp":"2026-11-20T10:00:00Z","platform":"javascript",
        "release":"shop@2.0.0-beta.1+77","environment":"production","user":{"email":"bob@example.org"},
        "threads":[{"id":1,"main":true}],
        "exception":[{"type":"Login","value":"denied","thread_id":1,"mechanism":{"type":"onerror","handled":true},
            "stacktrace":{"frames":[{"filename":"auth.js","function":"signIn","package":"libauth","in_app":true}]}}]})");
    sendOrDie(
        R"json({"event_id":"e0000000000000000000000000000001","timestamp":"2026-11-05T00:00:00Z","platform":"other",
        "message":"Quiet day (nothing)","level":"info","logger":"jobs","dist":"42"})json");
    sendOrDie(
        R"({"event_id":"f0000000000000000000000000000001","timestamp":"2026-11-20T08:00:00Z","platform":"python",
        "release":"shop@1.10.0","exception":[{"type":"Archive","value":"shelf"}]})");
    sendOrDie(
        R"({"event_id":"a0000000000000000000000000000001","timestamp":"2026-11-20T07:00:00Z","platform":"cocoa",
        "release":"app@3","exception":[{"type":"Crash","value":"bad access"}]})",
        mobile);

    put("Quiet", R"({"status":"resolved"})");
    put("Archive", R"({"status":"ignored"})");
    put("Login", R"({"assignedTo":"ann@example.org"})");
    put("Crash", R"({"isBookmarked":true,"priority":"high"})");
    const QString self = m_world->get("/api/0/users/me/").json[u"username"_s].toString();
    put("Crash", R"({"assignedTo":")" + self.toUtf8() + R"("})");
}

QStringList TestSearchLanguage::names(const QByteArray& parameters)
{
    const ApiAnswer answer = m_world->get(m_world->org() + "/issues/?" + parameters);
    if (answer.status != 200)
        return {QString::number(answer.status), answer.detail()};
    QStringList out;
    for (const QJsonValue& row : answer.json.toArray())
        out << row[u"title"_s].toString().section(QRegularExpression(u"\\W"_s), 0, 0);
    out.sort();
    return out;
}

void TestSearchLanguage::finds_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char* query, const char* found) {
        QTest::newRow(query) << QByteArray(query)
                             << QString::fromLatin1(found).split(u' ', Qt::SkipEmptyParts);
    };
    const char* all = "Archive Checkout Crash Login Quiet";
    // The issue itself.
    row("is:unresolved", "Checkout Crash Login");
    row("is:resolved", "Quiet");
    row("is:archived", "Archive");
    row("is:ignored", "Archive");
    row("is:muted", "Archive");
    row("is:archived_forever", "Archive");
    row("is:archived_until_escalating", "");
    row("is:archived_until_condition_met", "");
    row("is:new", "Crash Login");
    row("is:ongoing", "Checkout");
    row("is:escalating", "");
    row("is:regressed", "");
    row("is:for_review", "Crash Login");
    row("is:assigned", "Crash Login");
    row("is:unassigned", "Archive Checkout Quiet");
    row("is:linked", "");
    row("is:unlinked", all);
    row("!is:resolved", "Archive Checkout Crash Login");
    row("is:!=resolved", "Archive Checkout Crash Login");
    row("assigned:me", "Crash");
    row("assigned_to:ann@example.org", "Login");
    row("assigned:[me, none]", "Archive Checkout Crash Quiet");
    row("assigned_or_suggested:ANN", "Login");
    row("assigned:my_teams", "");
    row("assigned:#nobody", "");
    row("!assigned:[me, ann]", "Archive Checkout Quiet");
    row("assigned:nobody-here", "");
    row("bookmarks:me", "Crash");
    row("!bookmarked_by:me", "Archive Checkout Login Quiet");
    row("bookmarks:ann", "");
    row("subscribed:nobody", "");
    row("issue.priority:high", "Crash");
    row("issue.category:error", all);
    row("issue.category:performance", "");
    row("issue.category:[error, feedback]", all);
    row("issue.type:error", all);
    row("issue.type:performance_slow_db_query", "");
    row("project:mobile", "Crash");
    row("!project:mobile", "Archive Checkout Login Quiet");
    row("project.id:1", "Archive Checkout Login Quiet");
    row("project:[mobile, nowhere]", "Crash");
    row("issue:MOBILE-1", "Crash");
    row("issue:mobile-1", "Crash");
    row("issue:[MOBILE-1, MOBILE-9]", "Crash");
    row("id:c0000000000000000000000000000002", "Checkout");
    row("is:unresolved d0000000-0000-0000-0000-000000000001", "Login");
    // Times and numbers.
    row("firstSeen:-1d", "Archive Crash Login");
    row("age:+14d", "Quiet");
    row("first_seen:2026-11-10", "Checkout");
    row("first_seen:!=2026-11-10", "Archive Crash Login Quiet");
    row("firstSeen:>2026-11-10", "Archive Crash Login");
    row("firstSeen:>=2026-11-10", "Archive Checkout Crash Login");
    row("firstSeen:<=2026-11-10", "Checkout Quiet");
    row("firstSeen:<2026-11-10T09:00:00", "Quiet");
    row("firstSeen:2026-11-10T10:00:00+01:00", "Checkout");
    row("firstSeen:2026-11-10T09:00:00.000000Z", "Checkout");
    row("lastSeen:-2h", "Checkout Login");
    row("lastSeen:>2026-11-20T08:30:00", "Checkout Login");
    row("event.timestamp:2026-11-19", "Checkout");
    row("timestamp:>2026-11-20T09:30:00", "Login");
    row("date:<2026-11-06", "Quiet");
    row("!event.timestamp:2026-11-20", "Checkout Quiet");
    row("timesSeen:3", "Checkout");
    row("times_seen:>1", "Checkout");
    row("timesSeen:<=2", "Archive Crash Login Quiet");
    row("timesSeen:<1k", all);
    row("timesSeen:!=3", "Archive Crash Login Quiet");
    row("timesSeen:[1, 3]", all);
    // Releases.
    row("release:shop@1.1.0", "Checkout");
    row("release:shop*", "Archive Checkout Login");
    row("release:latest", "Archive Crash");
    row("release:[latest, shop@1.1.0]", "Archive Checkout Crash");
    row("release:\"\"", "Checkout Quiet");
    row("!release:shop@1.2.0", all);
    row("!release:shop@2.0.0-beta.1+77", "Archive Checkout Crash Quiet");
    row("firstRelease:shop@1.10.0", "Archive");
    row("first-release:latest", "Archive Crash");
    row("regressed_in_release:shop@1.2.0", "");
    row("release.version:1.2.0", "Checkout");
    row("release.version:>1.2.0", "Archive Crash Login");
    row("release.version:>=1.10", "Archive Crash Login");
    row("release.version:<2.0.0", "Archive Checkout Login");
    row("release.version:2.0.0-beta.1", "Login");
    row("release.version:1.*", "Archive Checkout");
    row("release.package:app", "Crash");
    row("release.build:77", "Login");
    row("release.stage:adopted", "Archive Crash");
    row("release.stage:[replaced]", "Checkout Login");
    // What any event of the issue has, not the latest alone.
    row("level:warning", "Checkout");
    row("level:[info, warning]", "Checkout Quiet");
    row("!level:error", "Checkout Quiet");
    row("environment:staging", "Checkout");
    row("environment:\"\"", "Archive Checkout Crash Quiet");
    row("!environment:production", "Archive Checkout Crash Quiet");
    row("dist:42", "Quiet");
    row("logger:jobs", "Quiet");
    row("platform.name:javascript", "Login");
    row("!platform.name:python", "Crash Login Quiet");
    row("transaction:/cart", "Checkout");
    row("title:\"Checkout: cart was lost\"", "Checkout");
    row("title:*LOST", "Checkout");
    row("title:Checkout", "");
    row("culprit:*cart*", "Checkout");
    row("location:auth.js", "Login");
    row("message:\"was lost\"", "Checkout");
    row("!message:cart", "Archive Crash Login Quiet");
    row("event.type:default", "Quiet");
    row("error.type:Login", "Login");
    row("error.type:[login, crash]", "Crash Login");
    row("error.value:\"cart is empty: 50% off\"", "Checkout");
    row("error.value:\"cart is gone\"", "Checkout");
    row("error.value:cart*", "Checkout");
    row("error.value:cart", "");
    row("error.mechanism:django", "Checkout");
    row("error.mechanism:generic", "Checkout");
    row("error.handled:true", all);
    row("error.handled:false", "Checkout");
    row("error.unhandled:1", "Checkout");
    row("!error.unhandled:true", all);
    row("error.main_thread:true", "Login");
    row("stack.filename:shop/cart.py", "Checkout");
    row("stack.filename:*.js", "Login");
    row("stack.abs_path:/srv/*", "Checkout");
    row("stack.function:[handle, signIn]", "Checkout Login");
    row("stack.module:django.base", "Checkout");
    row("stack.package:libauth", "Login");
    row("!stack.function:total", "Archive Crash Login Quiet");
    row("user.id:8", "Checkout");
    row("user.email:ANN@example.org", "Checkout");
    row("user.email:*@example.org", "Checkout Login");
    row("user.username:ann", "Checkout");
    row("user.ip:10.0.0.7", "Checkout");
    row("user:\"id:7\"", "Checkout");
    row("!user.id:8", all);
    row("!user.email:bob@example.org", "Archive Checkout Crash Quiet");
    row("http.method:POST", "Checkout");
    row("http.url:https://shop.example.org/cart", "Checkout");
    row("url:*example.org/cart", "Checkout");
    row("http.status_code:503", "Checkout");
    row("http.status_code:>=500", "Checkout");
    row("http.status_code:>503", "");
    row("geo.city:Lyon", "Checkout");
    row("geo.country_code:fr", "Checkout");
    row("device.arch:x86_64", "Checkout");
    row("device.family:PC", "Checkout");
    row("os.name:Linux", "Checkout");
    row("os.version:6.1", "Checkout");
    row("sdk.name:sentry.python", "Checkout");
    row("sdk.version:2.0.0", "Checkout");
    row("trace:0123456789abcdef0123456789abcdef", "Checkout");
    row("trace:ffffffffffffffffffffffffffffffff", "");
    // Tags and syntax.
    row("zone:eu", "Checkout");
    row("ZONE:eu", ""); // keys have case
    row("!zone:eu", all);
    row("tags[zone]:us", "Checkout");
    row("tags[level]:info", "Quiet");
    row("\"my key\":yes", "Checkout");
    row("flags[\"new-cart\"]:true", "Checkout");
    row("flags[\"old-cart\"]:true", "");
    row("retry:>2", "Checkout");
    row("retry:>3", "");
    row("spent:>500ms", "Checkout");
    row("spent:<1kb", "Checkout");
    row("star:a\\*b", "Checkout");
    row("star:a*", "Checkout");
    row("star:a\\*", "");
    row("no.such.key:1", "");
    row("has:zone", "Checkout");
    row("!has:zone", all);
    row("has:user", "Checkout Login");
    row("!has:user", "Archive Checkout Crash Quiet");
    row("has:user.email", "Checkout Login");
    row("has:release", "Archive Checkout Crash Login");
    row("has:environment", "Checkout Login");
    row("has:stack.package", "Login");
    row("has:error.type", "Archive Checkout Crash Login");
    row("has:trace", "Checkout");
    row("has:os.name", "Checkout");
    row("server_name:web-1", "Checkout");
    // Free text is one phrase; a group in parentheses is text.
    row("was lost", "Checkout");
    row("lost was", "");
    row("\"bad access\"", "Crash");
    row("(nothing)", "Quiet");
    row("(is:resolved)", "");
    row("50%", "Checkout");
    row("c_rt", "");
    row("c*rt", "Checkout");
    row("denied is:unresolved level:error", "Login");
    // All of it in one event.
    row("zone:us environment:staging", "Checkout");
    row("zone:us environment:production", "");
    row("user.id:8 level:warning was lost", "Checkout");
    row("user.id:7 !zone:eu", "");
    row("", all);
}

void TestSearchLanguage::finds()
{
    QFETCH(QByteArray, query);
    QFETCH(QStringList, found);
    QCOMPARE(names("query=" + query.toPercentEncoding()), found);
}

void TestSearchLanguage::refuses_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char* query, const char* detail) {
        QTest::newRow(query) << QByteArray(query)
                             << u"Error parsing search query: "_s + QString::fromLatin1(detail);
    };
    const char* boolean = "Boolean statements containing \"OR\" or \"AND\" are not supported in this search";
    row("a OR b", boolean);
    row("level:error AND level:info", boolean);
    row("(a OR b)", boolean);
    row("is: x", "Empty string after 'is:'");
    row("level:", "Empty string after 'level:'");
    row("a:\"b", "Unclosed quote");
    row("a:[b, c", "Unclosed list after 'a:'");
    row("a:[b,,c]", "Lists should not have empty values");
    row("a:[]", "Lists should not have empty values");
    row("a:[b*]", "Lists should not have wildcards");
    row("is:[resolved, ignored]", "\"in\" syntax is not supported for \"is\" search");
    row("is:lost", "Invalid value for \"is\" search, valid values are ['archived', 'archived_forever', "
                   "'archived_until_condition_met', 'archived_until_escalating', 'assigned', 'escalating', "
                   "'for_review', 'ignored', 'linked', 'muted', 'new', 'ongoing', 'regressed', 'resolved', "
                   "'unassigned', 'unlinked', 'unresolved']");
    row("firstSeen:soon",
        "firstSeen: Invalid date: soon. Expected +/-duration (e.g. +1h) or ISO 8601-like (e.g. "
        "2026-08-01 or 2026-08-01T10:00:00)");
    row("age:-1y", "age: Invalid date: -1y. Expected +/-duration (e.g. +1h) or ISO 8601-like (e.g. "
                   "2026-08-01 or 2026-08-01T10:00:00)");
    row("event.timestamp:[2026-08-01]",
        "event.timestamp: Invalid date: 2026-08-01. Expected +/-duration (e.g. +1h) or ISO 8601-like (e.g. "
        "2026-08-01 or 2026-08-01T10:00:00)");
    row("timesSeen:many",
        "timesSeen: Invalid number: many. Expected number then optional k, m, or b suffix (e.g. 500k)");
    row("timesSeen:[1, many]",
        "timesSeen: Invalid number: many. Expected number then optional k, m, or b suffix (e.g. 500k)");
    row("project.id:x",
        "project.id: Invalid number: x. Expected number then optional k, m, or b suffix (e.g. 500k)");
    row("id:x", "id: Invalid number: x. Expected number then optional k, m, or b suffix (e.g. 500k)");
    row("error.handled:maybe", "error.handled: Invalid boolean: maybe. Expected true, 1, false, or 0.");
    row("error.main_thread:x", "error.main_thread: Invalid boolean: x. Expected true, 1, false, or 0.");
    row("issue.category:weather", "Invalid category value of 'weather'");
    row("issue.type:weather", "Invalid type value of 'weather'");
    row("issue.priority:urgent", "Invalid priority value of 'urgent'");
    row("release.version:newest", "Invalid format of semantic version: newest");
    row("release.stage:gone",
        "Invalid value for release.stage: gone. Expected one of adopted, low_adoption, replaced");
}

void TestSearchLanguage::refuses()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, detail);
    for (const char* route : {"/issues/?query=", "/issues-count/?query=", "/issues-stats/?groups=1&query="}) {
        const ApiAnswer answer = m_world->get(m_world->org() + route + query.toPercentEncoding());
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.detail(), detail);
    }
}

void TestSearchLanguage::holdsWithinTheWindow_data()
{
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char* parameters, const char* found) {
        QTest::newRow(parameters) << QByteArray(parameters)
                                  << QString::fromLatin1(found).split(u' ', Qt::SkipEmptyParts);
    };
    row("statsPeriod=24h&query=zone:eu", "Checkout");
    row("statsPeriod=24h&query=zone:us", "");
    row("statsPeriod=48h&query=zone:us", "Checkout");
    row("statsPeriod=24h&query=user.id:8", "");
    row("statsPeriod=24h&query=user.id:7", "Checkout");
    row("statsPeriod=24h&query=!zone:eu", "Archive Crash Login");
    row("statsPeriod=24h&query=was%20lost", "");
    row("statsPeriod=48h&query=was%20lost", "Checkout");
    row("environment=production&query=zone:us", "");
    row("environment=staging&query=zone:us", "Checkout");
    row("environment=&query=zone:us", "");
    row("start=2026-11-18&end=2026-11-19T23:00:00&query=zone:us", "Checkout");
    row("start=2026-11-18&end=2026-11-19T23:00:00&query=zone:eu", "");
    row("statsPeriod=24h&query=timesSeen:3", "");
    row("statsPeriod=24h&query=timesSeen:1", "Archive Checkout Crash Login");
    row("statsPeriod=48h&query=timesSeen:%3E1", "Checkout");
    row("project=mobile&query=", "Crash");
    row("project=1&project=mobile&query=level:error", "Archive Checkout Crash Login");
    row("viewId=7&query=is:resolved", "Quiet");
}

void TestSearchLanguage::holdsWithinTheWindow()
{
    QFETCH(QByteArray, parameters);
    QFETCH(QStringList, found);
    QCOMPARE(names(parameters), found);
}

void TestSearchLanguage::filteredCounts()
{
    const auto row = [this](const QByteArray& parameters) {
        return m_world->get(m_world->org() + "/issues/?" + parameters).json[0];
    };
    const QJsonValue filtered = row("query=zone:us")[u"filtered"_s];
    QCOMPARE(filtered[u"count"_s].toString(), u"1"_s);
    QCOMPARE(filtered[u"userCount"_s].toInt(), 1);
    QCOMPARE(filtered[u"lastSeen"_s].toString(), u"2026-11-19T09:00:00.000Z"_s);
    QCOMPARE(row("query=zone:us")[u"count"_s].toString(), u"3"_s);
    QCOMPARE(row("query=release:shop*%20is:unresolved%20cart")[u"filtered"_s][u"count"_s].toString(), u"2"_s);
    QCOMPARE(row("query=!zone:us%20error.type:Checkout")[u"filtered"_s][u"count"_s].toString(), u"2"_s);
    QVERIFY(row("query=is:unresolved")[u"filtered"_s].isNull());
    int sum = 0;
    for (const QJsonValue& point :
        row("query=zone:us&groupStatsPeriod=14d")[u"filtered"_s][u"stats"_s][u"14d"_s].toArray())
        sum += point[1].toInt();
    QCOMPARE(sum, 1);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSearchLanguage)
#include "tst_searchlanguage.moc"
