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

/// A row of tag_values that is not there yet.
struct NewTag
{
    std::int64_t id = 0;
    std::string key, value;
};

/// Numbers of tags as events keep them: a JSON list.
[[nodiscard]] std::string tagList(const std::vector<std::int64_t>& ids);

/// The numbers of tags, each key and value once. A new one gets its number at once and its row with the next
/// counters: many at a time and in their order, so that a page of the index is written once for many. Until
/// then, events name numbers that no row has; a crash in between is made good by countAgain(). On the write
/// lane only; throws SQLite::Exception.
class EventTags final
{
public:
    explicit EventTags(SQLite::Database& db);

    std::int64_t idOf(const std::string& key, const std::string& value);

    /// Hands over what is new, in order of key and value. It stays known here until written().
    [[nodiscard]] std::vector<NewTag> take();
    /// What was handed over is in the table.
    void written() { m_taken.clear(); }
    /// Forgets what it looked up in the table: somebody else may have changed it.
    void forget();

private:
    struct Text ///< key, NUL, value, hashed once
    {
        std::string text;
        std::size_t hash = 0;

        bool operator==(const Text& other) const { return hash == other.hash && text == other.text; }
    };
    struct HashOf
    {
        std::size_t operator()(const Text& text) const { return text.hash; }
    };
    using Ids = std::unordered_map<Text, std::int64_t, HashOf>;

    SQLite::Statement m_find;
    NewIds m_ids;
    Text m_text;                                        ///< scratch
    Recent<Text, std::int64_t, HashOf> m_known{20'000}; ///< of the table
    Ids m_new;                                          ///< not in the table
    Ids m_taken;                                        ///< on their way there
};

} // namespace vedette::collector
