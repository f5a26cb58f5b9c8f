// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/tally.h"
#include "app/collector/storage/textindex.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Writes a tally in slices, so that nobody who waits for a commit waits for all counters too: each slice
/// goes into the transaction that the caller opened, and the marks in `meta` tell a restart how far they
/// came. Keeps prepared statements. On the write lane only; throws SQLite::Exception.
class TallyWriter final
{
public:
    using Duration = std::chrono::steady_clock::duration;

    explicit TallyWriter(SQLite::Database& db);

    /// Nothing is left to write.
    [[nodiscard]] bool done() const { return !m_busy; }
    /// How many events are in what is being written.
    [[nodiscard]] std::size_t events() const { return m_tally.events(); }
    /// Takes over what is to be written; done() before.
    void begin(Tally tally);
    /// Writes on, at least something, and stops when `budget` is used up. True when it wrote the last part.
    bool write(Duration budget = Duration::max());
    /// Drops everything looked up: after a rollback, and after anybody else wrote to the database.
    void forget() { m_shapes.forget(); }
    /// The transaction was committed.
    void confirm();
    /// It was rolled back: what was written since the last confirm() comes again.
    void rewind();

private:
    struct Position
    {
        std::size_t tag = 0;
        std::size_t user = 0;
        std::size_t issue = 0;
        std::size_t text = 0;
        std::size_t frame = 0;
        std::size_t shape = 0;
        bool finished = false;
    };

    void writeIssue(std::int64_t id, const Tally::Issue& issue);
    template<class Write>
    void forEach(const std::vector<Tally::Sighting>& sightings, Write write);
    void writeNewTag(const NewTag& tag);
    void writeNewUser(const NewUser& user);
    void writeProjects();
    void mark(const char* key, std::int64_t value);

    Tally m_tally;
    bool m_busy = false;
    std::vector<std::int64_t>
        m_order; ///< neighbours in the tables are neighbours in time: fewer pages at once
    std::vector<ShapeFrame> m_frames; ///< of the tally's shapes
    Position m_at;
    Position m_safe;
    std::vector<Tally::Sighting> m_sorted; ///< scratch
    TextIndexer m_texts;
    ShapeWriter m_shapes;

    SQLite::Statement m_newTag;
    SQLite::Statement m_newUser;
    SQLite::Statement m_hour;
    SQLite::Statement m_user;
    SQLite::Statement m_tag;
    SQLite::Statement m_issue;
    SQLite::Statement m_issueUsers;
    SQLite::Statement m_firstSeen;
    SQLite::Statement m_projectHour;
    SQLite::Statement m_environment;
    SQLite::Statement m_release;
    SQLite::Statement m_releaseEnvironment;
    SQLite::Statement m_firstEvent;
    SQLite::Statement m_mark;
};

/// Counts the events behind the marks, after a crash. Within the open transaction; throws SQLite::Exception.
void countAgain(SQLite::Database& db, const FactsReader& readFacts);

} // namespace vedette::collector
