// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include "tests/app/collector/event/eventfixtures.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// The full event that the web API answers. Contract section 9.
class TestRender final : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsLost_data();
    void nothingIsLost();
    void entriesInOrder();
    void frame();
    void request();
    void phpsRequest();
    void breadcrumbs();
    void userAndContexts();
    void errorsSayWhatWasDropped();
    void sdkErrorsPass();
    void metaFollowsItsValues();
    void thousandsOfFrames();
    void manyStacks();
    void thousandsOfTagsAndBreadcrumbs();
    void neighboursAndIds();
};

void TestRender::nothingIsLost_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const QString& name : ownEventNames())
        QTest::newRow(qPrintable(name)) << ownEvent(name);
}

void TestRender::nothingIsLost()
{
    QFETCH(QByteArray, json);
    const Holdings sent = sentIn(json);
    const Holdings answered = answeredIn(renderedEvent(json));
    QCOMPARE(answered.exceptions, sent.exceptions);
    QCOMPARE(answered.frames, sent.frames);
    QCOMPARE(answered.threadFrames, sent.threadFrames);
    QCOMPARE(answered.breadcrumbs, sent.breadcrumbs);
    for (const QString& key : sent.tagKeys)
        QVERIFY2(answered.tagKeys.contains(key), qPrintable(key));
}

void TestRender::entriesInOrder()
{
    QCOMPARE(entryTypes(renderedEvent(ownEvent(u"node-chained"_s))),
        (QStringList{u"exception"_s, u"breadcrumbs"_s, u"request"_s}));
    QCOMPARE(entryTypes(renderedEvent(ownEvent(u"cocoa-threads"_s))),
        (QStringList{u"exception"_s, u"threads"_s, u"debugmeta"_s}));
    QCOMPARE(
        entryTypes(renderedEvent(ownEvent(u"java-lambda"_s))), (QStringList{u"message"_s, u"exception"_s}));
    QCOMPARE(entryTypes(renderedEvent(ownEvent(u"csp-report"_s))), (QStringList{u"message"_s, u"csp"_s}));
    QCOMPARE(entryTypes(renderedEvent(ownEvent(u"empty"_s))), QStringList());
    QCOMPARE(entryData(renderedEvent(ownEvent(u"csp-report"_s)), u"csp"_s)[u"blocked_uri"_s].toString(),
        u"https://cdn.example.net/pixel.gif"_s);
}

void TestRender::frame()
{
    const QJsonObject event = renderedEvent(ownEvent(u"node-chained"_s));
    const QJsonObject exceptions = entryData(event, u"exception"_s);
    QVERIFY(exceptions[u"hasSystemFrames"_s].toBool());
    const QJsonValue last = exceptions[u"values"_s].toArray().last();
    QCOMPARE(last[u"type"_s].toString(), u"CheckoutError"_s);
    QCOMPARE(last[u"mechanism"_s][u"handled"_s], QJsonValue(false));
    const QJsonObject frame = last[u"stacktrace"_s][u"frames"_s][1].toObject();
    QCOMPARE(frame[u"lineNo"_s], QJsonValue(77));
    QCOMPARE(frame[u"colNo"_s], QJsonValue(11));
    QCOMPARE(frame[u"inApp"_s], QJsonValue(true));
    QCOMPARE(frame[u"absPath"_s].toString(), u"/srv/shop/dist/routes.js"_s);
    QCOMPARE(frame[u"context"_s].toArray(),
        (QJsonArray{QJsonArray{76, u"  } catch (cause) {"_s},
            QJsonArray{77, u"    throw new CheckoutError(order.id, { cause });"_s},
            QJsonArray{78, u"  }"_s}}));
    QCOMPARE(frame[u"vars"_s][u"order"_s][u"id"_s], QJsonValue(991));
    // A line that was not sent is an empty list, not a null.
    const QJsonValue library = last[u"stacktrace"_s][u"frames"_s][0];
    QVERIFY(library[u"context"_s].isArray() && library[u"context"_s].toArray().isEmpty());
    QVERIFY(library[u"vars"_s].isNull());

    // Native code without in_app: told from the library; the module of a page's script from its address.
    const QJsonArray native = entryData(renderedEvent(ownEvent(u"cocoa-threads"_s)),
        u"exception"_s)[u"values"_s][0][u"stacktrace"_s][u"frames"_s]
                                  .toArray();
    QCOMPARE(native[1][u"inApp"_s], QJsonValue(true));
    QCOMPARE(native[2][u"inApp"_s], QJsonValue(false));
    QCOMPARE(native[1][u"instructionAddr"_s].toString(), u"0x100b92000"_s);
    const QJsonValue page = entryData(renderedEvent(ownEvent(u"browser-chrome"_s)),
        u"exception"_s)[u"values"_s][0][u"stacktrace"_s][u"frames"_s][0];
    QCOMPARE(page[u"module"_s].toString(), u"assets/app"_s);
    QCOMPARE(page[u"filename"_s].toString(), u"/assets/app.js"_s);
    QCOMPARE(page[u"absPath"_s].toString(), u"http://localhost:8000/assets/app.js"_s);
}

void TestRender::request()
{
    const QJsonObject data = entryData(renderedEvent(ownEvent(u"node-chained"_s)), u"request"_s);
    QCOMPARE(data[u"url"_s].toString(), u"https://shop.example.org/checkout"_s);
    QCOMPARE(data[u"method"_s].toString(), u"POST"_s);
    QCOMPARE(data[u"fragment"_s].toString(), u"top"_s);
    QCOMPARE(data[u"query"_s].toArray(),
        (QJsonArray{QJsonArray{u"step"_s, u"pay"_s}, QJsonArray{u"step"_s, u"done"_s}}));
    QCOMPARE(data[u"cookies"_s].toArray(),
        (QJsonArray{QJsonArray{u"sid"_s, u"abc"_s}, QJsonArray{u"theme"_s, u"dark"_s}}));
    QStringList names;
    for (const QJsonValue& header : data[u"headers"_s].toArray())
        names << header[0].toString();
    QCOMPARE(names, (QStringList{u"Content-Type"_s, u"User-Agent"_s})); // sorted, the cookie apart
    QCOMPARE(data[u"inferredContentType"_s].toString(), u"application/json"_s);
    QCOMPARE(data[u"data"_s][u"card"_s].toString(), u"[Filtered]"_s);
}

void TestRender::phpsRequest()
{
    const QJsonObject data = entryData(renderedEvent(ownEvent(u"php-message"_s)), u"request"_s);
    QCOMPARE(data[u"query"_s].toArray(), (QJsonArray{QJsonArray{u"next"_s, u"/home"_s}}));
    QCOMPARE(
        data[u"cookies"_s].toArray(), (QJsonArray{QJsonArray{u"a"_s, u"1"_s}, QJsonArray{u"b"_s, u"2"_s}}));
    QCOMPARE(data[u"headers"_s][0].toArray(), (QJsonArray{u"Accept"_s, u"text/html"_s}));
}

void TestRender::breadcrumbs()
{
    const QJsonObject data = entryData(renderedEvent(ownEvent(u"node-chained"_s)), u"breadcrumbs"_s);
    const QJsonObject first = data[u"values"_s][0].toObject();
    QCOMPARE(first[u"timestamp"_s].toString(), u"2026-11-20T09:29:50.500Z"_s);
    QCOMPARE(first[u"level"_s].toString(), u"info"_s);
    QVERIFY(first[u"message"_s].isNull());
    QCOMPARE(first[u"data"_s][u"status_code"_s], QJsonValue(200));
    const QJsonObject second = data[u"values"_s][1].toObject();
    QCOMPARE(second[u"type"_s].toString(), u"default"_s);
    QCOMPARE(second[u"level"_s].toString(), u"info"_s); // the SDK's "log"
    QVERIFY(second[u"data"_s].isNull());
    // Shifted like the event itself where the sender's clock is off.
    collector::ReceiveContext late = arrival();
    late.sentAt = late.received - std::chrono::hours(2);
    const QJsonObject shifted = renderedEvent(ownEvent(u"node-chained"_s), late);
    QCOMPARE(entryData(shifted, u"breadcrumbs"_s)[u"values"_s][0][u"timestamp"_s].toString(),
        u"2026-11-20T11:29:50.500Z"_s);
    QCOMPARE(shifted[u"errors"_s][0][u"type"_s].toString(), u"clock_drift"_s);
}

void TestRender::userAndContexts()
{
    const QJsonObject event = renderedEvent(ownEvent(u"node-chained"_s));
    QCOMPARE(event[u"user"_s][u"id"_s].toString(), u"42"_s);
    QCOMPARE(event[u"user"_s][u"email"_s].toString(), u"ann@example.org"_s);
    QCOMPARE(event[u"user"_s][u"data"_s][u"segment"_s].toString(), u"b2b"_s);
    QVERIFY(event[u"user"_s][u"username"_s].isNull());
    const QJsonObject contexts = event[u"contexts"_s].toObject();
    QCOMPARE(contexts[u"os"_s][u"type"_s].toString(), u"os"_s);
    QCOMPARE(contexts[u"cart"_s][u"type"_s].toString(), u"default"_s);
    QCOMPARE(contexts[u"cart"_s][u"items"_s], QJsonValue(3));
    QCOMPARE(contexts[u"browser"_s][u"name"_s].toString(), u"Safari"_s); // from the user agent
    QCOMPARE(event[u"context"_s][u"order"_s][u"total"_s], QJsonValue(12.5));
    QCOMPARE(event[u"packages"_s][u"express"_s].toString(), u"4.19.2"_s);
    QCOMPARE(event[u"sdk"_s][u"version"_s].toString(), u"10.78.0"_s);
    QCOMPARE(event[u"release"_s][u"version"_s].toString(), u"shop@2.4.0"_s);
    for (const QJsonValue& tag : event[u"tags"_s].toArray()) {
        if (tag[u"key"_s].toString() == u"user"_s)
            QCOMPARE(tag[u"query"_s].toString(), u"user.id:42"_s);
    }
    QVERIFY(renderedEvent(ownEvent(u"go-bare-lists"_s))[u"user"_s].isNull());
    QVERIFY(renderedEvent(ownEvent(u"go-bare-lists"_s))[u"release"_s].isNull());
}

void TestRender::errorsSayWhatWasDropped()
{
    QSet<QString> named;
    for (const QJsonValue& error : renderedEvent(ownEvent(u"wrong-types"_s))[u"errors"_s].toArray()) {
        QCOMPARE(error[u"type"_s].toString(), u"invalid_data"_s);
        QVERIFY(!error[u"message"_s].toString().isEmpty());
        named.insert(error[u"data"_s][u"name"_s].toString());
    }
    for (const char* name :
        {"event_id", "timestamp", "level", "logger", "release", "tags", "user", "request", "contexts",
            "exception", "threads", "breadcrumbs", "logentry", "extra", "sdk", "modules", "debug_meta"})
        QVERIFY2(named.contains(QString::fromLatin1(name)), name);
    QCOMPARE(renderedEvent(ownEvent(u"python-locals"_s))[u"errors"_s].toArray().size(), 0);
}

void TestRender::sdkErrorsPass()
{
    const QJsonObject event =
        renderedEvent(R"({"errors":[{"type":"js_no_source","url":"http://a/b.js"},7]})");
    QCOMPARE(event[u"errors"_s].toArray().size(), 1);
    QCOMPARE(event[u"errors"_s][0][u"type"_s].toString(), u"js_no_source"_s);
    QCOMPARE(event[u"errors"_s][0][u"data"_s][u"url"_s].toString(), u"http://a/b.js"_s);
}

void TestRender::metaFollowsItsValues()
{
    const QJsonObject event = renderedEvent(R"({
        "message":"m","user":{"id":"1"},"extra":{"k":"v"},"tags":{"z":"1","a":"2"},
        "request":{"url":"http://a/","headers":{"X-B":"1","Accept":"2","Cookie":"3"}},
        "exception":[{"type":"E","value":"v","stacktrace":{"frames":[{"function":"f","abs_path":"/p","vars":{"my_key":"s"}}]}}],
        "_meta":{"user":{"id":{"":{"len":5}}},"extra":{"k":{"":{"len":6}}},"tags":{"a":{"":{"len":7}}},
            "request":{"headers":{"X-B":{"":{"len":8}},"Cookie":{"":{"rem":[["r","x"]]}}}},
            "exception":{"0":{"stacktrace":{"frames":{"0":{"abs_path":{"":{"len":9}},"vars":{"my_key":{"":{"len":10}}}}}}}}}})");
    const QJsonObject meta = event[u"_meta"_s].toObject();
    QCOMPARE(meta[u"user"_s][u"id"_s][u""_s][u"len"_s], QJsonValue(5));
    QCOMPARE(meta[u"context"_s][u"k"_s][u""_s][u"len"_s], QJsonValue(6));
    QCOMPARE(event[u"tags"_s][0][u"key"_s].toString(), u"a"_s);
    QCOMPARE(meta[u"tags"_s][u"0"_s][u"value"_s][u""_s][u"len"_s], QJsonValue(7));
    QCOMPARE(entryTypes(event), (QStringList{u"message"_s, u"exception"_s, u"request"_s}));
    const QJsonValue headers = meta[u"entries"_s][u"2"_s][u"data"_s][u"headers"_s];
    QCOMPARE(headers[u"1"_s][u"1"_s][u""_s][u"len"_s], QJsonValue(8)); // Accept, X-B
    const QJsonValue frame =
        meta[u"entries"_s][u"1"_s][u"data"_s][u"values"_s][u"0"_s][u"stacktrace"_s][u"frames"_s][u"0"_s];
    QCOMPARE(frame[u"absPath"_s][u""_s][u"len"_s], QJsonValue(9));
    QCOMPARE(frame[u"vars"_s][u"my_key"_s][u""_s][u"len"_s], QJsonValue(10));
}

void TestRender::thousandsOfFrames()
{
    QByteArray frames;
    for (int i = 0; i < 2500; ++i)
        frames += (i > 0 ? "," : "") + QByteArray(R"({"function":"f)") + QByteArray::number(i) + R"("})";
    const QByteArray json = R"({"exception":[{"type":"E","stacktrace":{"frames":[)" + frames + "]}}]}";
    const QJsonValue stack = entryData(renderedEvent(json), u"exception"_s)[u"values"_s][0][u"stacktrace"_s];
    const QJsonArray shown = stack[u"frames"_s].toArray();
    QCOMPARE(shown.size(), 1000);
    QCOMPARE(shown.first()[u"function"_s].toString(), u"f0"_s);
    QCOMPARE(shown.last()[u"function"_s].toString(), u"f2499"_s); // the crash is never cut
    QCOMPARE(stack[u"framesOmitted"_s].toArray(), (QJsonArray{500, 2000}));
}

void TestRender::manyStacks()
{
    QByteArray threads;
    for (int i = 0; i < 30; ++i) {
        threads += (i > 0 ? "," : "") + QByteArray(R"({"id":)") + QByteArray::number(i) +
                   R"(,"stacktrace":{"frames":[)" + QByteArray(R"({"function":"f"},)").repeated(899) +
                   R"({"function":"last"}]}})";
    }
    const QJsonArray values =
        entryData(renderedEvent("{\"threads\":[" + threads + "]}"), u"threads"_s)[u"values"_s].toArray();
    QCOMPARE(values.size(), 30);
    qsizetype shown = 0;
    for (const QJsonValue& thread : values) {
        const QJsonValue stack = thread[u"stacktrace"_s];
        const qsizetype here = stack[u"frames"_s].toArray().size();
        shown += here;
        const QJsonArray omitted = stack[u"framesOmitted"_s].toArray();
        QCOMPARE(here + omitted[1].toInt() - omitted[0].toInt(), 900); // what is left out is told
    }
    QCOMPARE(shown, 10'000);
}

void TestRender::thousandsOfTagsAndBreadcrumbs()
{
    QByteArray tags;
    QByteArray crumbs;
    for (int i = 0; i < 1500; ++i) {
        const QByteArray number = QByteArray::number(i);
        tags += (i > 0 ? ",\"t" : "\"t") + number + "\":\"" + number + '"';
        crumbs += (i > 0 ? ",{\"message\":\"" : "{\"message\":\"") + number + "\"}";
    }
    const QJsonObject event = renderedEvent("{\"tags\":{" + tags + "},\"breadcrumbs\":[" + crumbs + "]}");
    QCOMPARE(event[u"tags"_s].toArray().size(), 1001); // and the level
    const QJsonArray shown = entryData(event, u"breadcrumbs"_s)[u"values"_s].toArray();
    QCOMPARE(shown.size(), 1000);
    QCOMPARE(shown.last()[u"message"_s].toString(), u"1499"_s);
    QStringList told;
    for (const QJsonValue& error : event[u"errors"_s].toArray()) {
        if (error[u"type"_s].toString() == u"too_many"_s)
            told << error[u"data"_s][u"name"_s].toString();
    }
    QCOMPARE(told, (QStringList{u"tags"_s, u"breadcrumbs"_s}));
    QByteArray bad;
    for (int i = 0; i < 150; ++i)
        bad += (i > 0 ? ",\"t" : "\"t") + QByteArray::number(i) + "\":{}";
    const QJsonArray errors = renderedEvent("{\"tags\":{" + bad + "}}")[u"errors"_s].toArray();
    QCOMPARE(errors.size(), 101); // more than are listed one by one
    QCOMPARE(errors.last()[u"type"_s].toString(), u"too_many"_s);
    QCOMPARE(errors.last()[u"data"_s][u"value"_s].toInt(), 50);
}

void TestRender::neighboursAndIds()
{
    const json::Document document = parsed(ownEvent(u"python-locals"_s));
    collector::RenderContext context;
    context.issueId = "7";
    context.projectId = "3";
    context.previousId = std::string(32, 'a');
    context.size = 99;
    context.received = arrival();
    const QJsonObject event =
        QJsonDocument::fromJson(QByteArray::fromStdString(renderFullEvent(document.root(), context)))
            .object();
    QCOMPARE(event[u"groupID"_s].toString(), u"7"_s);
    QCOMPARE(event[u"projectID"_s].toString(), u"3"_s);
    QCOMPARE(event[u"previousEventID"_s].toString(), QString(32, u'a'));
    QVERIFY(event[u"nextEventID"_s].isNull());
    QCOMPARE(event[u"size"_s], QJsonValue(99));
    QCOMPARE(event[u"eventID"_s].toString(), u"11111111111111111111111111111116"_s);
    QCOMPARE(event[u"dateReceived"_s].toString(), u"2026-11-20T10:00:00.000Z"_s);
    QCOMPARE(event[u"fingerprints"_s].toArray().size(), 2);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestRender)
#include "tst_render.moc"
