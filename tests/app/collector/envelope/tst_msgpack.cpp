// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/collector/envelope/msgpack.h"
#include "models/json/document.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;

/// msgpack as its specification has it; bytes by hand and from Python's encoder.
class TestMsgpack final : public QObject
{
    Q_OBJECT

private slots:
    void becomesJson_data();
    void becomesJson();
    void refuses_data();
    void refuses();
    void refusesWhatIsCutOff();
    void boundsDepth();
    void boundsSize_data();
    void boundsSize();
    void tellsMaps();
    void readsOneAfterTheOther_data();
    void readsOneAfterTheOther();
};

namespace {

std::string bytesOf(const QByteArray& hex)
{
    return QByteArray::fromHex(hex).toStdString();
}

/// {"a": [1, -2, "x"], "b": {"c": null}}
constexpr const char* small = "82a1619301fea178a16281a163c0";

} // namespace

void TestMsgpack::becomesJson_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<std::string>("json");
    const auto row = [](const char* name, const QByteArray& hex, const std::string& json) {
        QTest::newRow(name) << hex << json;
    };
    row("nil", "c0", "null");
    row("booleans", "92c2c3", "[false,true]");
    row("fixint", "93007fff", "[0,127,-1]");
    row("least fixint", "e0", "-32");
    row("uint 8 to 64", "94ccffcdffffceffffffffcfffffffffffffffff",
        "[255,65535,4294967295,18446744073709551615]");
    row("int 8 to 64", "94d080d18000d280000000d38000000000000000",
        "[-128,-32768,-2147483648,-9223372036854775808]");
    row("positive int", "d3000000000000002a", "42");
    row("float 32", "ca3fc00000", "1.5");
    row("float 64", "cbc004000000000000", "-2.5");
    row("NaN and infinity", "92cb7ff8000000000000ca7f800000", "[null,null]");
    row("fixstr", "a3616263", "\"abc\"");
    row("str 8 16 32", "93d90161da000162db0000000163", R"(["a","b","c"])");
    row("bin 8 16 32", "93c40161c5000162c60000000163", R"(["a","b","c"])");
    row("escapes", "a4220a005c", R"("\"\n\u0000\\")");
    row("array 16 and 32", "92dc000101dd0000000102", "[[1],[2]]");
    row("map 16 and 32", "92de0001a16101df00000001a16202", R"([{"a":1},{"b":2}])");
    row("empty ones", "929080", "[[],{}]");
    row("nested", small, R"({"a":[1,-2,"x"],"b":{"c":null}})");
    row("scalar keys", "8401a161c3a162c0a163cb3ff8000000000000a164",
        R"({"1":"a","true":"b","null":"c","1.5":"d"})");
    row("timestamp 32", "d6ff6553f101", "1700000001.0");
    row("timestamp 64", "d7ff773594006553f100", "1700000000.5");
    row("timestamp 96", "c70cff1dcd6500000000006553f100", "1700000000.5");
    row("another extension", "92d40101c70305616263", "[null,null]");
    row("ext 16 and 32", "92c800010561c9000000010561", "[null,null]");
}

void TestMsgpack::becomesJson()
{
    QFETCH(QByteArray, hex);
    QFETCH(std::string, json);
    const auto made = jsonOfMsgpack(bytesOf(hex), 1'000);
    QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().detail));
    QCOMPARE(*made, json);
    QVERIFY(json::Document::parse(*made).has_value());
}

void TestMsgpack::refuses_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("the marker without meaning") << QByteArray("c1");
    QTest::newRow("bytes behind") << QByteArray("80c0");
    QTest::newRow("a list as a key") << QByteArray("8190c0");
    QTest::newRow("a map as a key") << QByteArray("8180c0");
    QTest::newRow("a key without a value") << QByteArray("81a161");
    QTest::newRow("four thousand million items") << QByteArray("ddffffffff");
    QTest::newRow("four thousand million pairs") << QByteArray("dfffffffffc0c0");
    QTest::newRow("a text of four thousand million bytes") << QByteArray("dbffffffff61");
    QTest::newRow("an extension of as many") << QByteArray("c9ffffffff0561");
}

void TestMsgpack::refuses()
{
    QFETCH(QByteArray, hex);
    const auto made = jsonOfMsgpack(bytesOf(hex), 1'000);
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().kind, core::ErrorKind::Malformed);
}

void TestMsgpack::refusesWhatIsCutOff()
{
    const std::string whole = bytesOf(small);
    for (std::size_t size = 0; size < whole.size(); ++size)
        QVERIFY2(!jsonOfMsgpack(whole.substr(0, size), 1'000), qPrintable(QString::number(size)));
    QVERIFY(jsonOfMsgpack(whole, 1'000).has_value());
}

void TestMsgpack::boundsDepth()
{
    const auto nested = [](std::size_t levels) {
        return jsonOfMsgpack(std::string(levels, '\x91') + '\xc0', 100'000);
    };
    QVERIFY(json::Document::parse(nested(1'000).value_or("")).has_value());
    QVERIFY(!nested(1'001).has_value());
    QVERIFY(!nested(50'000).has_value());
}

void TestMsgpack::boundsSize_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("texts") << bytesOf("dd00001000") + std::string(0x1000, '\x01');
    QTest::newRow("escapes") << bytesOf("da0400") + std::string(0x400, '\0');
    QTest::newRow("one text") << bytesOf("db00010000") + std::string(0x10000, 'x');
    QTest::newRow("a key") << bytesOf("81db00010000") + std::string(0x10000, 'x') + '\xc0';
}

void TestMsgpack::boundsSize()
{
    QFETCH(std::string, bytes);
    const auto made = jsonOfMsgpack(bytes, 4'000);
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().kind, core::ErrorKind::TooLarge);
    QVERIFY(jsonOfMsgpack(bytes, 1'000'000).has_value());
}

void TestMsgpack::tellsMaps()
{
    for (const char* hex : {"80", "8f", "de0000", "df00000000"})
        QVERIFY2(isMsgpackMap(bytesOf(hex)), hex);
    for (const char* hex : {"", "7b7d", "efbbbf7b7d", "789c", "90", "dc0000", "c0", "20", "ff"})
        QVERIFY2(!isMsgpackMap(bytesOf(hex)), hex);
}

void TestMsgpack::readsOneAfterTheOther_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<std::string>("json");
    QTest::addColumn<bool>("whole");
    QTest::newRow("nothing") << QByteArray() << std::string("[]") << true;
    QTest::newRow("one") << QByteArray(small) << std::string(R"([{"a":[1,-2,"x"],"b":{"c":null}}])") << true;
    QTest::newRow("three") << QByteArray("81a1610105a162") << std::string(R"([{"a":1},5,"b"])") << true;
    QTest::newRow("cut off") << QByteArray("81a16101ff82a16102") << std::string(R"([{"a":1},-1])") << false;
    QTest::newRow("damaged") << QByteArray("01c102") << std::string("[1]") << false;
}

void TestMsgpack::readsOneAfterTheOther()
{
    QFETCH(QByteArray, hex);
    QFETCH(std::string, json);
    QFETCH(bool, whole);
    const MsgpackValues values = jsonOfMsgpackValues(bytesOf(hex), 1'000);
    QCOMPARE(values.json, json);
    QCOMPARE(values.isWhole, whole);
    // Bounded in all, not value by value.
    const MsgpackValues many = jsonOfMsgpackValues(std::string(5'000, '\x01'), 1'000);
    QVERIFY(!many.isWhole);
    QVERIFY(many.json.size() > 900 && many.json.size() <= 1'000);
    QVERIFY(json::Document::parse(many.json).has_value());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestMsgpack)
#include "tst_msgpack.moc"
