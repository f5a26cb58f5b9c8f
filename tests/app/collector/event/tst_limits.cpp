// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QTest>

#include "tests/app/collector/event/eventfixtures.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// The limits of contract section 12 on what has no fixed shape, and on frames and breadcrumbs: what does not
/// fit is cut where the reader sees it, with its original length in `_meta`; the rest stays as it was sent.
class TestLimits final : public QObject
{
    Q_OBJECT

private slots:
    void texts_data();
    void texts();
    void textsThatFitStay_data();
    void textsThatFitStay();
    void maps_data();
    void maps();
    void pairsOfTheRequest_data();
    void pairsOfTheRequest();
    void modulesAreMany();
    void longLists();
    void extraInAll();
    void nestedValues();
    void marksFollowOmittedFrames();
    void eachCutIsMarked();
    void marksAmongTheSdks();
    void valuesThatNameNothing();
    void boundsParameters();
    void boundsTheAnswer_data();
    void boundsTheAnswer();
};

namespace {

QStringList errorNames(const QJsonObject& event)
{
    QStringList names;
    for (const QJsonValue& error : event[u"errors"_s].toArray())
        names << error[u"type"_s].toString() + u' ' + error[u"data"_s][u"name"_s].toString();
    return names;
}

/// `"k0":1,"k1":1,...`
QByteArray pairs(int count, const QByteArray& value = "1")
{
    QByteArray out;
    for (int i = 0; i < count; ++i)
        out += (i > 0 ? ",\"k" : "\"k") + QByteArray::number(i) + "\":" + value;
    return out;
}

QByteArray frameWith(const QByteArray& members)
{
    return R"({"exception":[{"type":"A"},{"type":"E","stacktrace":{"frames":[{"function":"f"},{)" + members +
           "}]}}]}";
}

const QString frame = u"entries/0/data/values/1/stacktrace/frames/1/"_s;

} // namespace

void TestLimits::texts_data()
{
    QTest::addColumn<QByteArray>("payload"); // % stands for the long text
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name"); // in `errors`
    QTest::addColumn<int>("least");    // characters that are shown of 300,000
    QTest::addColumn<int>("most");
    const auto row = [](const char* name, const QByteArray& payload, const QString& path,
                         const QString& noted, int least,
                         int most) { QTest::newRow(name) << payload << path << noted << least << most; };
    const QString stack = u"exception.values.1.stacktrace.frames.1."_s;
    for (const auto& [sent, shown] : {std::pair<const char*, const char*>{"filename", "filename"},
             {"abs_path", "absPath"}, {"function", "function"}, {"module", "module"}, {"package", "package"},
             {"raw_function", "rawFunction"}, {"symbol", "symbol"}, {"instruction_addr", "instructionAddr"},
             {"source_link", "sourceLink"}})
        row(sent, frameWith('"' + QByteArray(sent) + R"(":"%","lineno":1)"), frame + QLatin1String(shown),
            stack + QLatin1String(sent), 256, 256);
    row("line of source", frameWith(R"("lineno":2,"pre_context":["a"],"context_line":"%")"),
        frame + u"context/1/1"_s, stack + u"context_line"_s, 256, 256);
    row("line before", frameWith(R"("lineno":2,"pre_context":["%"],"context_line":"a")"),
        frame + u"context/0/1"_s, stack + u"pre_context.0"_s, 256, 256);
    row("variable", frameWith(R"("vars":{"a":"%"})"), frame + u"vars/a"_s, stack + u"vars.a"_s, 8'100, 8'192);
    row("variable in a list", frameWith(R"("vars":["b",["%"]])"), frame + u"vars/1/0"_s,
        stack + u"vars.1.0"_s, 8'100, 8'192);
    row("context", R"({"contexts":{"os":{"name":"%"}}})", u"contexts/os/name"_s, u"contexts.os.name"_s, 8'100,
        8'192);
    row("extra", R"({"extra":{"a.b":"%"}})", u"context/a.b"_s, u"extra.a.b"_s, 16'300, 16'384);
    row("request body", R"({"request":{"data":"%"}})", u"entries/0/data/data"_s, u"request.data"_s, 8'100,
        8'192);
    row("within a request body", R"({"request":{"data":{"a":[1,"%"]}}})", u"entries/0/data/data/a/1"_s,
        u"request.data.a.1"_s, 8'100, 8'192);
    row("breadcrumb message", R"({"breadcrumbs":[{},{"message":"%"}]})", u"entries/0/data/values/1/message"_s,
        u"breadcrumbs.values.1.message"_s, 8'192, 8'192);
    row("breadcrumb category", R"({"breadcrumbs":[{"category":"%"}]})", u"entries/0/data/values/0/category"_s,
        u"breadcrumbs.values.0.category"_s, 256, 256);
    row("breadcrumb data", R"({"breadcrumbs":[{"data":{"a":{"b":"%"}}}]})",
        u"entries/0/data/values/0/data/a/b"_s, u"breadcrumbs.values.0.data.a.b"_s, 8'100, 8'192);
    row("thread", R"({"threads":[{"id":1,"stacktrace":{"frames":[{"function":"%"}]}}]})",
        u"entries/0/data/values/0/stacktrace/frames/0/function"_s,
        u"threads.values.0.stacktrace.frames.0.function"_s, 256, 256);
    row("old stack", R"({"stacktrace":{"frames":[{"function":"%"}]}})", u"entries/0/data/frames/0/function"_s,
        u"stacktrace.frames.0.function"_s, 256, 256);
    row("raw stack", R"({"exception":[{"type":"E","raw_stacktrace":{"frames":[{"function":"%"}]}}]})",
        u"entries/0/data/values/0/rawStacktrace/frames/0/function"_s,
        u"exception.values.0.raw_stacktrace.frames.0.function"_s, 256, 256);
    row("header", R"({"request":{"headers":{"B":"b","x-a":"%"}}})", u"entries/0/data/headers/1/1"_s,
        u"request.headers.X-A"_s, 8'100, 8'192);
    row("cookie in a map", R"({"request":{"cookies":{"a":"%"}}})", u"entries/0/data/cookies/0/1"_s,
        u"request.cookies.a"_s, 2'000, 2'048);
    row("cookie in a text", R"({"request":{"cookies":"b=1; a=%"}})", u"entries/0/data/cookies/1/1"_s,
        u"request.cookies.a"_s, 2'000, 2'048);
    row("query", R"({"request":{"query_string":"?q=%"}})", u"entries/0/data/query/0/1"_s,
        u"request.query_string.q"_s, 1'000, 1'024);
    row("query in the address", R"({"request":{"url":"http://h/p?q=%"}})", u"entries/0/data/query/0/1"_s,
        u"request.query_string.q"_s, 1'000, 1'024);
    row("fragment", R"({"request":{"fragment":"%"}})", u"entries/0/data/fragment"_s, u"request.fragment"_s,
        1'024, 1'024);
    row("fragment in the address", R"({"request":{"url":"http://h/p#%"}})", u"entries/0/data/fragment"_s,
        u"request.fragment"_s, 1'024, 1'024);
    row("method", R"({"request":{"method":"%"}})", u"entries/0/data/method"_s, u"request.method"_s, 32, 32);
    for (const auto& [sent, most] : {std::pair<const char*, int>{"type", 128}, {"source", 128},
             {"help_link", 256}, {"description", 8'192}})
        row(sent, R"({"exception":[{"type":"E","mechanism":{")" + QByteArray(sent) + R"(":"%"}}]})",
            u"entries/0/data/values/0/mechanism/"_s + QLatin1String(sent),
            u"exception.values.0.mechanism."_s + QLatin1String(sent), most, most);
    row("mechanism's data", R"({"exception":[{"type":"E","mechanism":{"data":{"a":{"b":"%"}}}}]})",
        u"entries/0/data/values/0/mechanism/data/a/b"_s, u"exception.values.0.mechanism.data.a.b"_s, 2'000,
        2'048);
    row("mechanism's meta", R"({"exception":[{"type":"E","mechanism":{"meta":{"signal":{"name":"%"}}}}]})",
        u"entries/0/data/values/0/mechanism/meta/signal/name"_s,
        u"exception.values.0.mechanism.meta.signal.name"_s, 2'000, 2'048);
    row("mechanism's others", R"({"exception":[{"type":"E","mechanism":{"a_b":"%"}}]})",
        u"entries/0/data/values/0/mechanism/a_b"_s, u"exception.values.0.mechanism.a_b"_s, 8'100, 8'192);
    row("exception's module", R"({"exception":[{"type":"E","module":"%"}]})",
        u"entries/0/data/values/0/module"_s, u"exception.values.0.module"_s, 256, 256);
    row("module", R"({"modules":{"a":"1","b":"%"}})", u"packages/b"_s, u"modules.b"_s, 8'100, 8'192);
    row("message template", R"({"logentry":{"message":"%","formatted":"m"}})", u"entries/0/data/message"_s,
        u"logentry.message"_s, 8'192, 8'192);
    row("parameter", R"({"logentry":{"message":"m {}","formatted":"m","params":[1,"%"]}})",
        u"entries/0/data/params/1"_s, u"logentry.params.1"_s, 2'000, 2'048);
    row("user's data", R"({"user":{"id":"7","data":{"a":"%"}}})", u"user/data/a"_s, u"user.data.a"_s, 8'100,
        8'192);
    row("user's others", R"({"user":{"id":"7","plan":"%"}})", u"user/data/plan"_s, u"user.plan"_s, 8'100,
        8'192);
    row("user's place", R"({"user":{"id":"7","geo":{"city":"%"}}})", u"user/geo/city"_s, u"user.geo.city"_s,
        8'100, 8'192);
    row("thread's state", R"({"threads":[{"id":1,"state":"%"}]})", u"entries/0/data/values/0/state"_s,
        u"threads.values.0.state"_s, 256, 256);
    row("registers", R"({"stacktrace":{"frames":[{"function":"f"}],"registers":{"a":"%"}}})",
        u"entries/0/data/registers/a"_s, u"stacktrace.registers.a"_s, 8'100, 8'192);
    row("template", R"({"template":{"filename":"%"}})", u"entries/0/data/filename"_s, u"template.filename"_s,
        256, 256);
}

void TestLimits::texts()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, path);
    QFETCH(QString, name);
    QFETCH(int, least);
    QFETCH(int, most);
    const QString text = u"abcdefghij"_s.repeated(30'000);
    const QJsonObject event = renderedEvent(payload.replace("%", text.toUtf8()));
    const QString shown = valueAt(event, path).toString();
    QVERIFY2(shown.size() >= least && shown.size() <= most, qPrintable(QString::number(shown.size())));
    QCOMPARE(shown, text.left(shown.size() - 3) + u"..."_s);
    const QJsonObject mark = markAt(event, path);
    QCOMPARE(mark[u"len"_s].toInt(), text.size());
    QCOMPARE(mark[u"rem"_s][0].toArray(), (QJsonArray{u"!limit"_s, u"s"_s, shown.size() - 3, shown.size()}));
    QVERIFY2(
        errorNames(event).contains(u"value_too_long "_s + name), qPrintable(errorNames(event).join(u';')));
}

void TestLimits::textsThatFitStay_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("length");
    QTest::newRow("function") << frameWith(R"("function":"%")") << frame + u"function"_s << 256;
    QTest::newRow("line") << frameWith(R"("context_line":"%")") << frame + u"context/0/1"_s << 256;
    QTest::newRow("variable") << frameWith(R"("vars":{"a":"%"})") << frame + u"vars/a"_s << 8'000;
    QTest::newRow("context") << QByteArray(R"({"contexts":{"x":{"a":"%"}}})") << u"contexts/x/a"_s << 8'000;
    QTest::newRow("extra") << QByteArray(R"({"extra":{"a":"%"}})") << u"context/a"_s << 16'000;
    QTest::newRow("body") << QByteArray(R"({"request":{"data":"%"}})") << u"entries/0/data/data"_s << 8'000;
    QTest::newRow("breadcrumb") << QByteArray(R"({"breadcrumbs":[{"message":"%"}]})")
                                << u"entries/0/data/values/0/message"_s << 8'192;
    QTest::newRow("header") << QByteArray(R"({"request":{"headers":{"A":"%"}}})")
                            << u"entries/0/data/headers/0/1"_s << 8'000;
    QTest::newRow("cookie") << QByteArray(R"({"request":{"cookies":"a=%"}})")
                            << u"entries/0/data/cookies/0/1"_s << 2'000;
    QTest::newRow("query") << QByteArray(R"({"request":{"url":"http://h/p?q=%"}})")
                           << u"entries/0/data/query/0/1"_s << 1'000;
    QTest::newRow("mechanism") << QByteArray(R"({"exception":[{"type":"E","mechanism":{"data":{"a":"%"}}}]})")
                               << u"entries/0/data/values/0/mechanism/data/a"_s << 2'000;
    QTest::newRow("parameter") << QByteArray(R"({"logentry":{"message":"m","formatted":"n","params":["%"]}})")
                               << u"entries/0/data/params/0"_s << 2'000;
}

void TestLimits::textsThatFitStay()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, path);
    QFETCH(int, length);
    const QString text(length, u'x');
    const QJsonObject event = renderedEvent(payload.replace("%", text.toUtf8()));
    QCOMPARE(valueAt(event, path).toString(), text);
    QVERIFY(event[u"errors"_s].toArray().isEmpty());
    QVERIFY(markAt(event, path).isEmpty());
}

void TestLimits::maps_data()
{
    QTest::addColumn<QByteArray>("payload"); // % stands for 80 pairs
    QTest::addColumn<QString>("path");
    QTest::newRow("extra") << QByteArray(R"({"extra":{%}})") << u"context"_s;
    QTest::newRow("within extra") << QByteArray(R"({"extra":{"a":[{%}]}})") << u"context/a/0"_s;
    QTest::newRow("context") << QByteArray(R"({"contexts":{"x":{%}}})") << u"contexts/x"_s;
    QTest::newRow("body") << QByteArray(R"({"request":{"data":{%}}})") << u"entries/0/data/data"_s;
    QTest::newRow("environment") << QByteArray(R"({"request":{"env":{%}}})") << u"entries/0/data/env"_s;
    QTest::newRow("variables") << frameWith(R"("vars":{%})") << frame + u"vars"_s;
    QTest::newRow("breadcrumb") << QByteArray(R"({"breadcrumbs":[{"data":{%}}]})")
                                << u"entries/0/data/values/0/data"_s;
    QTest::newRow("mechanism") << QByteArray(R"({"exception":[{"type":"E","mechanism":{%}}]})")
                               << u"entries/0/data/values/0/mechanism"_s;
    QTest::newRow("mechanism's data")
        << QByteArray(R"({"exception":[{"type":"E","mechanism":{"data":{%}}}]})")
        << u"entries/0/data/values/0/mechanism/data"_s;
    QTest::newRow("parameters") << QByteArray(R"({"logentry":{"message":"m","formatted":"n","params":{%}}})")
                                << u"entries/0/data/params"_s;
    QTest::newRow("user's data") << QByteArray(R"({"user":{"id":"7","data":{%}}})") << u"user/data"_s;
}

void TestLimits::maps()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, path);
    const QByteArray fits = QByteArray(payload).replace("%", pairs(50));
    QVERIFY(renderedEvent(fits)[u"errors"_s].toArray().isEmpty());
    const QJsonObject event = renderedEvent(payload.replace("%", pairs(80)));
    QJsonObject shown = valueAt(event, path).toObject();
    shown.remove(u"type"_s); // that a context always has
    QCOMPARE(shown.size(), 50);
    QVERIFY(shown.contains(u"k0"_s) && shown.contains(u"k49"_s));
    QCOMPARE(markAt(event, path)[u"len"_s].toInt(), 80);
    QCOMPARE(event[u"errors"_s].toArray().size(), 1);
    QCOMPARE(event[u"errors"_s][0][u"type"_s].toString(), u"too_many"_s);
}

void TestLimits::pairsOfTheRequest_data()
{
    QTest::addColumn<QByteArray>("payload"); // % stands for 80 pairs
    QTest::addColumn<QString>("list");
    QByteArray text;
    for (int i = 0; i < 80; ++i)
        text += (i > 0 ? "%k" : "k") + QByteArray::number(i) + "=1";
    const QByteArray query = QByteArray(text).replace('%', '&');
    const QByteArray cookies = QByteArray(text).replace("%", "; ");
    QTest::newRow("headers") << QByteArray(R"({"request":{"headers":{%}}})") << u"headers"_s;
    QTest::newRow("cookies") << QByteArray(R"({"request":{"cookies":{%}}})") << u"cookies"_s;
    QTest::newRow("cookies in a text") << R"({"request":{"cookies":")" + cookies + "\"}}" << u"cookies"_s;
    QTest::newRow("cookies in a header")
        << R"({"request":{"headers":[["Cookie",")" + cookies + "\"]]}}" << u"cookies"_s;
    QTest::newRow("query") << QByteArray(R"({"request":{"query_string":{%}}})") << u"query"_s;
    QTest::newRow("query in a text") << R"({"request":{"query_string":")" + query + "\"}}" << u"query"_s;
    QTest::newRow("query in the address")
        << R"({"request":{"url":"http://h/p?)" + query + "\"}}" << u"query"_s;
}

void TestLimits::pairsOfTheRequest()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, list);
    const QJsonObject event = renderedEvent(payload.replace("%", pairs(80)));
    const QString path = u"entries/0/data/"_s + list;
    const QJsonArray shown = valueAt(event, path).toArray();
    QCOMPARE(shown.size(), 50);
    QCOMPARE(shown[0].toArray().size(), 2);
    QCOMPARE(shown[0][1].toString(), u"1"_s);
    QCOMPARE(markAt(event, path)[u"len"_s].toInt(), 80);
    QCOMPARE(errorNames(event),
        QStringList{u"too_many request."_s + (list == u"query"_s ? u"query_string"_s : list)});
}

void TestLimits::modulesAreMany()
{
    // Programs have hundreds of them, and servers answer all that fit.
    const QJsonObject fits = renderedEvent(R"({"modules":{)" + pairs(400, R"("1.0")") + "}}");
    QCOMPARE(fits[u"packages"_s].toObject().size(), 400);
    QVERIFY(fits[u"errors"_s].toArray().isEmpty());
    const QJsonObject event = renderedEvent(R"({"modules":{)" + pairs(4'000, R"("1.0")") + "}}");
    const qsizetype shown = event[u"packages"_s].toObject().size();
    QVERIFY2(shown > 500 && shown < 800, qPrintable(QString::number(shown))); // 8 KB
    QCOMPARE(markAt(event, u"packages"_s)[u"len"_s].toInt(), 4'000);
    QCOMPARE(errorNames(event), QStringList{u"too_many modules"_s});
}

void TestLimits::longLists()
{
    const QJsonObject event =
        renderedEvent(R"({"extra":{"a":[)" + QByteArray("12345,").repeated(5'000) + "1]}}");
    const QJsonArray shown = event[u"context"_s][u"a"_s].toArray();
    QVERIFY(shown.size() > 2'000 && shown.size() < 3'000); // 16 KB of six bytes each
    QCOMPARE(markAt(event, u"context/a"_s)[u"len"_s].toInt(), 5'001);
    const QJsonObject vars = renderedEvent(frameWith(R"("vars":[)" + QByteArray("1,").repeated(79) + "1]"));
    QCOMPARE(valueAt(vars, frame + u"vars"_s).toObject().size(), 50);
    QCOMPARE(markAt(vars, frame + u"vars"_s)[u"len"_s].toInt(), 80);
}

void TestLimits::extraInAll()
{
    // 40 items that each fit: 16 of them fill what all may have.
    const QByteArray item = '"' + QByteArray(16'000, 'x') + '"';
    const QJsonObject event = renderedEvent(R"({"extra":{)" + pairs(40, item) + "}}");
    qsizetype bytes = 0;
    for (const QJsonValue& value : event[u"context"_s].toObject())
        bytes += value.toString().size();
    QVERIFY2(bytes > 250'000 && bytes <= 262'144, qPrintable(QString::number(bytes)));
    QCOMPARE(markAt(event, u"context"_s)[u"len"_s].toInt(), 40);
}

void TestLimits::nestedValues()
{
    // What comes after the cut is left out, what came before it is whole; numbers, booleans and null too.
    const QByteArray sent =
        R"({"a":1,"b":[true,null,-2.5,"c",{}],"d":{"e":")" + QByteArray(9'000, 'x') + R"(","f":1},"g":2})";
    const QJsonObject event = renderedEvent(R"({"contexts":{"x":)" + sent + "}}");
    const QJsonObject shown = event[u"contexts"_s][u"x"_s].toObject();
    QCOMPARE(shown[u"a"_s], QJsonValue(1));
    QCOMPARE(shown[u"b"_s].toArray(), (QJsonArray{true, QJsonValue(), -2.5, u"c"_s, QJsonObject()}));
    QVERIFY(shown[u"d"_s][u"e"_s].toString().endsWith(u"..."_s));
    QVERIFY(shown[u"d"_s][u"f"_s].isUndefined() && shown[u"g"_s].isUndefined());
    QCOMPARE(markAt(event, u"contexts/x/d/e"_s)[u"len"_s].toInt(), 9'000);
    QCOMPARE(markAt(event, u"contexts/x/d"_s)[u"len"_s].toInt(), 2);
    QCOMPARE(markAt(event, u"contexts/x"_s)[u"len"_s].toInt(), 4);
    // No half of a character at the cut.
    const QJsonObject wide =
        renderedEvent(R"({"request":{"data":")" + QByteArray("€").repeated(4'000) + "\"}}");
    const QString body = entryData(wide, u"request"_s)[u"data"_s].toString();
    QVERIFY(!body.contains(QChar::ReplacementCharacter));
    QCOMPARE(body, QString(body.size() - 3, u'€') + u"..."_s);
    QCOMPARE(markAt(wide, u"entries/0/data/data"_s)[u"len"_s].toInt(), 4'000);
}

void TestLimits::marksFollowOmittedFrames()
{
    QByteArray frames;
    for (int i = 0; i < 1'200; ++i)
        frames += R"({"function":"f"},)";
    const QJsonObject event = renderedEvent(R"({"exception":[{"type":"E","stacktrace":{"frames":[)" + frames +
                                            R"({"function":")" + QByteArray(300, 'x') + R"("}]}}]})");
    const QString last = u"entries/0/data/values/0/stacktrace/frames/999/function"_s;
    QCOMPARE(valueAt(event, last).toString().size(), 256);
    QCOMPARE(markAt(event, last)[u"len"_s].toInt(), 300);
    QCOMPARE(errorNames(event),
        QStringList{u"value_too_long exception.values.0.stacktrace.frames.1200.function"_s});
}

void TestLimits::eachCutIsMarked()
{
    // `errors` names a hundred and counts the rest; no mark is missing for that.
    QByteArray frames;
    for (int i = 0; i < 900; ++i)
        frames += (i > 0 ? ",{\"function\":\"" : "{\"function\":\"") + QByteArray(300, 'x') + "\"}";
    const QJsonObject event =
        renderedEvent(R"({"exception":[{"type":"E","stacktrace":{"frames":[)" + frames + "]}}]}");
    QCOMPARE(event[u"errors"_s].toArray().size(), 101);
    QCOMPARE(event[u"errors"_s].toArray().last()[u"data"_s][u"value"_s].toInt(), 800);
    const QJsonObject marks =
        valueAt(event[u"_meta"_s], u"entries/0/data/values/0/stacktrace/frames"_s).toObject();
    QCOMPARE(marks.size(), 900);
    for (const QJsonValue& mark : marks)
        QCOMPARE(mark[u"function"_s][u""_s][u"len"_s].toInt(), 300);
}

void TestLimits::marksAmongTheSdks()
{
    const QByteArray text(20'000, 'x');
    const QJsonObject event =
        renderedEvent(R"({"extra":{"a":")" + text + R"(","b":")" + text +
                      R"("},"_meta":{"extra":{"a":{"":{"len":7}},"b":{"c":{"":{"len":8}}}}}})");
    QCOMPARE(markAt(event, u"context/a"_s)[u"len"_s].toInt(), 7); // the SDK's own
    QCOMPARE(markAt(event, u"context/b"_s)[u"len"_s].toInt(), 20'000);
    QCOMPARE(markAt(event, u"context/b/c"_s)[u"len"_s].toInt(), 8);
}

void TestLimits::valuesThatNameNothing()
{
    // A member without a name has no place in `_meta`; it is cut and noted all the same.
    const QJsonObject event = renderedEvent(R"({"extra":{"":")" + QByteArray(20'000, 'x') + R"("}})");
    QVERIFY(event[u"context"_s][u""_s].toString().size() <= 16'384);
    QCOMPARE(errorNames(event), QStringList{u"value_too_long extra."_s});
    QVERIFY(event[u"_meta"_s][u"context"_s].toObject().isEmpty());
}

void TestLimits::boundsParameters()
{
    // A parameter that is named again and again, and names that are looked for among very many.
    const QByteArray again = R"({"logentry":{"message":")" + QByteArray("{0}").repeated(100'000) +
                             R"(","params":[")" + QByteArray(500'000, 'x') + R"("]}})";
    const QString message = entryData(renderedEvent(again), u"message"_s)[u"formatted"_s].toString();
    QCOMPARE(message, QString(8'189, u'x') + u"..."_s);
    const QByteArray many = R"({"logentry":{"message":")" + QByteArray("{no}").repeated(100'000) +
                            R"(","params":{)" + pairs(50'000) + "}}}";
    QVERIFY(
        entryData(renderedEvent(many), u"message"_s)[u"formatted"_s].toString().startsWith(u"{no}{no}"_s));
}

void TestLimits::boundsTheAnswer_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("a huge key") << R"({"extra":{")" + QByteArray(900'000, 'k') + R"(":1}})";
    QTest::newRow("a huge key within") << R"({"contexts":{"a":{")" + QByteArray(900'000, 'k') + R"(":1}}})";
    QTest::newRow("many small maps") << R"({"extra":{"a":[)" + QByteArray("{},").repeated(300'000) + "{}]}}";
    QTest::newRow("many empty texts")
        << R"({"extra":{"a":[)" + QByteArray("\"\",").repeated(300'000) + "\"\"]}}";
    QTest::newRow("deep") << R"({"extra":{"a":)" + QByteArray("[").repeated(900) +
                                 QByteArray("]").repeated(900) + "}}";
    QTest::newRow("huge header names")
        << R"({"request":{"headers":{")" + QByteArray(900'000, 'k') + R"(":"1"}}})";
    QTest::newRow("many headers") << R"({"request":{"headers":{)" + pairs(20'000) + "}}}";
    QTest::newRow("a huge part of a mechanism")
        << R"({"exception":[{"type":"E","mechanism":{")" + QByteArray(900'000, 'k') + R"(":1,"type":"t"}}]})";
    QTest::newRow("much of a user") << R"({"user":{"id":"7",)" + pairs(20'000) + "}}";
    QTest::newRow("many contexts") << R"({"contexts":{)" + pairs(20'000, R"({"a":"b"})") + "}}";
}

void TestLimits::boundsTheAnswer()
{
    QFETCH(QByteArray, payload);
    const json::Document document = parsed(payload);
    collector::RenderContext context;
    context.received = arrival();
    const std::string answer = renderFullEvent(document.root(), context);
    QVERIFY(answer.size() < 70'000);
    QVERIFY(json::Document::parse(answer).has_value());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestLimits)
#include "tst_limits.moc"
