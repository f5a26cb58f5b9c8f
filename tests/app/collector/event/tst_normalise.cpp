// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QTest>

#include "tests/app/collector/event/eventfixtures.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Contract section 12, "Event payload from SDKs" and its limits: every form is taken, wrong types are
/// dropped and said, whatever is cut or put in place of something shows a mark with the original length.
class TestNormalise final : public QObject
{
    Q_OBJECT

private slots:
    void forms_data();
    void forms();
    void wrongTypes_data();
    void wrongTypes();
    void cuts_data();
    void cuts();
    void listsThatAreCut();
    void droppedValuesStayInMeta();
    void mendedJson_data();
    void mendedJson();
    void filledInAddress();
    void scrubbedValues();
    void theSdksMarksWin();
    void agentsGiveContexts();
};

namespace {

QString tagOf(const QJsonObject& event, const QString& key)
{
    for (const QJsonValue& tag : event[u"tags"_s].toArray()) {
        if (tag[u"key"_s].toString() == key)
            return tag[u"value"_s].toString();
    }
    return {};
}

} // namespace

void TestNormalise::forms_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char* name, const char* payload, const QString& path, const QJsonValue& value) {
        QTest::newRow(name) << QByteArray(payload) << path << value;
    };
    const QString firstTag = u"tags/0/value"_s; // sorted by key
    row("tags as a map", R"({"tags":{"a":"1","b":null}})", firstTag, u"1"_s);
    row("tags as pairs", R"({"tags":[["a","1"],["b",null]]})", firstTag, u"1"_s);
    row("tags as objects", R"({"tags":[{"key":"a","value":"1"}]})", firstTag, u"1"_s);
    row("a number as a tag", R"({"tags":{"a":3}})", firstTag, u"3"_s);
    row("a boolean as a tag", R"({"tags":{"a":true}})", firstTag, u"true"_s);
    row("user id as a number", R"({"user":{"id":4509062593708032}})", u"user/id"_s, u"4509062593708032"_s);
    row("exceptions below values", R"({"exception":{"values":[{"type":"E"}]}})",
        u"entries/0/data/values/0/type"_s, u"E"_s);
    row("exceptions as a list", R"({"exception":[{"type":"E"}]})", u"entries/0/data/values/0/type"_s, u"E"_s);
    row("one exception", R"({"exception":{"type":"E"}})", u"entries/0/data/values/0/type"_s, u"E"_s);
    row("null exceptions", R"({"exception":{"values":[null,{},{"type":"E"}]}})",
        u"entries/0/data/values/0/type"_s, u"E"_s);
    row("breadcrumbs as a list", R"({"breadcrumbs":[{"message":"m"}]})", u"entries/0/data/values/0/message"_s,
        u"m"_s);
    row("breadcrumbs below values", R"({"breadcrumbs":{"values":[{"message":"m"}]}})",
        u"entries/0/data/values/0/message"_s, u"m"_s);
    row("threads as a list", R"({"threads":[{"id":1,"name":"main"}]})", u"entries/0/data/values/0/name"_s,
        u"main"_s);
    row("an old stack", R"({"stacktrace":{"frames":[{"function":"f"}]}})",
        u"entries/0/data/frames/0/function"_s, u"f"_s);
    row("message as a text", R"({"message":"m"})", u"entries/0/data/formatted"_s, u"m"_s);
    row("message as an object", R"({"message":{"formatted":"m"}})", u"entries/0/data/formatted"_s, u"m"_s);
    row("logentry as a text", R"({"logentry":"m"})", u"entries/0/data/formatted"_s, u"m"_s);
    row("logentry with parameters", R"({"logentry":{"message":"a %s","params":["b"]}})",
        u"entries/0/data/formatted"_s, u"a b"_s);
    row("headers as a map", R"({"request":{"headers":{"x-a":"1"}}})", u"entries/0/data/headers/0/1"_s,
        u"1"_s);
    row("headers as pairs", R"({"request":{"headers":[["x-a","1"]]}})", u"entries/0/data/headers/0/1"_s,
        u"1"_s);
    row("headers as lists", R"({"request":{"headers":{"x-a":["1","2"]}}})", u"entries/0/data/headers/1/1"_s,
        u"2"_s);
    row("query as a text", R"({"request":{"query_string":"?a=%41"}})", u"entries/0/data/query/0/1"_s, u"A"_s);
    row("query as a map", R"({"request":{"query_string":{"a":"A"}}})", u"entries/0/data/query/0/1"_s, u"A"_s);
    row("query as pairs", R"({"request":{"query_string":[["a","A"]]}})", u"entries/0/data/query/0/1"_s,
        u"A"_s);
    row("old culprit", R"({"culprit":"job"})", u"culprit"_s, u"job"_s);
    row("log is info", R"({"level":"log"})", u"tags/0/value"_s, u"info"_s);
    row("critical is fatal", R"({"level":"critical"})", u"tags/0/value"_s, u"fatal"_s);
    row("trace is debug", R"({"level":"trace"})", u"tags/0/value"_s, u"debug"_s);
    row("modules", R"({"modules":{"flask":"3.0"}})", u"packages/flask"_s, u"3.0"_s);
    row("template", R"({"template":{"filename":"a.html","lineno":3,"context_line":"x"}})",
        u"entries/0/data/context/0/0"_s, 3);
    row("images", R"({"debug_meta":{"images":[{"type":"elf"}]}})", u"entries/0/data/images/0/type"_s,
        u"elf"_s);
    row("a frame without file name",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"abs_path":"https://a.example/static/x.js?v=1"}]}}]})",
        u"entries/0/data/values/0/stacktrace/frames/0/filename"_s, u"/static/x.js"_s);
    row("a function of ?",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"function":"?","filename":"a"}]}}]})",
        u"entries/0/data/values/0/stacktrace/frames/0/function"_s, QJsonValue());
}

void TestNormalise::forms()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, path);
    QFETCH(QJsonValue, value);
    const QJsonObject event = renderedEvent(payload);
    QCOMPARE(valueAt(event, path), value);
    QCOMPARE(event[u"errors"_s].toArray().size(), 0);
}

void TestNormalise::wrongTypes_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* name, const char* payload) {
        QTest::newRow(name) << QByteArray(payload) << QString::fromLatin1(name);
    };
    row("event_id", R"({"event_id":"not an id"})");
    row("timestamp", R"({"timestamp":{"a":1}})");
    row("platform", R"({"platform":["python"]})");
    row("level", R"({"level":"loud"})");
    row("logger", R"({"logger":{}})");
    row("transaction", R"({"transaction":["a"]})");
    row("server_name", R"({"server_name":{}})");
    row("release", R"({"release":[1]})");
    row("dist", R"({"dist":{}})");
    row("environment", R"({"environment":[]})");
    row("tags", R"({"tags":"a=b"})");
    row("tags.a", R"({"tags":{"a":{"b":1}}})");
    row("extra", R"({"extra":"x"})");
    row("modules", R"({"modules":7})");
    row("fingerprint", R"({"fingerprint":{"a":1}})");
    row("user", R"({"user":"ann"})");
    row("user.geo", R"({"user":{"id":"1","geo":"here"}})");
    row("user.data", R"({"user":{"id":"1","data":[1]}})");
    row("user.email", R"({"user":{"id":"1","email":{"a":1}}})");
    row("request", R"({"request":"GET /"})");
    row("request.url", R"({"request":{"url":["x"]}})");
    row("request.headers", R"({"request":{"headers":7}})");
    row("request.query_string", R"({"request":{"method":"GET","query_string":7}})");
    row("request.fragment", R"({"request":{"fragment":[1]}})");
    row("request.method", R"({"request":{"method":{}}})");
    row("request.api_target", R"({"request":{"api_target":{}}})");
    row("contexts", R"({"contexts":[1]})");
    row("contexts.os", R"({"contexts":{"os":"Linux"}})");
    row("sdk", R"({"sdk":"x"})");
    row("sdk.version", R"({"sdk":{"name":"x","version":[1]}})");
    row("breadcrumbs", R"({"breadcrumbs":"x"})");
    row("exception", R"({"exception":"boom"})");
    row("exception.values", R"({"exception":{"values":["boom"]}})");
    row("exception.values.0.type", R"({"exception":{"values":[{"type":{"a":1},"value":"v"}]}})");
    row("exception.values.0.mechanism", R"({"exception":{"values":[{"type":"E","mechanism":"generic"}]}})");
    row("exception.values.0.mechanism.handled",
        R"({"exception":[{"type":"E","mechanism":{"type":"m","handled":"no"}}]})");
    row("exception.values.0.mechanism.synthetic",
        R"({"exception":[{"type":"E","mechanism":{"type":"m","synthetic":1}}]})");
    row("threads", R"({"threads":true})");
    row("threads.values", R"({"threads":[{"id":1},"x"]})");
    row("stacktrace", R"({"stacktrace":"at f"})");
    row("stacktrace.frames", R"({"exception":[{"type":"E","stacktrace":{"frames":["f"]}}]})");
    row("exception.values.0.stacktrace.frames.0.filename",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"filename":7}]}}]})");
    row("exception.values.0.stacktrace.frames.0.abs_path",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"abs_path":[1]}]}}]})");
    row("exception.values.0.stacktrace.frames.0.function",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"function":{}}]}}]})");
    row("exception.values.0.stacktrace.frames.0.module",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"module":7}]}}]})");
    row("exception.values.0.stacktrace.frames.0.package",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"package":true}]}}]})");
    row("exception.values.0.stacktrace.frames.0.platform",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"platform":[1]}]}}]})");
    row("exception.values.0.stacktrace.frames.0.lineno",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"lineno":"x"}]}}]})");
    row("exception.values.0.stacktrace.frames.0.colno",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"colno":{}}]}}]})");
    row("exception.values.0.stacktrace.frames.0.in_app",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"in_app":"yes"}]}}]})");
    row("exception.values.0.stacktrace.frames.0.vars",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"vars":"a=1"}]}}]})");
    row("exception.values.0.stacktrace.frames.0.context_line",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"context_line":[1]}]}}]})");
    row("exception.values.0.stacktrace.frames.0.raw_function",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"raw_function":{}}]}}]})");
    row("exception.values.0.stacktrace.frames.0.instruction_addr",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"instruction_addr":[1]}]}}]})");
    row("exception.values.0.stacktrace.frames.0.trust",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"trust":{}}]}}]})");
    row("exception.values.0.stacktrace.frames.0.pre_context",
        R"({"exception":[{"type":"E","stacktrace":{"frames":[{"context_line":"x","pre_context":"y"}]}}]})");
    row("exception.values.0.stacktrace", R"({"exception":[{"type":"E","stacktrace":"at f"}]})");
    row("exception.values.0.raw_stacktrace.frames.0.lineno",
        R"({"exception":[{"type":"E","raw_stacktrace":{"frames":[{"lineno":[1]}]}}]})");
    row("threads.values.0.stacktrace.frames.0.lineno",
        R"({"threads":[{"id":1,"stacktrace":{"frames":[{"lineno":[1]}]}}]})");
    row("stacktrace.frames.0.lineno", R"({"stacktrace":{"frames":[{"lineno":[1]}]}})");
    row("template.lineno", R"({"template":{"filename":"a","lineno":[1]}})");
    row("breadcrumbs.values.0.timestamp", R"({"breadcrumbs":[{"message":"m","timestamp":"soon"}]})");
    row("breadcrumbs.values.0.type", R"({"breadcrumbs":[{"message":"m","type":[1]}]})");
    row("breadcrumbs.values.0.category", R"({"breadcrumbs":[{"message":"m","category":{"a":1}}]})");
    row("breadcrumbs.values.0.level", R"({"breadcrumbs":[{"message":"m","level":"loud"}]})");
    row("breadcrumbs.values.0.event_id", R"({"breadcrumbs":[{"message":"m","event_id":[1]}]})");
    row("logentry", R"({"logentry":[1]})");
    row("logentry.formatted", R"({"logentry":{"message":"m","formatted":[1]}})");
    row("logentry.message", R"({"logentry":{"message":{},"formatted":"m"}})");
    row("logentry.params", R"({"logentry":{"message":"m","params":7}})");
    row("template", R"({"template":"a.html"})");
    row("debug_meta", R"({"debug_meta":[1]})");
    row("errors", R"({"errors":"none"})");
    row("_meta", R"({"_meta":[1]})");
    row("csp", R"({"csp":"blocked"})");
}

void TestNormalise::wrongTypes()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, name);
    QVERIFY(!factsOf(payload).eventId.empty()); // the event is taken all the same
    const QJsonObject event = renderedEvent(payload);
    QStringList named;
    for (const QJsonValue& error : event[u"errors"_s].toArray()) {
        QCOMPARE(error[u"type"_s].toString(), u"invalid_data"_s);
        named << error[u"data"_s][u"name"_s].toString();
    }
    QCOMPARE(named, QStringList{name});
}

void TestNormalise::cuts_data()
{
    QTest::addColumn<QByteArray>("payload"); // % stands for the long text
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("limit");
    const auto row = [](const char* name, const char* payload, const QString& path, int limit) {
        QTest::newRow(name) << QByteArray(payload) << path << limit;
    };
    row("message", R"({"message":"%"})", u"entries/0/data/formatted"_s, 8192);
    row("exception value", R"({"exception":[{"type":"A"},{"type":"E","value":"%"}]})",
        u"entries/0/data/values/1/value"_s, 8192);
    row("exception type", R"({"exception":[{"type":"%"}]})", u"entries/0/data/values/0/type"_s, 256);
    row("tag", R"({"tags":{"a":"%"}})", u"tags/0/value"_s, 200);
    row("tag's key", R"({"tags":{"%":"a"}})", u"tags/1/key"_s, 200);
    row("user's email", R"({"user":{"email":"%"}})", u"user/email"_s, 128);
    row("release", R"({"release":"%"})", u"tags/1/value"_s, 200);
    row("environment", R"({"environment":"%"})", u"tags/0/value"_s, 64);
    row("server name", R"({"server_name":"%"})", u"tags/1/value"_s, 200);
    row("transaction", R"({"transaction":"%"})", u"tags/1/value"_s, 200);
    row("address", R"({"request":{"url":"%"}})", u"entries/0/data/url"_s, 2048);
}

void TestNormalise::cuts()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, path);
    QFETCH(int, limit);
    // Characters are counted, not bytes.
    const QString text = u"z\u00e9"_s.repeated(limit);
    const QJsonObject event = renderedEvent(payload.replace("%", text.toUtf8()));
    const QString shown = valueAt(event, path).toString();
    QCOMPARE(shown.size(), limit);
    QCOMPARE(shown, text.left(limit - 3) + u"..."_s);
    const QJsonObject mark = markAt(event, path);
    QCOMPARE(mark[u"len"_s].toInt(), 2 * limit);
    QCOMPARE(mark[u"rem"_s][0].toArray(), (QJsonArray{u"!limit"_s, u"s"_s, limit - 3, limit}));
    QVERIFY(std::any_of(event[u"errors"_s].toArray().begin(), event[u"errors"_s].toArray().end(),
        [](const QJsonValue& error) { return error[u"type"_s].toString() == u"value_too_long"_s; }));
}

void TestNormalise::listsThatAreCut()
{
    QByteArray tags;
    QByteArray crumbs;
    for (int i = 0; i < 1'500; ++i) {
        tags += (i > 0 ? ",\"t" : "\"t") + QByteArray::number(i) + "\":\"x\"";
        crumbs += (i > 0 ? ",{\"message\":\"" : "{\"message\":\"") + QByteArray::number(i) + "\"}";
    }
    const QJsonObject event = renderedEvent("{\"tags\":{" + tags + "},\"breadcrumbs\":[" + crumbs + "]}");
    QCOMPARE(markAt(event, u"tags"_s)[u"len"_s].toInt(), 1'500);
    QCOMPARE(markAt(event, u"entries/0/data/values"_s)[u"len"_s].toInt(), 1'500);
}

void TestNormalise::droppedValuesStayInMeta()
{
    const QJsonObject event =
        renderedEvent(R"({"user":{"id":"1","email":{"a":1}},"contexts":{"os":"Linux"}})");
    QVERIFY(event[u"user"_s][u"email"_s].isNull());
    QCOMPARE(markAt(event, u"user/email"_s)[u"err"_s][0].toString(), u"invalid_data"_s);
    QCOMPARE(markAt(event, u"user/email"_s)[u"val"_s].toString(), uR"({"a":1})"_s);
    QCOMPARE(markAt(event, u"contexts/os"_s)[u"val"_s].toString(), uR"("Linux")"_s);
}

void TestNormalise::mendedJson_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("what");
    QTest::newRow("no UTF-8") << QByteArray("{\"message\":\"a\xff\"}") << u"bytes that are no UTF-8"_s;
    QTest::newRow("half an emoji") << QByteArray(R"({"message":"a\ud83d"})") << u"half of a surrogate pair"_s;
    QTest::newRow("escape") << QByteArray(R"({"message":"a\q"})") << u"a bad escape"_s;
    QTest::newRow("NaN") << QByteArray(R"({"message":"a","extra":{"n":NaN}})") << u"NaN or Infinity"_s;
    QTest::newRow("a large number") << QByteArray(R"({"extra":{"n":123456789012345678901234567890}})")
                                    << QString(); // whole, as a text
}

void TestNormalise::mendedJson()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, what);
    const QJsonArray errors = renderedEvent(payload)[u"errors"_s].toArray();
    QCOMPARE(errors.size(), what.isEmpty() ? 0 : 1);
    if (what.isEmpty())
        return;
    QCOMPARE(errors[0][u"type"_s].toString(), u"mended_json"_s);
    QCOMPARE(errors[0][u"data"_s][u"value"_s].toString(), what);
}

void TestNormalise::filledInAddress()
{
    collector::ReceiveContext context = arrival();
    context.remoteAddress = "127.0.0.1";
    const QJsonObject event = renderedEvent(R"({"user":{"ip_address":"{{auto}}"}})", context);
    const QString address = event[u"user"_s][u"ip_address"_s].toString();
    QVERIFY(!address.isEmpty() && address != u"{{auto}}"_s);
    QCOMPARE(markAt(event, u"user/ip_address"_s)[u"rem"_s][0].toArray(),
        (QJsonArray{u"@ip:auto"_s, u"s"_s, 0, address.size()}));
    const QJsonObject told = renderedEvent(R"({"user":{"ip_address":"10.0.0.9"}})", context);
    QCOMPARE(told[u"user"_s][u"ip_address"_s].toString(), u"10.0.0.9"_s);
    QVERIFY(markAt(told, u"user/ip_address"_s).isEmpty());
    // Nobody asked for it: who sends from this machine is no news.
    QVERIFY(renderedEvent(R"({"user":{"id":"7"}})", context)[u"user"_s][u"ip_address"_s].isNull());
}

void TestNormalise::scrubbedValues()
{
    const QJsonObject event =
        renderedEvent(R"({"user":{"id":"1","email":"[Filtered]"},"extra":{"pin":"[Filtered]","x":"y"},
        "tags":{"token":"[Filtered]"},"request":{"url":"https://a/?key=[Filtered]&b=c",
        "headers":{"Accept":"x","Authorization":"[Filtered]"},"cookies":{"sid":"[Filtered]"}}})");
    const QJsonArray mark{u"@sdk:filtered"_s, u"s"_s, 0, 10};
    for (const QString& path :
        {u"user/email"_s, u"context/pin"_s, u"tags/1/value"_s, u"entries/0/data/headers/1/1"_s,
            u"entries/0/data/cookies/0/1"_s, u"entries/0/data/query/0/1"_s}) {
        QVERIFY2(valueAt(event, path).toString() == u"[Filtered]"_s, qPrintable(path));
        QCOMPARE(markAt(event, path)[u"rem"_s][0].toArray(), mark);
    }
    QVERIFY(markAt(event, u"context/x"_s).isEmpty());
    QVERIFY(markAt(event, u"entries/0/data/headers/0/1"_s).isEmpty());
    QCOMPARE(event[u"errors"_s].toArray().size(), 0); // no fault of anybody
}

void TestNormalise::theSdksMarksWin()
{
    const QJsonObject event = renderedEvent(R"({"user":{"email":"[Filtered]","id":"[Filtered]"},
        "_meta":{"user":{"email":{"":{"rem":[["!config","s"]]}}}}})");
    QCOMPARE(markAt(event, u"user/email"_s)[u"rem"_s][0][0].toString(), u"!config"_s);
    QCOMPARE(markAt(event, u"user/id"_s)[u"rem"_s][0][0].toString(), u"@sdk:filtered"_s);
}

void TestNormalise::agentsGiveContexts()
{
    const QJsonObject event = renderedEvent(
        R"({"request":{"headers":{"User-Agent":"Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1"}}})");
    QCOMPARE(tagOf(event, u"browser.name"_s), u"Mobile Safari"_s);
    QCOMPARE(tagOf(event, u"os.name"_s), u"iOS"_s);
    QCOMPARE(tagOf(event, u"device.family"_s), u"iPhone"_s);
    QCOMPARE(event[u"contexts"_s][u"browser"_s][u"type"_s].toString(), u"browser"_s);
    QCOMPARE(event[u"contexts"_s][u"device"_s][u"family"_s].toString(), u"iPhone"_s);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestNormalise)
#include "tst_normalise.moc"
