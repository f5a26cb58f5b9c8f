// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Writes a row of an issue's history (contract section 7 names the types and their data). `user` 0 is the
/// collector itself, `created` is in ms. Answers the row's id. Within a writing transaction; throws
/// SQLite::Exception.
std::int64_t addActivity(SQLite::Database& db, std::int64_t issue, std::string_view type, std::int64_t user,
    const std::string& data, std::int64_t created);

/// Why an issue waits in the inbox; the numbers are those of the API (contract section 6).
enum class InboxReason
{
    New = 0,
    Regression = 2,
    Manual = 3,
    Escalating = 5,
    Ongoing = 6
};

/// Puts an issue into the inbox. `details` is the JSON of the archiving that ended, or empty.
void putIntoInbox(SQLite::Database& db, std::int64_t issue, InboxReason reason, std::int64_t now,
    const std::string& details = {});
void takeFromInbox(SQLite::Database& db, std::int64_t issue);

} // namespace vedette::collector
