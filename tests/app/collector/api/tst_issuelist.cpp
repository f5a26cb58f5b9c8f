// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSet>
#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// The issue list: search, order, window, series, paging. Contract sections 3, 6 and 11.
class TestIssueList final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void finds_data();
    void finds();
    void findsTextOfAnyEvent();
    void refuses_data();
    void refuses();
    void sorts_data();
    void sorts();
    void countsReferToTheWindow();
    void series_data();
    void series();
    void linkHeaderToTheLetter();
    void pagesToTheEnd();
    void collapses_data();
    void collapses();
    void inbox();
    void scores();
    void directHits();
    void groupsAsAsked();
    void counts();
    void stats();
    void toleratesWhatItDoesNotKnow();

private:
    /// Types of the issues that `query` answers, in the list's order.
    QStringList types(const QByteArray& query);

    std::unique_ptr<ApiWorld> m_world;
    QString m_alpha, m_beta, m_gamma, m_delta;
};

void TestIssueList::initTestCase()
{
    // Four issues with orders that all differ. Alpha: oldest and rarest; delta: resolved.
    m_world = std::make_unique<ApiWorld>();
    m_world->clock.set(*core::parseTime("2026-11-10T08:10:00Z"));
    m_alpha = m_world->addIssue(
        "Alpha", 1, R"(,"level":"warning","release":"app@1","environment":"dev","tags":{"zone":"eu"})");
    m_world->clock.set(*core::parseTime("2026-11-18T08:10:00Z"));
    m_beta = m_world->addIssue(
        "Beta", 5, R"(,"release":"app@2","environment":"prod","tags":{"zone":"us","note":"a b"})");
    m_world->clock.set(*core::parseTime("2026-11-20T09:10:00Z"));
    m_gamma = m_world->addIssue("Gamma", 3, R"(,"release":"app@2","environment":"prod","logger":"jobs")");
    m_delta = m_world->addIssue("Delta", 2,
        R"(,"exception":[{"type":"Delta","value":"50% _odd_ \"text\"","mechanism":{"handled":false}}])");
    m_world->clock.set(*core::parseTime("2026-11-20T10:05:00Z"));
    m_world->addIssue("Alpha", 1, R"(,"level":"warning","environment":"dev")");
    m_world->clock.set(*core::parseTime("2026-11-20T10:30:00Z"));
    QCOMPARE(m_world->put(m_world->org() + "/issues/" + m_delta.toLatin1() + "/", R"({"status":"resolved"})")
                 .status,
        200);
    QCOMPARE(
        m_world->call("POST", m_world->org() + "/members/", R"({"email":"ann@example.org","name":"Ann"})")
            .status,
        201);
    const auto assign = [&](const QString& id, const QByteArray& who) {
        QCOMPARE(
            m_world
                ->put(m_world->org() + "/issues/" + id.toLatin1() + "/", R"({"assignedTo":")" + who + R"("})")
                .status,
            200);
    };
    assign(m_beta, "ann@example.org");
    assign(m_gamma, m_world->get("/api/0/users/me/").json[u"username"_s].toString().toUtf8());
    QCOMPARE(m_world->put(m_world->org() + "/issues/" + m_gamma.toLatin1() + "/", R"({"isBookmarked":true})")
                 .status,
        200);
}

QStringList TestIssueList::types(const QByteArray& query)
{
    const ApiAnswer answer = m_world->get(m_world->org() + "/issues/?" + query);
    if (answer.status != 200)
        return {QString::number(answer.status), answer.detail()};
    QStringList out;
    for (const QJsonValue& row : answer.json.toArray())
        out << row[u"metadata"_s][u"type"_s].toString();
    return out;
}

void TestIssueList::finds_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QStringList>("found"); // sorted
    const auto row = [](const char* query, std::initializer_list<const char*> found) {
        QStringList list;
        for (const char* type : found)
            list << QString::fromLatin1(type);
        QTest::newRow(query) << QByteArray(query) << list;
    };
    row("is:unresolved", {"Alpha", "Beta", "Gamma"});
    row("is:resolved", {"Delta"});
    row("!is:resolved", {"Alpha", "Beta", "Gamma"});
    row("is:ignored", {});
    row("is:archived", {});
    row("is:new", {"Beta", "Gamma"});
    row("is:ongoing", {"Alpha"}); // seen for more than seven days
    row("is:unassigned", {"Alpha", "Delta"});
    row("is:assigned", {"Beta", "Gamma"});
    row("is:for_review", {"Beta", "Gamma"});
    row("is:linked", {});
    row("assigned:me", {"Gamma"});
    row("assigned:none", {"Alpha", "Delta"});
    row("assigned:ann", {"Beta"});
    row("assigned:ann@example.org", {"Beta"});
    row("assigned:[me, ann]", {"Beta", "Gamma"});
    row("!assigned:me", {"Alpha", "Beta", "Delta"});
    row("assigned:nobody", {});
    row("assigned:#nobody", {});
    row("bookmarks:me", {"Gamma"});
    row("level:warning", {"Alpha"});
    row("!level:warning", {"Beta", "Delta", "Gamma"});
    row("level:[warning, error]", {"Alpha", "Beta", "Delta", "Gamma"});
    row("release:app@2", {"Beta", "Gamma"});
    row("release:app*", {"Alpha", "Beta", "Gamma"});
    row("firstRelease:app@1", {"Alpha"});
    row("environment:prod", {"Beta", "Gamma"});
    row("has:release", {"Alpha", "Beta", "Gamma"});
    row("!has:release", {"Alpha", "Delta"}); // one of Alpha's events has none
    row("zone:eu", {"Alpha"});
    row("!zone:eu", {"Alpha", "Beta", "Delta", "Gamma"});
    row("tags[zone]:us", {"Beta"});
    row("note:\"a b\"", {"Beta"});
    row("zone:moon", {});
    row("no.such.key:1", {});
    row("logger:jobs", {"Gamma"});
    row("error.type:Beta", {"Beta"});
    row("error.unhandled:true", {"Delta"});
    row("timesSeen:>2", {"Beta", "Gamma"});
    row("timesSeen:2", {"Alpha", "Delta"});
    row("firstSeen:-3d", {"Beta", "Delta", "Gamma"});
    row("firstSeen:+3d", {"Alpha"});
    row("lastSeen:2026-11-18", {"Beta"});
    row("user.id:1", {"Alpha"});
    row("issue:nothing-1", {});
    row("broke", {"Alpha", "Beta", "Gamma"});
    row("it broke", {"Alpha", "Beta", "Gamma"}); // one phrase
    row("broke it", {});
    row("Gamma is:unresolved", {"Gamma"});
    row("gamma", {"Gamma"}); // without case
    row("50%", {"Delta"});   // no wildcard of the database's
    row("_odd_", {"Delta"});
    row("%", {"Delta"});
    row("'; DELETE FROM issues --", {});
    row("' UNION SELECT 1", {});
    row("", {"Alpha", "Beta", "Delta", "Gamma"});
}

void TestIssueList::finds()
{
    QFETCH(QByteArray, query);
    QFETCH(QStringList, found);
    QStringList answered = types("query=" + query.toPercentEncoding());
    answered.sort();
    QCOMPARE(answered, found);
}

void TestIssueList::findsTextOfAnyEvent()
{
    ApiWorld world;
    for (const QByteArray& message : {QByteArray("the first words"), QByteArray("other words")})
        QCOMPARE(world.send(R"({"fingerprint":["one"],"message":")" + message + R"("})"), 200);
    QCOMPARE(world.send(R"({"fingerprint":["two"],"message":"nothing"})"), 200);
    const auto hits = [&](const QByteArray& query) {
        return world.get(world.org() + "/issues/?query=" + query.toPercentEncoding()).json.toArray().size();
    };
    QCOMPARE(hits("first words"), 1);
    QCOMPARE(hits("message:\"FIRST words\""), 1);
    QCOMPARE(hits("message:other*"), 1);
    QCOMPARE(hits("words first"), 0);
    QCOMPARE(hits("!message:first"), 2); // the other event of the first issue does not say so
    QCOMPARE(hits("*"), 2);
}

void TestIssueList::refuses_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("part");
    QTest::newRow("is") << QByteArray("query=is:lost") << u"valid values are"_s;
    QTest::newRow("OR") << QByteArray("query=a%20OR%20b")
                        << u"Boolean statements containing \"OR\" or \"AND\""_s;
    QTest::newRow("date") << QByteArray("query=firstSeen:soon") << u"Invalid date: soon"_s;
    QTest::newRow("number") << QByteArray("query=timesSeen:many") << u"Invalid number: many"_s;
    QTest::newRow("sort") << QByteArray("sort=loudest") << u"sort"_s;
    QTest::newRow("series") << QByteArray("groupStatsPeriod=7d")
                            << u"Invalid stats_period. Valid choices are '', '24h', '14d' and 'auto'"_s;
    QTest::newRow("period") << QByteArray("statsPeriod=ages") << u"statsPeriod"_s;
    QTest::newRow("half a window") << QByteArray("start=2026-11-01") << u"start and end"_s;
    QTest::newRow("cursor") << QByteArray("cursor=xyz") << u"cursor"_s;
    QTest::newRow("project") << QByteArray("project=nope") << u"project"_s;
}

void TestIssueList::refuses()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, part);
    const ApiAnswer answer = m_world->get(m_world->org() + "/issues/?" + query);
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.detail().contains(part), qPrintable(answer.detail()));
}

void TestIssueList::sorts_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QStringList>("order");
    QTest::newRow("default") << QByteArray("query=")
                             << QStringList{u"Alpha"_s, u"Delta"_s, u"Gamma"_s, u"Beta"_s};
    QTest::newRow("date") << QByteArray("query=&sort=date")
                          << QStringList{u"Alpha"_s, u"Delta"_s, u"Gamma"_s, u"Beta"_s};
    QTest::newRow("new") << QByteArray("query=&sort=new")
                         << QStringList{u"Delta"_s, u"Gamma"_s, u"Beta"_s, u"Alpha"_s};
    QTest::newRow("freq") << QByteArray("query=&sort=freq")
                          << QStringList{u"Beta"_s, u"Gamma"_s, u"Delta"_s, u"Alpha"_s};
    QTest::newRow("user") << QByteArray("query=&sort=user")
                          << QStringList{u"Beta"_s, u"Gamma"_s, u"Delta"_s, u"Alpha"_s};
    QTest::newRow("freq of a day") << QByteArray("query=&sort=freq&statsPeriod=24h")
                                   << QStringList{u"Gamma"_s, u"Delta"_s, u"Alpha"_s};
    QTest::newRow("freq of an hour") << QByteArray("query=&sort=freq&statsPeriod=1h")
                                     << QStringList{u"Gamma"_s, u"Delta"_s, u"Alpha"_s};
    QTest::newRow("from to") << QByteArray("query=&start=2026-11-18T00:00:00&end=2026-11-18T23:00:00")
                             << QStringList{u"Beta"_s};
    QTest::newRow("environment") << QByteArray("query=&environment=prod&sort=freq")
                                 << QStringList{u"Beta"_s, u"Gamma"_s};
    QTest::newRow("two environments") << QByteArray("query=&environment=prod&environment=dev&sort=freq")
                                      << QStringList{u"Beta"_s, u"Gamma"_s, u"Alpha"_s};
    QTest::newRow("no environment") << QByteArray("query=&environment=") << QStringList{u"Delta"_s};
    QTest::newRow("absent query is unresolved")
        << QByteArray("sort=freq") << QStringList{u"Beta"_s, u"Gamma"_s, u"Alpha"_s};
    QTest::newRow("all projects") << QByteArray("sort=freq&project=-1")
                                  << QStringList{u"Beta"_s, u"Gamma"_s, u"Alpha"_s};
}

void TestIssueList::sorts()
{
    QFETCH(QByteArray, query);
    QFETCH(QStringList, order);
    QCOMPARE(types(query), order);
}

void TestIssueList::countsReferToTheWindow()
{
    const auto alpha = [&](const QByteArray& more) {
        return m_world->get(m_world->org() + "/issues/?query=error.type:Alpha" + more).json[0];
    };
    QCOMPARE(alpha("")[u"count"_s].toString(), u"2"_s);
    QCOMPARE(alpha("&statsPeriod=24h")[u"count"_s].toString(), u"1"_s);
    QCOMPARE(alpha("&statsPeriod=24h")[u"userCount"_s].toInt(), 1);
    QCOMPARE(alpha("&statsPeriod=24h")[u"lifetime"_s][u"count"_s].toString(), u"2"_s);
    QCOMPARE(alpha("&statsPeriod=24h")[u"lifetime"_s][u"userCount"_s].toInt(), 2);
    QVERIFY(alpha("")[u"count"_s].isString() && alpha("")[u"userCount"_s].isDouble());
    QCOMPARE(alpha("&statsPeriod=24h")[u"filtered"_s][u"count"_s].toString(), u"1"_s);
    QVERIFY(m_world->get(m_world->org() + "/issues/").json[0][u"filtered"_s].isNull());
}

void TestIssueList::series_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("points");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("sum");
    QTest::newRow("default") << QByteArray("") << u"24h"_s << 24 << 3600 << 3;
    QTest::newRow("24h") << QByteArray("&groupStatsPeriod=24h") << u"24h"_s << 24 << 3600 << 3;
    QTest::newRow("14d") << QByteArray("&groupStatsPeriod=14d") << u"14d"_s << 14 << 86400 << 3;
    QTest::newRow("auto, a day") << QByteArray("&statsPeriod=24h&groupStatsPeriod=auto") << u"auto"_s << 24
                                 << 3600 << 3;
}

void TestIssueList::series()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, name);
    QFETCH(int, points);
    QFETCH(int, width);
    QFETCH(int, sum);
    const QJsonValue stats =
        m_world->get(m_world->org() + "/issues/?query=error.type:Gamma" + query).json[0][u"stats"_s];
    QCOMPARE(stats.toObject().keys(), QStringList{name});
    const QJsonArray series = stats[name].toArray();
    QCOMPARE(series.size(), points);
    int total = 0;
    for (qsizetype i = 0; i < series.size(); ++i) {
        QCOMPARE(series[i][0].toInteger() % width, 0);
        if (i > 0)
            QCOMPARE(series[i][0].toInteger() - series[i - 1][0].toInteger(), qint64(width));
        total += series[i][1].toInt();
    }
    QCOMPARE(total, sum);
    const qint64 now = m_world->clock.now().time_since_epoch().count() / 1000;
    QVERIFY(series.last()[0].toInteger() <= now && now < series.last()[0].toInteger() + width); // partial
    QVERIFY(m_world->get(m_world->org() + "/issues/?groupStatsPeriod=").json[0][u"stats"_s].isUndefined());
}

void TestIssueList::linkHeaderToTheLetter()
{
    const QString url =
        QString::fromLatin1(m_world->base()) + QString::fromLatin1(m_world->org()) + u"/issues/"_s;
    const ApiAnswer first = m_world->get(m_world->org() + "/issues/?query=&limit=2&sort=freq");
    const auto expected = [&](const QString& previous, const char* hasPrevious, const QString& next,
                              const char* hasNext) {
        return u"<%1?query=&limit=2&sort=freq&cursor=%2>; rel=\"previous\"; results=\"%3\"; cursor=\"%2\", "
               "<%1?query=&limit=2&sort=freq&cursor=%4>; rel=\"next\"; results=\"%5\"; cursor=\"%4\""_s.arg(
                   url, previous, QString::fromLatin1(hasPrevious), next, QString::fromLatin1(hasNext));
    };
    QCOMPARE(first.header("link"),
        expected(u"5.%1:0:1"_s.arg(m_beta), "false", u"3.%1:0:0"_s.arg(m_gamma), "true"));
    QCOMPARE(first.header("x-hits"), u"4"_s);
    const ApiAnswer last = m_world->get(
        m_world->org() + "/issues/?query=&limit=2&sort=freq&cursor=3." + m_gamma.toLatin1() + "%3A0%3A0");
    QCOMPARE(last.header("link"),
        expected(u"2.%1:0:1"_s.arg(m_delta), "true", u"2.%1:0:0"_s.arg(m_alpha), "false"));
    // Without any other parameter.
    QVERIFY(m_world->get(m_world->org() + "/issues/").header("link").startsWith(u"<%1?&cursor="_s.arg(url)));
    // What stands in the query comes back encoded: a > or a comma would end the URL early.
    QVERIFY(m_world->get(m_world->org() + "/issues/?query=" + QByteArray("\"a>b, c\"").toPercentEncoding())
                .header("link")
                .startsWith(u"<%1?query=%22a%3Eb%2C%20c%22&cursor="_s.arg(url)));
}

void TestIssueList::pagesToTheEnd()
{
    QStringList all;
    for (int offset = 0; offset < 4; ++offset)
        all << types("query=&sort=freq&limit=1&cursor=0:" + QByteArray::number(offset) + ":0");
    QCOMPARE(all, (QStringList{u"Beta"_s, u"Gamma"_s, u"Delta"_s, u"Alpha"_s}));
    QCOMPARE(types("query=&limit=1&cursor=0:9:0"), QStringList());
    QCOMPARE(types("query=&limit=0&sort=freq").size(), 1); // clamped, not refused
    QCOMPARE(types("query=&limit=5000").size(), 4);
}

void TestIssueList::collapses_data()
{
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<QStringList>("absent");
    QTest::addColumn<QStringList>("present");
    const auto row = [](const char* parameters, const char* absent, const char* present) {
        QTest::newRow(parameters) << QByteArray(parameters)
                                  << QString::fromLatin1(absent).split(u' ', Qt::SkipEmptyParts)
                                  << QString::fromLatin1(present).split(u' ', Qt::SkipEmptyParts);
    };
    const char* all = "id title stats count userCount firstSeen lastSeen lifetime filtered isUnhandled";
    row("", "inbox owners sessionCount integrationIssues sentryAppIssues latestEventHasAttachments", all);
    row("collapse=stats", "stats count userCount firstSeen lastSeen",
        "id title lifetime filtered isUnhandled");
    row("collapse=lifetime", "lifetime count userCount firstSeen lastSeen",
        "id title stats filtered isUnhandled");
    row("collapse=filtered", "filtered", "id title stats count lifetime isUnhandled");
    row("collapse=unhandled", "isUnhandled", "id title stats count lifetime filtered");
    row("collapse=base", "title shortId project metadata", "id stats count lifetime filtered isUnhandled");
    row("collapse=none", "", all);
    row("expand=inbox&expand=owners&expand=sessions&expand=integrationIssues&expand=sentryAppIssues"
        "&expand=latestEventHasAttachments&expand=unheardOf",
        "unheardOf",
        "id title inbox owners sessionCount integrationIssues sentryAppIssues latestEventHasAttachments");
}

void TestIssueList::collapses()
{
    QFETCH(QByteArray, parameters);
    QFETCH(QStringList, absent);
    QFETCH(QStringList, present);
    const QJsonObject row =
        m_world->get(m_world->org() + "/issues/?query=error.type:Gamma&" + parameters).json[0].toObject();
    for (const QString& key : absent)
        QVERIFY2(!row.contains(key), qPrintable(key));
    for (const QString& key : present)
        QVERIFY2(row.contains(key), qPrintable(key));
    for (const QString& key : {u"owners"_s, u"sessionCount"_s}) // out of scope; null as Sentry answers
        QVERIFY2(row[key].isNull() || row[key].isUndefined(), qPrintable(key));
}

void TestIssueList::inbox()
{
    const QJsonValue rows = m_world->get(m_world->org() + "/issues/?query=&expand=inbox").json;
    for (const QJsonValue& row : rows.toArray()) {
        const QString type = row[u"metadata"_s][u"type"_s].toString();
        const bool waits = type == u"Beta" || type == u"Gamma";
        QCOMPARE(row[u"inbox"_s].isNull(), !waits);
        QCOMPARE(row[u"inbox"_s][u"reason"_s].toInt(-1), waits ? 0 : -1);
    }
    QCOMPARE(types("sort=inbox&query=is:unresolved%20is:for_review"), (QStringList{u"Gamma"_s, u"Beta"_s}));
    QCOMPARE(types("sort=inbox&query=is:unresolved").first(), u"400"_s);
    QCOMPARE(types("sort=inbox&query=is:for_review").first(), u"400"_s);
}

void TestIssueList::scores()
{
    // Seen minutes ago and new: Gamma of the unresolved; Alpha's warning of an old issue comes last but for
    // Beta's age.
    for (const QByteArray& sort : {QByteArray("recommended"), QByteArray("trends")}) {
        const QStringList order = types("query=is:unresolved&sort=" + sort);
        QCOMPARE(order.size(), 3);
        QCOMPARE(order.first(), u"Gamma"_s);
        QStringList paged;
        for (int offset = 0; offset < 3; ++offset)
            paged << types("query=is:unresolved&limit=1&sort=" + sort +
                           "&cursor=0:" + QByteArray::number(offset) + ":0");
        QCOMPARE(paged, order);
    }
}

void TestIssueList::directHits()
{
    const QString event = m_world->get(m_world->org() + "/issues/" + m_beta.toLatin1() + "/events/")
                              .json[0][u"eventID"_s]
                              .toString();
    const ApiAnswer byEvent =
        m_world->get(m_world->org() + "/issues/?project=-1&statsPeriod=1h&query=" + event.toLatin1());
    QCOMPARE(byEvent.json.toArray().size(), 1);
    QCOMPARE(byEvent.json[0][u"matchingEventId"_s].toString(), event);
    QCOMPARE(byEvent.json[0][u"id"_s].toString(), m_beta);
    QCOMPARE(byEvent.header("x-sentry-direct-hit"), u"1"_s);
    QVERIFY(byEvent.header("link").isEmpty());
    const QByteArray shortId = m_world->get(m_world->org() + "/issues/" + m_delta.toLatin1() + "/")
                                   .json[u"shortId"_s]
                                   .toString()
                                   .toLatin1();
    const ApiAnswer byShort =
        m_world->get(m_world->org() + "/issues/?shortIdLookup=1&query=" + shortId.toLower());
    QCOMPARE(byShort.json[0][u"id"_s].toString(), m_delta); // though it is resolved
    QCOMPARE(byShort.header("x-sentry-direct-hit"), u"1"_s);
    QVERIFY(
        m_world->get(m_world->org() + "/issues/?query=" + shortId).header("x-sentry-direct-hit").isEmpty());
    QCOMPARE(types("query=ffffffffffffffffffffffffffffffff"), QStringList());
}

void TestIssueList::groupsAsAsked()
{
    const ApiAnswer answer = m_world->get(m_world->org() + "/issues/?group=" + m_delta.toLatin1() +
                                          "&group=" + m_alpha.toLatin1() + "&group=999");
    const QStringList ids = column(answer.json, u"id"_s);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()), (QSet<QString>{m_alpha, m_delta}));
    QVERIFY(answer.header("link").isEmpty());
}

void TestIssueList::counts()
{
    const ApiAnswer answer = m_world->get(
        m_world->org() + "/issues-count/?query=is%3Aunresolved&query=is%3Aresolved&query=level:none");
    QCOMPARE(answer.json[u"is:unresolved"_s].toInt(), 3);
    QCOMPARE(answer.json[u"is:resolved"_s].toInt(), 1);
    QCOMPARE(answer.json[u"level:none"_s].toInt(-1), 0);
    QCOMPARE(m_world->get(m_world->org() + "/issues-count/?query=is:lost").status, 400);
}

void TestIssueList::stats()
{
    const ApiAnswer answer = m_world->get(m_world->org() + "/issues-stats/?groups=" + m_beta.toLatin1() +
                                          "&groups=" + m_gamma.toLatin1() + "&statsPeriod=24h");
    QCOMPARE(answer.json.toArray().size(), 2);
    for (const QJsonValue& row : answer.json.toArray())
        QCOMPARE(row[u"count"_s].toString(), row[u"id"_s].toString() == m_beta ? u"0"_s : u"3"_s);
    QCOMPARE(m_world->get(m_world->org() + "/issues-stats/").status, 400);
    QCOMPARE(m_world->get(m_world->org() + "/issues-stats/?groups=999").status, 400);
    QCOMPARE(m_world->get(m_world->org() + "/issues-stats/?groups=x").status, 400);
}

void TestIssueList::toleratesWhatItDoesNotKnow()
{
    QCOMPARE(types("query=is:resolved&expand=inbox&expand=owners&collapse=stats&collapse=filtered&utc=true&"
                   "shortIdLookup=0"),
        QStringList{u"Delta"_s});
}

VEDETTE_TEST_MAIN(QCoreApplication, TestIssueList)
#include "tst_issuelist.moc"
