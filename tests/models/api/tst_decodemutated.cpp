// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every field of our fixtures, replaced by null, numbers, texts, lists, objects and the huge: decoders must
// not crash, and what they lose must be that field and nothing else.

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include <functional>

#include "models/api/decode/decode.h"
#include "models/api/errors.h"
#include "tests/models/api/decodefixtures.h"
#include "tests/models/api/domaindump.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
namespace decode = vedette::api::decode;
using tests::Dump;

namespace {

using Path = QStringList;

void collectPaths(const QJsonValue& value, const Path& at, QList<Path>& out)
{
    if (!at.isEmpty())
        out << at;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        collectPaths(it.value(), at + Path{it.key()}, out);
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i)
        collectPaths(array[i], at + Path{QString::number(i)}, out);
}

QJsonValue replaced(const QJsonValue& value, const Path& path, const QJsonValue& by)
{
    if (path.isEmpty())
        return by;
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        const qsizetype index = path.first().toLongLong();
        array[index] = replaced(array[index], path.mid(1), by);
        return array;
    }
    QJsonObject object = value.toObject();
    object.insert(path.first(), replaced(object.value(path.first()), path.mid(1), by));
    return object;
}

QJsonValue valueAt(const QJsonValue& value, const Path& path)
{
    if (path.isEmpty())
        return value;
    return valueAt(
        value.isArray() ? value.toArray()[path.first().toLongLong()] : value[path.first()], path.mid(1));
}

QByteArray bytesOf(const QJsonValue& value)
{
    return value.isArray() ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                           : QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

/// What each field becomes, by name; numbers that Qt's JSON cannot hold are put in as text afterwards.
QList<std::pair<QString, QJsonValue>> intruders()
{
    return {{u"null"_s, QJsonValue(QJsonValue::Null)}, {u"true"_s, true}, {u"minus"_s, -17},
        {u"float"_s, 1.5e300}, {u"text"_s, u"intruder"_s}, {u"empty text"_s, QString()},
        {u"huge text"_s, QString(300'000, u'h')}, {u"huge number"_s, u"@number@"_s},
        {u"infinite"_s, u"@infinite@"_s}, {u"list"_s, QJsonArray{1, u"x"_s, QJsonValue()}},
        {u"empty list"_s, QJsonArray()}, {u"object"_s, QJsonObject{{u"odd"_s, QJsonArray{1}}}},
        {u"empty object"_s, QJsonObject()}};
}

QByteArray withNumbers(QByteArray bytes)
{
    return bytes.replace("\"@number@\"", QByteArray(60, '9')).replace("\"@infinite@\"", "1e999");
}

QStringList changedKeys(const Dump& before, const Dump& after)
{
    QStringList out;
    for (auto it = before.begin(); it != before.end(); ++it) {
        if (after.value(it.key(), u"@absent@"_s) != it.value())
            out << it.key();
    }
    for (auto it = after.begin(); it != after.end(); ++it) {
        if (!before.contains(it.key()))
            out << it.key();
    }
    return out;
}

using Decode = std::function<std::optional<Dump>(const json::Value&)>;
/// Which parts of the dump a path of the JSON may touch; prefixes.
using Reach = std::function<QStringList(const QJsonValue& root, const Path& path)>;

QStringList reachOfIssue(const QJsonValue&, const Path& path)
{
    const QString& top = path.first();
    if (top == u"metadata" || top == u"title")
        return {u"metadata"_s, u"title"_s};
    if (top == u"project")
        return {u"project."_s, u"platform"_s};
    if (top == u"status" || top == u"substatus")
        return {u"status"_s, u"statusText"_s, u"substatus"_s};
    if (top == u"statusDetails")
        return {u"statusDetails."_s};
    if (top == u"stats")
        return {u"trend."_s, u"hourly."_s, u"daily."_s};
    if (top == u"lifetime")
        return {};
    return {top};
}

QStringList reachOfEvent(const QJsonValue& root, const Path& path)
{
    const QString& top = path.first();
    if (top == u"id")
        return {};
    if (top == u"tags") // by name, some tags also stand for a field of their own
        return {u"tags."_s, u"level"_s, u"environment"_s, u"release"_s};
    if (top == u"entries") {
        if (path.size() < 3 || path.at(2) == u"type") // the whole entry, maybe under another name
            return {u"exception."_s, u"stacktrace."_s, u"threads."_s, u"breadcrumbs."_s, u"request."_s,
                u"message"_s, u"other."_s};
        const QString type = valueAt(root, {path.at(0), path.at(1), u"type"_s}).toString();
        const bool hasView = type == u"message" || type == u"exception" || type == u"stacktrace" ||
                             type == u"threads" || type == u"breadcrumbs" || type == u"request";
        return {hasView ? type : u"other."_s + type};
    }
    return {top};
}

/// A scalar deep inside stands for one field and what is made from it: at most a bucket and the step of a
/// series, which is both the trend and the hourly one.
constexpr qsizetype mostForScalar = 4;

void mutate(const char* fixture, const Decode& decode, const Reach& reach, const QSet<QString>& vital)
{
    const QByteArray bytes = tests::apiFixture(fixture);
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    const QJsonValue root = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const json::Document whole = tests::parsed(bytes);
    const std::optional<Dump> before = decode(whole.root());
    QVERIFY(before.has_value());
    QList<Path> paths;
    collectPaths(root, {}, paths);
    QVERIFY(paths.size() > 10);
    for (const Path& path : paths) {
        const QJsonValue old = valueAt(root, path);
        const bool isScalar = !old.isArray() && !old.isObject();
        for (const auto& [name, intruder] : intruders()) {
            const QByteArray mutated = withNumbers(bytesOf(replaced(root, path, intruder)));
            const json::Document changed = tests::parsed(mutated);
            const std::optional<Dump> after = decode(changed.root());
            const QString where = path.join(u'/') + u" <- "_s + name;
            if (!after) {
                QVERIFY2(vital.contains(path.join(u'/')), qPrintable(where));
                continue;
            }
            const QStringList keys = changedKeys(*before, *after);
            const QStringList may = reach(root, path);
            for (const QString& key : keys) {
                const bool isReached = std::any_of(
                    may.begin(), may.end(), [&key](const QString& prefix) { return key.startsWith(prefix); });
                QVERIFY2(isReached, qPrintable(where + u" changed "_s + key));
            }
            // An intruder of several parts may add fields of its own; a plain one replaces one.
            const bool isPlain = !intruder.isArray() && !intruder.isObject();
            const bool isEntryType = path.size() == 3 && path.first() == u"entries";
            if (isScalar && isPlain && !isEntryType)
                QVERIFY2(keys.size() <= mostForScalar, qPrintable(where + u" changed "_s + keys.join(u' ')));
            for (const QString& text : *after)
                QVERIFY2(text.size() <= 200'100, qPrintable(where));
        }
    }
}

template<class T>
std::optional<Dump> dumpOf(const core::Result<T>& result)
{
    if (!result)
        return {};
    return tests::dump(*result);
}

} // namespace

class TestDecodeMutated final : public QObject
{
    Q_OBJECT

private slots:
    void issueRow();
    void issueDetail();
    void event();
    void lists_data();
    void lists();
};

void TestDecodeMutated::issueRow()
{
    mutate("issue-row.json", [](const json::Value& row) { return tests::dump(decode::issue(row)); },
        reachOfIssue, {});
}

void TestDecodeMutated::issueDetail()
{
    mutate("issue-detail.json", [](const json::Value& body) { return dumpOf(decode::issueDetail(body)); },
        reachOfIssue, {u"id"_s});
}

void TestDecodeMutated::event()
{
    // Without eventID the other one serves.
    mutate(
        "event.json", [](const json::Value& body) { return dumpOf(decode::event(body)); }, reachOfEvent, {});
}

void TestDecodeMutated::lists_data()
{
    QTest::addColumn<QString>("fixture");
    for (const char* name : {"members.json", "projects.json", "keys.json", "organizations.json", "tags.json",
             "events-glitchtip.json", "issue-row.json", "issue-detail.json", "event.json"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestDecodeMutated::lists()
{
    // Every decoder over every mutation of every fixture, its own or not: none may crash, and a mutated row
    // never takes another one with it.
    QFETCH(QString, fixture);
    const QByteArray bytes = tests::apiFixture(fixture.toLatin1().constData());
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    const QJsonValue root = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    QList<Path> paths;
    collectPaths(root, {}, paths);
    const qsizetype rows = document.isArray() ? document.array().size() : 0;
    for (const Path& path : paths) {
        for (const auto& [name, intruder] : intruders()) {
            if (name == u"huge text" && path.size() > 3)
                continue; // the tests above have been there
            const json::Document changed =
                tests::parsed(withNumbers(bytesOf(replaced(root, path, intruder))));
            const json::Value body = changed.root();
            (void)decode::identity(body);
            (void)decode::teams(body);
            (void)decode::environments(body);
            (void)decode::seriesAnswer(body);
            (void)decode::collectorStatus(body);
            (void)decode::actor(body);
            (void)decode::issues(body);
            (void)decode::request(body);
            (void)decode::threads(body);
            (void)api::errorText(body);
            const qsizetype members = decode::members(body).value_or(QList<domain::Actor>()).size();
            const qsizetype projects = decode::projects(body).value_or(QList<domain::Project>()).size();
            const qsizetype keys = decode::keys(body).value_or(QList<domain::ProjectKey>()).size();
            const qsizetype orgs = decode::organizations(body).value_or(QList<domain::Organization>()).size();
            const qsizetype tags =
                decode::tagDistributions(body).value_or(QList<domain::TagDistribution>()).size();
            const qsizetype events = decode::eventSummaries(body).value_or(QList<api::EventSummary>()).size();
            const QString where = path.join(u'/') + u" <- "_s + name;
            if (fixture == u"members.json") // one of them is pending, and may be made a member by a mutation
                QVERIFY2(members >= rows - 2, qPrintable(where));
            if (fixture == u"projects.json")
                QVERIFY2(projects >= rows - 1, qPrintable(where));
            if (fixture == u"keys.json")
                QVERIFY2(keys >= rows - 1, qPrintable(where));
            if (fixture == u"organizations.json")
                QVERIFY2(orgs >= rows - 1, qPrintable(where));
            if (fixture == u"tags.json")
                QVERIFY2(tags >= rows - 1, qPrintable(where));
            if (fixture == u"events-glitchtip.json")
                QVERIFY2(events >= rows - 1, qPrintable(where));
        }
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDecodeMutated)
#include "tst_decodemutated.moc"
