// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/collector/ingest/reader.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;

/// What browsers post on their own, in both forms, through the whole reader.
class TestSecurityReport final : public QObject
{
    Q_OBJECT

private slots:
    void doors();
    void titles_data();
    void titles();
    void readsTheQuery();
    void readsLists();
    void sameInBothForms();
    void refuses_data();
    void refuses();
};

namespace {

const std::string key(32, 'e');
const core::TimePoint now = *core::parseTime("2026-11-20T10:00:00Z");

constexpr const char* chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";

IngestReading readBody(const std::string& body, const std::string& door = "security")
{
    Request request;
    request.method = "POST";
    request.segments = {"api", "1", door};
    request.query = {{"sentry_key", key}, {"sentry_environment", "prod"}, {"sentry_release", "web@1.2"}};
    request.headers = {{"user-agent", chrome}, {"content-type", "application/csp-report"}};
    request.remote = "127.0.0.1";
    const auto route = ingestRoute(request);
    if (!route)
        qFatal("not a door");
    return readIngest(*route, request, body, now, [](const std::string& given) {
        return given == key ? std::optional<std::int64_t>(1) : std::nullopt;
    });
}

std::string tagOf(const EventFacts& facts, std::string_view name)
{
    for (const auto& [tag, value] : facts.tags) {
        if (tag == name)
            return value;
    }
    return {};
}

std::string csp(const std::string& directive, const std::string& blocked)
{
    return R"({"csp-report":{"document-uri":"https://shop.example/cart?a=1","referrer":"https://x/",)"
           R"("violated-directive":")" +
           directive + R"( 'none'","effective-directive":")" + directive + R"(","blocked-uri":")" + blocked +
           R"(","original-policy":"default-src 'none'","status-code":200}})";
}

} // namespace

void TestSecurityReport::doors()
{
    for (const char* door : {"security", "csp-report", "nel"}) {
        const IngestReading reading = readBody(csp("img-src", "https://cdn.example/a.png"), door);
        QVERIFY(!reading.refusal);
        QVERIFY(reading.incoming.event.has_value());
        QCOMPARE(reading.incoming.event->category, std::string("security"));
        QCOMPARE(reading.incoming.event->facts.eventId, reading.eventId);
    }
}

void TestSecurityReport::titles_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("title");
    QTest::addColumn<std::string>("culprit");
    const auto row = [](const char* name, const std::string& body, const char* type, const char* title,
                         const char* culprit) {
        QTest::newRow(name) << body << std::string(type) << std::string(title) << std::string(culprit);
    };
    row("host", csp("img-src", "https://cdn.example/a.png"), "csp", "Blocked 'image' from 'cdn.example'",
        "img-src");
    row("scheme", csp("img-src", "blob"), "csp", "Blocked 'image' from 'blob:'", "img-src");
    row("own page", csp("font-src", "https://shop.example/f"), "csp", "Blocked inline 'font'", "font-src");
    row("inline script", csp("script-src", "inline"), "csp", "Blocked unsafe inline 'script'", "script-src");
    row("eval", csp("script-src", "eval"), "csp", "Blocked unsafe eval() 'script'", "script-src");
    row("inline style", csp("style-src", ""), "csp", "Blocked inline 'style'", "style-src");
    row("connect", csp("connect-src", "wss://live.example/x"), "csp", "Blocked 'connect' from 'live.example'",
        "connect-src");
    row("hpkp",
        R"({"date-time":"2014-04-06T13:00:50Z","hostname":"www.example.com","port":443,"include-subdomains":false,)"
        R"("known-pins":["pin-sha256=\"x\""]})",
        "hpkp", "Public key pinning validation failed for 'www.example.com'", "");
    row("expect-ct", R"({"expect-ct-report":{"hostname":"a.example","port":443,"scts":[]}})", "expectct",
        "Expect-CT failed for 'a.example'", "");
    row("expect-staple",
        R"({"expect-staple-report":{"hostname":"a.example","port":443,"response-status":"MISSING","cert-status":"GOOD"}})",
        "expectstaple", "Expect-Staple failed for 'a.example'", "");
    row("network error",
        R"([{"type":"network-error","age":5,"url":"https://api.example/v1?x","body":{"type":"tcp.timed_out","phase":"connection"}}])",
        "nel", "Network error tcp.timed_out at 'api.example'", "tcp.timed_out");
}

void TestSecurityReport::titles()
{
    QFETCH(std::string, body);
    QFETCH(std::string, type);
    QFETCH(std::string, title);
    QFETCH(std::string, culprit);
    const IngestReading reading = readBody(body);
    QVERIFY2(!reading.refusal, reading.refusal ? qPrintable(reading.refusal->detail) : "");
    const EventFacts& facts = reading.incoming.event->facts;
    QCOMPARE(facts.type, type);
    QCOMPARE(facts.title, title);
    QCOMPARE(facts.culprit, culprit);
    QCOMPARE(facts.logger, type);
    QCOMPARE(tagOf(facts, "browser.name"), std::string("Chrome"));
    QVERIFY(!facts.hashes.empty());
}

void TestSecurityReport::readsTheQuery()
{
    const IngestReading reading = readBody(csp("img-src", "https://cdn.example/a.png"));
    const EventFacts& facts = reading.incoming.event->facts;
    QCOMPARE(facts.environment, std::string("prod"));
    QCOMPARE(facts.release, std::string("web@1.2"));
    QCOMPARE(tagOf(facts, "effective-directive"), std::string("img-src"));
    QCOMPARE(tagOf(facts, "blocked-uri"), std::string("https://cdn.example/a.png"));
    QCOMPARE(tagOf(facts, "url"), std::string("https://shop.example/cart"));
    QVERIFY(facts.userKey.empty()); // every browser here is on this machine
}

void TestSecurityReport::readsLists()
{
    const std::string violation =
        R"({"type":"csp-violation","age":60000,"url":"https://shop.example/","user_agent":"Mozilla/5.0 (Windows NT 10.0; rv:120.0) Gecko/20100101 Firefox/120.0",)"
        R"("body":{"documentURL":"https://shop.example/","blockedURL":"https://evil.example/x.js","effectiveDirective":"script-src-elem",)"
        R"("originalPolicy":"p","disposition":"enforce","statusCode":200}})";
    const IngestReading reading =
        readBody("[" + violation + "," + violation +
                 R"(,{"type":"deprecation","body":{"id":"x"}},{"type":"csp-violation"},5])");
    QVERIFY(!reading.refusal);
    QCOMPARE(reading.incoming.furtherEvents.size(), std::size_t(1));
    const EventFacts& facts = reading.incoming.event->facts;
    QCOMPARE(facts.title, std::string("Blocked 'script' from 'evil.example'"));
    QCOMPARE(facts.timestamp, now - std::chrono::minutes(1));
    QCOMPARE(tagOf(facts, "browser.name"), std::string("Firefox"));
    QVERIFY(facts.eventId != reading.incoming.furtherEvents.front().facts.eventId);
    QCOMPARE(reading.incoming.outcomes.size(), std::size_t(1));
    QCOMPARE(reading.incoming.outcomes.front().category, std::string("security"));
    QCOMPARE(reading.incoming.outcomes.front().quantity, 3);
}

void TestSecurityReport::sameInBothForms()
{
    const IngestReading old = readBody(csp("img-src", "https://cdn.example/a.png"));
    const IngestReading listed = readBody(
        R"([{"type":"csp-violation","body":{"documentURL":"https://other.example/","blockedURL":"https://cdn.example/b.png","effectiveDirective":"img-src"}}])");
    const IngestReading other = readBody(csp("img-src", "https://more.example/a.png"));
    QCOMPARE(old.incoming.event->facts.hashes, listed.incoming.event->facts.hashes);
    QVERIFY(old.incoming.event->facts.hashes != other.incoming.event->facts.hashes);
}

void TestSecurityReport::refuses_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("empty") << std::string() << 400;
    QTest::newRow("no JSON") << std::string("{") << 400;
    QTest::newRow("no report") << std::string(R"({"a":1})") << 400;
    QTest::newRow("a report of nothing") << std::string(R"({"csp-report":{}})") << 400;
    QTest::newRow("an empty list") << std::string("[]") << 400;
    QTest::newRow("large") << csp("img-src", std::string(1'100'000, 'x')) << 413;
    std::string many = "[1";
    for (int i = 0; i < 100; ++i)
        many += ",1";
    QTest::newRow("many") << many + "]" << 413;
}

void TestSecurityReport::refuses()
{
    QFETCH(std::string, body);
    QFETCH(int, status);
    const IngestReading reading = readBody(body);
    QVERIFY(reading.refusal.has_value());
    QVERIFY(!reading.incoming.event.has_value());
    QCOMPARE(refusalResponse(*reading.refusal).status, status);
    QCOMPARE(reading.incoming.outcomes.size(), std::size_t(1));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSecurityReport)
#include "tst_securityreport.moc"
