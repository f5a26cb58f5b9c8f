// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/collector/storage/durations.h"
#include "app/collector/storage/incoming.h"
#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// What stands for the transactions whose names are past the bound of an hour.
inline constexpr std::string_view otherTransactions = "<other>";
/// Different names of transactions that are kept of one project and hour.
inline constexpr std::size_t maxTransactionNames = 200;

/// Writes what came beside events, within a transaction that the caller opened. On the write lane only;
/// throws SQLite::Exception, after which the caller rolls back and calls forget().
class ItemWriter final
{
public:
    explicit ItemWriter(SQLite::Database& db)
        : m_db(db)
    {}

    /// Stores attachments and reports unless they are there already, and gathers transactions. What became of
    /// each is appended to `outcomes`. Of a `discarded` event no attachment is kept either.
    void write(std::int64_t project, const IncomingItems& items, bool discarded, core::TimePoint now,
        std::vector<Outcome>& outcomes);

    /// Writes the transactions gathered since: once for all requests of a commit. Call it before the commit.
    void finish();

    /// Drops what was gathered or looked up.
    void forget();

private:
    using Hour = std::pair<std::int64_t, std::int64_t>; ///< project, hour

    /// The lane writes without checks of references. Throws std::runtime_error.
    void checkProject(std::int64_t project);
    void writeAttachments(std::int64_t project, const std::vector<IncomingAttachment>& attachments,
        core::TimePoint now, std::vector<Outcome>& outcomes);
    void insertAttachment(std::int64_t project, const IncomingAttachment& attachment, core::TimePoint now);
    bool writeReport(std::int64_t project, const IncomingReport& report, core::TimePoint now);
    [[nodiscard]] std::string keptName(const Hour& hour, const std::string& name);
    void addTo(const Hour& hour, const std::string& name, const Durations& durations);

    SQLite::Database& m_db;
    std::map<Hour, std::map<std::string, Durations>> m_gathered;
    std::map<Hour, std::set<std::string>> m_names; ///< those that the hour has in the database
    std::set<std::int64_t> m_projects;             ///< known to be there
};

} // namespace vedette::collector
