// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/attachments.h"
#include "app/collector/storage/directory.h"
#include "app/collector/storage/durations.h"
#include "app/collector/storage/itemwriter.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// What comes beside events is kept once, goes with its event, and stays bounded.
class TestItemWriter final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsAttachments();
    void doesNotDouble();
    void isThereAfterAKill();
    void ofADiscardedEvent();
    void goesWithTheEvent();
    void keepsReportsOnce();
    void sumsTransactions();
    void boundsNames();
    void rollsBackWhole();

private:
    std::string attachmentBytes(std::int64_t id);

    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{beginning()};
    std::unique_ptr<Store> m_store;
};

namespace {

/// Parts that lie in memory.
class MemoryParts final : public PackedParts
{
public:
    explicit MemoryParts(std::string_view bytes)
    {
        for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), attachmentPartBytes)))
            m_parts.push_back(packPart(bytes.substr(0, attachmentPartBytes)));
    }
    [[nodiscard]] std::size_t count() const override { return m_parts.size(); }
    [[nodiscard]] std::string_view part(std::size_t number) const override { return m_parts.at(number); }

private:
    std::vector<std::string> m_parts;
};

IncomingAttachment attachment(int event, const std::string& name, const std::string& bytes)
{
    IncomingAttachment out;
    out.eventId = hexId(event);
    out.name = name;
    out.type = "event.attachment";
    out.size = static_cast<std::int64_t>(bytes.size());
    out.sha1 = std::to_string(std::hash<std::string>()(bytes));
    out.parts = std::make_shared<MemoryParts>(bytes);
    return out;
}

/// Bytes that do not pack well.
std::string noise(std::size_t size)
{
    std::string out(size, '\0');
    std::uint32_t state = 1;
    for (char& c : out) {
        state = state * 1'664'525U + 1'013'904'223U;
        c = static_cast<char>(state >> 24U);
    }
    return out;
}

IncomingReport userReport(int event, const std::string& comments)
{
    IncomingReport out;
    if (event != 0)
        out.eventId = hexId(event);
    out.name = "Ann";
    out.email = "ann@example.org";
    out.comments = comments;
    return out;
}

/// With an id of its own.
IncomingReport feedback(int id, int event, const std::string& comments)
{
    IncomingReport out = userReport(event, comments);
    out.source = "feedback";
    out.reportId = hexId(id);
    return out;
}

Incoming withEvent(int event)
{
    return incoming(1, {.id = event});
}

} // namespace

void TestItemWriter::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    Store::Options options;
    options.path = m_dir->filePath(u"c.sqlite"_s).toStdString();
    auto opened = Store::open(options, m_clock);
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().detail));
    m_store = std::move(*opened);
    QVERIFY(m_store->write([&](SQLite::Database& db) { seedDirectory(db, m_clock.now()); }).has_value());
}

std::string TestItemWriter::attachmentBytes(std::int64_t id)
{
    const std::int64_t parts = numberOf(
        *m_store, "SELECT count(*) FROM attachment_parts WHERE attachment_id = " + std::to_string(id));
    std::string out;
    for (std::int64_t part = 0; part < parts; ++part) {
        const auto bytes = m_store->read([&](SQLite::Database& db) { return readPart(db, id, part); });
        out += bytes ? *bytes : "damaged";
    }
    return out;
}

void TestItemWriter::keepsAttachments()
{
    const std::string large = noise(attachmentPartBytes * 2 + 5);
    Incoming part = withEvent(1);
    part.items.attachments = {
        attachment(1, "a.txt", "hello"), attachment(1, "empty", ""), attachment(1, "large.bin", large)};
    QVERIFY(submit(*m_store, std::move(part)).has_value());
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachments"), 3);
    QCOMPARE(numberOf(*m_store, "SELECT size FROM attachments WHERE name = 'large.bin'"), 2 * 262'144 + 5);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachment_parts"), 4);
    QCOMPARE(attachmentBytes(1), std::string("hello"));
    QCOMPARE(attachmentBytes(2), std::string());
    QVERIFY(attachmentBytes(3) == large);
    QCOMPARE(numberOf(*m_store, "SELECT quantity FROM outcomes WHERE category = 'attachment' AND outcome = "
                                "'accepted'"),
        3);
    const auto missing = m_store->read([](SQLite::Database& db) { return readPart(db, 1, 9); });
    QVERIFY(!missing.has_value());
    QCOMPARE(missing.error().kind, core::ErrorKind::NotFound);
}

void TestItemWriter::doesNotDouble()
{
    for (int round = 0; round < 3; ++round) {
        Incoming part = withEvent(1);
        // The same file twice in one envelope is two files.
        part.items.attachments = {attachment(1, "a", "x"), attachment(1, "a", "x"), attachment(1, "b", "x"),
            attachment(1, "a", "y")};
        QVERIFY(submit(*m_store, std::move(part)).has_value());
        QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachments"), 4);
    }
    QCOMPARE(numberOf(*m_store, "SELECT quantity FROM outcomes WHERE category = 'attachment' AND outcome = "
                                "'duplicate'"),
        8);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events"), 1);
}

void TestItemWriter::isThereAfterAKill()
{
    const std::string large = noise(attachmentPartBytes + 5);
    Incoming part = withEvent(1);
    part.items.attachments = {attachment(1, "large.bin", large)};
    part.items.reports = {userReport(1, "it broke")};
    part.items.transactions = {{"GET /", std::chrono::milliseconds(5)}};
    QVERIFY(submit(*m_store, std::move(part)).has_value());
    // What a killed process leaves: the files as they are when the acknowledgement is there.
    const QTemporaryDir left;
    for (const QString& name : {u"c.sqlite"_s, u"c.sqlite-wal"_s})
        QVERIFY(QFile::copy(m_dir->filePath(name), left.filePath(name)));
    m_store.reset();
    Store::Options options;
    options.path = left.filePath(u"c.sqlite"_s).toStdString();
    auto opened = Store::open(options, m_clock);
    QVERIFY(opened.has_value());
    m_store = std::move(*opened);
    QVERIFY(attachmentBytes(1) == large);
    QCOMPARE(textOf(*m_store, "SELECT comments FROM user_reports"), std::string("it broke"));
    QCOMPARE(textOf(*m_store, "SELECT name FROM transaction_hours"), std::string("GET /"));
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events"), 1);
    m_store.reset(); // before its folder goes
}

void TestItemWriter::ofADiscardedEvent()
{
    const std::vector<Outcome> outcomes = [&] {
        std::vector<Outcome> out;
        (void)m_store->write([&](SQLite::Database& db) {
            IncomingItems items;
            items.attachments = {attachment(1, "a", "x"), attachment(1, "b", "y")};
            items.reports = {userReport(1, "kept")};
            ItemWriter(db).write(1, items, true, m_clock.now(), out);
        });
        return out;
    }();
    QCOMPARE(outcomes.size(), std::size_t(2));
    QCOMPARE(outcomes.front().outcome, std::string("filtered"));
    QCOMPARE(outcomes.front().quantity, 2);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachments"), 0);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM user_reports"), 1);
}

void TestItemWriter::goesWithTheEvent()
{
    for (const int event : {1, 2}) {
        Incoming part = withEvent(event);
        part.items.attachments = {attachment(event, "a", "x")};
        part.items.reports = {userReport(event, "it broke"), feedback(100 + event, event, "odd")};
        QVERIFY(submit(*m_store, std::move(part)).has_value());
        Incoming screenshot; // of the feedback
        screenshot.project = 1;
        screenshot.items.attachments = {attachment(100 + event, "screenshot.png", "x")};
        QVERIFY(submit(*m_store, std::move(screenshot)).has_value());
    }
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM user_reports"), 4);
    QVERIFY(m_store
                ->write([](SQLite::Database& db) {
                    db.exec("DELETE FROM events WHERE lower(hex(event_id)) = '" + hexId(1) + "'");
                })
                .has_value());
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachments"), 2);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachment_parts"), 2);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM user_reports"), 2);
    // A deleted issue takes its events with it, and they theirs.
    QVERIFY(m_store->write([](SQLite::Database& db) { db.exec("DELETE FROM issues"); }).has_value());
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events"), 0);
    QCOMPARE(numberOf(*m_store, "SELECT (SELECT count(*) FROM attachments) + (SELECT count(*) FROM "
                                "attachment_parts) + (SELECT count(*) FROM user_reports)"),
        0);
}

void TestItemWriter::keepsReportsOnce()
{
    for (int round = 0; round < 2; ++round) {
        Incoming part;
        part.project = 1;
        part.items.reports = {
            userReport(1, "a"), userReport(1, "b"), feedback(7, 0, "general"), feedback(8, 1, "general")};
        QVERIFY(submit(*m_store, std::move(part)).has_value());
    }
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM user_reports"), 4);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM user_reports WHERE event_id IS NULL"), 1);
    QCOMPARE(numberOf(*m_store, "SELECT quantity FROM outcomes WHERE category = 'feedback' AND outcome = "
                                "'duplicate'"),
        4);
}

void TestItemWriter::sumsTransactions()
{
    for (int i = 1; i <= 100; ++i) {
        Incoming part;
        part.project = 1;
        part.items.transactions = {{"GET /cart", std::chrono::milliseconds(i)}};
        if (i == 60)
            m_clock.advance(std::chrono::hours(1));
        QVERIFY(submit(*m_store, std::move(part)).has_value());
    }
    QCOMPARE(textOf(*m_store, "SELECT group_concat(count) FROM (SELECT count FROM transaction_hours ORDER BY "
                              "hour)"),
        std::string("59,41"));
    const std::string sketch = textOf(*m_store, "SELECT sketch FROM transaction_hours ORDER BY hour LIMIT 1");
    const auto p50 = Durations::unpack(sketch).quantile(0.5).count();
    QVERIFY2(p50 > 29'000 && p50 < 31'000, qPrintable(QString::number(p50)));
    QCOMPARE(numberOf(*m_store, "SELECT sum(quantity) FROM outcomes WHERE category = 'transaction' AND "
                                "outcome = 'accepted'"),
        100);
}

void TestItemWriter::boundsNames()
{
    const int names = static_cast<int>(maxTransactionNames) + 50;
    for (int round = 0; round < 2; ++round) {
        Incoming part;
        part.project = 1;
        for (int i = 0; i < names; ++i)
            part.items.transactions.push_back({"GET /" + std::to_string(i), std::chrono::milliseconds(3)});
        QVERIFY(submit(*m_store, std::move(part)).has_value());
        // What was looked up is looked up again.
        QVERIFY(m_store->write([](SQLite::Database&) {}).has_value());
    }
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM transaction_hours"), names - 50 + 1);
    QCOMPARE(numberOf(*m_store, "SELECT count FROM transaction_hours WHERE name = '<other>'"), 100);
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM transaction_hours"), 2 * names);
}

void TestItemWriter::rollsBackWhole()
{
    Incoming part;
    part.project = 99; // there is none
    part.items.transactions = {{"GET /", std::chrono::milliseconds(3)}};
    part.items.attachments = {attachment(1, "a", "x")};
    QVERIFY(!submit(*m_store, std::move(part)).has_value());
    Incoming fine;
    fine.project = 1;
    fine.items.transactions = {{"GET /", std::chrono::milliseconds(3)}};
    QVERIFY(submit(*m_store, std::move(fine)).has_value());
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachments"), 0);
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM transaction_hours"), 1);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestItemWriter)
#include "tst_itemwriter.moc"
