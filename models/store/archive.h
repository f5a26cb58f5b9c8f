// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>
#include <type_traits>
#include <utility>

#include "models/core/clock.h"
#include "models/domain/ids.h"
#include "models/json/value.h"
#include "models/json/writer.h"
#include "models/store/words.h"

namespace vedette::store {

/// Values to JSON and back. One description per type (describe.h) serves both ways, so that a field cannot be
/// written and forgotten when reading. JSON because user.sqlite is kept for ever: a field that is missing
/// reads as its default, and a person can look at it.

/// Writes. `describe(writer, value)` calls field() for each member.
class JsonOut final
{
public:
    template<class T>
    using Ref = const T&;

    template<class T>
    void field(std::string_view name, const T& value)
    {
        m_writer.key(name);
        put(value);
    }

    template<class T>
    void put(const T& value)
    {
        if constexpr (std::is_enum_v<T>) {
            m_writer.string(toWord(value));
        } else {
            m_writer.beginObject();
            describe(*this, value);
            m_writer.endObject();
        }
    }
    void put(const QString& value) { m_writer.string(value); }
    void put(const QUrl& value) { m_writer.string(value.toString(QUrl::FullyEncoded)); }
    void put(bool value) { m_writer.boolean(value); }
    void put(int value) { m_writer.integer(value); }
    void put(qint64 value) { m_writer.integer(value); }
    void put(double value) { m_writer.number(value); }
    void put(core::TimePoint value) { m_writer.integer(value.time_since_epoch().count()); }
    void put(std::chrono::seconds value) { m_writer.integer(value.count()); }
    void put(const QJsonValue& value)
    {
        // Qt writes whole documents only: a list of one, without its brackets.
        const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        m_writer.raw(std::string_view(list.constData() + 1, std::size_t(list.size() - 2)));
    }
    template<class Tag>
    void put(const domain::Id<Tag>& value)
    {
        m_writer.string(value.value());
    }
    template<class T>
    void put(const std::optional<T>& value)
    {
        if (value)
            put(*value);
        else
            m_writer.null();
    }
    template<class T>
    void put(const QList<T>& list)
    {
        m_writer.beginArray();
        for (const T& item : list)
            put(item);
        m_writer.endArray();
    }
    template<class A, class B>
    void put(const std::pair<A, B>& pair)
    {
        m_writer.beginArray();
        put(pair.first);
        put(pair.second);
        m_writer.endArray();
    }

    [[nodiscard]] std::string take() { return m_writer.take(); }

private:
    json::Writer m_writer;
};

/// Reads what JsonOut wrote. Total: what is missing or of another type leaves the default.
class JsonIn final
{
public:
    template<class T>
    using Ref = T&;

    explicit JsonIn(json::Value value)
        : m_value(value)
    {}

    template<class T>
    void field(std::string_view name, T& value) const
    {
        if (const json::Value member = m_value[name]; member.exists())
            get(member, value);
    }

    template<class T>
    static void get(json::Value from, T& value)
    {
        if constexpr (std::is_enum_v<T>) {
            fromWord(from.qstring(), value);
        } else {
            JsonIn in(from);
            describe(in, value);
        }
    }
    static void get(json::Value from, QString& value) { value = from.qstring(); }
    static void get(json::Value from, QUrl& value) { value = QUrl(from.qstring()); }
    static void get(json::Value from, bool& value) { value = from.boolean().value_or(value); }
    static void get(json::Value from, int& value) { value = int(from.integer().value_or(value)); }
    static void get(json::Value from, qint64& value) { value = from.integer().value_or(value); }
    static void get(json::Value from, double& value) { value = from.number().value_or(value); }
    static void get(json::Value from, core::TimePoint& value)
    {
        value = core::TimePoint(std::chrono::milliseconds(from.integer().value_or(0)));
    }
    static void get(json::Value from, std::chrono::seconds& value)
    {
        value = std::chrono::seconds(from.integer().value_or(0));
    }
    static void get(json::Value from, QJsonValue& value) { value = from.toQJson(); }
    template<class Tag>
    static void get(json::Value from, domain::Id<Tag>& value)
    {
        value = domain::Id<Tag>(from.qstring());
    }
    template<class T>
    static void get(json::Value from, std::optional<T>& value)
    {
        value.reset();
        if (!from.isNull())
            get(from, value.emplace());
    }
    template<class T>
    static void get(json::Value from, QList<T>& list)
    {
        list.clear();
        list.reserve(qsizetype(from.size()));
        for (const json::Value item : from.items())
            get(item, list.emplaceBack());
    }
    template<class A, class B>
    static void get(json::Value from, std::pair<A, B>& pair)
    {
        int place = 0;
        for (const json::Value item : from.items()) {
            if (place == 0)
                get(item, pair.first);
            else if (place == 1)
                get(item, pair.second);
            ++place;
        }
    }

private:
    json::Value m_value;
};

} // namespace vedette::store
