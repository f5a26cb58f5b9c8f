// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What an open-source Sentry of 2020-21 answered for an event, beside what we answer for it. Where we differ,
// the difference stands here with its reason.

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include "app/collector/event/facts.h"
#include "app/collector/event/render.h"
#include "models/json/document.h"
#include "tests/support/main.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

namespace {

struct Difference
{
    QString pair; ///< empty: in any
    QString what;
    const char* reason;
};

const QList<Difference>& differences()
{
    static const QList<Difference> list = {
        {u"js-event-with-unix-timestamp"_s, u"tag user"_s,
            "that server adds the address of a browser event's sender; here it is always this machine's own, "
            "and "
            "would make one user of all"},
        {{}, u"frame inApp (not mixed)"_s,
            "that server calls every frame a library's where all are the program's own; ours keep what was "
            "sent"},
    };
    return list;
}

bool isListed(const QString& pair, const QString& what)
{
    for (const Difference& difference : differences()) {
        if ((difference.pair.isEmpty() || difference.pair == pair) && difference.what == what)
            return true;
    }
    return false;
}

QMap<QString, QString> tagsOf(const QJsonObject& event)
{
    QMap<QString, QString> out;
    for (const QJsonValue& tag : event[u"tags"_s].toArray())
        out.insert(tag[u"key"_s].toString(), tag[u"value"_s].toString());
    return out;
}

QStringList entryTypes(const QJsonObject& event)
{
    QStringList out;
    for (const QJsonValue& entry : event[u"entries"_s].toArray())
        out << entry[u"type"_s].toString();
    return out;
}

QJsonObject entryData(const QJsonObject& event, const QString& type)
{
    for (const QJsonValue& entry : event[u"entries"_s].toArray()) {
        if (entry[u"type"_s].toString() == type)
            return entry[u"data"_s].toObject();
    }
    return {};
}

} // namespace

class TestPairs final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void answersLikeTheServer_data();
    void answersLikeTheServer();

private:
    static QJsonObject rendered(const QString& path);
};

void TestPairs::initTestCase()
{
    if (tests::sharedFixtures().isEmpty())
        QSKIP(tests::sharedFixturesAbsent);
}

QJsonObject TestPairs::rendered(const QString& path)
{
    const QByteArray bytes = tests::readFile(path);
    const auto document =
        json::Document::parse(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    if (!document)
        return {};
    collector::RenderContext context;
    // A little after it was sent: these events are years old, and must not be clamped to today.
    const auto sent = document->root()["timestamp"];
    context.received.received =
        (sent.isString() ? core::parseTime(*sent.string()).value_or(core::TimePoint())
                         : core::TimePoint(std::chrono::milliseconds(
                               static_cast<std::int64_t>(sent.number().value_or(0) * 1000)))) +
        std::chrono::seconds(1);
    const std::string json = collector::renderFullEvent(document->root(), context);
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

void TestPairs::answersLikeTheServer_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& path : tests::sharedFiles(u"pairs"_s, u"*.in.json"_s))
        QTest::newRow(qPrintable(path.section(u'/', -1).chopped(8))) << path;
}

void TestPairs::answersLikeTheServer()
{
    QFETCH(QString, path);
    const QString pair = path.section(u'/', -1).chopped(8);
    const QJsonObject ours = rendered(path);
    const QJsonObject theirs =
        QJsonDocument::fromJson(tests::readFile(path.chopped(8) + u".api.json"_s)).object();
    QVERIFY(!ours.isEmpty());
    QVERIFY(!theirs.isEmpty());
    QStringList faults;
    const auto compareTime = [&](const QString& what, const QJsonValue& a, const QJsonValue& b) {
        const auto time = [](const QJsonValue& value) {
            return core::parseTime(value.toString().toStdString());
        };
        if (time(a) != time(b))
            faults << u"%1: %2 instead of %3"_s.arg(what, a.toString(), b.toString());
    };
    const auto compare = [&](const QString& what, const QJsonValue& a, const QJsonValue& b) {
        if (a != b && !isListed(pair, what)) {
            faults << u"%1: %2 instead of %3"_s.arg(what,
                QString::fromUtf8(QJsonDocument(QJsonArray{a}).toJson(QJsonDocument::Compact)),
                QString::fromUtf8(QJsonDocument(QJsonArray{b}).toJson(QJsonDocument::Compact)));
        }
    };
    for (const QString& key : {u"title"_s, u"culprit"_s, u"location"_s, u"type"_s, u"platform"_s,
             u"message"_s, u"metadata"_s, u"dist"_s})
        compare(key, ours[key], theirs[key]);
    compareTime(u"dateCreated"_s, ours[u"dateCreated"_s], theirs[u"dateCreated"_s]);

    const auto ourTags = tagsOf(ours);
    const auto theirTags = tagsOf(theirs);
    for (const QString& key : QSet<QString>(ourTags.keyBegin(), ourTags.keyEnd()) +
                                  QSet<QString>(theirTags.keyBegin(), theirTags.keyEnd()))
        compare(u"tag "_s + key, ourTags.value(key), theirTags.value(key));

    compare(u"entries"_s, entryTypes(ours).join(u' '), entryTypes(theirs).join(u' '));
    compare(u"contexts"_s, QStringList(ours[u"contexts"_s].toObject().keys()).join(u' '),
        QStringList(theirs[u"contexts"_s].toObject().keys()).join(u' '));

    const QJsonArray ourValues = entryData(ours, u"exception"_s)[u"values"_s].toArray();
    const QJsonArray theirValues = entryData(theirs, u"exception"_s)[u"values"_s].toArray();
    compare(u"exceptions"_s, ourValues.size(), theirValues.size());
    compare(u"hasSystemFrames"_s, entryData(ours, u"exception"_s)[u"hasSystemFrames"_s],
        entryData(theirs, u"exception"_s)[u"hasSystemFrames"_s]);
    for (qsizetype i = 0; i < std::min(ourValues.size(), theirValues.size()); ++i) {
        compare(u"exception type"_s, ourValues[i][u"type"_s], theirValues[i][u"type"_s]);
        compare(u"exception value"_s, ourValues[i][u"value"_s], theirValues[i][u"value"_s]);
        const QJsonArray ourFrames = ourValues[i][u"stacktrace"_s][u"frames"_s].toArray();
        const QJsonArray theirFrames = theirValues[i][u"stacktrace"_s][u"frames"_s].toArray();
        compare(u"frames"_s, ourFrames.size(), theirFrames.size());
        for (qsizetype f = 0; f < std::min(ourFrames.size(), theirFrames.size()); ++f) {
            for (const QString& key : {u"context"_s, u"function"_s, u"filename"_s, u"absPath"_s, u"module"_s,
                     u"lineNo"_s, u"colNo"_s})
                compare(u"frame "_s + key, ourFrames[f][key], theirFrames[f][key]);
            const bool mixed = entryData(ours, u"exception"_s)[u"hasSystemFrames"_s].toBool();
            compare(mixed ? u"frame inApp"_s : u"frame inApp (not mixed)"_s, ourFrames[f][u"inApp"_s],
                theirFrames[f][u"inApp"_s]);
        }
    }
    const QJsonArray ourCrumbs = entryData(ours, u"breadcrumbs"_s)[u"values"_s].toArray();
    const QJsonArray theirCrumbs = entryData(theirs, u"breadcrumbs"_s)[u"values"_s].toArray();
    compare(u"breadcrumbs"_s, ourCrumbs.size(), theirCrumbs.size());
    for (qsizetype i = 0; i < std::min(ourCrumbs.size(), theirCrumbs.size()); ++i) {
        for (const QString& key : {u"type"_s, u"category"_s, u"level"_s})
            compare(u"breadcrumb "_s + key, ourCrumbs[i][key], theirCrumbs[i][key]);
        compareTime(u"breadcrumb timestamp"_s, ourCrumbs[i][u"timestamp"_s], theirCrumbs[i][u"timestamp"_s]);
    }
    for (const QString& key : {u"url"_s, u"method"_s, u"query"_s, u"fragment"_s})
        compare(
            u"request "_s + key, entryData(ours, u"request"_s)[key], entryData(theirs, u"request"_s)[key]);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestPairs)
#include "tst_pairs.moc"
