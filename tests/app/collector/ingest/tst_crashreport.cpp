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
    void takesWhatTheSdkWroteBefore_data();
    void takesWhatTheSdkWroteBefore();
    void breadcrumbsInTurns_data();
    void breadcrumbsInTurns();
    void keepsDamagedFiles_data();
    void keepsDamagedFiles();
    void takesADumpInAnEnvelope();
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

/// A text in msgpack: fixstr or str 8.
std::string packed(const std::string& text)
{
    const char size = static_cast<char>(text.size());
    return (text.size() < 32 ? std::string(1, static_cast<char>(0xA0 | size)) : std::string("\xd9") + size) +
           text;
}

/// A map in msgpack of names and values that are packed already.
std::string packedMap(const std::vector<std::pair<std::string, std::string>>& members)
{
    std::string out(1, static_cast<char>(0x80 | members.size()));
    for (const auto& [name, value] : members)
        out += packed(name) + value;
    return out;
}

std::string crumb(const std::string& message, const std::string& time)
{
    return time.empty() ? packedMap({{"message", packed(message)}})
                        : packedMap({{"timestamp", packed(time)}, {"message", packed(message)}});
}

/// What an SDK writes of its scope while the program still runs.
std::string scopeFile()
{
    return packedMap({{"event_id", packed("0123456789abcdef0123456789abcdef")},
        {"timestamp", packed("2026-11-01T00:00:00Z")}, {"level", packed("fatal")},
        {"release", packed("shop@1")}, {"environment", packed("staging")},
        {"user", packedMap({{"id", packed("7")}})}, {"tags", packedMap({{"a", packed("b")}})},
        {"contexts", packedMap({{"os", packedMap({{"name", packed("Haiku")}})}})},
        {"extra", packedMap({{"x", "\x05"}})}});
}

std::string file(const std::string& name, const std::string& bytes)
{
    return part(name, bytes, "; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream");
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

void TestCrashReport::takesWhatTheSdkWroteBefore_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("msgpack") << scopeFile();
    QTest::newRow("JSON") << std::string(
        R"({"event_id":"0123456789abcdef0123456789abcdef","timestamp":"2026-11-01T00:00:00Z","level":"fatal",
        "release":"shop@1","environment":"staging","user":{"id":"7"},"tags":{"a":"b"},
        "contexts":{"os":{"name":"Haiku"}},"extra":{"x":5}})");
}

void TestCrashReport::takesWhatTheSdkWroteBefore()
{
    QFETCH(std::string, bytes);
    // Whatever order the form has, what is said beside the file is newer.
    const std::string form = part("sentry", R"({"tags":{"c":"d"},"environment":"prod"})") +
                             file("__sentry-event", bytes) + part("sentry[tags][e]", "f") +
                             part("ptype", "browser") + dumpPart(dump()) + "--B--";
    const IngestReading reading = readBody(form);
    QVERIFY(!reading.refusal);
    QCOMPARE(reading.eventId, std::string("0123456789abcdef0123456789abcdef"));
    QCOMPARE(reading.incoming.event->facts.release, std::string("shop@1"));
    QCOMPARE(reading.incoming.event->facts.environment, std::string("prod"));
    QCOMPARE(reading.attachments.size(), std::size_t(1)); // the dump
    const QJsonObject event = eventOf(form);
    QCOMPARE(
        event[u"tags"_s].toObject(), (QJsonObject{{u"a"_s, u"b"_s}, {u"c"_s, u"d"_s}, {u"e"_s, u"f"_s}}));
    QCOMPARE(event[u"extra"_s].toObject(), (QJsonObject{{u"x"_s, 5}, {u"ptype"_s, u"browser"_s}}));
    QCOMPARE(event[u"user"_s][u"id"_s].toString(), u"7"_s);
    QCOMPARE(event[u"contexts"_s][u"os"_s][u"name"_s].toString(), u"Haiku"_s);
    QCOMPARE(event[u"exception"_s][u"values"_s][0][u"type"_s].toString(), u"SIGSEGV"_s);
    // The file is older than the crash, whose time the dump tells.
    QCOMPARE(event[u"timestamp"_s].toInteger(), 1'795'168'800);
    std::string timeless = dump();
    put(timeless, 20, 0, 4);
    QCOMPARE(eventOf(file("__sentry-event", bytes) + dumpPart(timeless) + "--B--")[u"timestamp"_s].toString(),
        u"2026-11-01T00:00:00Z"_s);
}

void TestCrashReport::breadcrumbsInTurns_data()
{
    QTest::addColumn<std::string>("one");
    QTest::addColumn<std::string>("two");
    QTest::addColumn<QStringList>("messages");
    const std::string a = crumb("a", "2026-11-01T00:00:01Z");
    const std::string b = crumb("b", "2026-11-01T00:00:02Z");
    const std::string c = crumb("c", "2026-11-01T00:00:03Z");
    QTest::newRow("one alone") << a + b << std::string() << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("two alone") << std::string() << a + b << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("in order") << a + b << c << QStringList{u"b"_s, u"c"_s};
    QTest::newRow("two is older") << c << a + b << QStringList{u"b"_s, u"c"_s};
    QTest::newRow("without times") << crumb("x", {}) + c << a + crumb("y", {}) << QStringList{u"x"_s, u"c"_s};
    QTest::newRow("equally many") << a << c << QStringList{u"c"_s};
    QTest::newRow("JSON") << std::string(R"([{"message":"a","timestamp":1},{"message":"b","timestamp":2}])")
                          << std::string(R"([{"message":"c","timestamp":3.5}])")
                          << QStringList{u"b"_s, u"c"_s};
    QTest::newRow("no breadcrumbs") << std::string("\x05\xa1x", 3) + a << std::string()
                                    << QStringList{u"a"_s};
    QTest::newRow("none") << std::string() << std::string() << QStringList();
}

void TestCrashReport::breadcrumbsInTurns()
{
    QFETCH(std::string, one);
    QFETCH(std::string, two);
    QFETCH(QStringList, messages);
    const std::string form =
        file("__sentry-breadcrumb1", one) + file("__sentry-breadcrumb2", two) + dumpPart(dump()) + "--B--";
    QStringList read;
    for (const QJsonValue& each : eventOf(form)[u"breadcrumbs"_s][u"values"_s].toArray())
        read << each[u"message"_s].toString();
    QCOMPARE(read, messages);
    QCOMPARE(readBody(form).attachments.size(), std::size_t(1));
}

void TestCrashReport::keepsDamagedFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("cut off") << u"__sentry-event"_s << scopeFile().substr(0, 60);
    QTest::newRow("no object") << u"__sentry-event"_s << std::string("\x93\x01\x02\x03", 4);
    QTest::newRow("no JSON") << u"__sentry-event"_s << std::string("{release: 1}");
    QTest::newRow("too large") << u"__sentry-event"_s
                               << R"({"extra":{"a":")" + std::string(1'100'000, 'x') + "\"}}";
    QTest::newRow("breadcrumbs that were cut off")
        << u"__sentry-breadcrumb2"_s << crumb("a", {}) + crumb("b", {}).substr(0, 8);
    QTest::newRow("too many breadcrumbs")
        << u"__sentry-breadcrumb1"_s << crumb("a", {}) + std::string(1'100'000, 'x');
}

void TestCrashReport::keepsDamagedFiles()
{
    // A crash is the time at which such a file is cut off: the dump is taken all the same, and with it what
    // could not be read.
    QFETCH(QString, name);
    QFETCH(std::string, bytes);
    const std::string form = file(name.toStdString(), bytes) + dumpPart(dump()) + "--B--";
    const IngestReading reading = readBody(form);
    QVERIFY(!reading.refusal);
    QCOMPARE(reading.attachments.size(), std::size_t(2));
    QCOMPARE(reading.attachments[1].about.name, name.toStdString());
    QVERIFY(reading.attachments[1].bytes == bytes);
    const QJsonObject event = eventOf(form);
    QCOMPARE(event[u"errors"_s].toArray().size(), 1);
    QCOMPARE(event[u"errors"_s][0][u"name"_s].toString(), name);
    QCOMPARE(event[u"exception"_s][u"values"_s][0][u"type"_s].toString(), u"SIGSEGV"_s);
    if (bytes.starts_with(crumb("a", {})) && bytes.size() < 1'000) // what is whole is read
        QCOMPARE(event[u"breadcrumbs"_s][u"values"_s][0][u"message"_s].toString(), u"a"_s);
}

void TestCrashReport::takesADumpInAnEnvelope()
{
    const auto item = [](const std::string& name, const char* type, const std::string& bytes) {
        return R"({"type":"attachment","filename":")" + name + R"(","attachment_type":")" + type +
               R"(","length":)" + std::to_string(bytes.size()) + "}\n" + bytes + "\n";
    };
    const std::string head = R"({"event_id":"fedcba9876543210fedcba9876543210"})"
                             "\n";
    const std::string files =
        item("a.dmp", "event.minidump", dump()) + item("__sentry-event", "event.attachment", scopeFile());
    const auto read = [](const std::string& body) {
        Request request = requestOf("application/x-sentry-envelope");
        request.segments = {"api", "1", "envelope"};
        return readIngest(IngestRoute::Envelope, request, body, *core::parseTime("2026-11-20T10:00:00Z"),
            [](const std::string&) { return std::optional<std::int64_t>(1); });
    };
    const IngestReading alone = read(head + files);
    QVERIFY(!alone.refusal && alone.incoming.event);
    QCOMPARE(alone.eventId, std::string("fedcba9876543210fedcba9876543210"));
    QCOMPARE(alone.incoming.event->facts.platform, std::string("native"));
    QCOMPARE(alone.incoming.event->facts.release, std::string("shop@1"));
    QCOMPARE(alone.attachments.size(), std::size_t(2));
    // An event of the SDK's own is the event.
    const IngestReading with = read(head + "{\"type\":\"event\"}\n{\"message\":\"m\"}\n" + files);
    QCOMPARE(with.incoming.event->facts.title, std::string("m"));
    QVERIFY(!read(head + item("a.dmp", "event.minidump", "ELF")).incoming.event);
    QVERIFY(!read(head + item("a.dmp", "event.attachment", dump())).incoming.event);
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
