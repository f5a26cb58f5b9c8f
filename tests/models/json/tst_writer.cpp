// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <limits>

#include "models/json/document.h"
#include "models/json/writer.h"
#include "tests/support/main.h"

using namespace vedette;

class TestWriter final : public QObject
{
    Q_OBJECT

private slots:
    void writesNestedValues();
    void escapesWhatJsonForbids();
    void copiesAParsedValueExactly();
    void numbersReadBackTheSame();
};

void TestWriter::writesNestedValues()
{
    json::Writer w;
    w.beginObject()
        .field("a", 1)
        .field("b", "x")
        .key("c")
        .beginArray()
        .integer(1)
        .null()
        .boolean(false)
        .endArray();
    w.nullField("d").fieldOrNull("e", "").key("f").beginObject().endObject().endObject();
    QCOMPARE(w.take(), std::string(R"({"a":1,"b":"x","c":[1,null,false],"d":null,"e":null,"f":{}})"));
}

void TestWriter::escapesWhatJsonForbids()
{
    json::Writer w;
    w.string(std::string_view("\"\\\n\r\t\x01/\xC3\xA9", 9));
    QCOMPARE(w.take(), std::string("\"\\\"\\\\\\n\\r\\t\\u0001/\xC3\xA9\""));
}

void TestWriter::copiesAParsedValueExactly()
{
    const std::string text =
        R"({"z":1,"a":[{"k":"v\"\\"},2.5,true,null,18446744073709551615,-3],"e":{},"l":[]})";
    const auto document = json::Document::parse(text);
    QVERIFY(document.has_value());
    QCOMPARE(document->root().toJson(), text);
}

void TestWriter::numbersReadBackTheSame()
{
    for (const double number : {0.1, 1e300, -2.5e-10, 1700000000.123456, 3.0, 7.7777777777777777e22}) {
        json::Writer w;
        w.beginArray().number(number).endArray();
        const auto document = json::Document::parse(w.text());
        QVERIFY(document.has_value());
        QCOMPARE((*document->root().items().begin()).number(), std::optional(number));
    }
    json::Writer w;
    w.number(std::numeric_limits<double>::infinity());
    QCOMPARE(w.take(), std::string("null"));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestWriter)
#include "tst_writer.moc"
