// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {

struct EventFacts;

/// The people that events happened to: one row a key (`id:7`), with the address, name and IP last told beside
/// it. On the write lane only; throws SQLite::Exception, after which the caller rolls back and calls clear().
class EventUsers final
{
public:
    explicit EventUsers(SQLite::Database& db);

    /// The row's id, made where it is new; 0 for an event without a user.
    std::int64_t idOf(const EventFacts& facts);
    void clear() { m_known.clear(); }

private:
    struct Known
    {
        std::int64_t id = 0;
        std::string beside; ///< address, name and IP, as they are in the row
    };

    std::unordered_map<std::string, Known> m_known;
    SQLite::Statement m_write;
};

} // namespace vedette::collector
