// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every event of the shared fixtures, and every event that a real SDK was recorded with: read, and answered
// without loss.

#include <QTest>

#include <QJsonDocument>

#include <algorithm>

#include "app/collector/envelope/envelope.h"
#include "tests/app/collector/event/eventfixtures.h"
#include "tests/support/main.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestSharedEvents final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void nothingIsLost_data();
    void nothingIsLost();
    void groupsAsTheReadmeSays();
    void pairsAreOneIssueEach();
    void customFingerprintDecides();

private:
    static collector::EventFacts shared(const QString& name);
};

void TestSharedEvents::initTestCase()
{
    if (sharedFixtures().isEmpty())
        QSKIP(sharedFixturesAbsent);
}

void TestSharedEvents::nothingIsLost_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const QString& folder : {u"events"_s, u"pairs"_s, u"recorded"_s}) {
        const QString wildcard = folder == u"pairs"_s ? u"*.in.json"_s : u"*.json"_s;
        for (const QString& path : sharedFiles(folder, wildcard))
            QTest::newRow(qPrintable(path.section(u'/', -2))) << readFile(path);
    }
    for (const QString& folder : {u"envelopes"_s, u"recorded"_s}) {
        for (const QString& path : sharedFiles(folder, u"*.envelope"_s)) {
            const QByteArray bytes = readFile(path);
            const auto envelope = collector::parseEnvelope(
                std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
            const collector::EnvelopeItem* item = envelope ? envelope->firstOf("event") : nullptr;
            if (item) {
                QTest::newRow(qPrintable(path.section(u'/', -2)))
                    << QByteArray(item->payload.data(), static_cast<qsizetype>(item->payload.size()));
            }
        }
    }
    QTest::newRow("at least one, so that the table is never empty") << QByteArray("{}");
}

void TestSharedEvents::nothingIsLost()
{
    QFETCH(QByteArray, json);
    const collector::EventFacts facts = factsOf(json);
    QVERIFY(!facts.title.empty());
    QVERIFY(!facts.hashes.empty());
    QVERIFY(std::is_sorted(facts.tags.begin(), facts.tags.end()));
    const Holdings sent = sentIn(json);
    const QJsonObject event = renderedEvent(json);
    const Holdings answered = answeredIn(event);
    QCOMPARE(answered.exceptions, sent.exceptions);
    QCOMPARE(answered.frames, sent.frames);
    QCOMPARE(answered.threadFrames, sent.threadFrames);
    QCOMPARE(answered.breadcrumbs, sent.breadcrumbs);
    for (const QString& key : sent.tagKeys)
        QVERIFY2(answered.tagKeys.contains(key), qPrintable(key));
    QCOMPARE(event[u"title"_s].toString(), QString::fromStdString(facts.title));
    const qsizetype user = facts.userKey.empty() ? 0 : 1; // shown as a tag, not kept as one
    QCOMPARE(answered.tagKeys.size(), static_cast<qsizetype>(facts.tags.size()) + user);
}

collector::EventFacts TestSharedEvents::shared(const QString& name)
{
    return factsOf(readFile(sharedFixtures() + u"/events/"_s + name + u".json"_s));
}

namespace {

/// An event joins an issue if any of its hashes is known.
bool together(const collector::EventFacts& a, const collector::EventFacts& b)
{
    return std::any_of(a.hashes.begin(), a.hashes.end(), [&](const std::string& hash) {
        return std::find(b.hashes.begin(), b.hashes.end(), hash) != b.hashes.end();
    });
}

} // namespace

void TestSharedEvents::pairsAreOneIssueEach()
{
    const QStringList paths = sharedFiles(u"pairs"_s, u"*.in.json"_s);
    QVERIFY(!paths.isEmpty());
    for (const QString& path : paths) {
        const QByteArray sent = readFile(path);
        // The same fault another time, by another user, on another machine.
        QJsonObject again = QJsonDocument::fromJson(sent).object();
        again[u"event_id"_s] = QString(32, u'a');
        again[u"timestamp"_s] = u"2026-11-20T09:00:00Z"_s;
        again[u"server_name"_s] = u"elsewhere"_s;
        again[u"user"_s] = QJsonObject{{u"id"_s, u"someone"_s}};
        again[u"breadcrumbs"_s] = QJsonArray();
        QVERIFY2(together(factsOf(sent), factsOf(QJsonDocument(again).toJson())), qPrintable(path));
        for (const QString& other : paths) {
            if (other != path)
                QVERIFY2(!together(factsOf(sent), factsOf(readFile(other))), qPrintable(path + u' ' + other));
        }
    }
}

void TestSharedEvents::customFingerprintDecides()
{
    const QByteArray sent = readFile(sharedFixtures() + u"/events/python-custom-fingerprint.json"_s);
    const QJsonObject event = QJsonDocument::fromJson(sent).object();
    QVERIFY(event[u"fingerprint"_s].isArray());
    QJsonObject other = event;
    other[u"exception"_s] =
        QJsonArray{QJsonObject{{u"type"_s, u"Other"_s}, {u"value"_s, u"another fault"_s}}};
    other[u"message"_s] = u"another message"_s;
    QVERIFY(together(factsOf(sent), factsOf(QJsonDocument(other).toJson())));
    QJsonObject apart = event;
    apart[u"fingerprint"_s] = QJsonArray{u"of its own"_s};
    QVERIFY(!together(factsOf(sent), factsOf(QJsonDocument(apart).toJson())));
    apart.remove(u"fingerprint"_s);
    QVERIFY(!together(factsOf(sent), factsOf(QJsonDocument(apart).toJson())));
}

void TestSharedEvents::groupsAsTheReadmeSays()
{
    const auto chrome = shared(u"js-xbrowser-chrome"_s);
    QVERIFY(together(chrome, shared(u"js-xbrowser-firefox"_s)));
    QVERIFY(together(chrome, shared(u"js-xbrowser-safari"_s)));
    QVERIFY(together(shared(u"native-same-group-294-a"_s), shared(u"native-same-group-294-b"_s)));
    QVERIFY(!together(chrome, shared(u"js-minified"_s)));
    QVERIFY(!together(shared(u"native-same-group-294-a"_s), shared(u"native-windows-access-violation"_s)));
    // A fingerprint of the SDK's own is the only hash.
    QCOMPARE(shared(u"python-custom-fingerprint"_s).hashes.size(), std::size_t(1));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSharedEvents)
#include "tst_sharedevents.moc"
