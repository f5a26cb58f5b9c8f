// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/collector/ingest/items.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace std::chrono_literals;

/// What the items of an envelope are taken for, and as what they are counted (contract section 12).
class TestItems final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void attachments();
    void attachmentsNeedAnEvent();
    void userReports_data();
    void userReports();
    void feedback();
    void clientReports();
    void transactions_data();
    void transactions();
    void segmentsAreTransactions();
    void countsTheRest();
    void refusesLargeItems();

private:
    /// Reads an envelope of one item.
    void read(const std::string& header, const std::string& payload, const std::string& eventId = {});
    /// `category/outcome/reason=quantity`, sorted.
    [[nodiscard]] QStringList outcomes() const;

    std::string m_bytes;
    Incoming m_incoming;
    std::vector<SentAttachment> m_attachments;
};

namespace {

const std::string id(32, 'a');

} // namespace

void TestItems::init()
{
    m_incoming = {};
    m_attachments.clear();
}

void TestItems::read(const std::string& header, const std::string& payload, const std::string& eventId)
{
    m_bytes = "{}\n" + header + "\n" + payload + "\n";
    const auto envelope = parseEnvelope(m_bytes);
    QVERIFY(envelope.has_value());
    readItems(*envelope, eventId, m_incoming, m_attachments);
}

QStringList TestItems::outcomes() const
{
    QStringList out;
    for (const Outcome& each : m_incoming.outcomes)
        out << QString::fromStdString(
            each.category + "/" + each.outcome + "/" + each.reason + "=" + std::to_string(each.quantity));
    out.sort();
    return out;
}

void TestItems::attachments()
{
    for (const char* type : {"event.attachment", "event.minidump", "event.applecrashreport", "unreal.context",
             "unreal.logs", "event.view_hierarchy"}) {
        read(R"({"type":"attachment","filename":"f","content_type":"text/x","attachment_type":")" +
                 std::string(type) + "\",\"length\":5}",
            "a\nb\nc", id);
        QCOMPARE(m_attachments.back().about.type, std::string(type));
        QCOMPARE(m_attachments.back().bytes, std::string_view("a\nb\nc"));
        QCOMPARE(m_attachments.back().about.eventId, id);
        QCOMPARE(m_attachments.back().about.contentType, std::string("text/x"));
    }
    read(R"({"type":"attachment","length":0})", "", id);
    QCOMPARE(m_attachments.back().about.name, std::string("Unnamed Attachment"));
    QCOMPARE(m_attachments.back().about.type, std::string("event.attachment"));
    QVERIFY(outcomes().isEmpty()); // counted when they are stored
}

void TestItems::attachmentsNeedAnEvent()
{
    read(R"({"type":"attachment","length":1})", "x");
    QVERIFY(m_attachments.empty());
    QCOMPARE(outcomes(), QStringList{QStringLiteral("attachment/refused/no_event_id=1")});
}

void TestItems::userReports_data()
{
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<std::string>("eventId");
    QTest::addColumn<bool>("taken");
    const std::string dashed = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";
    QTest::newRow("own id") << R"({"event_id":")" + dashed + R"(","name":"Ann","email":"a@b","comments":"x"})"
                            << std::string() << true;
    QTest::newRow("the envelope's id")
        << std::string(R"({"name":"Ann","email":"a@b","comments":"x"})") << id << true;
    QTest::newRow("no id") << std::string(R"({"name":"Ann","email":"a@b","comments":"x"})") << std::string()
                           << false;
    QTest::newRow("says nothing") << std::string(R"({"name":null,"comments":{}})") << id << false;
    QTest::newRow("a list") << std::string("[]") << id << false;
    QTest::newRow("no JSON") << std::string("{") << id << false;
}

void TestItems::userReports()
{
    QFETCH(std::string, payload);
    QFETCH(std::string, eventId);
    QFETCH(bool, taken);
    read(R"({"type":"user_report"})", payload, eventId);
    QCOMPARE(m_incoming.items.reports.size(), std::size_t(taken ? 1 : 0));
    QCOMPARE(outcomes(), taken ? QStringList() : QStringList{QStringLiteral("feedback/refused/malformed=1")});
    if (!taken)
        return;
    const IncomingReport& report = m_incoming.items.reports.front();
    QCOMPARE(report.eventId, id);
    QCOMPARE(report.name, std::string("Ann"));
    QCOMPARE(report.email, std::string("a@b"));
    QCOMPARE(report.comments, std::string("x"));
    QCOMPARE(report.source, std::string("user_report"));
    QVERIFY(report.reportId.empty());
}

void TestItems::feedback()
{
    const std::string about(32, 'b');
    read(R"({"type":"feedback"})",
        R"({"type":"feedback","contexts":{"feedback":{"message":"too slow","contact_email":"a@b","name":"Ann",)"
        R"("url":"https://x/y","associated_event_id":")" +
            about + R"("}}})",
        id);
    read(R"({"type":"feedback"})",
        R"({"event_id":")" + about +
            R"(","user":{"email":"u@b","username":"u"},"contexts":{"feedback":{"message":"nice"}}})");
    read(R"({"type":"feedback"})", R"({"contexts":{"feedback":{"name":"Ann"}}})", id);
    QCOMPARE(m_incoming.items.reports.size(), std::size_t(2));
    const IncomingReport& first = m_incoming.items.reports.front();
    QCOMPARE(first.source, std::string("feedback"));
    QCOMPARE(first.reportId, id);
    QCOMPARE(first.eventId, about);
    QCOMPARE(first.comments, std::string("too slow"));
    QCOMPARE(first.email, std::string("a@b"));
    QCOMPARE(first.name, std::string("Ann"));
    QCOMPARE(first.url, std::string("https://x/y"));
    const IncomingReport& second = m_incoming.items.reports.back();
    QCOMPARE(second.reportId, about);
    QVERIFY(second.eventId.empty());
    QCOMPARE(second.email, std::string("u@b"));
    QCOMPARE(second.name, std::string("u"));
    QCOMPARE(outcomes(), QStringList{QStringLiteral("feedback/refused/malformed=1")});
}

void TestItems::clientReports()
{
    read(R"({"type":"client_report"})",
        R"({"timestamp":1,"discarded_events":[{"reason":"before_send","category":"error","quantity":3},)"
        R"({"reason":"before_send","category":"error","quantity":2},{"reason":"sample_rate","category":"transaction","quantity":7},)"
        R"({"reason":"<made up>","category":"<made up>","quantity":1},{"reason":"invalid","category":"error","quantity":-4},)"
        R"({"reason":"invalid","category":"error","quantity":"9"},{"reason":"invalid","quantity":1e300},null]})");
    QCOMPARE(outcomes(), (QStringList{QStringLiteral("default/client_discard/other=1"),
                             QStringLiteral("error/client_discard/before_send=5"),
                             QStringLiteral("transaction/client_discard/sample_rate=7")}));
}

void TestItems::transactions_data()
{
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<std::string>("name");
    QTest::addColumn<qint64>("us"); // -1: refused
    QTest::newRow("numbers") << std::string(
                                    R"({"transaction":"GET /","start_timestamp":10.5,"timestamp":10.500250})")
                             << std::string("GET /") << qint64(250);
    QTest::newRow("texts")
        << std::string(
               R"({"transaction":"job","start_timestamp":"2026-11-20T10:00:00.100Z","timestamp":"2026-11-20T10:00:01.350Z"})")
        << std::string("job") << qint64(1'250'000);
    QTest::newRow("unnamed") << std::string(R"({"start_timestamp":1,"timestamp":2})")
                             << std::string("<unlabeled transaction>") << qint64(1'000'000);
    QTest::newRow("backwards") << std::string(R"({"start_timestamp":2,"timestamp":1})") << std::string()
                               << qint64(-1);
    QTest::newRow("endless") << std::string(R"({"start_timestamp":1,"timestamp":1e300})") << std::string()
                             << qint64(-1);
    QTest::newRow("no start") << std::string(R"({"timestamp":1})") << std::string() << qint64(-1);
    QTest::newRow("no object") << std::string("3") << std::string() << qint64(-1);
}

void TestItems::transactions()
{
    QFETCH(std::string, payload);
    QFETCH(std::string, name);
    QFETCH(qint64, us);
    read(R"({"type":"transaction"})", payload, id);
    QCOMPARE(m_incoming.items.transactions.size(), std::size_t(us < 0 ? 0 : 1));
    if (us < 0) {
        QCOMPARE(outcomes(), QStringList{QStringLiteral("transaction/refused/malformed=1")});
        return;
    }
    QCOMPARE(m_incoming.items.transactions.front().name, name);
    QCOMPARE(m_incoming.items.transactions.front().duration.count(), us);
}

void TestItems::segmentsAreTransactions()
{
    read(R"({"type":"span","item_count":4,"content_type":"application/vnd.sentry.items.span.v2+json"})",
        R"({"version":2,"items":[{"name":"SELECT","is_segment":false,"start_timestamp":1,"end_timestamp":2},)"
        R"({"name":"GET /cart","is_segment":true,"start_timestamp":10.5,"end_timestamp":10.50025},)"
        R"({"name":"","is_segment":true,"start_timestamp":1,"end_timestamp":2},)"
        R"({"name":"backwards","is_segment":true,"start_timestamp":2,"end_timestamp":1},7]})");
    QCOMPARE(m_incoming.items.transactions.size(), std::size_t(1));
    QCOMPARE(m_incoming.items.transactions.front().name, std::string("GET /cart"));
    QCOMPARE(m_incoming.items.transactions.front().duration.count(), 250);
    QCOMPARE(outcomes(), QStringList{QStringLiteral("span/dropped/not_kept=4")});
    init();
    read(R"({"type":"span"})", R"({"is_segment":)");
    QVERIFY(m_incoming.items.transactions.empty());
}

void TestItems::countsTheRest()
{
    m_bytes = "{}\n";
    for (const char* header :
        {R"({"type":"session"})", R"({"type":"sessions"})", R"({"type":"span","item_count":12})",
            R"({"type":"log","item_count":7})", R"({"type":"check_in"})", R"({"type":"profile"})",
            R"({"type":"profile_chunk"})", R"({"type":"replay_event"})", R"({"type":"replay_recording"})",
            R"({"type":"statsd"})", R"({"type":"trace_metric","item_count":2})",
            R"({"type":"made up by a page"})", R"({"type":"log","item_count":-3})"})
        m_bytes += std::string(header) + "\n{}\n";
    const auto envelope = parseEnvelope(m_bytes);
    QVERIFY(envelope.has_value());
    readItems(*envelope, {}, m_incoming, m_attachments);
    QCOMPARE(outcomes(),
        (QStringList{QStringLiteral("default/dropped/not_kept=1"),
            QStringLiteral("log_item/dropped/not_kept=8"), QStringLiteral("metric_bucket/dropped/not_kept=3"),
            QStringLiteral("monitor/dropped/not_kept=1"), QStringLiteral("profile/dropped/not_kept=2"),
            QStringLiteral("replay/dropped/not_kept=2"), QStringLiteral("session/dropped/not_kept=2"),
            QStringLiteral("span/dropped/not_kept=12")}));
}

void TestItems::refusesLargeItems()
{
    read(R"({"type":"user_report"})", R"({"comments":")" + std::string(1'100'000, 'x') + "\"}", id);
    QVERIFY(m_incoming.items.reports.empty());
    QCOMPARE(outcomes(), QStringList{QStringLiteral("feedback/refused/too_large=1")});
}

VEDETTE_TEST_MAIN(QCoreApplication, TestItems)
#include "tst_items.moc"
