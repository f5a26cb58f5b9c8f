// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/collector/event/eventfixtures.h"

#include <QDir>
#include <QJsonDocument>

#include "tests/support/sharedfixtures.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::tests {
namespace {

QString folder()
{
    return QStringLiteral(VEDETTE_SOURCE_DIR "/tests/fixtures/events/");
}

/// {values: [...]}, a list, or one object, written for QJson.
QJsonArray valuesIn(const QJsonValue& value)
{
    if (value.isArray())
        return value.toArray();
    const QJsonObject object = value.toObject();
    if (object.contains(u"values"_s))
        return object[u"values"_s].toArray();
    return object.isEmpty() ? QJsonArray() : QJsonArray{object};
}

qsizetype framesIn(const QJsonArray& values)
{
    qsizetype count = 0;
    for (const QJsonValue& value : values) {
        for (const QJsonValue& frame : value[u"stacktrace"_s][u"frames"_s].toArray())
            count += frame.isObject() ? 1 : 0;
    }
    return count;
}

} // namespace

QByteArray ownEvent(const QString& name)
{
    return readFile(folder() + name + u".json"_s);
}

QStringList ownEventNames()
{
    QStringList names = QDir(folder()).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (QString& name : names)
        name.chop(5);
    return names;
}

collector::ReceiveContext arrival()
{
    collector::ReceiveContext context;
    context.received = *core::parseTime("2026-11-20T10:00:00Z");
    return context;
}

json::Document parsed(const QByteArray& json)
{
    auto document =
        json::Document::parse(std::string_view(json.constData(), static_cast<std::size_t>(json.size())));
    if (!document)
        qFatal("not JSON: %s", qPrintable(document.error().detail));
    return std::move(*document);
}

collector::EventFacts factsOf(const QByteArray& json, const collector::ReceiveContext& context)
{
    const json::Document document = parsed(json);
    auto facts = collector::extractFacts(document.root(), context);
    if (!facts)
        qFatal("no event: %s", qPrintable(facts.error().detail));
    return std::move(*facts);
}

QJsonObject renderedEvent(const QByteArray& json, const collector::ReceiveContext& context)
{
    const json::Document document = parsed(json);
    collector::RenderContext render;
    render.issueId = "7";
    render.projectId = "1";
    render.size = json.size();
    render.received = context;
    render.mends = document.mends();
    const std::string text = collector::renderFullEvent(document.root(), render);
    QJsonParseError fault;
    const QJsonDocument answer = QJsonDocument::fromJson(QByteArray::fromStdString(text), &fault);
    if (!answer.isObject())
        qFatal("the answer is not JSON: %s", qPrintable(fault.errorString()));
    return answer.object();
}

QJsonValue valueAt(QJsonValue value, const QString& path)
{
    const QStringList keys = path.split(u'/');
    for (const QString& key : keys)
        value = value.isArray() ? value.toArray().at(key.toInt()) : value.toObject().value(key);
    return value;
}

QJsonObject markAt(const QJsonObject& event, const QString& path)
{
    return valueAt(event[u"_meta"_s], path + u'/').toObject();
}

QJsonObject entryData(const QJsonObject& event, const QString& type)
{
    for (const QJsonValue& entry : event[u"entries"_s].toArray()) {
        if (entry[u"type"_s].toString() == type)
            return entry[u"data"_s].toObject();
    }
    return {};
}

QStringList entryTypes(const QJsonObject& event)
{
    QStringList out;
    for (const QJsonValue& entry : event[u"entries"_s].toArray())
        out << entry[u"type"_s].toString();
    return out;
}

QStringList tagList(const collector::EventFacts& facts)
{
    QStringList out;
    for (const auto& [key, value] : facts.tags)
        out << QString::fromStdString(key + "=" + value);
    return out;
}

Holdings sentIn(const QByteArray& json)
{
    const QJsonObject payload = QJsonDocument::fromJson(json).object();
    Holdings out;
    for (const QJsonValue& value : valuesIn(payload[u"exception"_s]))
        out.exceptions += value.isObject() && !value.toObject().isEmpty() ? 1 : 0;
    out.frames = framesIn(valuesIn(payload[u"exception"_s]));
    out.threadFrames = framesIn(valuesIn(payload[u"threads"_s]));
    for (const QJsonValue& crumb : valuesIn(payload[u"breadcrumbs"_s]))
        out.breadcrumbs += crumb.isObject() ? 1 : 0;
    const QJsonValue tags = payload[u"tags"_s];
    if (tags.isObject()) {
        const QJsonObject map = tags.toObject();
        for (auto it = map.begin(); it != map.end(); ++it) {
            if (!it.value().isNull() && it.value() != QJsonValue(QString()))
                out.tagKeys << it.key();
        }
    }
    for (const QJsonValue& tag : tags.toArray())
        out.tagKeys << (tag.isArray() ? tag[0] : tag[u"key"_s]).toString();
    return out;
}

Holdings answeredIn(const QJsonObject& event)
{
    Holdings out;
    const QJsonArray exceptions = entryData(event, u"exception"_s)[u"values"_s].toArray();
    out.exceptions = exceptions.size();
    out.frames = framesIn(exceptions);
    out.threadFrames = framesIn(entryData(event, u"threads"_s)[u"values"_s].toArray());
    out.breadcrumbs = entryData(event, u"breadcrumbs"_s)[u"values"_s].toArray().size();
    for (const QJsonValue& tag : event[u"tags"_s].toArray())
        out.tagKeys << tag[u"key"_s].toString();
    return out;
}

} // namespace vedette::tests
