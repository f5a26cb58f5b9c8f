// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A template must change what it says it changes and nothing else, for each recording that is built in.

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include "app/demo/eventtemplate.h"
#include "app/demo/samples.h"
#include "models/json/document.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::demo;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList projects = {
    u"storefront"_s, u"shop-api"_s, u"payments"_s, u"inventory"_s, u"mail-service"_s};
const core::TimePoint at{1'790'000'000'500ms};

struct Lines
{
    QJsonObject header;
    QJsonObject itemHeader;
    QByteArray payloadBytes;
    QJsonObject payload;
};

Lines linesOf(const std::string& envelope)
{
    const QList<QByteArray> lines = QByteArray::fromStdString(envelope).split('\n');
    if (lines.size() != 4 || !lines[3].isEmpty())
        return {};
    return {QJsonDocument::fromJson(lines[0]).object(), QJsonDocument::fromJson(lines[1]).object(), lines[2],
        QJsonDocument::fromJson(lines[2]).object()};
}

EventTemplate::Fill someFill()
{
    EventTemplate::Fill fill;
    fill.eventId = "00112233445566778899aabbccddeeff";
    fill.at = at;
    fill.sentAt = at + 5s;
    fill.dsn = "http://cafe@127.0.0.1:8969/4";
    fill.key = "cafe";
    fill.user = 77;
    fill.dice = 3;
    return fill;
}

core::TimePoint momentOf(const QJsonValue& value)
{
    if (value.isString())
        return core::parseTime(value.toString().toStdString()).value_or(core::TimePoint());
    return core::TimePoint(std::chrono::milliseconds(qRound64(value.toDouble() * 1000)));
}

} // namespace

class TestEventTemplate final : public QObject
{
    Q_OBJECT

private slots:
    void recordings_data();
    void recordings();
    void transactions_data() { recordings_data(); }
    void transactions();
    void knownEvent();
    void tagsComeFromTheProject();
    void nonsense_data();
    void nonsense();
};

void TestEventTemplate::recordings_data()
{
    QTest::addColumn<QString>("project");
    for (const QString& project : projects)
        QTest::newRow(qPrintable(project)) << project;
}

void TestEventTemplate::recordings()
{
    QFETCH(QString, project);
    const QByteArray packed = builtInSample(project.toStdString() + ".gz");
    const auto recorded = unpack({packed.constData(), std::size_t(packed.size())});
    QVERIFY(recorded.has_value());
    QVERIFY(recorded->size() >= 40);
    const QSet<QString> shifted = {
        u"event_id"_s, u"timestamp"_s, u"breadcrumbs"_s, u"contexts"_s, u"user"_s, u"server_name"_s};
    for (const auto& [name, envelope] : *recorded) {
        const auto compiled = EventTemplate::compile(envelope, {});
        QVERIFY2(compiled.has_value(), name.c_str());
        const Lines was = linesOf(envelope);
        const Lines is = linesOf(compiled->render(someFill()));
        QVERIFY2(!was.payload.isEmpty() && !is.payload.isEmpty(), name.c_str());
        QCOMPARE(is.header.keys(), was.header.keys());
        QCOMPARE(is.header[u"event_id"_s].toString(), u"00112233445566778899aabbccddeeff"_s);
        QCOMPARE(momentOf(is.header[u"sent_at"_s]), at + 5s);
        if (is.itemHeader.contains(u"length"_s))
            QCOMPARE(is.itemHeader[u"length"_s].toInteger(), qint64(is.payloadBytes.size()));
        QVERIFY2(envelope.size() < 40'000, name.c_str());

        QCOMPARE(is.payload.keys(), was.payload.keys());
        for (const QString& key : was.payload.keys()) {
            if (!shifted.contains(key))
                QVERIFY2(is.payload[key] == was.payload[key],
                    qPrintable(QString::fromStdString(name) + u' ' + key));
        }
        QCOMPARE(is.payload[u"event_id"_s].toString(), u"00112233445566778899aabbccddeeff"_s);
        // Whole seconds stay whole seconds.
        QVERIFY2(std::chrono::abs(momentOf(is.payload[u"timestamp"_s]) - at) < 1s, name.c_str());
        QCOMPARE(is.payload[u"timestamp"_s].isString(), was.payload[u"timestamp"_s].isString());

        const auto crumbsOf = [](const QJsonObject& event) {
            const QJsonValue crumbs = event[u"breadcrumbs"_s];
            return crumbs.isArray() ? crumbs.toArray() : crumbs[u"values"_s].toArray();
        };
        const QJsonArray wasCrumbs = crumbsOf(was.payload);
        const QJsonArray isCrumbs = crumbsOf(is.payload);
        QCOMPARE(isCrumbs.size(), wasCrumbs.size());
        for (qsizetype i = 0; i < wasCrumbs.size(); ++i) {
            QJsonObject wasCrumb = wasCrumbs[i].toObject();
            QJsonObject isCrumb = isCrumbs[i].toObject();
            const auto wasOffset = momentOf(wasCrumb[u"timestamp"_s]) - momentOf(was.payload[u"timestamp"_s]);
            const auto isOffset = momentOf(isCrumb[u"timestamp"_s]) - momentOf(is.payload[u"timestamp"_s]);
            QVERIFY2(std::chrono::abs(wasOffset - isOffset) <= 1s, name.c_str());
            wasCrumb.remove(u"timestamp"_s);
            isCrumb.remove(u"timestamp"_s);
            QCOMPARE(isCrumb, wasCrumb);
        }
        QJsonObject wasContexts = was.payload[u"contexts"_s].toObject();
        QJsonObject isContexts = is.payload[u"contexts"_s].toObject();
        for (const QString& moving : {u"app"_s, u"device"_s}) {
            QCOMPARE(isContexts[moving].toObject().keys(), wasContexts[moving].toObject().keys());
            wasContexts.remove(moving);
            isContexts.remove(moving);
        }
        QCOMPARE(isContexts, wasContexts);
        QCOMPARE(is.payload[u"user"_s].toObject().keys(), was.payload[u"user"_s].toObject().keys());
    }
}

void TestEventTemplate::transactions()
{
    QFETCH(QString, project);
    const QByteArray packed = builtInSample(project.toStdString() + "-traces.gz");
    if (packed.isEmpty())
        return; // its SDK sends none
    const auto recorded = unpack({packed.constData(), std::size_t(packed.size())});
    QVERIFY(recorded.has_value() && recorded->size() >= 10);
    for (const auto& [name, envelope] : *recorded) {
        const auto compiled = EventTemplate::compile(envelope, {});
        QVERIFY2(compiled.has_value(), name.c_str());
        // Long enough that milliseconds tell its parts.
        QVERIFY2(compiled->recordedDuration() >= 40ms && compiled->recordedDuration() < 5s, name.c_str());
        EventTemplate::Fill fill = someFill();
        fill.stretch = 3;
        const Lines was = linesOf(envelope);
        const Lines is = linesOf(compiled->render(fill));
        QCOMPARE(is.payload.keys(), was.payload.keys());
        QCOMPARE(is.payload[u"transaction"_s], was.payload[u"transaction"_s]);
        QCOMPARE(momentOf(is.payload[u"timestamp"_s]), at);
        QCOMPARE(at - momentOf(is.payload[u"start_timestamp"_s]), 3 * compiled->recordedDuration());
        const QJsonArray spans = is.payload[u"spans"_s].toArray();
        for (const QJsonValue& span : spans) {
            QVERIFY(momentOf(span[u"start_timestamp"_s]) >= at - 3 * compiled->recordedDuration() - 3ms);
            QVERIFY(momentOf(span[u"timestamp"_s]) <= at + 3ms);
        }
    }
}

void TestEventTemplate::knownEvent()
{
    const std::string envelope =
        "{\"event_id\":\"aa\",\"dsn\":\"https://k@collect.example.org/"
        "1\",\"sent_at\":\"2026-01-02T03:04:06Z\","
        "\"trace\":{\"public_key\":\"k\",\"trace_id\":\"t\"},\"sdk\":{\"name\":\"x\"}}\n"
        "{\"type\":\"event\",\"length\":9}\n"
        "{\"timestamp\":1767323045.25,\"event_id\":\"aa\",\"server_name\":\"pay-1\",\"level\":\"error\","
        "\"user\":{\"id\":\"scanner-3\",\"username\":\"scanner-3\",\"plan\":\"free\"},"
        "\"contexts\":{\"app\":{\"app_start_time\":\"2026-01-02T03:03:05.250Z\",\"n\":1}},"
        "\"breadcrumbs\":[{\"timestamp\":1767323044,\"m\":1},{\"timestamp\":\"2026-01-02T03:04:04.750Z\"},"
        "{\"timestamp\":null}],\"extra\":{\"timestamp\":5,\"text\":\"\\u0001 \\\" \\ud83d\\ude00\"}}\n";
    const auto compiled = EventTemplate::compile(envelope, {});
    QVERIFY(compiled.has_value());
    const Lines is = linesOf(compiled->render(someFill()));
    QCOMPARE(is.header[u"dsn"_s].toString(), u"http://cafe@127.0.0.1:8969/4"_s);
    QCOMPARE(is.header[u"trace"_s][u"public_key"_s].toString(), u"cafe"_s);
    QCOMPARE(is.header[u"trace"_s][u"trace_id"_s].toString(), u"t"_s);
    QCOMPARE(is.payload[u"timestamp"_s].toDouble(), 1'790'000'000.5);
    QVERIFY(is.payload[u"server_name"_s].toString().startsWith(u"pay-"_s));
    QCOMPARE(is.payload[u"user"_s][u"id"_s].toString(), u"scanner-6"_s); // 77 % 24 + 1
    QCOMPARE(is.payload[u"user"_s][u"username"_s].toString(), u"scanner-6"_s);
    QCOMPARE(is.payload[u"user"_s][u"plan"_s].toString(), u"free"_s);
    QCOMPARE(momentOf(is.payload[u"contexts"_s][u"app"_s][u"app_start_time"_s]), at - 60s);
    const QJsonArray crumbs = is.payload[u"breadcrumbs"_s].toArray();
    QCOMPARE(crumbs[0][u"timestamp"_s].toDouble(), 1'789'999'999.0); // 1.25 s before, in whole seconds
    QCOMPARE(momentOf(crumbs[1][u"timestamp"_s]), at - 500ms);
    QVERIFY(crumbs[2][u"timestamp"_s].isNull());
    QCOMPARE(is.payload[u"extra"_s][u"timestamp"_s].toInt(), 5);
    QCOMPARE(is.payload[u"extra"_s][u"text"_s].toString(), u"\u0001 \" \U0001F600"_s);
}

void TestEventTemplate::tagsComeFromTheProject()
{
    const auto envelope = [](const char* shop) {
        return std::string("{}\n{\"type\":\"event\"}\n{\"timestamp\":1,\"tags\":{\"only\":\"one\",\"n\":4,"
                           "\"shop\":\"") +
               shop + "\"}}\n";
    };
    TagValues values;
    for (const char* shop : {"eu", "us", "ap", "eu"})
        QVERIFY(EventTemplate::collectTags(envelope(shop), values).has_value());
    const auto compiled = EventTemplate::compile(envelope("eu"), values);
    QVERIFY(compiled.has_value());
    QMap<QString, int> seen;
    auto fill = someFill();
    for (fill.dice = 0; fill.dice < 400; ++fill.dice) {
        const QJsonObject tags = linesOf(compiled->render(fill)).payload[u"tags"_s].toObject();
        QCOMPARE(tags[u"only"_s].toString(), u"one"_s);
        QCOMPARE(tags[u"n"_s].toInt(), 4);
        ++seen[tags[u"shop"_s].toString()];
    }
    QCOMPARE(seen.keys(), (QStringList{u"ap"_s, u"eu"_s, u"us"_s}));
    QVERIFY2(seen[u"eu"_s] > 280 && seen[u"eu"_s] < 390, "mostly as recorded, but not always");
}

void TestEventTemplate::nonsense_data()
{
    QTest::addColumn<QByteArray>("envelope");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one line") << QByteArray("{}");
    QTest::newRow("no event") << QByteArray("{}\n{\"type\":\"session\"}\n{\"timestamp\":1}\n");
    QTest::newRow("no time") << QByteArray("{}\n{\"type\":\"event\"}\n{\"a\":1}\n");
    QTest::newRow("a time that is none")
        << QByteArray("{}\n{\"type\":\"event\"}\n{\"timestamp\":\"noon\"}\n");
    QTest::newRow("not JSON") << QByteArray("{}\n{\"type\":\"event\"}\n{\"timestamp\":\n");
    QTest::newRow("not an object") << QByteArray("{}\n{\"type\":\"event\"}\n[1]\n");
    QTest::newRow("two items") << QByteArray(
        "{}\n{\"type\":\"event\"}\n{\"timestamp\":1}\n{\"type\":\"session\"}\n{}\n");
}

void TestEventTemplate::nonsense()
{
    QFETCH(QByteArray, envelope);
    const auto compiled = EventTemplate::compile({envelope.constData(), std::size_t(envelope.size())}, {});
    QVERIFY(!compiled.has_value());
    QCOMPARE(compiled.error().kind, core::ErrorKind::Malformed);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestEventTemplate)
#include "tst_eventtemplate.moc"
