// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/crashreport.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/collector/envelope/multipart.h"
#include "app/collector/event/texts.h"
#include "app/collector/ingest/attachmentform.h"
#include "app/collector/ingest/crashform.h"
#include "app/collector/ingest/minidump.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

QString qtext(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString hexText(std::uint64_t number)
{
    return u"0x"_s + QString::number(number, 16);
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

std::string nativeEvent(const CrashForm& form, const MinidumpFacts& dump)
{
    QJsonObject event = form.event;
    event.insert(u"platform"_s, u"native"_s);
    setDefault(event, u"level"_s, u"fatal"_s);
    if (dump.time > 0)
        setDefault(event, u"timestamp"_s, static_cast<qint64>(dump.time));
    else if (!form.writtenAt.isUndefined())
        setDefault(event, u"timestamp"_s, form.writtenAt);
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

} // namespace

core::Result<CrashReport> readCrashReport(const Request& request, std::string_view body)
{
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
    const CrashForm form = readCrashForm(parts);
    out.eventJson = nativeEvent(form, readMinidump(dump->data));
    FormPart named = *dump;
    named.contentType = "application/x-dmp";
    if (named.filename.empty())
        named.filename = "minidump.dmp";
    out.attachments.push_back(attachmentOf(named));
    for (const FormPart& part : parts) {
        const bool isTaken = std::find(form.taken.begin(), form.taken.end(), &part) != form.taken.end();
        if (&part != dump && part.isFile && !isTaken)
            out.attachments.push_back(attachmentOf(part));
    }
    return out;
}

std::optional<std::string> crashEventOf(const Envelope& envelope)
{
    const EnvelopeItem* dump = nullptr;
    std::vector<FormPart> files;
    for (const EnvelopeItem& item : envelope.items) {
        if (item.type == "event" || item.type == "transaction" || item.type == "feedback")
            return {};
        if (item.type != "attachment")
            continue;
        if (!dump && item.attachmentType == "event.minidump" && isMinidump(item.payload))
            dump = &item;
        else
            files.push_back({item.filename, item.filename, item.contentType, true, item.payload});
    }
    if (!dump)
        return {};
    return nativeEvent(readCrashForm(files), readMinidump(dump->payload));
}

} // namespace vedette::collector
