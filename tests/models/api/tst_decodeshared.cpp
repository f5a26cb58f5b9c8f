// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every answer of the shared fixtures, decoded and compared with what Qt's own JSON parser sees in it.

#include <QFileInfo>
#include <QTest>

#include "models/api/decode/decode.h"
#include "models/api/errors.h"
#include "models/json/document.h"
#include "tests/models/api/decodeoracle.h"
#include "tests/support/main.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
namespace decode = vedette::api::decode;

namespace {

struct Fixture
{
    QByteArray bytes;
    json::Document document;
    QJsonDocument oracle;

    explicit Fixture(const QString& path)
        : bytes(tests::readFile(path))
        , document(parse(bytes))
        , oracle(QJsonDocument::fromJson(bytes))
    {}

    static json::Document parse(const QByteArray& bytes)
    {
        auto out = json::Document::parse({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        if (!out)
            qFatal("a fixture does not parse: %s", qPrintable(out.error().detail));
        return std::move(*out);
    }
};

QString apiFile(const char* name)
{
    return tests::sharedFixtures() + u"/api/"_s + QString::fromLatin1(name);
}

} // namespace

class TestDecodeShared final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyFileIsKnown();
    void events_data();
    void events();
    void issues_data();
    void issues();
    void issueDetail();
    void eventRows();
    void statsOfRows();
    void directory();
    void theRest();
};

void TestDecodeShared::initTestCase()
{
    if (tests::sharedFixtures().isEmpty())
        QSKIP(tests::sharedFixturesAbsent);
}

void TestDecodeShared::everyFileIsKnown()
{
    // A new fixture has to get its check; these are decoded below or belong to calls of later versions.
    const QStringList later = {u"event-attachments.json"_s, u"issue-activities.json"_s,
        u"issue-hashes.json"_s, u"issue-user-reports.json"_s, u"release.json"_s, u"workflows-list.json"_s};
    const QStringList here = {u"client-key.json"_s, u"error-401-unauthorized.json"_s, u"event-csp.json"_s,
        u"event-default-message.json"_s, u"event-documented-with-meta.json"_s,
        u"event-generic-occurrence.json"_s, u"event-javascript.json"_s, u"issue-detail-javascript.json"_s,
        u"issue-events-list.json"_s, u"issue-null-culprit.json"_s, u"issue-tag-detail-url.json"_s,
        u"issue-unknown-type.json"_s, u"issues-bulk-put-response.json"_s, u"issues-list-stats.json"_s,
        u"issues-list-two.json"_s, u"members-list.json"_s, u"organization-detail.json"_s,
        u"organizations-list.json"_s, u"project-detail.json"_s, u"stats-v2.json"_s};
    for (const QString& path : tests::sharedFiles(u"api"_s, u"*.json"_s)) {
        const QString name = QFileInfo(path).fileName();
        QVERIFY2(later.contains(name) || here.contains(name), qPrintable(name));
        // Whatever they are, no decoder stumbles over them.
        const Fixture fixture(path);
        const json::Value root = fixture.document.root();
        (void)decode::issues(root);
        (void)decode::issueDetail(root);
        (void)decode::event(root);
        (void)decode::eventSummaries(root);
        (void)decode::members(root);
        (void)decode::tagDistributions(root);
        (void)decode::series(root);
        (void)api::errorText(root);
    }
}

void TestDecodeShared::events_data()
{
    QTest::addColumn<QString>("path");
    QStringList paths = tests::sharedFiles(u"pairs"_s, u"*.api.json"_s);
    for (const QString& path : tests::sharedFiles(u"api"_s, u"event-*.json"_s)) {
        if (!path.endsWith("event-attachments.json"_L1))
            paths << path;
    }
    QVERIFY(paths.size() >= 12);
    for (const QString& path : paths)
        QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
}

void TestDecodeShared::events()
{
    QFETCH(QString, path);
    const Fixture fixture(path);
    const auto event = decode::event(fixture.document.root());
    QVERIFY(event);
    tests::compareEvent(*event, fixture.oracle.object());
}

void TestDecodeShared::issues_data()
{
    QTest::addColumn<QString>("path");
    for (const char* name : {"issue-null-culprit.json", "issue-unknown-type.json",
             "issue-detail-javascript.json", "issues-list-stats.json", "issues-list-two.json"})
        QTest::newRow(name) << apiFile(name);
}

void TestDecodeShared::issues()
{
    QFETCH(QString, path);
    const Fixture fixture(path);
    const json::Value root = fixture.document.root();
    if (root.isArray()) {
        const auto issues = decode::issues(root);
        QVERIFY(issues);
        const QJsonArray want = fixture.oracle.array();
        QCOMPARE(issues->size(), want.size());
        QVERIFY(!want.isEmpty());
        for (qsizetype i = 0; i < want.size(); ++i)
            tests::compareIssue(issues->at(i), want[i].toObject());
        return;
    }
    tests::compareIssue(decode::issue(root), fixture.oracle.object());
}

void TestDecodeShared::issueDetail()
{
    const Fixture fixture(apiFile("issue-detail-javascript.json"));
    const auto detail = decode::issueDetail(fixture.document.root());
    QVERIFY(detail);
    const QJsonObject stats = fixture.oracle.object().value(u"stats").toObject();
    const QList<std::pair<QString, domain::Series>> both = {
        {u"24h"_s, detail->hourly}, {u"30d"_s, detail->daily}};
    for (const auto& [key, series] : both) {
        const QJsonArray want = stats.value(key).toArray();
        QCOMPARE(series.points.size(), want.size());
        qint64 total = 0;
        for (const QJsonValue point : want)
            total += point.toArray()[1].toInteger();
        QCOMPARE(series.total(), total);
    }
    QVERIFY(!detail->hourly.isEmpty());
    QCOMPARE(detail->hourly.step, std::chrono::seconds(3600));
    QCOMPARE(detail->daily.step, std::chrono::seconds(86400));
}

void TestDecodeShared::eventRows()
{
    const Fixture fixture(apiFile("issue-events-list.json"));
    const auto rows = decode::eventSummaries(fixture.document.root());
    QVERIFY(rows);
    QCOMPARE(rows->size(), 1);
    QCOMPARE(rows->first().id.value(), u"9fac2ceed9344f2bbfdd1fdacb0ed9b1"_s);
    QCOMPARE(rows->first().title, u"This is an example Python exception"_s);
    QCOMPARE(rows->first().location, u"example.py:123"_s);
    QCOMPARE(rows->first().tags.size(), 8);
    QCOMPARE(core::formatTime(*rows->first().dateCreated), std::string("2020-09-11T17:46:36.000Z"));
}

void TestDecodeShared::statsOfRows()
{
    const Fixture fixture(apiFile("issues-list-stats.json"));
    const auto issues = decode::issues(fixture.document.root());
    const QJsonArray want = fixture.oracle.array()[0][u"stats"][u"24h"].toArray();
    QVERIFY(!want.isEmpty());
    QCOMPARE(issues->first().trend.points.size(), want.size());
    QCOMPARE(issues->first().trend.points.first().count, 473);
    QCOMPARE(issues->first().trend.step, std::chrono::seconds(3600));
}

void TestDecodeShared::directory()
{
    const Fixture key(apiFile("client-key.json"));
    const std::string keyList = '[' + key.bytes.toStdString() + ']';
    const auto keyDocument = json::Document::parse(keyList);
    const auto keys = decode::keys(keyDocument->root());
    QCOMPARE(keys->size(), 1);
    QCOMPARE(keys->first().publicKey, u"d20df0a1ab5031c7f3c7edca9c02814d"_s);
    QVERIFY(keys->first().dsn.endsWith("/4509109104082945"_L1));
    QVERIFY(keys->first().isActive);

    const Fixture project(apiFile("project-detail.json"));
    const auto one = decode::project(project.document.root());
    QCOMPARE(one->id.value(), u"4509109104082945"_s);
    QCOMPARE(one->slug, u"cloudflare-mcp"_s);
    QCOMPARE(one->platform, u"node"_s);
    QVERIFY(!one->firstEvent);

    const Fixture members(apiFile("members-list.json"));
    const auto actors = decode::members(members.document.root());
    QCOMPARE(actors->size(), 1); // the pending one cannot be assigned
    QCOMPARE(actors->first().id.value(), u"user:280094367316"_s);
    QCOMPARE(actors->first().name, u"Sir Penguin"_s);

    const Fixture list(apiFile("organizations-list.json"));
    const auto organizations = decode::organizations(list.document.root());
    QCOMPARE(organizations->size(), list.oracle.array().size());
    QCOMPARE(organizations->first().id.value(), u"test-org"_s);
    const Fixture detail(apiFile("organization-detail.json"));
    const std::string detailList = '[' + detail.bytes.toStdString() + ']';
    const auto detailDocument = json::Document::parse(detailList);
    QCOMPARE(decode::organizations(detailDocument->root())->first().name, u"Test Organization"_s);
}

void TestDecodeShared::theRest()
{
    const Fixture tag(apiFile("issue-tag-detail-url.json"));
    const auto tags = decode::tagDistributions(tag.document.root());
    QCOMPARE(tags->size(), 1);
    QCOMPARE(tags->first().total, 156);
    QCOMPARE(tags->first().top.size(), 5);
    QCOMPARE(tags->first().top.first().count, 45);

    const Fixture stats(apiFile("stats-v2.json"));
    const auto series = decode::seriesAnswer(stats.document.root());
    QCOMPARE(series->points.size(), 1);
    QCOMPARE(series->total(), 0); // its only group is of invalid events

    const Fixture bulk(apiFile("issues-bulk-put-response.json"));
    QVERIFY(!decode::issueDetail(bulk.document.root())); // only the changed keys: no issue
    const Fixture refusal(apiFile("error-401-unauthorized.json"));
    const core::Error error = api::errorFromAnswer(401, refusal.bytes.toStdString(), {});
    QCOMPARE(error.kind, core::ErrorKind::Unauthorized);
    QCOMPARE(error.detail, u"Authentication credentials were not provided."_s);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDecodeShared)
#include "tst_decodeshared.moc"
