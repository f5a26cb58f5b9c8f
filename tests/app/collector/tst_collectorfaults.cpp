// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The collector, over its socket, on a disk that is full, read-only or damaged: it says so with 503 and in
// its status, goes on answering what it can, and is well again by itself.

#include <QTest>

#include <array>

#include "app/collector/storage/health.h"
#include "models/json/document.h"
#include "tests/app/collector/collectorworld.h"
#include "tests/app/collector/storage/damage.h"
#include "tests/support/faultvfs.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestCollectorFaults final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void aDiskThatTakesNothing_data();
    void aDiskThatTakesNothing();
    void startsOnAFullDisk();
    void damageInUse();
    void damageAtTheStart_data();
    void damageAtTheStart();

private:
    [[nodiscard]] RawAnswer sendEvent(int number) const;
    [[nodiscard]] RawAnswer changeIssue() const;
    [[nodiscard]] RawAnswer get(const std::string& path) const;
    /// The text of the status' problem; empty where there is none.
    [[nodiscard]] std::string problem() const;
    [[nodiscard]] std::string database() const { return m_world->dataDir() + "/collector/collector.sqlite"; }

    std::unique_ptr<CollectorWorld> m_world;
};

void TestCollectorFaults::init()
{
    FaultVfs::disarm();
    m_world = std::make_unique<CollectorWorld>();
    m_world->options.vfs = FaultVfs::name();
    m_world->start();
}

void TestCollectorFaults::cleanup()
{
    FaultVfs::disarm();
    m_world.reset();
}

RawAnswer TestCollectorFaults::sendEvent(int number) const
{
    std::string id = std::to_string(number);
    id.insert(0, 32 - id.size(), '0');
    return request(m_world->port(), post("/api/1/envelope/?sentry_key=" + m_world->key(), eventEnvelope(id)));
}

RawAnswer TestCollectorFaults::changeIssue() const
{
    const std::string change = R"({"status":"resolved"})";
    return request(m_world->port(),
        "PUT /api/0/issues/1/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + (*m_world)->token() +
            "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(change.size()) +
            "\r\n\r\n" + change);
}

RawAnswer TestCollectorFaults::get(const std::string& path) const
{
    return request(m_world->port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                                        (*m_world)->token() + "\r\n\r\n");
}

std::string TestCollectorFaults::problem() const
{
    const RawAnswer answer = get("/api/0/vedette/collector/");
    if (answer.status != 200)
        return "the status answers " + std::to_string(answer.status) + ": " + answer.body;
    const auto status = json::Document::parse(answer.body);
    const json::Value told = status->root()["problem"];
    if (told.isNull())
        return {};
    if (!core::parseTime(std::string(told["since"].string().value_or(""))))
        return "a problem without its time";
    return std::string(told["text"].string().value_or("a problem without words"));
}

void TestCollectorFaults::aDiskThatTakesNothing_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("full") << int(FaultVfs::Refusal::Full) << QByteArray("the disk is full");
    QTest::newRow("read-only") << int(FaultVfs::Refusal::ReadOnly) << QByteArray("the disk is read-only");
    QTest::newRow("broken") << int(FaultVfs::Refusal::Broken) << QByteArray("the disk cannot be written");
}

void TestCollectorFaults::aDiskThatTakesNothing()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, words);
    const std::string expected = words.toStdString();
    QCOMPARE(sendEvent(1).status, 200);
    QCOMPARE(problem(), std::string());

    FaultVfs::refuseWrites(FaultVfs::Refusal(kind));
    for (int i = 2; i < 5; ++i) {
        const RawAnswer refused = sendEvent(i);
        QCOMPARE(refused.status, 503);
        QVERIFY(!refused.header("retry-after").empty());
        QVERIFY2(refused.body.find(expected) != std::string::npos, refused.body.c_str());
        QVERIFY(refused.header("x-sentry-error").find(expected) != std::string::npos);
        QCOMPARE(refused.header("access-control-allow-origin"), std::string("*"));
    }
    QVERIFY2(problem().find(expected) != std::string::npos, problem().c_str());
    // Reading goes on; a change is refused with the same reason.
    const RawAnswer issues = get("/api/0/organizations/local/issues/?query=");
    QCOMPARE(issues.status, 200);
    QVERIFY(issues.body.find("hello") != std::string::npos);
    const RawAnswer changed = changeIssue();
    QCOMPARE(changed.status, 503);
    QVERIFY(!changed.header("retry-after").empty());
    QVERIFY2(changed.body.find(expected) != std::string::npos, changed.body.c_str());

    // By itself: nobody sends anything.
    FaultVfs::disarm();
    QTRY_COMPARE_WITH_TIMEOUT(problem(), std::string(), 20'000);
    for (int i = 1; i < 6; ++i)
        QCOMPARE(sendEvent(i).status, 200);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 5);
    QCOMPARE(m_world->number("SELECT count FROM issues"), 5);
    QCOMPARE(m_world->text("PRAGMA integrity_check"), std::string("ok"));
}

void TestCollectorFaults::startsOnAFullDisk()
{
    QCOMPARE(sendEvent(1).status, 200);
    m_world->stop();
    FaultVfs::refuseWrites(FaultVfs::Refusal::Full);
    m_world->start();
    QCOMPARE(get("/api/0/organizations/local/issues/?query=").status, 200);
    QCOMPARE(sendEvent(2).status, 503);
    QVERIFY(!problem().empty());
    FaultVfs::disarm();
    QTRY_COMPARE_WITH_TIMEOUT(problem(), std::string(), 20'000);
    QCOMPARE(sendEvent(2).status, 200);
}

void TestCollectorFaults::damageInUse()
{
    QCOMPARE(sendEvent(1).status, 200);
    m_world->stop();
    const std::int64_t page = rootPage(database(), "events_by_event_id");
    const std::string before = spoilPage(database(), page);
    m_world->start(); // no start reads every page
    QCOMPARE(problem(), std::string());
    QCOMPARE(changeIssue().status, 200); // so that the log holds something
    QCOMPARE(sendEvent(2).status, 200);  // safe in the journal; filing it finds the page
    QTRY_VERIFY_WITH_TIMEOUT(!problem().empty(), 20'000);
    const RawAnswer refused = sendEvent(3);
    QCOMPARE(refused.status, 503);
    QVERIFY2(refused.body.find("the database is damaged") != std::string::npos, refused.body.c_str());
    QVERIFY(!refused.header("retry-after").empty());
    QVERIFY2(problem().find("--salvage") != std::string::npos, problem().c_str());
    // Nothing is written to it any more, not even what would go well.
    const RawAnswer empty = request(m_world->port(),
        post("/api/1/envelope/?sentry_key=" + m_world->key(), "{}\n{\"type\":\"session\"}\n{}\n"));
    QCOMPARE(empty.status, 503);
    const RawAnswer issues = get("/api/0/organizations/local/issues/?query=");
    QCOMPARE(issues.status, 200);
    QVERIFY(issues.body.find("hello") != std::string::npos);

    // The log holds what was committed before it was found; it is not moved any more either.
    QVERIFY(!fileBytes(database() + "-wal").empty());
    const std::string damaged = fileBytes(database());
    m_world->stop();
    QVERIFY(fileBytes(database()) == damaged);
    const auto again = Collector::start(m_world->options, m_world->clock);
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().kind, core::ErrorKind::Storage);
    QVERIFY2(again.error().detail.contains(u"is damaged"_s), qPrintable(again.error().detail));
    QVERIFY2(again.error().detail.contains(u"--salvage"_s), qPrintable(again.error().detail));
    QVERIFY(fileBytes(database()) == damaged);

    // It was a loose cable: the page is as it was.
    writePage(database(), page, before);
    m_world->start();
    QCOMPARE(problem(), std::string());
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 2); // the one that was acknowledged
    QCOMPARE(sendEvent(3).status, 200);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 3);
    QCOMPARE(m_world->number("SELECT sum(count) FROM issues"), 3);
    m_world->start();
}

void TestCollectorFaults::damageAtTheStart_data()
{
    QTest::addColumn<QString>("where");
    QTest::newRow("the file's head") << QString();
    QTest::newRow("the events") << u"events"_s;
    QTest::newRow("who and what") << u"organization"_s;
}

void TestCollectorFaults::damageAtTheStart()
{
    QFETCH(const QString, where);
    QCOMPARE(sendEvent(1).status, 200);
    m_world->stop();
    const std::int64_t page = where.isEmpty() ? 1 : rootPage(database(), where.toStdString());
    (void)spoilPage(database(), page);
    const std::string damaged = fileBytes(database());
    for (int i = 0; i < 2; ++i) {
        const auto refused = Collector::start(m_world->options, m_world->clock);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().kind, core::ErrorKind::Storage);
        const QString said = refused.error().detail;
        QVERIFY2(said.contains(u"is damaged"_s) && said.contains(u"--salvage"_s) &&
                     said.contains(u"collector.sqlite"_s),
            qPrintable(said));
        QVERIFY(fileBytes(database()) == damaged);
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCollectorFaults)
#include "tst_collectorfaults.moc"
