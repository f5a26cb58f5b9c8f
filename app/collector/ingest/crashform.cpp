// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/crashform.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <QJsonArray>
#include <QStringList>

#include "app/collector/envelope/msgpack.h"
#include "app/collector/event/fields.h"
#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::size_t maxFieldBytes = 1'048'576; // as an event

QString qtext(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
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

/// The number of a piece `sentry__7`, if it is one.
std::optional<std::uint64_t> pieceNumber(std::string_view name)
{
    constexpr std::string_view prefix = "sentry__";
    if (!name.starts_with(prefix))
        return {};
    std::uint64_t number = 0;
    const char* const end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + prefix.size(), end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

/// `over` wins; objects that both have are merged. As deep as the reader of JSON goes.
void mergeOver(QJsonObject& target, const QJsonObject& over)
{
    for (auto it = over.begin(); it != over.end(); ++it) {
        const QJsonValue known = target.value(it.key());
        if (known.isObject() && it.value().isObject()) {
            QJsonObject inner = known.toObject();
            mergeOver(inner, it.value().toObject());
            target.insert(it.key(), inner);
        } else {
            target.insert(it.key(), it.value());
        }
    }
}

class FormReader final
{
public:
    explicit FormReader(const std::vector<FormPart>& parts)
        : m_parts(parts)
    {}

    CrashForm read()
    {
        takeEvent();
        takeFields();
        takeBreadcrumbs();
        sayUnread();
        return std::move(m_out);
    }

private:
    [[nodiscard]] const FormPart* fileOf(std::string_view name) const
    {
        const auto found = std::find_if(m_parts.begin(), m_parts.end(),
            [&](const FormPart& part) { return part.isFile && part.name == name; });
        return found != m_parts.end() ? &*found : nullptr;
    }

    void sayUnread()
    {
        if (m_unread.isEmpty())
            return;
        QJsonArray errors = m_out.event.value(u"errors"_s).toArray();
        for (const QString& name : m_unread)
            errors.append(QJsonObject{{u"type"_s, u"invalid_data"_s}, {u"name"_s, name}});
        m_out.event.insert(u"errors"_s, errors);
    }

    /// True if it was an object.
    bool merge(std::string_view json, const QString& name)
    {
        const auto document = json::Document::parse(json, maxFieldBytes);
        if (!document || !document->root().isObject()) {
            m_unread << name;
            return false;
        }
        mergeOver(m_out.event, document->root().toQJson().toObject());
        return true;
    }

    void takeEvent()
    {
        constexpr std::string_view name = "__sentry-event";
        const FormPart* file = fileOf(name);
        if (!file)
            return;
        bool read = file->data.empty(); // made before there was anything to tell
        if (!read && isMsgpackMap(file->data)) {
            const auto json = jsonOfMsgpack(file->data, maxFieldBytes);
            if (json)
                read = merge(*json, qtext(name));
            else
                m_unread << qtext(name);
        } else if (!read) {
            read = merge(file->data, qtext(name));
        }
        if (read)
            m_out.taken.push_back(file);
        m_out.writtenAt = m_out.event.take(u"timestamp"_s);
    }

    void takeFields()
    {
        QJsonObject extra;
        std::map<std::uint64_t, std::string_view> pieces;
        QList<std::pair<QStringList, QString>> paths;
        for (const FormPart& part : m_parts) {
            const std::string_view name = part.name;
            if (part.isFile || name.empty() || part.data.size() > maxFieldBytes)
                continue;
            if (name == "sentry" || name.starts_with("sentry___")) {
                merge(part.data, qtext(name));
            } else if (const auto number = pieceNumber(name)) {
                pieces[*number] = part.data;
            } else if (const QStringList keys =
                           name.starts_with("sentry[") ? keysOf(name.substr(6)) : QStringList();
                       !keys.isEmpty()) {
                paths.append({keys, qtext(part.data)});
            } else {
                extra.insert(qtext(name), qtext(part.data));
            }
        }
        if (!pieces.empty()) {
            std::string whole;
            for (const auto& [number, piece] : pieces)
                whole += piece;
            merge(whole, u"sentry__1"_s);
        }
        for (const auto& [keys, value] : paths)
            setAt(m_out.event, keys, value);
        if (!extra.isEmpty())
            mergeOver(m_out.event, QJsonObject{{u"extra"_s, extra}});
    }

    /// The breadcrumbs of a file, as a JSON list. Of one that the crash cut off, those that are whole.
    std::optional<json::Document> breadcrumbsOf(std::string_view name)
    {
        const FormPart* file = fileOf(name);
        if (!file)
            return {};
        std::string json = "[]";
        bool whole = file->data.size() <= maxFieldBytes;
        if (whole && file->data.starts_with('[')) {
            json = file->data;
        } else if (whole) {
            MsgpackValues values = jsonOfMsgpackValues(file->data, maxFieldBytes);
            json = std::move(values.json);
            whole = values.isWhole;
        }
        auto document = json::Document::parse(json, maxFieldBytes);
        whole = whole && document && document->root().isArray();
        if (whole)
            m_out.taken.push_back(file);
        else
            m_unread << qtext(name);
        return document ? std::optional(std::move(*document)) : std::nullopt;
    }

    static std::vector<json::Value> objectsOf(const std::optional<json::Document>& list)
    {
        std::vector<json::Value> out;
        if (!list)
            return out;
        for (const json::Value item : list->root().items()) {
            if (item.isObject())
                out.push_back(item);
        }
        return out;
    }

    static std::optional<core::TimePoint> lastTime(const std::vector<json::Value>& breadcrumbs)
    {
        for (auto it = breadcrumbs.rbegin(); it != breadcrumbs.rend(); ++it) {
            if (const auto time = readTime((*it)["timestamp"]))
                return time;
        }
        return {};
    }

    void takeBreadcrumbs()
    {
        const auto one = breadcrumbsOf("__sentry-breadcrumb1");
        const auto two = breadcrumbsOf("__sentry-breadcrumb2");
        std::vector<json::Value> older = objectsOf(one);
        std::vector<json::Value> newer = objectsOf(two);
        // When one file is full, the SDK begins the other anew: the full one has as many as it keeps.
        const std::size_t most = std::max(older.size(), newer.size());
        if (most == 0)
            return;
        if (lastTime(older) > lastTime(newer))
            std::swap(older, newer);
        older.insert(older.end(), newer.begin(), newer.end());
        QJsonArray values;
        for (std::size_t i = older.size() - most; i < older.size(); ++i)
            values.append(older[i].toQJson());
        m_out.event.insert(u"breadcrumbs"_s, QJsonObject{{u"values"_s, values}});
    }

    const std::vector<FormPart>& m_parts;
    CrashForm m_out;
    QStringList m_unread;
};

} // namespace

CrashForm readCrashForm(const std::vector<FormPart>& parts)
{
    return FormReader(parts).read();
}

} // namespace vedette::collector
