// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "app/collector/ingest/crashreport.h"
#include "app/collector/ingest/minidump.h"
#include "app/collector/ingest/reader.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace Qt::Literals::StringLiterals;

/// Crash reporters' uploads: the dump's own facts, the event's parts in all their forms, refusals.
class TestCrashReport final : public QObject
{
    Q_OBJECT

private slots:
    void readsADump();
    void readsDamagedDumps();
    void makesANativeEvent();
    void takesTheEventInParts_data();
    void takesTheEventInParts();
    void keepsWhatTheSdkSays();
    void takesABareDump();
    void refuses_data();
    void refuses();
};

namespace {

const std::string key(32, 'e');

void put(std::string& bytes, std::size_t at, std::uint64_t number, unsigned size)
{
    if (bytes.size() < at + size)
        bytes.resize(at + size, '\0');
    for (unsigned i = 0; i < size; ++i)
        bytes[at + i] = static_cast<char>(number >> (8U * i));
}

/// A small Linux dump: SIGSEGV in libcart.so, by the layout of minidumpapiset.h.
std::string dump()
{
    std::string out = "MDMP";
    put(out, 4, 0xa793, 4);
    put(out, 8, 3, 4);   // streams
    put(out, 12, 32, 4); // their directory
    put(out, 20, 1'795'168'800, 4);
    put(out, 24, 0, 8);
    const auto entry = [&out](std::size_t number, std::uint32_t type, std::uint32_t place) {
        put(out, 32 + number * 12, type, 4);
        put(out, 32 + number * 12 + 4, 64, 4);
        put(out, 32 + number * 12 + 8, place, 4);
    };
    entry(0, 7, 100);
    entry(1, 6, 200);
    entry(2, 4, 400);
    put(out, 100, 9, 2); // amd64
    put(out, 120, 0x8201, 4);
    put(out, 208, 11, 4);
    put(out, 224, 0x7f0000001234, 8);
    put(out, 400, 1, 4);
    put(out, 404, 0x7f0000000000, 8);
    put(out, 412, 0x10000, 4);
    put(out, 424, 600, 4);
    const std::u16string name = u"/opt/shop/libcart.so";
    put(out, 600, name.size() * 2, 4);
    for (std::size_t i = 0; i < name.size(); ++i)
        put(out, 604 + 2 * i, name[i], 2);
    return out;
}

std::string part(const std::string& name, const std::string& data, const std::string& more = {})
{
    return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" + data + "\r\n";
}

std::string dumpPart(const std::string& bytes)
{
    return part(
        "upload_file_minidump", bytes, "; filename=\"a.dmp\"\r\nContent-Type: application/octet-stream");
}

Request requestOf(const char* contentType)
{
    Request request;
    request.method = "POST";
    request.segments = {"api", "1", "minidump"};
    request.query = {{"sentry_key", key}};
    request.headers = {{"content-type", contentType}};
    return request;
}

IngestReading readBody(const std::string& body, const char* contentType = "multipart/form-data; boundary=B")
{
    return readIngest(IngestRoute::Minidump, requestOf(contentType), body,
        *core::parseTime("2026-11-20T10:00:00Z"), [](const std::string& given) {
            return given == key ? std::optional<std::int64_t>(1) : std::nullopt;
        });
}

QJsonObject eventOf(const std::string& form)
{
    const auto report = readCrashReport(requestOf("multipart/form-data; boundary=B"), form);
    if (!report)
        qFatal("%s", qPrintable(report.error().detail));
    return QJsonDocument::fromJson(QByteArray::fromStdString(report->eventJson)).object();
}

} // namespace

void TestCrashReport::readsADump()
{
    const MinidumpFacts facts = readMinidump(dump());
    QCOMPARE(facts.time, 1'795'168'800);
    QCOMPARE(facts.os, std::string("Linux"));
    QCOMPARE(facts.arch, std::string("x86_64"));
    QCOMPARE(facts.crash, std::string("SIGSEGV"));
    QCOMPARE(facts.address.value_or(0), std::uint64_t(0x7f0000001234));
    QCOMPARE(facts.modules.size(), std::size_t(1));
    QCOMPARE(facts.modules.front().path, std::string("/opt/shop/libcart.so"));
    QVERIFY(facts.moduleAt(0x7f000000ffff) != nullptr);
    QVERIFY(facts.moduleAt(0x7f0000010000) == nullptr);
}

void TestCrashReport::readsDamagedDumps()
{
    const std::string whole = dump();
    for (std::size_t size = 0; size < whole.size(); ++size)
        QVERIFY(readMinidump(std::string_view(whole).substr(0, size)).modules.size() <= 1);
    for (std::size_t at = 4; at < whole.size(); ++at) {
        std::string bytes = whole;
        bytes[at] = '\xff';
        QVERIFY(readMinidump(bytes).modules.size() <= 1'000);
    }
}

void TestCrashReport::makesANativeEvent()
{
    const std::string bytes = dump() + std::string("\r\n--\0--B", 8);
    const std::string body =
        dumpPart(bytes) + part("prod", "Shop") + part("log", "a\nb", "; filename=\"shop.log\"") + "--B--\r\n";
    const IngestReading reading = readBody(body); // which looks into it
    QVERIFY2(!reading.refusal, reading.refusal ? qPrintable(reading.refusal->detail) : "");
    const EventFacts& facts = reading.incoming.event->facts;
    QCOMPARE(facts.platform, std::string("native"));
    QCOMPARE(facts.level, std::string("fatal"));
    QCOMPARE(facts.type, std::string("error"));
    QCOMPARE(facts.title, std::string("SIGSEGV: Fatal error: SIGSEGV in libcart.so + 0x1234"));
    QVERIFY(facts.unhandled);
    QCOMPARE(facts.timestamp, *core::parseTime("2026-11-20T10:00:00Z"));
    QCOMPARE(reading.attachments.size(), std::size_t(2));
    QCOMPARE(reading.attachments[0].about.type, std::string("event.minidump"));
    QCOMPARE(reading.attachments[0].about.name, std::string("a.dmp"));
    QVERIFY(reading.attachments[0].bytes == bytes);
    QCOMPARE(reading.attachments[1].about.name, std::string("shop.log"));
    QCOMPARE(reading.attachments[1].about.type, std::string("event.attachment"));
    for (const SentAttachment& attachment : reading.attachments)
        QCOMPARE(attachment.about.eventId, facts.eventId);
}

void TestCrashReport::takesTheEventInParts_data()
{
    QTest::addColumn<std::string>("form");
    QTest::newRow("JSON") << part("sentry", R"({"release":"shop@1","tags":{"a":"b"},"user":{"id":"7"}})");
    QTest::newRow("brackets") << part("sentry[release]", "shop@1") + part("sentry[tags][a]", "b") +
                                     part("sentry[user][id]", "7");
    QTest::newRow("pieces") << part("sentry__2", R"(b"},"user":{"id":"7"}})") +
                                   part("sentry__1", R"({"release":"shop@1","tags":{"a":")");
    QTest::newRow("JSON and brackets")
        << part("sentry[tags][a]", "b") + part("sentry", R"({"release":"shop@1","user":{"id":"7"}})");
}

void TestCrashReport::takesTheEventInParts()
{
    QFETCH(std::string, form);
    const QJsonObject event = eventOf(form + dumpPart(dump()) + "--B--");
    QCOMPARE(event[u"release"_s].toString(), u"shop@1"_s);
    QCOMPARE(event[u"tags"_s][u"a"_s].toString(), u"b"_s);
    QCOMPARE(event[u"user"_s][u"id"_s].toString(), u"7"_s);
    QCOMPARE(event[u"contexts"_s][u"os"_s][u"name"_s].toString(), u"Linux"_s);
    QCOMPARE(event[u"debug_meta"_s][u"images"_s][0][u"code_file"_s].toString(), u"/opt/shop/libcart.so"_s);
}

void TestCrashReport::keepsWhatTheSdkSays()
{
    const QJsonObject event =
        eventOf(part("sentry", R"({"level":"error","platform":"c","exception":[{"type":"E"}],"timestamp":5,
            "contexts":{"os":{"name":"Haiku"}},"extra":{"a":1}})") +
                part("ptype", "browser") + part("sentry[", "x") + part("sentry__1", "no JSON") +
                dumpPart(dump()) + "--B--");
    QCOMPARE(event[u"level"_s].toString(), u"error"_s);
    QCOMPARE(event[u"platform"_s].toString(), u"native"_s);
    QCOMPARE(event[u"exception"_s][0][u"type"_s].toString(), u"E"_s);
    QCOMPARE(event[u"timestamp"_s].toInt(), 5);
    QCOMPARE(event[u"contexts"_s][u"os"_s][u"name"_s].toString(), u"Haiku"_s);
    QCOMPARE(event[u"extra"_s][u"a"_s].toInt(), 1);
    QCOMPARE(event[u"extra"_s][u"ptype"_s].toString(), u"browser"_s);
    QCOMPARE(event[u"extra"_s][u"sentry["_s].toString(), u"x"_s);
    QCOMPARE(event[u"errors"_s][0][u"name"_s].toString(), u"sentry__1"_s);
}

void TestCrashReport::takesABareDump()
{
    const std::string bytes = dump();
    const IngestReading reading = readBody(bytes, "application/x-dmp");
    QVERIFY(!reading.refusal);
    QCOMPARE(reading.attachments.size(), std::size_t(1));
    QCOMPARE(reading.attachments.front().about.name, std::string("minidump.dmp"));
    QVERIFY(reading.attachments.front().bytes == bytes);
}

void TestCrashReport::refuses_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("no dump") << part("sentry", "{}") + "--B--" << 400;
    QTest::newRow("not a minidump") << dumpPart("ELF") + "--B--" << 400;
    QTest::newRow("empty dump") << dumpPart("") + "--B--" << 400;
    QTest::newRow("cut") << dumpPart(dump()) << 400;
    QTest::newRow("empty") << std::string() << 400;
    QTest::newRow("large event") << part(
                                        "sentry", R"({"extra":{"a":")" + std::string(900'000, 'x') + "\"}}") +
                                        part("more", std::string(900'000, 'x')) + dumpPart(dump()) + "--B--"
                                 << 413;
}

void TestCrashReport::refuses()
{
    QFETCH(std::string, body);
    QFETCH(int, status);
    const IngestReading reading = readBody(body);
    QVERIFY(reading.refusal.has_value());
    QVERIFY(reading.attachments.empty());
    QCOMPARE(refusalResponse(*reading.refusal).status, status);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCrashReport)
#include "tst_crashreport.moc"
