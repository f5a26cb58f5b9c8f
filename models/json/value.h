// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <simdjson.h>

#include <QJsonValue>
#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::json {

class Items;
class Members;

/// One value in a Document, or nothing: every look-up may miss, and a getter answers only if the value is of
/// that type. That makes decoders total: `row["project"]["slug"].string()` is empty for whatever is not a
/// text there. A view into its Document, which must outlive it. Cheap to copy.
class Value final
{
public:
    Value() = default;
    explicit Value(simdjson::dom::element element)
        : m_element(element)
        , m_exists(true)
    {}

    /// False for a look-up that missed. A JSON null exists.
    [[nodiscard]] bool exists() const { return m_exists; }
    [[nodiscard]] bool isNull() const;
    [[nodiscard]] bool isObject() const;
    [[nodiscard]] bool isArray() const;
    [[nodiscard]] bool isString() const;
    [[nodiscard]] bool isNumber() const;
    [[nodiscard]] bool isBool() const;

    /// The member of that name; of doubled keys the last one, as JavaScript and Python read it.
    [[nodiscard]] Value operator[](std::string_view key) const;
    /// Items of an array or members of an object; 0 for anything else.
    [[nodiscard]] std::size_t size() const;

    [[nodiscard]] std::optional<std::string_view> string() const;
    /// A whole number, also one written as a float without fraction (`3.0`) within 53 bits.
    [[nodiscard]] std::optional<std::int64_t> integer() const;
    /// A number written without fraction or exponent, as its decimal text: the full 64 bits, signed or
    /// unsigned.
    [[nodiscard]] std::optional<std::string> exactInteger() const;
    [[nodiscard]] std::optional<double> number() const;
    [[nodiscard]] std::optional<bool> boolean() const;

    /// A scalar as text: strings as they are, numbers and booleans written out. Nothing for null and
    /// containers.
    [[nodiscard]] std::optional<std::string> text() const;
    /// text() as a QString, empty where there is none.
    [[nodiscard]] QString qstring() const;
    /// A whole number given as a number or as decimal text: Sentry writes counts and ids either way.
    [[nodiscard]] std::optional<std::int64_t> integerLike() const;
    /// Compact JSON of this value.
    [[nodiscard]] std::string toJson() const;
    /// The value as Qt's own JSON tree, for parts of an event that have no fixed shape.
    [[nodiscard]] QJsonValue toQJson() const;

    /// Iteration: empty for anything that is not an array, respectively an object.
    [[nodiscard]] Items items() const;
    [[nodiscard]] Members members() const;

private:
    friend class Items;
    friend class Members;
    simdjson::dom::element m_element{};
    bool m_exists = false;
};

/// The items of an array: `for (json::Value item : value.items())`.
class Items final
{
public:
    explicit Items(const Value& value);

    class Iterator final
    {
    public:
        explicit Iterator(simdjson::dom::array::iterator it)
            : m_it(it)
        {}
        Value operator*() const { return Value(*m_it); }
        Iterator& operator++()
        {
            ++m_it;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return m_it != other.m_it; }

    private:
        simdjson::dom::array::iterator m_it;
    };

    [[nodiscard]] Iterator begin() const { return Iterator(m_array.begin()); }
    [[nodiscard]] Iterator end() const { return Iterator(m_array.end()); }

private:
    simdjson::dom::array m_array;
};

/// The members of an object in their order: `for (const auto& [key, value] : object.members())`.
class Members final
{
public:
    explicit Members(const Value& value);

    struct Member
    {
        std::string_view key;
        Value value;
    };

    class Iterator final
    {
    public:
        explicit Iterator(simdjson::dom::object::iterator it)
            : m_it(it)
        {}
        Member operator*() const { return {m_it.key(), Value(m_it.value())}; }
        Iterator& operator++()
        {
            ++m_it;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return m_it != other.m_it; }

    private:
        simdjson::dom::object::iterator m_it;
    };

    [[nodiscard]] Iterator begin() const { return Iterator(m_object.begin()); }
    [[nodiscard]] Iterator end() const { return Iterator(m_object.end()); }

private:
    simdjson::dom::object m_object;
};

} // namespace vedette::json
