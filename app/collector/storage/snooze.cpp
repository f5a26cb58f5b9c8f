// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/snooze.h"

#include <algorithm>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/runsql.h"
#include "models/core/clock.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

constexpr std::int64_t minuteMs = 60'000;

std::optional<std::int64_t> number(const SQLite::Column& column)
{
    return column.isNull() ? std::nullopt : std::optional(column.getInt64());
}

void bindOptional(SQLite::Statement& statement, int index, const std::optional<std::int64_t>& value)
{
    if (value)
        statement.bind(index, *value);
    else
        statement.bind(index);
}

/// How many rows `sql` finds from `start` on; it stops at `enough`.
std::int64_t numberSince(
    SQLite::Database& db, const std::string& sql, std::int64_t issue, std::int64_t start, std::int64_t enough)
{
    SQLite::Statement query(db, "SELECT count(*) FROM (" + sql + " LIMIT ?3)");
    query.bind(1, issue);
    query.bind(2, start);
    query.bind(3, enough);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

} // namespace

std::optional<Snooze> Snooze::of(SQLite::Database& db, std::int64_t issue)
{
    SQLite::Statement query(db,
        "SELECT until, count, count_window, users, user_window, escalating, "
        "base_count, base_users, user_id, created FROM issue_snoozes WHERE issue_id = ?");
    query.bind(1, issue);
    if (!query.executeStep())
        return {};
    Snooze out;
    out.until = number(query.getColumn(0));
    out.count = number(query.getColumn(1));
    out.countWindow = number(query.getColumn(2));
    out.users = number(query.getColumn(3));
    out.userWindow = number(query.getColumn(4));
    out.escalating = query.getColumn(5).getInt() != 0;
    out.baseCount = query.getColumn(6).getInt64();
    out.baseUsers = query.getColumn(7).getInt64();
    out.user = query.getColumn(8).getInt64();
    out.created = query.getColumn(9).getInt64();
    return out;
}

void Snooze::start(SQLite::Database& db, std::int64_t issue)
{
    SQLite::Statement insert(db,
        "INSERT OR REPLACE INTO issue_snoozes (issue_id, until, count, count_window, users, user_window, "
        "escalating, base_count, base_users, user_id, created) "
        "SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, count, user_count, ?8, ?9 FROM issues WHERE id = ?1 "
        "RETURNING base_count, base_users");
    insert.bind(1, issue);
    bindOptional(insert, 2, until);
    bindOptional(insert, 3, count);
    bindOptional(insert, 4, countWindow);
    bindOptional(insert, 5, users);
    bindOptional(insert, 6, userWindow);
    insert.bind(7, escalating ? 1 : 0);
    if (user != 0)
        insert.bind(8, user);
    insert.bind(9, created);
    while (insert.executeStep()) {
        baseCount = insert.getColumn(0).getInt64();
        baseUsers = insert.getColumn(1).getInt64();
    }
}

void Snooze::remove(SQLite::Database& db, std::int64_t issue)
{
    SQLite::Statement remove(db, "DELETE FROM issue_snoozes WHERE issue_id = ?");
    remove.bind(1, issue);
    remove.exec();
}

bool Snooze::isReached(SQLite::Database& db, std::int64_t issue, std::int64_t now) const
{
    // What came before the archiving is no "more", however near it is.
    const auto start = [&](std::int64_t minutes) { return std::max(created, now - minutes * minuteMs + 1); };
    if (count) {
        const std::int64_t seen =
            countWindow ? numberSince(db, "SELECT 1 FROM events WHERE issue_id = ?1 AND timestamp >= ?2",
                              issue, start(*countWindow), *count)
                        : numberBySql(db, "SELECT count FROM issues WHERE id = ?", issue) - baseCount;
        if (seen >= *count)
            return true;
    }
    if (users) {
        const std::int64_t seen =
            userWindow ? numberSince(db, "SELECT 1 FROM issue_users WHERE issue_id = ?1 AND last_seen >= ?2",
                             issue, start(*userWindow), *users)
                       : numberBySql(db, "SELECT user_count FROM issues WHERE id = ?", issue) - baseUsers;
        if (seen >= *users)
            return true;
    }
    return false;
}

std::string Snooze::detailsJson() const
{
    json::Writer out;
    const auto field = [&out](const char* name, const std::optional<std::int64_t>& value) {
        if (value)
            out.field(name, *value);
        else
            out.nullField(name);
    };
    out.beginObject();
    if (until)
        out.field("until", core::formatTime(core::TimePoint(std::chrono::milliseconds(*until))));
    else
        out.nullField("until");
    field("count", count);
    field("window", countWindow);
    field("user_count", users);
    field("user_window", userWindow);
    out.endObject();
    return out.take();
}

} // namespace vedette::collector
