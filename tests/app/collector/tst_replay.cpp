// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Requests as clients put them on the wire, replayed byte for byte: ours (tests/fixtures/ingest) and, where
// they lie beside the project, recordings of real SDKs and the shared envelopes.

#include <QDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/envelope/envelope.h"
#include "app/collector/ingest/categories.h"
#include "app/collector/storage/payload.h"
#include "models/json/document.h"
#include "tests/app/collector/collectorworld.h"
#include "tests/support/main.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestReplay final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void ours_data();
    void ours();
    void recorded_data();
    void recorded();
    void envelopes_data();
    void envelopes();

private:
    void addKey(const std::string& key);
    /// The JSON of the one event that is stored; empty where there is none.
    [[nodiscard]] std::string storedPayload() const;

    std::unique_ptr<CollectorWorld> m_world;
};

void TestReplay::init()
{
    m_world = std::make_unique<CollectorWorld>();
}

void TestReplay::addKey(const std::string& key)
{
    const auto added = (*m_world)->store().write(
        [&](SQLite::Database& db) { return collector::addKey(db, 1, "replay", m_world->clock.now(), key); });
    QVERIFY(added.has_value());
}

std::string TestReplay::storedPayload() const
{
    if (m_world->number("SELECT count(*) FROM payloads") != 1)
        return {};
    const auto payload = unpackPayload(m_world->text("SELECT data FROM payloads"));
    return payload ? *payload : std::string();
}

void TestReplay::ours_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("title"); // of the issue; empty where no event is in it
    const auto row = [](const char* name, const QString& title) {
        QTest::newRow(name) << QString::fromLatin1(name) << title;
    };
    row("node-chunked", u"TypeError: Cannot read properties of undefined (reading 'mooring')"_s);
    row("node-chunked-gzip", u"RangeError: too deep \u2693 \U0001F6A2"_s);
    row("browser-text-plain", u"Error: browser says no"_s);
    row("browser-tunnel", u"Error: through the tunnel"_s);
    row("python-store-gzip", u"KeyError: 'aurora'"_s);
    row("python-envelope-br", u"ValueError: depth must be positive"_s);
    row("envelope-zstd", u"OSError: disk full"_s);
    row("envelope-deflate-raw", u"OSError: raw deflate"_s);
    row("go-store", u"*errors.errorString: no such pier"_s);
    row("ruby-empty-encoding", u"ZeroDivisionError: divided by 0"_s);
    row("store-base64-zlib", u"ErrorException: Undefined index: berth"_s);
    row("cli-message", u"harbour closed"_s);
    row("node-attachments", u"Error: with attachments"_s);
    row("cut-attachment", u"Error: kept though cut"_s);
    row("session", {});
    row("feedback", {});
    row("transaction", {});
    row("checkin", {});
}

void TestReplay::ours()
{
    QFETCH(const QString, name);
    QFETCH(const QString, title);
    addKey(std::string(32, 'e'));
    const QByteArray bytes =
        readFile(QStringLiteral(VEDETTE_SOURCE_DIR) + u"/tests/fixtures/ingest/"_s + name + u".http"_s);
    const RawAnswer answer = request(m_world->port(), bytes.toStdString());
    QVERIFY2(answer.status == 200, answer.body.c_str());
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), title.isEmpty() ? 0 : 1);
    if (!title.isEmpty()) {
        QCOMPARE(QString::fromStdString(m_world->text("SELECT title FROM issues")), title);
        QCOMPARE(
            answer.body, "{\"id\":\"" + m_world->text("SELECT lower(hex(event_id)) FROM events") + "\"}");
    } else {
        QVERIFY(
            m_world->number("SELECT count(*) FROM outcomes WHERE outcome IN ('dropped', 'accepted')") > 0);
    }
}

void TestReplay::recorded_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& path : sharedFiles(u"recorded"_s, u"*.http"_s))
        QTest::newRow(qPrintable(QFileInfo(path).completeBaseName())) << path;
    if (sharedFixtures().isEmpty())
        QTest::newRow("absent") << QString();
}

void TestReplay::recorded()
{
    QFETCH(const QString, path);
    if (path.isEmpty())
        QSKIP(sharedFixturesAbsent);
    addKey(std::string(32, 'f'));
    const RawAnswer answer = request(m_world->port(), readFile(path).toStdString());
    QVERIFY2(answer.status == 200, answer.body.c_str());

    // The same body without transfer and content encoding lies beside the request.
    const QString base = path.left(path.size() - int(std::string_view(".http").size()));
    std::string payload;
    if (QFile::exists(base + u".json"_s)) {
        payload = readFile(base + u".json"_s).trimmed().toStdString();
    } else {
        const std::string envelopeBytes = readFile(base + u".envelope"_s).toStdString();
        const auto envelope = parseEnvelope(envelopeBytes);
        QVERIFY(envelope.has_value());
        if (const EnvelopeItem* event = envelope->firstOf("event"))
            payload = std::string(event->payload);
        for (const EnvelopeItem& item : envelope->items) {
            const bool kept = item.type == "attachment" || item.type == "feedback" ||
                              item.type == "transaction" || item.type == "user_report";
            QVERIFY2(m_world->number("SELECT sum(quantity) FROM outcomes WHERE outcome = '" +
                                     std::string(kept || item.type == "event" ? "accepted" : "dropped") +
                                     "' AND category = '" + std::string(categoryOfItem(item.type)) + "'") > 0,
                item.type.c_str());
        }
    }
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), payload.empty() ? 0 : 1);
    QCOMPARE(QByteArray::fromStdString(storedPayload()), QByteArray::fromStdString(payload));
    if (!payload.empty()) {
        const auto document = json::Document::parse(payload);
        QVERIFY(document.has_value());
        const auto id = normalisedEventId(document->root()["event_id"].string().value_or(""));
        QVERIFY(id.has_value());
        QCOMPARE(answer.body, "{\"id\":\"" + *id + "\"}");
        QCOMPARE(m_world->text("SELECT lower(hex(event_id)) FROM events"), *id);
        QVERIFY(!m_world->text("SELECT title FROM issues").empty());
    }
}

void TestReplay::envelopes_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& path : sharedFiles(u"envelopes"_s, u"*.envelope"_s))
        QTest::newRow(qPrintable(QFileInfo(path).completeBaseName())) << path;
    if (sharedFixtures().isEmpty())
        QTest::newRow("absent") << QString();
}

void TestReplay::envelopes()
{
    QFETCH(const QString, path);
    if (path.isEmpty())
        QSKIP(sharedFixturesAbsent);
    // Some name a DSN of their own in the header; the tunnel's key and project must agree with it.
    const std::string bytes = readFile(path).toStdString();
    const auto envelope = parseEnvelope(bytes);
    QVERIFY(envelope.has_value());
    const auto dsn = parseDsn(envelope->dsn);
    std::string target = "/api/1/envelope/?sentry_key=" + m_world->key();
    if (dsn) {
        const auto made = (*m_world)->addProject(
            {.slug = "theirs", .name = "Theirs", .id = std::stoll(dsn->project), .key = dsn->key});
        QVERIFY(made.has_value() || dsn->project == "1");
        if (dsn->project == "1")
            addKey(dsn->key);
        target = "/tunnel";
    }
    const RawAnswer answer = request(m_world->port(), post(target, bytes));
    QVERIFY2(answer.status == 200, answer.body.c_str());
    const EnvelopeItem* event = envelope->firstOf("event");
    QCOMPARE(QByteArray::fromStdString(storedPayload()),
        event ? QByteArray(event->payload.data(), qsizetype(event->payload.size())) : QByteArray());
    QCOMPARE(m_world->number("SELECT count(*) FROM outcomes WHERE reason = 'truncated'"),
        path.contains("truncated"_L1) ? 1 : 0);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestReplay)
#include "tst_replay.moc"
