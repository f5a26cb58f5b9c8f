// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <variant>

namespace vedette::search {

/// How a filter compares. Equal unless one was written.
enum class Operator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual
};

/// Where a term stands in the text it was read from: UTF-16 units.
struct Span
{
    qsizetype start = 0;
    qsizetype length = 0;

    friend bool operator==(const Span&, const Span&) = default;
};

/// One value of a filter. `text` is unquoted; an escaped star is in it as `\*`, so that wildcards stay told
/// apart.
struct Value
{
    QString text;
    bool quoted = false;

    friend bool operator==(const Value&, const Value&) = default;
};

/// `key:value`, `!key:value`, `key:>5`, `key:[a, b]`.
struct Filter
{
    QString key;              ///< as written, without quotes or tags[ ]
    bool explicitTag = false; ///< tags[key]: never a field, even if one has that name
    bool negated = false;
    bool isList = false;
    Operator op = Operator::Equal;
    QList<Value> values; ///< one, or those of the list
    Span span;

    friend bool operator==(const Filter&, const Filter&) = default;
};

/// Words that belong to no filter.
struct FreeText
{
    QString text;
    bool quoted = false;
    Span span;

    friend bool operator==(const FreeText&, const FreeText&) = default;
};

using Term = std::variant<Filter, FreeText>;

/// The syntax tree of an issue search (contract section 11): terms, all of which must hold.
struct Query
{
    QList<Term> terms;

    /// What is left outside the filters, as the one phrase that it is searched for.
    [[nodiscard]] QString freeText() const;

    friend bool operator==(const Query&, const Query&) = default;
};

/// The query as text again: parses to an equal tree but for the spans.
[[nodiscard]] QString toText(const Query& query);

} // namespace vedette::search
