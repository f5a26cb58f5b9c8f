// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/newids.h"
#include "app/collector/storage/recent.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

struct EventFacts;

/// A row of event_users as it should become; an empty text leaves what the row has.
struct NewUser
{
    std::int64_t id = 0;
    std::string key, email, username, ip;
};

/// The people that events happened to: one number a key (`id:7`), with the address, name and IP last told
/// beside it. Rows are written with the counters, as EventTags tells. On the write lane only; throws
/// SQLite::Exception.
class EventUsers final
{
public:
    explicit EventUsers(SQLite::Database& db);

    /// 0 for an event without a user.
    std::int64_t idOf(const EventFacts& facts);

    /// Hands over what is new or has changed, in order of keys. It stays known here until written().
    [[nodiscard]] std::vector<NewUser> take();
    /// What was handed over is in the table.
    void written() { m_taken.clear(); }
    /// Forgets what it looked up in the table: somebody else may have changed it.
    void forget();

private:
    struct Known
    {
        std::int64_t id = 0;
        std::size_t beside = 0; ///< a hash of address, name and IP as they are in the row
    };
    using Users = std::unordered_map<std::string, NewUser>;

    std::int64_t noteChange(std::int64_t id, const EventFacts& facts);

    SQLite::Statement m_find;
    NewIds m_ids;
    Recent<std::string, Known> m_known{20'000};            ///< as the table has them
    Users m_new;                                           ///< not in the table, or there as they were before
    std::unordered_map<std::string, std::int64_t> m_taken; ///< on their way there
};

} // namespace vedette::collector
