// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/collector/ingest/reader.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;

/// The old door takes one event in any of the packings of contract section 12; none of them needs a header.
class TestStoreBody final : public QObject
{
    Q_OBJECT

private slots:
    void packings_data();
    void packings();
    void refuses_data();
    void refuses();
};

namespace {

const std::string key(32, 'e');

/// An event as Python's msgpack encoder writes it: texts, a float, a boolean, nil, integers of each size.
const QByteArray msgpack = QByteArray::fromHex(
    "86a86576656e745f6964d9206663366438633063343366633436333061643835306565353138663162396430a76d657373616765"
    "a5636166c3a9a56c6576656ca56572726f72a974696d657374616d70cb41d954fc40200000a47461677383a161c3a162c0a163fd"
    "a5657874726181a16e9601d1ff38ce00011170cf0000010000000000cf8000000000000000d3fffc000000000000");
const QByteArray plain = R"({"event_id":"fc6d8c0c43fc4630ad850ee518f1b9d0","message":"café","level":"error",
    "timestamp":1700000000.5,"tags":{"a":true,"b":null,"c":-3}})";

/// zlib's format; qCompress() writes the size before it.
QByteArray zlib(const QByteArray& bytes)
{
    return qCompress(bytes).mid(4);
}

IngestReading read(const QByteArray& body)
{
    Request request;
    request.method = "POST";
    request.segments = {"api", "1", "store"};
    request.query = {{"sentry_key", key}};
    request.remote = "127.0.0.1";
    const core::TimePoint now{std::chrono::milliseconds(1'700'000'005'000)};
    return readIngest(IngestRoute::Store, request,
        std::string_view(body.constData(), static_cast<std::size_t>(body.size())), now,
        [](const std::string& given) {
            return given == key ? std::optional<std::int64_t>(1) : std::nullopt;
        });
}

} // namespace

void TestStoreBody::packings_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("JSON") << plain;
    QTest::newRow("JSON in white space") << " \r\n" + plain + '\n';
    QTest::newRow("zlib") << zlib(plain);
    QTest::newRow("base64") << plain.toBase64();
    QTest::newRow("base64 of zlib") << zlib(plain).toBase64();
    QTest::newRow("msgpack") << msgpack;
    QTest::newRow("zlib of msgpack") << zlib(msgpack);
    QTest::newRow("base64 of msgpack") << msgpack.toBase64();
    QTest::newRow("base64 of zlib of msgpack") << zlib(msgpack).toBase64();
}

void TestStoreBody::packings()
{
    QFETCH(QByteArray, body);
    const IngestReading reading = read(body);
    QVERIFY2(!reading.refusal, reading.refusal ? qPrintable(reading.refusal->detail) : "");
    QVERIFY(reading.incoming.event.has_value());
    QCOMPARE(reading.eventId, std::string("fc6d8c0c43fc4630ad850ee518f1b9d0"));
    const EventFacts& facts = reading.incoming.event->facts;
    QCOMPARE(facts.title, std::string("café"));
    QCOMPARE(facts.level, std::string("error"));
    QCOMPARE(core::formatTime(facts.timestamp),
        core::formatTime(core::TimePoint(std::chrono::milliseconds(1'700'000'000'500))));
    using Tags = std::vector<std::pair<std::string, std::string>>;
    QCOMPARE(facts.tags, (Tags{{"a", "true"}, {"c", "-3"}, {"level", "error"}}));
}

void TestStoreBody::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("nothing") << QByteArray() << 400;
    QTest::newRow("no packing at all") << QByteArray("\xff\xfe\x01") << 400;
    QTest::newRow("msgpack cut off") << msgpack.left(msgpack.size() - 1) << 400;
    QTest::newRow("msgpack with a rest") << msgpack + '\xc0' << 400;
    QTest::newRow("a msgpack list") << QByteArray("\x91\x80") << 400;
    QTest::newRow("zlib cut off") << zlib(plain).left(20) << 400;
    QTest::newRow("a zlib bomb") << zlib(QByteArray(3'000'000, ' ')) << 413;
    // {"a": 2 MB}, and many nils that are five bytes each as JSON
    QTest::newRow("a long msgpack text")
        << QByteArray::fromHex("81a161db001e8480") + QByteArray(2'000'000, 'x') << 413;
    QTest::newRow("many msgpack items")
        << QByteArray::fromHex("81a161dd000493e0") + QByteArray(300'000, '\xc0') << 413;
    QTest::newRow("msgpack in a zlib bomb")
        << zlib(QByteArray::fromHex("81a161dd001e8480") + QByteArray(2'000'000, '\xc0')) << 413;
}

void TestStoreBody::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    const IngestReading reading = read(body);
    QVERIFY(reading.refusal.has_value());
    QVERIFY(!reading.incoming.event);
    QCOMPARE(refusalResponse(*reading.refusal).status, status);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestStoreBody)
#include "tst_storebody.moc"
