// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <SQLiteCpp/Statement.h>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// `WEB-2X`: the project's slug in capitals and the counter in base 32 without I, L, O and U.
[[nodiscard]] std::string shortId(std::string_view projectSlug, std::int64_t number);

/// What a new issue is called.
struct IssueNumber
{
    std::int64_t id = 0;
    std::string shortId;
};

/// The next number and short id of the project. Neither is ever given twice, whatever became of the issue
/// that had it, and whatever the project was called. Throws SQLite::Exception, and std::runtime_error where
/// the project is gone; within a writing transaction.
IssueNumber nextIssueNumber(SQLite::Database& db, std::int64_t project);

/// The same for many, with kept statements. On one thread.
class IssueNumbers final
{
public:
    explicit IssueNumbers(SQLite::Database& db);
    IssueNumber next(std::int64_t project);

private:
    SQLite::Statement m_number;
    SQLite::Statement m_taken;
    SQLite::Statement m_next;
};

/// 32 hexadecimal digits as the 16 bytes that the database holds; empty for anything else.
[[nodiscard]] std::string bytesOfHex(std::string_view hex);
/// The other way round, for any number of bytes.
[[nodiscard]] std::string hexOfBytes(std::string_view bytes);

} // namespace vedette::collector
