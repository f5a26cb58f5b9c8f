// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The entries of an event that have views of their own (contract section 9, "entries").

#include <algorithm>

#include "models/api/decode/decode.h"
#include "models/api/decode/read.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api::decode {
namespace {

/// `{values: [...]}`, a bare list, or a single object: SDKs and servers have sent all three.
QList<json::Value> valuesOf(const json::Value& data)
{
    QList<json::Value> out;
    const json::Value values = data.isArray() ? data : data["values"];
    for (const json::Value value : values.items())
        out.append(value);
    const bool isOne = data["type"].exists() || data["value"].exists() || data["message"].exists() ||
                       data["stacktrace"].exists();
    if (!values.exists() && isOne)
        out.append(data);
    return out;
}

QList<domain::Frame::Line> contextOf(const json::Value& value)
{
    QList<domain::Frame::Line> out;
    for (const json::Value row : value.items()) {
        if (!row.isArray() || row.size() < 2 || out.size() >= mostItems)
            continue;
        auto it = row.items().begin();
        const auto line = number(*it);
        ++it;
        if (line)
            out.append({*line, text(*it, lineText)});
    }
    return out;
}

domain::Frame frameOf(const json::Value& value)
{
    domain::Frame out;
    out.function = text(value["function"], lineText);
    out.rawFunction = text(value["rawFunction"], lineText);
    out.module = text(value["module"], lineText);
    out.package = text(value["package"], lineText);
    out.filename = text(value["filename"], lineText);
    out.absPath = text(value["absPath"], lineText);
    out.platform = text(value["platform"], shortText);
    out.instructionAddr = text(value["instructionAddr"], shortText);
    out.lineNo = number(value["lineNo"]);
    out.colNo = number(value["colNo"]);
    out.inApp = flag(value["inApp"]);
    out.context = contextOf(value["context"]);
    out.vars = named(value["vars"]);
    return out;
}

std::optional<std::pair<int, int>> omittedOf(const json::Value& value)
{
    if (!value.isArray() || value.size() < 2)
        return {};
    auto it = value.items().begin();
    const auto from = number(*it);
    ++it;
    const auto to = number(*it);
    if (!from || !to || *from < 0 || *to < *from)
        return {};
    return std::pair(*from, *to);
}

domain::Mechanism mechanismOf(const json::Value& value)
{
    domain::Mechanism out;
    out.type = text(value["type"], shortText);
    out.handled = value["handled"].boolean();
    out.synthetic = flag(value["synthetic"]);
    out.exceptionId = number(value["exception_id"]);
    out.parentId = number(value["parent_id"]);
    return out;
}

/// The symbolicated stack, else the raw one.
domain::Stacktrace stackIn(const json::Value& value)
{
    domain::Stacktrace out = stacktrace(value["stacktrace"]);
    return out.frames.isEmpty() ? stacktrace(value["rawStacktrace"]) : out;
}

} // namespace

domain::Stacktrace stacktrace(const json::Value& data)
{
    domain::Stacktrace out;
    const json::Value frames = data["frames"];
    const auto total = static_cast<qsizetype>(frames.size());
    // Of endless recursion the beginning and the crash end are kept; the cut is told like a server's own.
    const bool isCut = total > mostItems;
    const qsizetype cutFrom = mostItems / 2;
    const qsizetype cutTo = total - mostItems / 2;
    qsizetype index = 0;
    for (const json::Value frame : frames.items()) {
        const bool isKept = !isCut || index < cutFrom || index >= cutTo;
        if (isKept && frame.isObject())
            out.frames.append(frameOf(frame));
        ++index;
    }
    out.omitted = omittedOf(data["framesOmitted"]);
    if (isCut)
        out.omitted = std::pair(static_cast<int>(cutFrom), static_cast<int>(cutTo));
    return out;
}

QList<domain::ExceptionValue> exceptions(const json::Value& data)
{
    QList<domain::ExceptionValue> out;
    for (const json::Value& value : valuesOf(data)) {
        if (!value.isObject() || out.size() >= mostItems)
            continue;
        domain::ExceptionValue one;
        one.type = text(value["type"], lineText);
        one.value = text(value["value"], longText);
        one.module = text(value["module"], lineText);
        one.threadId = id(value["threadId"]);
        one.mechanism = mechanismOf(value["mechanism"]);
        one.stacktrace = stackIn(value);
        out.append(std::move(one));
    }
    return out;
}

QList<domain::Thread> threads(const json::Value& data)
{
    QList<domain::Thread> out;
    for (const json::Value& value : valuesOf(data)) {
        if (!value.isObject() || out.size() >= mostItems)
            continue;
        domain::Thread one;
        one.id = id(value["id"]);
        one.name = text(value["name"], shortText);
        one.crashed = flag(value["crashed"]);
        one.current = flag(value["current"]);
        one.stacktrace = stackIn(value);
        out.append(std::move(one));
    }
    return out;
}

QList<domain::Breadcrumb> breadcrumbs(const json::Value& data)
{
    const QList<json::Value> values = valuesOf(data);
    QList<domain::Breadcrumb> out;
    // Newest last: of too many the newest are kept.
    for (qsizetype i = std::max<qsizetype>(0, values.size() - mostItems); i < values.size(); ++i) {
        const json::Value& value = values[i];
        if (!value.isObject())
            continue;
        domain::Breadcrumb one;
        one.timestamp = time(value["timestamp"]);
        one.type = text(value["type"], shortText);
        one.category = text(value["category"], shortText);
        one.level = value["level"].isString() ? domain::levelFromText(text(value["level"], shortText))
                                              : domain::Level::Info;
        one.message = text(value["message"], longText);
        one.data = named(value["data"]);
        out.append(std::move(one));
    }
    return out;
}

domain::HttpRequest request(const json::Value& data)
{
    domain::HttpRequest out;
    out.method = text(data["method"], shortText);
    out.url = text(data["url"], lineText);
    out.fragment = text(data["fragment"], lineText);
    const json::Value query = data["query"];
    if (query.isString()) {
        const QList<QString> parts = text(query, longText).split(u'&', Qt::SkipEmptyParts);
        for (const QString& part : parts) {
            if (out.query.size() >= mostItems)
                break;
            out.query.append({part.section(u'=', 0, 0), part.section(u'=', 1)});
        }
    } else {
        out.query = pairs(query);
    }
    out.headers = pairs(data["headers"]);
    out.cookies = pairs(data["cookies"]);
    out.env = named(data["env"]);
    if (data["data"].exists() && !data["data"].isNull())
        out.data = tree(data["data"]);
    out.contentType = text(data["inferredContentType"], shortText);
    return out;
}

} // namespace vedette::api::decode
