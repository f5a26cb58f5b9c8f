// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Counts and charts of contract section 10: all add up to what the issues themselves count. It is 2026-11-20
/// 10:30.
class TestCounts final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void sumsEqualTheIssues_data();
    void sumsEqualTheIssues();
    void outcomes();
    void outcomeFaults_data();
    void outcomeFaults();
    void countCharts_data();
    void countCharts();
    void eventsStatsShape();
    void timeseriesShape();
    void topEvents();
    void table();
    void tableOfGroups();
    void tablePages();
    void tableFaults_data();
    void tableFaults();
    void validates();

private:
    ApiAnswer get(const QByteArray& path) { return m_world->get(m_world->org() + path); }

    std::unique_ptr<ApiWorld> m_world;
};

void TestCounts::initTestCase()
{
    m_world = std::make_unique<ApiWorld>();
    // 60 events of 6 issues, spread over 20 days, three environments, 7 users.
    for (int i = 0; i < 60; ++i) {
        const int day = 1 + i % 20;
        const QByteArray two = QByteArray::number(day).rightJustified(2, '0');
        const QByteArray hour = QByteArray::number(i % 10).rightJustified(2, '0');
        const char* environments[] = {"production", "staging", ""};
        const QByteArray event = R"({"event_id":")" + QByteArray::number(i).rightJustified(32, '0') +
                                 R"(","timestamp":"2026-11-)" + two + "T" + hour +
                                 R"(:59:59Z","environment":")" + environments[i % 3] +
                                 R"(","release":"app@)" + QByteArray::number(i % 2) + R"(","user":{"id":)" +
                                 QByteArray::number(i % 7) + R"(},"exception":[{"type":"Kind)" +
                                 QByteArray::number(i % 6) + R"(","value":"it broke"}]})";
        QCOMPARE(m_world->send(event), 200);
        if (i % 10 == 0)
            QCOMPARE(m_world->send(event), 200); // a repeat: counted as such, not stored
    }
    QVERIFY(m_world->send("{not json") >= 400);
}

void TestCounts::sumsEqualTheIssues_data()
{
    QTest::addColumn<QByteArray>("parameters");
    for (const char* parameters :
        {"", "&statsPeriod=24h", "&statsPeriod=7d", "&statsPeriod=14d", "&environment=staging",
            "&environment=", "&environment=staging&environment=production&statsPeriod=14d",
            "&start=2026-11-03T05:00:00&end=2026-11-12T03:59:59"})
        QTest::newRow(parameters) << QByteArray(parameters);
}

void TestCounts::sumsEqualTheIssues()
{
    QFETCH(QByteArray, parameters);
    qint64 issues = 0;
    for (const QJsonValue& row : get("/issues/?query=&limit=100" + parameters).json.toArray())
        issues += row[u"count"_s].toString().toLongLong();
    QVERIFY(issues > 0);
    qint64 stats = 0;
    for (const QJsonValue& point : get("/events-stats/?interval=1h" + parameters).json[u"data"_s].toArray())
        stats += point[1][0][u"count"_s].toInteger();
    QCOMPARE(stats, issues);
    qint64 series = 0;
    for (const QJsonValue& value : get("/events-timeseries/?yAxis=count()&interval=3600000" + parameters)
                                       .json[u"timeSeries"_s][0][u"values"_s]
                                       .toArray())
        series += value[u"value"_s].toInteger();
    QCOMPARE(series, issues);
    QCOMPARE(get("/events/?field=count()" + parameters).json[u"data"_s][0][u"count()"_s].toInteger(), issues);
    qint64 grouped = 0;
    for (const QJsonValue& row :
        get("/events/?field=issue&field=count()" + parameters).json[u"data"_s].toArray())
        grouped += row[u"count()"_s].toInteger();
    QCOMPARE(grouped, issues);
    if (parameters.isEmpty()) {
        QCOMPARE(issues, 60);
        const QJsonValue accepted =
            get("/stats_v2/?field=sum(quantity)&groupBy=outcome&category=error&outcome=accepted")
                .json[u"groups"_s][0];
        QCOMPARE(accepted[u"totals"_s][u"sum(quantity)"_s].toInteger(), 60);
        qint64 generated = 0;
        for (const QJsonValue& point :
            get("/stats/?stat=generated&since=1793491200&resolution=1d").json.toArray())
            generated += point[1].toInteger();
        QCOMPARE(generated, 60);
    }
}

void TestCounts::outcomes()
{
    const ApiAnswer answer = get(
        "/stats_v2/?field=sum(quantity)&field=sum(times_seen)&groupBy=outcome&groupBy=reason&groupBy=category"
        "&statsPeriod=24h&interval=1h");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json[u"intervals"_s].toArray().size(), 25);
    QCOMPARE(answer.json[u"intervals"_s][24].toString(), u"2026-11-20T10:00:00Z"_s);
    QCOMPARE(answer.json[u"start"_s].toString(), u"2026-11-19T10:00:00Z"_s);
    QMap<QString, qint64> totals;
    for (const QJsonValue& group : answer.json[u"groups"_s].toArray()) {
        const QJsonValue by = group[u"by"_s];
        const QString key = by[u"outcome"_s].toString() + u'/' + by[u"reason"_s].toString() + u'/' +
                            by[u"category"_s].toString();
        totals[key] = group[u"totals"_s][u"sum(quantity)"_s].toInteger();
        QCOMPARE(group[u"totals"_s][u"sum(times_seen)"_s].toInteger(), totals[key]);
        qint64 sum = 0;
        for (const QJsonValue& value : group[u"series"_s][u"sum(quantity)"_s].toArray())
            sum += value.toInteger();
        QCOMPARE(sum, totals[key]);
    }
    QCOMPARE(totals.value(u"accepted//error"_s), 60);
    QCOMPARE(totals.value(u"invalid/duplicate/error"_s), 6);
    QCOMPARE(totals.value(u"invalid/malformed/envelope"_s), 1);

    const QJsonValue byProject =
        get("/stats_v2/?field=sum(quantity)&groupBy=project&outcome=accepted").json[u"groups"_s];
    QCOMPARE(byProject.toArray().size(), 1);
    QCOMPARE(byProject[0][u"by"_s][u"project"_s].toInt(), 1);
    QVERIFY(byProject[0][u"series"_s].isUndefined());
    const QJsonValue daily =
        get("/stats_v2/?field=sum(quantity)&groupBy=category&statsPeriod=14d&interval=1d&project=1"
            "&reason=duplicate")
            .json;
    QCOMPARE(daily[u"intervals"_s].toArray().size(), 15);
    QCOMPARE(daily[u"groups"_s][0][u"totals"_s][u"sum(quantity)"_s].toInteger(), 6);
}

void TestCounts::outcomeFaults_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("detail");
    QTest::newRow("no field") << QByteArray("groupBy=outcome") << u"At least one \"field\" is required."_s;
    QTest::newRow("no group") << QByteArray("field=sum(quantity)")
                              << u"At least one \"groupBy\" is required."_s;
    QTest::newRow("field") << QByteArray("field=sum(x)&groupBy=outcome") << u"Invalid field: \"sum(x)\""_s;
    QTest::newRow("group") << QByteArray("field=sum(quantity)&groupBy=x") << u"Invalid groupBy: \"x\""_s;
    QTest::newRow("outcome") << QByteArray("field=sum(quantity)&groupBy=outcome&outcome=x")
                             << u"Invalid outcome: \"x\""_s;
    QTest::newRow("interval") << QByteArray("field=sum(quantity)&groupBy=outcome&interval=5h")
                              << u"The interval should divide a day and be between 1h and 1d."_s;
    QTest::newRow("period") << QByteArray("field=sum(quantity)&groupBy=outcome&statsPeriod=x")
                            << u"Invalid statsPeriod"_s;
    QTest::newRow("too many")
        << QByteArray("field=sum(quantity)&groupBy=outcome&statsPeriod=1000d")
        << u"Your interval and date range would create too many results. Use a larger interval, "
           "or a smaller date range."_s;
}

void TestCounts::outcomeFaults()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, detail);
    const ApiAnswer answer = get("/stats_v2/?" + query);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.detail(), detail);
}

void TestCounts::countCharts_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("points");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("sum");
    QTest::newRow("default") << QByteArray("") << 25 << 3600 << 3;
    QTest::newRow("generated, days") << QByteArray("stat=generated&resolution=1d&since=1793491200") << 20
                                     << 86400 << 60;
    QTest::newRow("seconds") << QByteArray("resolution=10s&since=1795168790&until=1795168810") << 3 << 10
                             << 3;
    QTest::newRow("rejected") << QByteArray("stat=rejected") << 25 << 3600 << 0;
    QTest::newRow("blacklisted") << QByteArray("stat=blacklisted") << 25 << 3600 << 0;
}

void TestCounts::countCharts()
{
    QFETCH(QByteArray, query);
    QFETCH(int, points);
    QFETCH(int, width);
    QFETCH(int, sum);
    const QByteArray slug = m_world->org().mid(m_world->org().lastIndexOf('/') + 1);
    for (const QByteArray& path : {m_world->org() + "/stats/?", "/api/0/projects/" + slug + "/1/stats/?"}) {
        const QJsonArray series = m_world->get(path + query).json.toArray();
        QCOMPARE(series.size(), points);
        qint64 total = 0;
        for (qsizetype i = 0; i < series.size(); ++i) {
            total += series[i][1].toInteger();
            if (i > 0)
                QCOMPARE(series[i][0].toInteger() - series[i - 1][0].toInteger(), qint64(width));
        }
        QCOMPARE(total, qint64(sum));
        QCOMPARE(m_world->get(path + "stat=loud").status, 400);
        QCOMPARE(m_world->get(path + "resolution=1w").status, 400);
        QCOMPARE(m_world->get(path + "since=9&until=2&resolution=10s").status, 400);
    }
}

void TestCounts::eventsStatsShape()
{
    const ApiAnswer one = get("/events-stats/?statsPeriod=24h&interval=1h&query=environment:production");
    QCOMPARE(one.json[u"data"_s].toArray().size(), 25);
    QCOMPARE(one.json[u"data"_s][0][0].toInteger() % 3600, 0);
    const ApiAnswer two = get("/events-stats/?yAxis=count()&yAxis=count_unique(user)&interval=1d");
    QVERIFY(two.json[u"count()"_s][u"data"_s].isArray());
    QVERIFY(two.json[u"count_unique(user)"_s][u"data"_s].isArray());
    QCOMPARE(get("/events-stats/?yAxis=p95()").status, 400);
    QCOMPARE(get("/events-stats/?yAxis=title").status, 400);
    QCOMPARE(get("/events-stats/?interval=1s&statsPeriod=90d").status, 400);
    QCOMPARE(get("/events-stats/?interval=soon").status, 400);
    QCOMPARE(get("/events-stats/?query=a%20OR%20b").detail(),
        u"Error parsing search query: Boolean statements containing \"OR\" or \"AND\" are not supported in "
        u"this "
        "search"_s);
    QCOMPARE(get("/events-stats/?dataset=spans").status, 400);
}

void TestCounts::timeseriesShape()
{
    const QJsonValue series =
        get("/events-timeseries/?dataset=errors&statsPeriod=24h&interval=1h").json[u"timeSeries"_s][0];
    QCOMPARE(series[u"yAxis"_s].toString(), u"count()"_s);
    QCOMPARE(series[u"meta"_s][u"interval"_s].toInt(), 3'600'000);
    QCOMPARE(series[u"meta"_s][u"valueType"_s].toString(), u"integer"_s);
    const QJsonArray values = series[u"values"_s].toArray();
    QCOMPARE(values.size(), 25);
    QCOMPARE(values.first()[u"timestamp"_s].toInteger() % 3'600'000, 0);
    QVERIFY(!values.first()[u"incomplete"_s].toBool());
    QVERIFY(values.last()[u"incomplete"_s].toBool());
}

void TestCounts::topEvents()
{
    const QByteArray query = "/events-timeseries/?interval=1d&groupBy=release&groupBy=error.type&topEvents=2";
    const QJsonArray all = get(query).json[u"timeSeries"_s].toArray();
    QCOMPARE(all.size(), 3);
    QCOMPARE(all[0][u"groupBy"_s][0][u"key"_s].toString(), u"release"_s);
    QCOMPARE(all[0][u"groupBy"_s][1][u"value"_s].toString(), u"Kind0"_s);
    QVERIFY(all[2][u"meta"_s][u"isOther"_s].toBool());
    QList<qint64> sums;
    for (const QJsonValue& series : all) {
        qint64 sum = 0;
        for (const QJsonValue& value : series[u"values"_s].toArray())
            sum += value[u"value"_s].toInteger();
        sums << sum;
    }
    QCOMPARE(sums, (QList<qint64>{10, 10, 40}));
    QCOMPARE(get(query + "&excludeOther=1").json[u"timeSeries"_s].toArray().size(), 2);
    QCOMPARE(get("/events-timeseries/?topEvents=0&groupBy=release").status, 400);
    QCOMPARE(get("/events-timeseries/?topEvents=5").status, 400);
    const QJsonValue stats = get("/events-stats/?interval=1d&field=release&topEvents=5").json;
    QCOMPARE(stats.toObject().keys(), (QStringList{u"app@0"_s, u"app@1"_s}));
}

void TestCounts::table()
{
    const ApiAnswer answer =
        get("/events/?dataset=errors&field=title&field=timestamp&field=project&field=issue"
            "&field=issue.id&field=level&field=user.id&field=release&field=environment"
            "&field=no.such.tag&field=tags%5Blevel%5D&query=error.type:Kind3&sort=-timestamp");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json[u"data"_s].toArray().size(), 10);
    const QJsonValue row = answer.json[u"data"_s][0];
    QCOMPARE(row[u"title"_s].toString(), u"Kind3: it broke"_s);
    QCOMPARE(row[u"timestamp"_s].toString(), u"2026-11-20T09:59:59.000Z"_s);
    QCOMPARE(row[u"project"_s].toString(), row[u"project.name"_s].toString());
    QVERIFY(row[u"issue"_s].toString().contains(u'-'));
    QVERIFY(row[u"issue.id"_s].isDouble());
    QCOMPARE(row[u"level"_s].toString(), u"error"_s);
    QCOMPARE(row[u"tags[level]"_s].toString(), u"error"_s);
    QVERIFY(row[u"no.such.tag"_s].isNull());
    QCOMPARE(row[u"id"_s].toString().size(), 32);
    const QJsonValue meta = answer.json[u"meta"_s];
    QCOMPARE(meta[u"fields"_s][u"timestamp"_s].toString(), u"date"_s);
    QCOMPARE(meta[u"fields"_s][u"issue.id"_s].toString(), u"integer"_s);
    QVERIFY(meta[u"units"_s][u"title"_s].isNull());
    const ApiAnswer oldest = get("/events/?field=timestamp&sort=timestamp&per_page=1");
    QCOMPARE(oldest.json[u"data"_s][0][u"timestamp"_s].toString(), u"2026-11-01T00:59:59.000Z"_s);
}

void TestCounts::tableOfGroups()
{
    const QJsonArray rows =
        get("/events/?field=release&field=count()&field=count_unique(user)&field=last_seen()"
            "&field=count_unique(issue)&field=epm()&sort=-count_unique_user&sort=release")
            .json[u"data"_s]
            .toArray();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0][u"release"_s].toString(), u"app@0"_s);
    QCOMPARE(rows[0][u"count()"_s].toInt(), 30);
    QCOMPARE(rows[0][u"count_unique(user)"_s].toInt(), 7);
    QCOMPARE(rows[0][u"count_unique(issue)"_s].toInt(), 3);
    QCOMPARE(rows[1][u"last_seen()"_s].toString(), u"2026-11-20T09:59:59.000Z"_s);
    QVERIFY(rows[0][u"epm()"_s].toDouble() > 0);
    QVERIFY(rows[0][u"id"_s].isUndefined());
}

void TestCounts::tablePages()
{
    QSet<QString> seen;
    QByteArray cursor;
    for (int page = 0; page < 3; ++page) {
        const ApiAnswer answer = get("/events/?field=id&per_page=25" + cursor);
        for (const QJsonValue& row : answer.json[u"data"_s].toArray())
            seen << row[u"id"_s].toString();
        QCOMPARE(answer.header("link").contains(u"rel=\"next\"; results=\"true\""_s), page < 2);
        cursor = "&cursor=0:" + QByteArray::number((page + 1) * 25) + ":0";
    }
    QCOMPARE(seen.size(), 60);
}

void TestCounts::tableFaults_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("detail");
    QTest::newRow("no field") << QByteArray("") << u"No columns selected"_s;
    QByteArray many;
    for (int i = 0; i < 21; ++i)
        many += "&field=t" + QByteArray::number(i);
    QTest::newRow("21 fields")
        << many << u"You can view up to 20 fields at a time. Please delete some and try again."_s;
    QTest::newRow("function") << QByteArray("field=p95(x)") << u"p95(x) is not a valid function"_s;
    QTest::newRow("sort") << QByteArray("field=id&sort=-title")
                          << u"Cannot sort by a field that is not selected."_s;
    QTest::newRow("per_page") << QByteArray("field=id&per_page=101")
                              << u"Invalid per_page value. Must be between 1 and 100."_s;
    QTest::newRow("cursor") << QByteArray("field=id&cursor=x") << u"Invalid cursor parameter."_s;
    QTest::newRow("dataset") << QByteArray("field=id&dataset=logs")
                             << u"dataset must be one of: errors, discover"_s;
    QTest::newRow("project") << QByteArray("field=id&project=nope")
                             << u"Invalid project parameter. Values must be numbers."_s;
}

void TestCounts::tableFaults()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, detail);
    const ApiAnswer answer = get("/events/?" + query);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.detail(), detail);
}

void TestCounts::validates()
{
    const QJsonValue fine = get("/events/validate/?field=title&field=count()&query=level:error").json;
    QVERIFY(fine[u"valid"_s].toBool());
    const QJsonValue bad =
        get("/events/validate/?field=p95()&field=title&query=firstSeen:soon&dataset=x").json;
    QVERIFY(!bad[u"valid"_s].toBool());
    QVERIFY(!bad[u"fields"_s][0][u"valid"_s].toBool());
    QVERIFY(bad[u"fields"_s][1][u"valid"_s].toBool());
    QVERIFY(bad[u"query"_s][u"error"_s].toString().contains(u"Invalid date"_s));
    QVERIFY(!bad[u"dataset"_s][u"valid"_s].toBool());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCounts)
#include "tst_counts.moc"
