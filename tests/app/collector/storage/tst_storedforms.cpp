// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How the store writes what it keeps: short ids and packed payloads.

#include <QTest>

#include <zstd.h>

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
    void packsEventsWithADictionary();
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

void TestStoredForms::packsEventsWithADictionary()
{
    const std::string json =
        R"({"event_id":"9ec79c33ec9942ab8353589fcb2e04dc","platform":"python","level":"error","sdk":{"name":)"
        R"("sentry.python","version":"1.9.10"},"exception":{"values":[{"type":"ValueError","value":"no",)"
        R"("stacktrace":{"frames":[{"filename":"a.py","function":"f","in_app":true,"lineno":3}]}}]}})";
    const std::string packed = packPayload(json);
    std::string plain(ZSTD_compressBound(json.size()), '\0');
    plain.resize(ZSTD_compress(plain.data(), plain.size(), json.data(), json.size(), payloadLevel));
    QVERIFY2(packed.size() * 2 < plain.size(), qPrintable(QString::number(packed.size())));
    QCOMPARE(ZSTD_getDictID_fromFrame(packed.data(), packed.size()), 40001U); // stored: never changes
    QCOMPARE(unpackPayload(packed).value_or(""), json);
    QCOMPARE(unpackPayload(plain).value_or(""), json);

    std::string newer = packed;
    const std::string number("\x41\x9c", 2); // 40001 in the frame's head
    QVERIFY(newer.find(number) != std::string::npos);
    ++newer[newer.find(number)];
    const auto refused = unpackPayload(newer);
    QVERIFY(!refused);
    QVERIFY2(refused.error().detail.contains(QStringLiteral("40002")), qPrintable(refused.error().detail));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestStoredForms)
#include "tst_storedforms.moc"
