// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QTest>

#include "app/collector/event/groupinginfo.h"
#include "tests/app/collector/event/eventfixtures.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// What an event is grouped by is told as it is done: the hashes are those that it was stored with, and what
/// is said to count is all that they are made of.
class TestGroupingInfo final : public QObject
{
    Q_OBJECT

private slots:
    void hashesAreTheEvents_data();
    void hashesAreTheEvents();
    void whatCountsDecides();
    void saysWhy_data();
    void saysWhy();
    void variants_data();
    void variants();
    void newestFrameFirst();
    void mismatches();
    void boundsTheAnswer();
};

namespace {

QJsonObject infoOf(const QByteArray& json, bool isKnown = true)
{
    const json::Document document = parsed(json);
    const std::string info =
        collector::groupingInfoJson(document.root(), arrival(), [&](const std::string&) { return isKnown; });
    return QJsonDocument::fromJson(QByteArray::fromStdString(info)).object();
}

/// Ids and texts of all leaves that count, in their order.
void collect(const QJsonObject& component, QStringList& out)
{
    for (const QJsonValue& value : component[u"values"_s].toArray()) {
        if (value.isObject())
            collect(value.toObject(), out);
        else if (component[u"contributes"_s].toBool())
            out << component[u"id"_s].toString() + u'=' + value.toString();
    }
    if (component[u"id"_s] == u"exception"_s ||
        (component[u"id"_s] == u"frame"_s && component[u"contributes"_s].toBool()))
        out << u"|"_s; // what ends here cannot run into the next
}

QString counted(const QJsonObject& variant)
{
    QStringList out;
    collect(variant[u"component"_s].toObject(), out);
    for (const QJsonValue& value : variant[u"values"_s].toArray())
        out << value.toString();
    return out.join(u';');
}

/// `id: text (hint)` of every part that says something or has a hint.
QStringList told(const QJsonObject& component)
{
    QStringList out;
    QString line = component[u"id"_s].toString() + (component[u"contributes"_s].toBool() ? u"+"_s : u"-"_s);
    for (const QJsonValue& value : component[u"values"_s].toArray()) {
        if (value.isString())
            line += u' ' + value.toString();
        else
            out << told(value.toObject());
    }
    if (!component[u"hint"_s].isNull())
        line += u" ("_s + component[u"hint"_s].toString() + u')';
    return QStringList{line} + out;
}

QByteArray thrown(const char* platform, const QByteArray& frames, const char* more = "")
{
    return QByteArray("{\"platform\":\"") + platform +
           R"(","exception":[{"type":"E","value":"v 12","stacktrace":{"frames":[)" + frames + "]}" + more +
           "}]}";
}

} // namespace

void TestGroupingInfo::hashesAreTheEvents_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const QString& name : ownEventNames())
        QTest::newRow(qPrintable(name)) << ownEvent(name);
    QTest::newRow("salted") << QByteArray(
        R"({"fingerprint":["{{ default }}","a"],"exception":[{"type":"E","stacktrace":{"frames":[{"function":"f","in_app":true},{"function":"g"}]}}]})");
    QTest::newRow("nothing") << QByteArray("{}");
}

void TestGroupingInfo::hashesAreTheEvents()
{
    QFETCH(QByteArray, json);
    const QJsonObject info = infoOf(json);
    QStringList hashes;
    for (const QString& key : {u"app"_s, u"system"_s, u"default"_s, u"custom-fingerprint"_s}) {
        const QJsonObject variant = info[key].toObject();
        if (variant.isEmpty())
            continue;
        QCOMPARE(variant[u"key"_s].toString(), key);
        QCOMPARE(variant[u"contributes"_s].toBool(), !variant[u"hash"_s].isNull());
        QCOMPARE(variant[u"hint"_s].isNull(), variant[u"contributes"_s].toBool()); // a reason for each other
        QCOMPARE(variant[u"hashMismatch"_s], QJsonValue(false));
        if (variant[u"contributes"_s].toBool())
            hashes << variant[u"hash"_s].toString();
    }
    QStringList facts;
    for (const std::string& hash : factsOf(json).hashes)
        facts << QString::fromStdString(hash);
    QCOMPARE(hashes, facts);
}

void TestGroupingInfo::whatCountsDecides()
{
    // Over all events and variants: the same hash, if and only if the same is said to count.
    QHash<QString, QString> countedOf;
    QHash<QString, QString> hashOf;
    int variants = 0;
    for (const QString& name : ownEventNames()) {
        const QJsonObject info = infoOf(ownEvent(name));
        for (const QJsonValue& variant : info) {
            const QString hash = variant[u"hash"_s].toString();
            if (hash.isEmpty())
                continue;
            const QString what = counted(variant.toObject());
            ++variants;
            QVERIFY2(!countedOf.contains(hash) || countedOf[hash] == what, qPrintable(name));
            QVERIFY2(!hashOf.contains(what) || hashOf[what] == hash, qPrintable(name + u": "_s + what));
            countedOf[hash] = what;
            hashOf[what] = hash;
        }
    }
    QVERIFY(variants > 20 && hashOf.size() > 10 && hashOf.size() < variants); // some are alike
}

void TestGroupingInfo::saysWhy_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("variant");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* name, const QByteArray& json, const QString& variant,
                         const QString& line) { QTest::newRow(name) << json << variant << line; };
    const QByteArray own = R"({"function":"f","module":"m","in_app":true})";
    row("type", thrown("java", own), u"app"_s, u"type+ E"_s);
    row("value beside a stack", thrown("java", own), u"app"_s, u"value- v 12 (a stack says more)"_s);
    row("module", thrown("java", own), u"app"_s, u"module+ m"_s);
    row("no own frame", thrown("java", R"({"function":"f","module":"m"})"), u"app"_s,
        u"frame- (not a frame of the application)"_s);
    row("recursion", thrown("java", own + ',' + own), u"app"_s, u"frame- (repeats the frame before it)"_s);
    row("line on a platform without",
        thrown("java", R"({"function":"f","module":"m","context_line":"x();"})"), u"system"_s,
        u"context-line- x(); (lines of source do not count on this platform)"_s);
    row("line", thrown("python", R"({"function":"f","module":"m","context_line":"  a  =  b"})"), u"system"_s,
        u"context-line+ a = b"_s);
    row("long line",
        thrown("python", R"({"function":"f","module":"m","context_line":")" + QByteArray(130, 'x') + "\"}"),
        u"system"_s, u"context-line- "_s + QString(130, u'x') + u" (the line is too long)"_s);
    row("file name", thrown("python", R"({"function":"f","filename":"/srv/App.py"})"), u"system"_s,
        u"filename+ app.py"_s);
    row("address", thrown("javascript", R"({"function":"f","filename":"https://a.example/x.js"})"),
        u"system"_s, u"filename- /x.js (an address, which changes from build to build)"_s);
    row("built in", thrown("javascript", R"({"function":"map","filename":"<anonymous>"})"), u"system"_s,
        u"frame- (built in: such frames come and go with the browser)"_s);
    row("synthetic", thrown("java", own, R"(,"mechanism":{"type":"x","synthetic":true})"), u"app"_s,
        u"type- E (made up: it names the signal or the hook)"_s);
    row("value", R"({"exception":[{"type":"E","value":"order 4711 failed"}]})", u"system"_s,
        u"value+ order <int> failed (without what changes from event to event)"_s);
    row("message", R"({"message":"hello"})", u"default"_s, u"message+ hello"_s);
    row("template", R"({"logentry":{"message":"got %s","formatted":"got x"}})", u"default"_s,
        u"message+ got %s"_s);
    row("error of Cocoa",
        R"({"exception":[{"type":"E","value":"v","mechanism":{"type":"x","meta":{"ns_error":{"domain":"D","code":3}}}}]})",
        u"system"_s, u"ns-error+ D"_s);
    row("report",
        R"({"csp":{"effective_directive":"img-src","blocked_uri":"https://b.example/x.png","document_uri":"https://a.example/"}})",
        u"default"_s, u"uri+ b.example"_s);
}

void TestGroupingInfo::saysWhy()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, variant);
    QFETCH(QString, line);
    const QStringList lines = told(infoOf(json)[variant][u"component"_s].toObject());
    QVERIFY2(lines.contains(line), qPrintable(lines.join(u'\n')));
}

void TestGroupingInfo::variants_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("found"); // key, type, and why not
    const QByteArray own = R"({"function":"f","module":"m","in_app":true})";
    const QByteArray other = R"({"function":"g","module":"n"})";
    QTest::newRow("mixed") << thrown("java", own + ',' + other)
                           << QStringList{u"app component"_s, u"system component"_s};
    QTest::newRow("all own") << thrown("java", own)
                             << QStringList{u"app component"_s,
                                    u"system component: the same frames as the application's"_s};
    QTest::newRow("none own") << thrown("java", other)
                              << QStringList{u"app component: no frame is known to be of the application"_s,
                                     u"system component"_s};
    QTest::newRow("message") << QByteArray(R"({"message":"m"})") << QStringList{u"default component"_s};
    QTest::newRow("a stack that says nothing")
        << QByteArray(
               R"({"platform":"native","message":"m","stacktrace":{"frames":[{"instruction_addr":"0x1"}]}})")
        << QStringList{u"app component: no frame is known to be of the application"_s, u"default component"_s,
               u"system component: no frame counts"_s};
    QTest::newRow("fingerprint")
        << QByteArray(R"({"message":"m","level":"info","fingerprint":["a","{{ level }}",7]})")
        << QStringList{u"custom-fingerprint custom-fingerprint"_s,
               u"default component: the fingerprint stands before it"_s};
    QTest::newRow("the default, said") << QByteArray(R"({"message":"m","fingerprint":["{{ default }}"]})")
                                       << QStringList{u"default component"_s};
    QTest::newRow("salted") << QByteArray(R"({"message":"m","fingerprint":["{{default}}","a"]})")
                            << QStringList{u"default salted-component"_s};
}

void TestGroupingInfo::variants()
{
    QFETCH(QByteArray, json);
    QFETCH(QStringList, found);
    QStringList lines;
    const QJsonObject info = infoOf(json);
    for (const QJsonValue& variant : info) {
        lines << variant[u"key"_s].toString() + u' ' + variant[u"type"_s].toString();
        if (!variant[u"hint"_s].isNull())
            lines.back() += u": "_s + variant[u"hint"_s].toString();
        QVERIFY(!variant[u"description"_s].toString().isEmpty());
    }
    QCOMPARE(lines, found);
    if (const QJsonValue custom = info[u"custom-fingerprint"_s]; custom.isObject()) {
        QCOMPARE(custom[u"values"_s].toArray(), (QJsonArray{u"a"_s, u"info"_s, u"7"_s}));
        QCOMPARE(custom[u"client_values"_s].toArray(), (QJsonArray{u"a"_s, u"{{ level }}"_s, u"7"_s}));
    }
}

void TestGroupingInfo::newestFrameFirst()
{
    const QStringList lines = told(infoOf(thrown(
        "java", R"({"function":"oldest","module":"m"},{"function":"crash","module":"m"})"))[u"system"_s]
                                                                                           [u"component"_s]
                                                                                               .toObject());
    QVERIFY(lines.indexOf(u"function+ crash"_s) >= 0);
    QVERIFY(lines.indexOf(u"function+ crash"_s) < lines.indexOf(u"function+ oldest"_s));
}

void TestGroupingInfo::mismatches()
{
    const QJsonObject info = infoOf(thrown("java", R"({"function":"f","module":"m","in_app":true})"), false);
    QCOMPARE(info[u"app"_s][u"hashMismatch"_s], QJsonValue(true));
    QCOMPARE(info[u"system"_s][u"hashMismatch"_s], QJsonValue(false)); // it has none
}

void TestGroupingInfo::boundsTheAnswer()
{
    const QByteArray frames = QByteArray(R"({"function":"f"},)").repeated(55'000) + R"({"function":"g"})";
    const QByteArray exceptions = QByteArray(R"({"type":"E"},)").repeated(75'000) + R"({"type":"F"})";
    for (const QByteArray& json :
        {thrown("java", frames), R"({"platform":"java","exception":[)" + exceptions + "]}"}) {
        const json::Document document = parsed(json);
        const std::string info =
            collector::groupingInfoJson(document.root(), arrival(), [](const std::string&) { return true; });
        QVERIFY2(info.size() < 1'000'000, qPrintable(QString::number(info.size())));
        QVERIFY(json::Document::parse(info).has_value());
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestGroupingInfo)
#include "tst_groupinginfo.moc"
