// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/collector/api/context.h"
#include "app/collector/api/sql.h"
#include "models/core/result.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// How a field's values are written and named in `meta`.
enum class FieldType
{
    Text,
    Integer,
    Number,
    Date,
    Boolean
};

/// A column of `events/` and of charts: a field of events, any tag, or a function over many.
struct EventField
{
    std::string name; ///< as asked for
    Sql expression;   ///< on `events e`
    FieldType type = FieldType::Text;
    bool isAggregate = false;

    /// Writes a value of the expression.
    void write(json::Writer& out, const SQLite::Column& value) const;
    /// `string`, `integer`, `number`, `date`, `boolean`.
    [[nodiscard]] std::string_view typeName() const;
};

/// What a name means: a field, `tags[key]`, a tag, or count(), count_unique(field), min(timestamp),
/// max(timestamp), first_seen(), last_seen(), eps(), epm(). `seconds` is the length of the period that the
/// last two refer to. Errors: Usage, for a function that is none of these.
[[nodiscard]] core::Result<EventField> eventField(std::string_view name, double seconds);

/// Which events are meant by `query`, `project`, `environment` and the period of a request; 90 days where
/// none is given, as the server keeps them.
struct EventScope
{
    Sql where; ///< on `events e`
    std::int64_t startMs = 0, endMs = 0;
    std::optional<Sql>
        hours; ///< on `issue_hours h`, for the same events; nothing where hours do not know them

    [[nodiscard]] double seconds() const { return static_cast<double>(endMs - startMs) / 1000; }

    /// Errors: Usage with the text of the 400, also for a `dataset` that is not kept here.
    static core::Result<EventScope> from(const Call& call);
};

} // namespace vedette::collector::api
