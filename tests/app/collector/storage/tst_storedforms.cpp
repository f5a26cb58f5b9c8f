// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How the store writes what it keeps: short ids and packed payloads.

#include <QTest>

#include "app/collector/storage/payload.h"
#include "app/collector/storage/shortid.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;

class TestStoredForms final : public QObject
{
    Q_OBJECT

private slots:
    void namesShortIds();
    void packsPayloads();
};

void TestStoredForms::namesShortIds()
{
    QCOMPARE(shortId("web", 1), std::string("WEB-1"));
    QCOMPARE(shortId("web-shop2", 31), std::string("WEB-SHOP2-Z"));
    QCOMPARE(shortId("web", 32), std::string("WEB-10"));
    QCOMPARE(shortId("web", 18), std::string("WEB-J"));
    QCOMPARE(shortId("web", 32 * 32 * 5 + 19), std::string("WEB-50K"));
    QCOMPARE(hexOfBytes(bytesOfHex("00ff10ABcdef00112233445566778899")),
        std::string("00ff10abcdef00112233445566778899"));
    QCOMPARE(bytesOfHex("00ff"), std::string());
    QCOMPARE(bytesOfHex("00ff10ABcdef0011223344556677889x"), std::string());
}

void TestStoredForms::packsPayloads()
{
    const std::string json = "{\"text\":\"" + std::string(50'000, 'x') + "\"}";
    const std::string packed = packPayload(json);
    QVERIFY(packed.size() < 1'000);
    QCOMPARE(unpackPayload(packed).value_or(""), json);
    QCOMPARE(
        unpackPayload(packPayload("{\"a\":\"\xff\"}")).value_or(""), std::string("{\"a\":\"\xef\xbf\xbd\"}"));
    QVERIFY(!unpackPayload("no zstd").has_value());
    QVERIFY(!unpackPayload("").has_value());
    QVERIFY(!unpackPayload(packed.substr(0, packed.size() - 3)).has_value());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestStoredForms)
#include "tst_storedforms.moc"
