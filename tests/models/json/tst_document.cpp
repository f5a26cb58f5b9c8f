// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include "models/json/document.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

class TestDocument final : public QObject
{
    Q_OBJECT

private slots:
    void lookUpsMayMiss();
    void doubledKeysTakeTheLast();
    void numbersKeepTheirForm();
    void mends_data();
    void mends();
    void refuses_data();
    void refuses();
    void depthHasALimit();
    void sizeHasALimit();
    void becomesQtJson();
};

namespace {

json::Document parsed(std::string_view text)
{
    auto document = json::Document::parse(text);
    if (!document)
        qFatal("does not parse: %s", qPrintable(document.error().detail));
    return std::move(*document);
}

} // namespace

void TestDocument::lookUpsMayMiss()
{
    const auto document = parsed(R"({"a":{"b":[1,"x",null]},"n":null})");
    const json::Value root = document.root();
    QVERIFY(!root["nothing"].exists());
    QVERIFY(!root["a"]["b"]["c"].exists());
    QVERIFY(!root["a"]["b"].string());
    QVERIFY(root["n"].exists());
    QVERIFY(root["n"].isNull());
    QCOMPARE(root["a"]["b"].size(), std::size_t(3));
    QCOMPARE(root["n"].size(), std::size_t(0));
    int items = 0;
    for ([[maybe_unused]] const json::Value item : root["nothing"].items())
        ++items;
    for ([[maybe_unused]] const auto& member : root["a"]["b"].members())
        ++items;
    QCOMPARE(items, 0);
    for ([[maybe_unused]] const json::Value item : root["a"]["b"].items())
        ++items;
    QCOMPARE(items, 3);
}

void TestDocument::doubledKeysTakeTheLast()
{
    const auto document = parsed(R"({"level":"info","x":1,"level":"error"})");
    QCOMPARE(document.root()["level"].qstring(), u"error"_s);
}

void TestDocument::numbersKeepTheirForm()
{
    const auto document = parsed(R"([4509062593708032,"142",3.0,3.5,18446744073709551615,true,-7])");
    QList<json::Value> v;
    for (const json::Value item : document.root().items())
        v << item;
    QCOMPARE(v[0].integer(), std::optional<std::int64_t>(4509062593708032));
    QVERIFY(!v[1].integer());
    QCOMPARE(v[1].integerLike(), std::optional<std::int64_t>(142));
    QCOMPARE(v[2].integer(), std::optional<std::int64_t>(3));
    QVERIFY(!v[3].integer());
    QCOMPARE(v[4].text(), std::optional<std::string>("18446744073709551615"));
    QCOMPARE(v[5].text(), std::optional<std::string>("true"));
    QCOMPARE(v[6].integerLike(), std::optional<std::int64_t>(-7));
}

void TestDocument::mends_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("which"); // a bit for each member of Mends
    QTest::newRow("bad utf-8") << QByteArray("{\"v\":\"a\xFF"
                                             "b\"}")
                               << u"a\uFFFDb"_s << 1;
    QTest::newRow("overlong slash") << QByteArray("{\"v\":\"\xC0\xAF\"}") << u"\uFFFD\uFFFD"_s << 1;
    QTest::newRow("surrogate as utf-8")
        << QByteArray("{\"v\":\"\xED\xA0\xBD\"}") << u"\uFFFD\uFFFD\uFFFD"_s << 1;
    QTest::newRow("cut emoji") << QByteArray(R"({"v":"ok \ud83d"})") << u"ok \uFFFD"_s << 2;
    QTest::newRow("low first") << QByteArray(R"({"v":"\ude00x"})") << u"\uFFFDx"_s << 2;
    QTest::newRow("pair stays") << QByteArray(R"({"v":"\ud83d\ude00 \ud83d"})") << u"\U0001F600 \uFFFD"_s
                                << 2;
    QTest::newRow("windows path") << QByteArray(R"({"v":"C:\data"})") << u"C:\\data"_s << 4;
    QTest::newRow("raw newline") << QByteArray("{\"v\":\"a\nb\"}") << u"a\nb"_s << 4;
    QTest::newRow("huge integer") << QByteArray(R"({"v":123456789012345678901234567890})")
                                  << u"123456789012345678901234567890"_s << 8;
    QTest::newRow("huge float") << QByteArray(R"({"v":1e999})") << u"1e999"_s << 8;
    QTest::newRow("not a number") << QByteArray(R"({"v":"x","w":NaN,"u":-Infinity})") << u"x"_s << 16;
}

void TestDocument::mends()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, value);
    QFETCH(int, which);
    const auto document = parsed(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    QCOMPARE(document.root()["v"].qstring(), value);
    const json::Mends& m = document.mends();
    QCOMPARE((m.badUtf8 ? 1 : 0) | (m.loneSurrogate ? 2 : 0) | (m.badEscape ? 4 : 0) |
                 (m.hugeNumber ? 8 : 0) | (m.notANumber ? 16 : 0),
        which);
}

void TestDocument::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
        {"", " ", "{", "[1,]", "{\"a\" 1}", "<html></html>", "nul", "01", "[1] x", "\"open"})
        QTest::newRow(text) << QByteArray(text);
}

void TestDocument::refuses()
{
    QFETCH(QByteArray, text);
    const auto document =
        json::Document::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    QVERIFY(!document);
    QCOMPARE(document.error().kind, core::ErrorKind::Malformed);
    QVERIFY(!document.error().detail.isEmpty());
}

void TestDocument::depthHasALimit()
{
    const auto nested = [](int levels) {
        return std::string(std::size_t(levels), '[') + std::string(std::size_t(levels), ']');
    };
    QVERIFY(json::Document::parse(nested(1000)).has_value());
    const auto deep = json::Document::parse(nested(100'000));
    QVERIFY(!deep);
    QCOMPARE(deep.error().kind, core::ErrorKind::TooLarge);
}

void TestDocument::sizeHasALimit()
{
    const auto large = json::Document::parse("[1,2,3,4,5]", 10);
    QVERIFY(!large);
    QCOMPARE(large.error().kind, core::ErrorKind::TooLarge);
}

void TestDocument::becomesQtJson()
{
    const auto document = parsed(R"({"a":[1,2.5,"x",true,null],"b":{}})");
    const QJsonObject expected{
        {u"a"_s, QJsonArray{1, 2.5, u"x"_s, true, QJsonValue::Null}}, {u"b"_s, QJsonObject()}};
    QCOMPARE(document.root().toQJson().toObject(), expected);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDocument)
#include "tst_document.moc"
