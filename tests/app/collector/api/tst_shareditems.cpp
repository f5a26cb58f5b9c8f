// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>

#include "app/collector/envelope/envelope.h"
#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// What recorded SDKs sent beside their events, read back through the web API: attachments byte for byte,
/// feedback with its words, transactions by name; again after the collector was started anew.
class TestSharedItems final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void recorded_data();
    void recorded();
    void envelopes_data();
    void envelopes();
    void storeTakesBase64OfZlib_data();
    void storeTakesBase64OfZlib();
    void browserReport();

private:
    void compare(const collector::Envelope& envelope);
    [[nodiscard]] QByteArray project() const
    {
        return "/api/0/projects/" + QByteArray::fromStdString(m_world->collector().organization()) +
               "/default";
    }
    std::unique_ptr<ApiWorld> m_world;
};

void TestSharedItems::init()
{
    m_world = std::make_unique<ApiWorld>();
}

void TestSharedItems::recorded_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& path : sharedFiles(u"recorded"_s, u"*.http"_s)) {
        if (QFile::exists(path.chopped(5) + u".envelope"_s))
            QTest::newRow(qPrintable(QFileInfo(path).completeBaseName())) << path;
    }
    if (sharedFixtures().isEmpty())
        QTest::newRow("absent") << QString();
}

void TestSharedItems::recorded()
{
    QFETCH(const QString, path);
    if (path.isEmpty())
        QSKIP(sharedFixturesAbsent);
    const auto added = m_world->collector().store().write([&](SQLite::Database& db) {
        return collector::addKey(db, 1, "replay", m_world->clock.now(), std::string(32, 'f'));
    });
    QVERIFY(added.has_value());
    const auto port = static_cast<std::uint16_t>(QUrl(QString::fromLatin1(m_world->base())).port());
    for (int round = 0; round < 2; ++round) { // a repeat changes nothing
        const RawAnswer answer = request(port, readFile(path).toStdString());
        QVERIFY2(answer.status == 200, answer.body.c_str());
    }
    const std::string bytes = readFile(path.chopped(5) + u".envelope"_s).toStdString();
    const auto envelope = collector::parseEnvelope(bytes);
    QVERIFY(envelope.has_value());
    compare(*envelope);
}

void TestSharedItems::envelopes_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& path : sharedFiles(u"envelopes"_s, u"*.envelope"_s))
        QTest::newRow(qPrintable(QFileInfo(path).completeBaseName())) << path;
    if (sharedFixtures().isEmpty())
        QTest::newRow("absent") << QString();
}

void TestSharedItems::envelopes()
{
    QFETCH(const QString, path);
    if (path.isEmpty())
        QSKIP(sharedFixturesAbsent);
    const QByteArray bytes = readFile(path);
    const std::string copy = bytes.toStdString();
    const auto envelope = collector::parseEnvelope(copy);
    QVERIFY(envelope.has_value());
    if (!envelope->dsn.empty())
        QSKIP("goes to a project of its own; tst_replay sends it");
    const QByteArray key = QByteArray::fromStdString(m_world->collector().firstProject()->key);
    for (int round = 0; round < 2; ++round)
        QCOMPARE(m_world->call("POST", "/api/1/envelope/?sentry_key=" + key, bytes).status, 200);
    compare(*envelope);
}

void TestSharedItems::compare(const collector::Envelope& envelope)
{
    QList<const collector::EnvelopeItem*> sent;
    qsizetype reports = 0;
    QStringList transactions;
    for (const collector::EnvelopeItem& item : envelope.items) {
        if (item.type == "attachment" && !envelope.eventId.empty())
            sent.append(&item);
        reports += item.type == "feedback" || item.type == "user_report" ? 1 : 0;
        const QJsonObject json =
            QJsonDocument::fromJson(QByteArray(item.payload.data(), qsizetype(item.payload.size()))).object();
        if (item.type == "transaction")
            transactions << json[u"transaction"_s].toString();
        for (const QJsonValue& span : json[u"items"_s].toArray()) {
            if (item.type == "span" && span[u"is_segment"_s].toBool())
                transactions << span[u"name"_s].toString();
        }
    }
    const QByteArray list =
        project() + "/events/" + QByteArray::fromStdString(envelope.eventId) + "/attachments/";
    const QJsonArray rows = m_world->get(list).json.toArray();
    QCOMPARE(rows.size(), sent.size());
    for (qsizetype i = 0; i < sent.size(); ++i) {
        const QByteArray bytes(sent[i]->payload.data(), qsizetype(sent[i]->payload.size()));
        QCOMPARE(rows[i][u"size"_s].toInteger(), bytes.size());
        QCOMPARE(rows[i][u"sha1"_s].toString().toLatin1(),
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex());
        const ApiAnswer answer = m_world->get(list + rows[i][u"id"_s].toString().toLatin1() + "/?download");
        QCOMPARE(QByteArray::fromStdString(answer.raw.body), bytes);
        if (!sent[i]->filename.empty())
            QCOMPARE(rows[i][u"name"_s].toString().toStdString(), sent[i]->filename);
        if (!sent[i]->contentType.empty())
            QCOMPARE(answer.header("content-type").toStdString(), sent[i]->contentType);
    }
    const QJsonArray said = m_world->get(project() + "/user-feedback/").json.toArray();
    QCOMPARE(said.size(), reports);
    if (const auto* feedback = envelope.firstOf("feedback")) {
        const QJsonValue words = QJsonDocument::fromJson(QByteArray(
            feedback->payload.data(), qsizetype(feedback->payload.size())))[u"contexts"_s][u"feedback"_s];
        QCOMPARE(said[0][u"comments"_s].toString(), words[u"message"_s].toString());
        QCOMPARE(said[0][u"email"_s].toString(), words[u"contact_email"_s].toString());
        QCOMPARE(said[0][u"name"_s].toString(), words[u"name"_s].toString());
    }
    const QJsonArray slow = m_world->get("/api/0/vedette/collector/").json[u"transactions"_s].toArray();
    transactions.removeDuplicates();
    transactions.sort();
    QStringList names = column(slow, u"name"_s);
    names.sort();
    QCOMPARE(names, transactions);
    for (const QJsonValue& each : slow)
        QVERIFY(each[u"p50"_s].toDouble() > 0);
}

void TestSharedItems::storeTakesBase64OfZlib_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& path : sharedFiles(u"recorded"_s, u"*.json"_s))
        QTest::newRow(qPrintable(QFileInfo(path).completeBaseName())) << path;
    if (sharedFixtures().isEmpty())
        QTest::newRow("absent") << QString();
}

void TestSharedItems::storeTakesBase64OfZlib()
{
    QFETCH(const QString, path);
    if (path.isEmpty())
        QSKIP(sharedFixturesAbsent);
    // The form of old clients, made of what others sent plain; qCompress() puts four bytes before the zlib.
    const QByteArray event = readFile(path);
    const QByteArray key = QByteArray::fromStdString(m_world->collector().firstProject()->key);
    const ApiAnswer sent = m_world->call("POST", "/api/1/store/?sentry_version=7&sentry_key=" + key,
        qCompress(event).mid(4).toBase64(), "Content-Encoding: \r\n");
    QCOMPARE(sent.status, 200);
    const QJsonValue stored =
        m_world->get(project() + "/events/" + sent.json[u"id"_s].toString().toLatin1() + "/").json;
    QCOMPARE(stored[u"size"_s].toInteger(), event.trimmed().size());
    QCOMPARE(
        stored[u"id"_s].toString(), QJsonDocument::fromJson(event)[u"event_id"_s].toString().remove(u'-'));
    QVERIFY(!stored[u"entries"_s].toArray().isEmpty());
}

void TestSharedItems::browserReport()
{
    const QStringList paths = sharedFiles(u"events"_s, u"security-report-csp.json"_s);
    if (paths.isEmpty())
        QSKIP(sharedFixturesAbsent);
    const QByteArray key = QByteArray::fromStdString(m_world->collector().firstProject()->key);
    const ApiAnswer sent = m_world->call("POST",
        "/api/1/security/?sentry_key=" + key + "&sentry_environment=prod&sentry_release=1.0",
        readFile(paths.front()));
    QCOMPARE(sent.status, 200);
    const QByteArray id = sent.json[u"id"_s].toString().toLatin1();
    const QJsonValue event = m_world->get(project() + "/events/" + id + "/").json;
    QCOMPARE(event[u"type"_s].toString(), u"csp"_s);
    QCOMPARE(event[u"title"_s].toString(), u"Blocked 'default' from 'evilhackerscripts.com'"_s);
    QCOMPARE(event[u"culprit"_s].toString(), u"default-src"_s);
    QCOMPARE(event[u"metadata"_s][u"uri"_s].toString(), u"evilhackerscripts.com"_s);
    QCOMPARE(event[u"release"_s][u"version"_s].toString(), u"1.0"_s);
    const QJsonArray entries = event[u"entries"_s].toArray();
    QCOMPARE(column(entries, u"type"_s), (QStringList{u"message"_s, u"request"_s, u"csp"_s}));
    QCOMPARE(entries[2][u"data"_s][u"blocked_uri"_s].toString(), u"http://evilhackerscripts.com"_s);
    QCOMPARE(entries[1][u"data"_s][u"url"_s].toString(), u"https://example.com/foo/bar"_s);
    const QJsonValue issue = m_world->get(m_world->org() + "/issues/?query=").json[0];
    QCOMPARE(issue[u"type"_s].toString(), u"csp"_s);
    QCOMPARE(issue[u"title"_s].toString(), event[u"title"_s].toString());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSharedItems)
#include "tst_shareditems.moc"
