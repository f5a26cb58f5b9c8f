// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/crashreport.h"

#include <charconv>
#include <map>

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/collector/envelope/multipart.h"
#include "app/collector/event/texts.h"
#include "app/collector/ingest/minidump.h"
#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::size_t maxFieldBytes = 1'048'576; // as an event

QString qtext(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString hexText(std::uint64_t number)
{
    return u"0x"_s + QString::number(number, 16);
}

/// `[a][b]` behind a name as its keys. A form that is no such path gives none.
QStringList keysOf(std::string_view path)
{
    constexpr qsizetype deepest = 20;
    QStringList keys;
    while (path.starts_with('[')) {
        const std::size_t end = path.find(']');
        if (end == std::string_view::npos || keys.size() == deepest)
            return {};
        keys << qtext(path.substr(1, end - 1));
        path.remove_prefix(end + 1);
    }
    return path.empty() ? keys : QStringList();
}

void setAt(QJsonObject& object, const QStringList& keys, const QString& value)
{
    if (keys.size() == 1) {
        object.insert(keys.front(), value);
        return;
    }
    QJsonObject inner = object.value(keys.front()).toObject();
    setAt(inner, keys.mid(1), value);
    object.insert(keys.front(), inner);
}

/// Takes the members of a JSON object; anything else is left out and said in `errors`.
void merge(QJsonObject& event, std::string_view json, const QString& name)
{
    const auto document = json::Document::parse(json, maxFieldBytes);
    if (!document || !document->root().isObject()) {
        QJsonArray errors = event.value(u"errors"_s).toArray();
        errors.append(QJsonObject{{u"type"_s, u"invalid_data"_s}, {u"name"_s, name}});
        event.insert(u"errors"_s, errors);
        return;
    }
    const QJsonObject sent = document->root().toQJson().toObject();
    for (auto it = sent.begin(); it != sent.end(); ++it)
        event.insert(it.key(), it.value());
}

/// What the fields of the form say of the event.
QJsonObject eventOfForm(const std::vector<FormPart>& parts)
{
    QJsonObject event;
    QJsonObject extra;
    std::map<std::uint64_t, std::string> chunks;
    QList<std::pair<QStringList, QString>> paths;
    for (const FormPart& part : parts) {
        constexpr std::string_view chunk = "sentry__";
        const std::string_view name = part.name;
        std::uint64_t number = 0;
        if (part.isFile || name.empty() || part.data.size() > maxFieldBytes)
            continue;
        if (name == "sentry") {
            merge(event, part.data, u"sentry"_s);
        } else if (name.starts_with(chunk) &&
                   std::from_chars(name.data() + chunk.size(), name.data() + name.size(), number).ec ==
                       std::errc()) {
            chunks[number] = std::string(part.data);
        } else if (const QStringList keys =
                       name.starts_with("sentry[") ? keysOf(name.substr(6)) : QStringList();
                   !keys.isEmpty()) {
            paths.append({keys, qtext(part.data)});
        } else {
            extra.insert(qtext(name), qtext(part.data));
        }
    }
    if (!chunks.empty()) {
        std::string whole;
        for (const auto& [number, piece] : chunks)
            whole += piece;
        merge(event, whole, u"sentry__1"_s);
    }
    for (const auto& [keys, value] : paths)
        setAt(event, keys, value);
    if (!extra.isEmpty()) {
        QJsonObject all = event.value(u"extra"_s).toObject();
        for (auto it = extra.begin(); it != extra.end(); ++it)
            all.insert(it.key(), it.value());
        event.insert(u"extra"_s, all);
    }
    return event;
}

void setDefault(QJsonObject& object, const QString& key, const QJsonValue& value)
{
    if (!object.contains(key) || object.value(key).isNull())
        object.insert(key, value);
}

/// An exception that stands for the crash, since nobody here walks the dump's stacks.
QJsonObject exceptionOf(const MinidumpFacts& dump)
{
    QJsonObject exception;
    QString place;
    if (const auto* module = dump.address ? dump.moduleAt(*dump.address) : nullptr) {
        place = u" in %1 + %2"_s.arg(qtext(baseName(module->path)), hexText(*dump.address - module->base));
        exception.insert(u"stacktrace"_s,
            QJsonObject{{u"frames"_s,
                QJsonArray{QJsonObject{{u"instruction_addr"_s, hexText(*dump.address)},
                    {u"package"_s, qtext(module->path)}, {u"image_addr"_s, hexText(module->base)}}}}});
    }
    exception.insert(u"type"_s, dump.crash.empty() ? u"Minidump"_s : qtext(dump.crash));
    exception.insert(
        u"value"_s, dump.crash.empty() ? u"Native crash"_s : u"Fatal error: "_s + qtext(dump.crash) + place);
    exception.insert(u"mechanism"_s,
        QJsonObject{{u"type"_s, u"minidump"_s}, {u"handled"_s, false}, {u"synthetic"_s, true}});
    return exception;
}

void addImages(QJsonObject& event, const MinidumpFacts& dump)
{
    QJsonObject meta = event.value(u"debug_meta"_s).toObject();
    if (dump.modules.empty() || !meta.value(u"images"_s).toArray().isEmpty())
        return;
    const QString type = dump.os == "Windows"                     ? u"pe"_s
                         : dump.os == "macOS" || dump.os == "iOS" ? u"macho"_s
                                                                  : u"elf"_s;
    QJsonArray images;
    for (const MinidumpFacts::Module& module : dump.modules) {
        images.append(QJsonObject{{u"type"_s, type}, {u"code_file"_s, qtext(module.path)},
            {u"image_addr"_s, hexText(module.base)}, {u"image_size"_s, static_cast<qint64>(module.size)}});
    }
    meta.insert(u"images"_s, images);
    event.insert(u"debug_meta"_s, meta);
}

std::string nativeEvent(QJsonObject event, const MinidumpFacts& dump)
{
    event.insert(u"platform"_s, u"native"_s);
    setDefault(event, u"level"_s, u"fatal"_s);
    if (dump.time > 0)
        setDefault(event, u"timestamp"_s, static_cast<qint64>(dump.time));
    setDefault(event, u"exception"_s, QJsonObject{{u"values"_s, QJsonArray{exceptionOf(dump)}}});
    QJsonObject contexts = event.value(u"contexts"_s).toObject();
    if (!dump.os.empty())
        setDefault(contexts, u"os"_s, QJsonObject{{u"name"_s, qtext(dump.os)}});
    if (!dump.arch.empty())
        setDefault(contexts, u"device"_s, QJsonObject{{u"arch"_s, qtext(dump.arch)}});
    if (!contexts.isEmpty())
        event.insert(u"contexts"_s, contexts);
    addImages(event, dump);
    return QJsonDocument(event).toJson(QJsonDocument::Compact).toStdString();
}

SentAttachment attachmentOf(
    std::string_view name, std::string_view contentType, std::string_view type, std::string_view bytes)
{
    SentAttachment out;
    out.about.name = cut(name, 255);
    out.about.contentType = cut(contentType, 200);
    out.about.type = type;
    out.bytes = bytes;
    return out;
}

} // namespace

core::Result<CrashReport> readCrashReport(const Request& request, std::string_view body)
{
    constexpr std::string_view dumpType = "application/x-dmp";
    const std::string_view contentType = request.header("content-type").value_or("");
    std::vector<FormPart> parts;
    const FormPart* dump = nullptr;
    if (isMultipart(contentType)) {
        auto parsed = parseMultipart(contentType, body);
        if (!parsed)
            return core::fail(parsed.error());
        parts = std::move(*parsed);
        for (const FormPart& part : parts) {
            if (part.name == "upload_file_minidump")
                dump = &part;
        }
    } else {
        parts.push_back({"upload_file_minidump", {}, {}, true, body});
        dump = &parts.front();
    }
    if (!dump)
        return core::fail(core::ErrorKind::Malformed, u"the form has no part upload_file_minidump"_s);
    if (!isMinidump(dump->data))
        return core::fail(core::ErrorKind::Malformed, u"the file is not a minidump"_s);

    CrashReport out;
    out.eventJson = nativeEvent(eventOfForm(parts), readMinidump(dump->data));
    out.attachments.push_back(attachmentOf(
        dump->filename.empty() ? "minidump.dmp" : dump->filename, dumpType, "event.minidump", dump->data));
    for (const FormPart& part : parts) {
        if (&part != dump && part.isFile)
            out.attachments.push_back(
                attachmentOf(part.filename, part.contentType, "event.attachment", part.data));
    }
    return out;
}

} // namespace vedette::collector
