// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The framing rules of contract section 12, each with what keeps it and what breaks it.

#include <QTest>

#include "app/collector/envelope/envelope.h"
#include "tests/support/main.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace vedette::collector;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray id = "9ec79c33ec9942ab8353589fcb2e04dc";

QByteArray head()
{
    return "{\"event_id\":\"" + id + "\"}\n";
}

} // namespace

class TestEnvelope final : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheRules_data();
    void keepsTheRules();
    void refusesWhatBreaksThem_data();
    void refusesWhatBreaksThem();
    void readsTheHeader();
    void readsAnItemHeader();
    void keepsTheEventBeforeACutAttachment();
    void boundsTheItems();
    void everyPrefixIsReadOrRefused();
    void readsDsns_data();
    void readsDsns();
    void readsEventIds();
    void readsTheSharedEnvelopes_data();
    void readsTheSharedEnvelopes();
};

void TestEnvelope::keepsTheRules_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("payloads");
    QTest::newRow("header alone") << QByteArray("{}") << QByteArrayList();
    QTest::newRow("header and newline") << QByteArray("{}\n") << QByteArrayList();
    QTest::newRow("trailing newlines") << QByteArray("{}\n\n\n") << QByteArrayList();
    QTest::newRow("length, newline") << QByteArray("{}\n{\"type\":\"event\",\"length\":2}\n{}\n")
                                     << QByteArrayList{"{}"};
    QTest::newRow("length, end") << QByteArray("{}\n{\"type\":\"event\",\"length\":2}\n{}")
                                 << QByteArrayList{"{}"};
    QTest::newRow("length counts newlines")
        << QByteArray("{}\n{\"type\":\"attachment\",\"length\":5}\na\nb\nc\n{\"type\":\"event\"}\n{}")
        << QByteArrayList{"a\nb\nc", "{}"};
    QTest::newRow("length counts bytes")
        << QByteArray("{}\n{\"type\":\"x\",\"length\":4}\n\xf0\x9f\x90\xb4\n")
        << QByteArrayList{"\xf0\x9f\x90\xb4"};
    QTest::newRow("empty payloads") << QByteArray("{}\n{\"type\":\"attachment\",\"length\":0}\n\n"
                                                  "{\"type\":\"attachment\",\"length\":0}\n")
                                    << QByteArrayList{"", ""};
    QTest::newRow("empty payload, no newline at all")
        << QByteArray("{}\n{\"type\":\"attachment\",\"length\":0}") << QByteArrayList{""};
    QTest::newRow("implicit, newline")
        << QByteArray("{}\n{\"type\":\"x\"}\nhello\n") << QByteArrayList{"hello"};
    QTest::newRow("implicit, end") << QByteArray("{}\n{\"type\":\"x\"}\nhello") << QByteArrayList{"hello"};
    QTest::newRow("implicit keeps the CR")
        << QByteArray("{}\n{\"type\":\"x\"}\nhello\r\n") << QByteArrayList{"hello\r"};
    QTest::newRow("null length is none")
        << QByteArray("{}\n{\"type\":\"x\",\"length\":null}\nhello\n") << QByteArrayList{"hello"};
    QTest::newRow("unknown type and keys")
        << QByteArray("{\"a\":1}\n{\"type\":\"never heard of\",\"b\":[]}\nhello\n")
        << QByteArrayList{"hello"};
    QTest::newRow("zero bytes in a payload") << QByteArray("{}\n{\"type\":\"x\",\"length\":3}\na\0b\n", 31)
                                             << QByteArrayList{QByteArray("a\0b", 3)};
}

void TestEnvelope::keepsTheRules()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArrayList, payloads);
    const std::string text = bytes.toStdString();
    const auto envelope = parseEnvelope(text);
    QVERIFY2(envelope.has_value(), envelope ? "" : qPrintable(envelope.error().detail));
    QByteArrayList found;
    for (const EnvelopeItem& item : envelope->items)
        found << QByteArray(item.payload.data(), static_cast<qsizetype>(item.payload.size()));
    QCOMPARE(found, payloads);
    QVERIFY(envelope->damage.empty());
}

void TestEnvelope::refusesWhatBreaksThem_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("hello\n");
    QTest::newRow("a list") << QByteArray("[]\n");
    QTest::newRow("an empty first line") << QByteArray("\n{}\n");
    QTest::newRow("bad event id") << QByteArray("{\"event_id\":\"xyz\"}\n");
    QTest::newRow("event id is a number") << QByteArray("{\"event_id\":12}\n");
    QTest::newRow("two sent_at") << QByteArray(
        "{\"sent_at\":\"2026-01-01T00:00:00Z\",\"sent_at\":\"2026-01-01T00:00:00Z\"}\n");
    QTest::newRow("item without type") << QByteArray("{}\n{\"length\":2}\n{}\n");
    QTest::newRow("item with empty type") << QByteArray("{}\n{\"type\":\"\"}\n{}\n");
    QTest::newRow("item type is a number") << QByteArray("{}\n{\"type\":3}\n{}\n");
    QTest::newRow("item header no JSON") << QByteArray("{}\nhello\n{}\n");
    QTest::newRow("empty line between items")
        << QByteArray("{}\n{\"type\":\"x\"}\na\n\n{\"type\":\"x\"}\nb\n");
    QTest::newRow("length too small") << QByteArray("{}\n{\"type\":\"event\",\"length\":1}\n{}\n");
    QTest::newRow("length too large") << QByteArray("{}\n{\"type\":\"event\",\"length\":9}\n{}\n");
    QTest::newRow("length negative") << QByteArray("{}\n{\"type\":\"event\",\"length\":-1}\n{}\n");
    QTest::newRow("length a text") << QByteArray("{}\n{\"type\":\"event\",\"length\":\"2\"}\n{}\n");
    QTest::newRow("length a fraction") << QByteArray("{}\n{\"type\":\"event\",\"length\":2.5}\n{}\n");
    QTest::newRow("length past 64 bits")
        << QByteArray("{}\n{\"type\":\"event\",\"length\":99999999999999999999999}\n{}\n");
    QTest::newRow("length at the top of 63 bits")
        << QByteArray("{}\n{\"type\":\"event\",\"length\":9223372036854775807}\n{}\n");
    QTest::newRow("two events") << QByteArray("{}\n{\"type\":\"event\"}\n{}\n{\"type\":\"event\"}\n{}\n");
    QTest::newRow("event and transaction")
        << QByteArray("{}\n{\"type\":\"event\"}\n{}\n{\"type\":\"transaction\"}\n{}\n");
    QTest::newRow("cut attachment without an event")
        << QByteArray("{}\n{\"type\":\"session\"}\n{}\n{\"type\":\"attachment\",\"length\":10}\nabc");
}

void TestEnvelope::refusesWhatBreaksThem()
{
    QFETCH(const QByteArray, bytes);
    const std::string text = bytes.toStdString();
    const auto envelope = parseEnvelope(text);
    QVERIFY(!envelope.has_value());
    QCOMPARE(envelope.error().kind, core::ErrorKind::Malformed);
    QVERIFY(!envelope.error().detail.isEmpty());
}

void TestEnvelope::readsTheHeader()
{
    const std::string text = R"({"event_id":"9EC79C33-EC99-42AB-8353-589FCB2E04DC","dsn":"http://k@h/1",)"
                             R"("sent_at":"2026-11-20T10:00:00.250Z","sdk":{"name":"x"},"trace":{}})";
    const auto envelope = parseEnvelope(text);
    QVERIFY(envelope.has_value());
    QCOMPARE(QByteArray::fromStdString(envelope->eventId), id);
    QCOMPARE(envelope->dsn, std::string("http://k@h/1"));
    QVERIFY(envelope->sentAt.has_value());
    QCOMPARE(core::formatTime(*envelope->sentAt), std::string("2026-11-20T10:00:00.250Z"));
}

void TestEnvelope::readsAnItemHeader()
{
    const std::string text =
        "{}\n{\"type\":\"attachment\",\"length\":1,\"content_type\":\"text/plain\",\"filename\":"
        "\"a/../b.txt\",\"attachment_type\":\"event.minidump\"}\nx\n";
    const auto envelope = parseEnvelope(text);
    QVERIFY(envelope.has_value());
    const EnvelopeItem* item = envelope->firstOf("attachment");
    QVERIFY(item);
    QCOMPARE(item->contentType, std::string("text/plain"));
    QCOMPARE(item->filename, std::string("a/../b.txt"));
    QCOMPARE(item->attachmentType, std::string("event.minidump"));
    QVERIFY(!envelope->firstOf("event"));
}

void TestEnvelope::keepsTheEventBeforeACutAttachment()
{
    const std::string text = (head() + "{\"type\":\"event\"}\n{\"message\":\"kept\"}\n"
                                       "{\"type\":\"attachment\",\"length\":100}\nabc")
                                 .toStdString();
    const auto envelope = parseEnvelope(text);
    QVERIFY(envelope.has_value());
    QCOMPARE(envelope->items.size(), std::size_t(1));
    QCOMPARE(envelope->items.front().payload, std::string_view("{\"message\":\"kept\"}"));
    QCOMPARE(envelope->damage, std::string("attachment item ends after 3 of 100 bytes"));
    QCOMPARE(envelope->damagedType, std::string("attachment"));
}

void TestEnvelope::boundsTheItems()
{
    std::string text = "{}\n";
    for (int i = 0; i < 1'000; ++i)
        text += "{\"type\":\"span\"}\n{}\n";
    QVERIFY(parseEnvelope(text).has_value());
    text += "{\"type\":\"span\"}\n{}\n";
    const auto envelope = parseEnvelope(text);
    QVERIFY(!envelope.has_value());
    QCOMPARE(envelope.error().kind, core::ErrorKind::TooLarge);
}

void TestEnvelope::everyPrefixIsReadOrRefused()
{
    // Wherever a sender is cut off: never out of bounds (the asan preset watches), and items only of what is
    // there.
    const std::string text =
        (head() + "{\"type\":\"event\",\"length\":18}\n{\"message\":\"kept\"}\n"
                  "{\"type\":\"attachment\",\"length\":4}\na\nb\n\n{\"type\":\"session\"}\n{}\n")
            .toStdString();
    std::size_t read = 0;
    for (std::size_t size = 0; size <= text.size(); ++size) {
        const std::string part = text.substr(0, size);
        const auto envelope = parseEnvelope(part);
        if (!envelope)
            continue;
        ++read;
        for (const EnvelopeItem& item : envelope->items)
            QVERIFY(
                item.payload.empty() || (item.payload.data() >= part.data() &&
                                            item.payload.data() + item.payload.size() <= &part.back() + 1));
    }
    QVERIFY(read > 5);
}

void TestEnvelope::readsDsns_data()
{
    QTest::addColumn<QByteArray>("dsn");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("project");
    QTest::newRow("plain") << QByteArray("http://abc@127.0.0.1:8969/1") << QByteArray("abc")
                           << QByteArray("1");
    QTest::newRow("secret") << QByteArray("https://abc:def@o1.example.org/42") << QByteArray("abc")
                            << QByteArray("42");
    QTest::newRow("path") << QByteArray("https://abc@example.org/a/b/42/") << QByteArray("abc")
                          << QByteArray("42");
    QTest::newRow("query") << QByteArray("https://abc@example.org/42?x=/7") << QByteArray("abc")
                           << QByteArray("42");
    QTest::newRow("no key") << QByteArray("https://example.org/42") << QByteArray() << QByteArray();
    QTest::newRow("empty key") << QByteArray("https://@example.org/42") << QByteArray() << QByteArray();
    QTest::newRow("no project") << QByteArray("https://abc@example.org/") << QByteArray() << QByteArray();
    QTest::newRow("project no number")
        << QByteArray("https://abc@example.org/x1") << QByteArray() << QByteArray();
    QTest::newRow("no scheme") << QByteArray("abc@example.org/1") << QByteArray() << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray() << QByteArray();
}

void TestEnvelope::readsDsns()
{
    QFETCH(const QByteArray, dsn);
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, project);
    const auto read = parseDsn(dsn.toStdString());
    QCOMPARE(read.has_value(), !key.isEmpty());
    if (read) {
        QCOMPARE(QByteArray::fromStdString(read->key), key);
        QCOMPARE(QByteArray::fromStdString(read->project), project);
    }
}

void TestEnvelope::readsEventIds()
{
    QCOMPARE(normalisedEventId("9ec79c33ec9942ab8353589fcb2e04dc").value_or(""), id.toStdString());
    QCOMPARE(normalisedEventId("9EC79C33-EC99-42AB-8353-589FCB2E04DC").value_or(""), id.toStdString());
    QVERIFY(!normalisedEventId("9ec79c33-ec9942ab-8353-589f-cb2e04dcaa"));
    QVERIFY(!normalisedEventId("9ec79c33ec9942ab8353589fcb2e04d"));
    QVERIFY(!normalisedEventId("gec79c33ec9942ab8353589fcb2e04dc"));
    QVERIFY(!normalisedEventId(""));
}

void TestEnvelope::readsTheSharedEnvelopes_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QStringList>("types");
    QTest::newRow("empty") << u"envelopes/empty-payloads.envelope"_s
                           << QStringList{u"attachment"_s, u"attachment"_s};
    QTest::newRow("text attachment") << u"envelopes/event-plus-text-attachment.envelope"_s
                                     << QStringList{u"event"_s, u"attachment"_s};
    QTest::newRow("implicit") << u"envelopes/implicit-length-eof.envelope"_s << QStringList{u"attachment"_s};
    QTest::newRow("java") << u"envelopes/java-error-formatted-message.envelope"_s << QStringList{u"event"_s};
    QTest::newRow("javascript") << u"envelopes/javascript-error-large.envelope"_s << QStringList{u"event"_s};
    QTest::newRow("logs") << u"envelopes/logs.envelope"_s << QStringList{u"log"_s};
    QTest::newRow("php") << u"envelopes/php-error.envelope"_s << QStringList{u"event"_s};
    QTest::newRow("transaction") << u"envelopes/python-transaction.envelope"_s
                                 << QStringList{u"transaction"_s};
    QTest::newRow("truncated") << u"envelopes/truncated-binary-attachment.envelope"_s
                               << QStringList{u"event"_s};
    QTest::newRow("node") << u"recorded/node-attachment.envelope"_s
                          << QStringList{u"event"_s, u"attachment"_s, u"attachment"_s};
}

void TestEnvelope::readsTheSharedEnvelopes()
{
    if (tests::sharedFixtures().isEmpty())
        QSKIP(tests::sharedFixturesAbsent);
    QFETCH(const QString, path);
    QFETCH(const QStringList, types);
    const std::string text = tests::readFile(tests::sharedFixtures() + u'/' + path).toStdString();
    const auto envelope = parseEnvelope(text);
    QVERIFY2(envelope.has_value(), envelope ? "" : qPrintable(envelope.error().detail));
    QStringList found;
    for (const EnvelopeItem& item : envelope->items)
        found << QString::fromStdString(item.type);
    QCOMPARE(found, types);
    QCOMPARE(!envelope->damage.empty(), path.contains("truncated"_L1));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestEnvelope)
#include "tst_envelope.moc"
