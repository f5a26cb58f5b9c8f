// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <optional>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/domain/event.h"
#include "models/json/value.h"

/// What the decoders share: one field in any of the forms it comes in, bounded.
namespace vedette::api::decode {

// Longer texts are cut with an ellipsis. Ids, slugs and the like; titles; a line of source; a message.
constexpr qsizetype shortText = 300;
constexpr qsizetype lineText = 2'000;
constexpr qsizetype longText = 100'000;
/// Items kept of any list that should be short (the limits of design section 8 are the same).
constexpr qsizetype mostItems = 1'000;

/// A scalar as text of at most `most` UTF-16 units; empty for null, containers and nothing. Never cuts a
/// surrogate pair.
[[nodiscard]] QString text(const json::Value& value, qsizetype most = lineText);
/// The same for bytes that are known to be UTF-8.
[[nodiscard]] QString text(std::string_view utf8, qsizetype most = lineText);

/// An identifier: text or a whole number (contract section 1, rule 2); empty for anything else and for texts
/// that are longer than any id.
[[nodiscard]] QString id(const json::Value& value);

/// A count: number or decimal text; never negative, what is past 64 bits stops there; 0 for anything else.
[[nodiscard]] qint64 count(const json::Value& value);
/// A whole number that fits an int.
[[nodiscard]] std::optional<int> number(const json::Value& value);
/// A flag; `otherwise` for anything that is not true or false.
[[nodiscard]] bool flag(const json::Value& value, bool otherwise = false);

/// A moment: ISO 8601 text, or epoch seconds as number or text (section 1, rule 3); years 1970 to 9999.
[[nodiscard]] std::optional<core::TimePoint> time(const json::Value& value);

/// A value of any shape as a tree of bounded size: past 20,000 nodes or 1,000,000 characters the rest of it
/// is replaced by an ellipsis.
[[nodiscard]] QJsonValue tree(const json::Value& value);
/// The members of an object as such trees, in order; of a list of pairs, those. The bound is for them all.
[[nodiscard]] domain::NamedValues named(const json::Value& value);
/// Texts by name: an object's members, or a list of pairs; containers as compact JSON.
[[nodiscard]] QList<std::pair<QString, QString>> pairs(const json::Value& value);

/// A list of values by a decoder for one; Malformed for anything but a list. What `decodeOne` answers nothing
/// for is left out.
template<class T, class One>
core::Result<QList<T>> list(const json::Value& body, One decodeOne, qsizetype most = 10 * mostItems)
{
    if (!body.isArray())
        return core::fail(core::ErrorKind::Malformed, QStringLiteral("a list was expected"));
    QList<T> out;
    out.reserve(std::min(static_cast<qsizetype>(body.size()), most));
    for (const json::Value item : body.items()) {
        if (out.size() >= most)
            break;
        if (std::optional<T> one = decodeOne(item))
            out.append(std::move(*one));
    }
    return out;
}

} // namespace vedette::api::decode
