// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/doorwriter.h"
#include "app/collector/storage/eventusers.h"
#include "app/collector/storage/incoming.h"
#include "app/collector/storage/issuestates.h"
#include "app/collector/storage/itemwriter.h"
#include "app/collector/storage/recent.h"
#include "app/collector/storage/shapes.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/tally.h"
#include "models/core/clock.h"

namespace vedette::collector {

/// Writes events within a transaction that the caller opened: finds or makes the issue, drops repeats,
/// reopens what was resolved. Keeps prepared statements and what it looked up. On the write lane only; throws
/// SQLite::Exception, after which the caller rolls back and calls forget().
class EventWriter final
{
public:
    explicit EventWriter(SQLite::Database& db, ForwardLimits forwards = {});

    /// Stores one request's part; what is left to count is appended to `counted`.
    Stored write(const Incoming& incoming, core::TimePoint now, std::vector<CountedEvent>& counted);

    /// Writes what became of all requests since the last call: once before the commit.
    void writeOutcomes(core::TimePoint now);
    /// Notes that the journal's arrivals up to that number are in the tables with this transaction.
    void markFiled(std::uint64_t number);
    /// Writes what was gathered over the requests of one commit; call it before the commit.
    void finish() { m_items.finish(); }

    /// Hands the tags and users whose rows are still to be written over to the counters.
    void handOver(Tally& tally);
    /// Those are in the tables.
    void handedOver();

    /// Drops everything looked up: after a rollback, and after anybody else wrote to the database.
    void forget();

    /// What new events and time change of issues. After its settle() call forgetIssues().
    IssueStates& states() { return m_states; }
    /// The states of these were changed.
    void forgetIssues(const std::vector<std::int64_t>& ids);

private:
    struct Issue
    {
        std::int64_t id = 0;
        IssueWatch watch = IssueWatch::None;
    };

    Stored writeEvent(std::int64_t project, const IncomingEvent& event, core::TimePoint now,
        std::vector<CountedEvent>& counted);
    void count(std::int64_t project, const Outcome& outcome);
    [[nodiscard]] bool isKnownEvent(std::int64_t project, const std::string& eventId);
    Issue* issueByHash(std::int64_t project, const std::string& hash);
    Issue& issueFor(std::int64_t project, const IncomingEvent& event, std::int64_t release,
        core::TimePoint now, Stored& stored);
    std::int64_t makeIssue(
        std::int64_t project, const EventFacts& facts, std::int64_t release, core::TimePoint now);
    bool isDiscarded(std::int64_t project, const IncomingEvent& event);

    std::int64_t environmentId(const std::string& name);
    std::int64_t releaseId(std::int64_t project, const std::string& version, core::TimePoint now);

    SQLite::Database& m_db;
    IssueStates m_states;
    ItemWriter m_items;
    EventUsers m_users;
    EventTags m_tags;
    ShapeMemory m_shapes;
    DoorWriter m_door;
    IssueNumbers m_numbers;
    std::int64_t m_lastRow = 0;
    std::optional<bool> m_anyDiscarded;          ///< whether events of some hashes are discarded
    Recent<std::string, Issue> m_issues{20'000}; ///< by project and hash
    std::unordered_map<std::string, std::int64_t> m_environments;
    std::unordered_map<std::string, std::int64_t> m_releases;
    /// By project, category, outcome and reason: not yet written.
    std::map<std::tuple<std::int64_t, std::string, std::string, std::string>, std::int64_t> m_outcomes;

    SQLite::Statement m_findEvent;
    SQLite::Statement m_insertEvent;
    SQLite::Statement m_insertPayload;
    SQLite::Statement m_findHash;
    SQLite::Statement m_insertHash;
    SQLite::Statement m_insertIssue;
    SQLite::Statement m_countNewIssue;
    SQLite::Statement m_markFiled;
    SQLite::Statement m_insertTrace;
    SQLite::Statement m_outcome;
};

} // namespace vedette::collector
