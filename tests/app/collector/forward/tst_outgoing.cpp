// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What upstream gets of an envelope: the same bytes, but for a header line that it would refuse or misread.

#include <QTest>

#include "app/collector/forward/gzipwriter.h"
#include "app/collector/forward/outgoing.h"
#include "app/collector/http/decode.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace std::chrono_literals;

class TestOutgoing final : public QObject
{
    Q_OBJECT

private slots:
    void staysAsItIs_data();
    void staysAsItIs();
    void takesTheUpstreamsDsn();
    void movesTheSendersClockOn();
    void staysPacked();
    void packsLargeThings();

private:
    Outgoing outgoing(const std::string& body, const std::string& encoding = {},
        std::chrono::milliseconds waited = 0ms, const std::string& door = "envelope") const
    {
        QueuedForward queued;
        queued.created = m_now.time_since_epoch().count() - waited.count();
        queued.item.door = door;
        queued.item.body = body;
        queued.item.encoding = encoding;
        return outgoingOf(queued, *parseUpstream("https://up@sentry.example/a/7"), m_now);
    }
    const core::TimePoint m_now = *core::parseTime("2026-11-20T10:00:00Z");
};

namespace {

const std::string items = "{\"type\":\"event\",\"length\":2}\n{}\n{\"type\":\"attachment\",\"length\":3}\n" +
                          std::string("\0\n\xFF\n", 4);

std::string packed(const std::string& plain)
{
    GzipWriter writer;
    writer.add(plain);
    return writer.take();
}

} // namespace

void TestOutgoing::staysAsItIs_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("waitedSeconds");
    QTest::newRow("empty") << QByteArray("{}") << 3'600;
    QTest::newRow("spaces") << QByteArray("{ \"event_id\" : \"9ec79c33ec9942ab8353589fcb2e04dc\" }") << 3'600;
    QTest::newRow("sent just now") << QByteArray("{\"sent_at\":\"2026-11-20T09:59:59Z\"}") << 60;
    QTest::newRow("sent at no time") << QByteArray("{\"sent_at\":\"yesterday\"}") << 3'600;
    QTest::newRow("no header") << QByteArray("[]") << 3'600;
}

void TestOutgoing::staysAsItIs()
{
    QFETCH(const QByteArray, header);
    QFETCH(const int, waitedSeconds);
    const std::string body = header.toStdString() + "\n" + items;
    const auto waited = std::chrono::seconds(waitedSeconds);
    QCOMPARE(outgoing(body, {}, waited).body, body);
    QCOMPARE(outgoing(body, "identity", waited).encoding, std::string("identity"));
    const std::string gzip = packed(body);
    QCOMPARE(outgoing(gzip, "gzip", waited).body, gzip);
    QCOMPARE(outgoing(gzip, "gzip", waited).encoding, std::string("gzip"));
    QCOMPARE(outgoing("no gzip", "gzip", waited).body, std::string("no gzip"));
    // Bodies of other doors have no header line.
    const std::string event = "{\"dsn\":\"http://a@b/1\"}\n";
    QCOMPARE(outgoing(event, {}, waited, "store").body, event);
}

void TestOutgoing::takesTheUpstreamsDsn()
{
    const std::string body = "{\"dsn\":\"http://own@localhost/"
                             "1\",\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\",\"x\":[1,{}]}\n" +
                             items;
    const std::string expected = "{\"dsn\":\"https://up@sentry.example/a/7\",\"event_id\":"
                                 "\"9ec79c33ec9942ab8353589fcb2e04dc\",\"x\":[1,{}]}\n" +
                                 items;
    QCOMPARE(outgoing(body).body, expected);
    QCOMPARE(outgoing("{\"dsn\":\"http://own@localhost/1\"}").body,
        std::string("{\"dsn\":\"https://up@sentry.example/a/7\"}"));
}

void TestOutgoing::movesTheSendersClockOn()
{
    // Sent at a clock ten minutes slow, and waited for two hours.
    const std::string body = "{\"sent_at\":\"2026-11-20T07:50:00.500Z\",\"dsn\":null}\n" + items;
    const Outgoing out = outgoing(body, {}, 2h);
    QVERIFY2(out.body.starts_with("{\"sent_at\":\"2026-11-20T09:50:00.500Z\","), out.body.c_str());
    QVERIFY(out.body.ends_with("\n" + items));
}

void TestOutgoing::staysPacked()
{
    const std::string body = "{\"dsn\":\"http://own@localhost/1\"}\n" + items;
    const Outgoing out = outgoing(packed(body), "gzip");
    QCOMPARE(out.encoding, std::string("gzip"));
    const auto plain = unpacked("gzip", out.body, 1'000);
    QVERIFY(plain);
    QCOMPARE(*plain, "{\"dsn\":\"https://up@sentry.example/a/7\"}\n" + items);
}

void TestOutgoing::packsLargeThings()
{
    std::string large =
        "{\"dsn\":\"http://own@localhost/1\"}\n{\"type\":\"attachment\",\"length\":3000000}\n";
    for (std::uint32_t i = 0; i < 3'000'000; ++i)
        large += static_cast<char>((i * 2'654'435'761U) >> 24U);
    const auto plain = unpacked("gzip", outgoing(packed(large), "gzip").body, 10'000'000);
    QVERIFY(plain);
    QCOMPARE(plain->substr(plain->find('\n')), large.substr(large.find('\n')));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOutgoing)
#include "tst_outgoing.moc"
