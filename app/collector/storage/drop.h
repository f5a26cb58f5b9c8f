// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace SQLite {
class Database;
class Statement;
} // namespace SQLite

namespace vedette::collector {

/// When a step of retention has to end, so that events can be stored.
class Deadline final
{
public:
    Deadline() = default;
    explicit Deadline(std::chrono::steady_clock::duration left)
        : m_at(std::chrono::steady_clock::now() + left)
    {}
    [[nodiscard]] bool isOver() const { return std::chrono::steady_clock::now() >= m_at; }

private:
    std::chrono::steady_clock::time_point m_at = std::chrono::steady_clock::time_point::max();
};

/// A stored event, as far as it takes to delete it.
struct StoredRow
{
    std::int64_t id = 0;
    std::int64_t project = 0;
    std::string eventId;
    std::int64_t at = 0; ///< ms, of whatever it was sorted by
};

/// All that `query` finds of id, project_id, event_id and a time; it can be bound and run again. Throws
/// SQLite::Exception.
[[nodiscard]] std::vector<StoredRow> storedRows(SQLite::Statement& query);

/// Deletes one event with all that is its own: payload, attachments, reports, full text. Within the open
/// transaction. False: time is up and it is not gone yet. Throws SQLite::Exception.
[[nodiscard]] bool dropEvent(SQLite::Database& db, const StoredRow& row, const Deadline& deadline);
/// The same for one attachment.
[[nodiscard]] bool dropAttachment(SQLite::Database& db, std::int64_t id, const Deadline& deadline);
/// The bytes that an event takes: its payload as stored and its attachments.
[[nodiscard]] std::int64_t storedBytes(SQLite::Database& db, const StoredRow& row);

} // namespace vedette::collector
