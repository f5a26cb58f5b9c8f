// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/forwarding.h"
#include "models/core/clock.h"

namespace vedette::collector {

/// Writes what the door keeps beside events: envelopes to pass on and what became of them, and the web
/// origins of senders without a key. Within the caller's transaction, on the write lane only; throws
/// SQLite::Exception.
class DoorWriter final
{
public:
    DoorWriter(SQLite::Database& db, ForwardLimits limits);

    /// Puts it at the end of the project's queue, or counts it where there is no more room.
    void queue(std::int64_t project, const ForwardItem& item, core::TimePoint now);
    void settle(const ForwardResult& result, core::TimePoint now);
    /// Counts a post of that origin; the least recent origins of a project go when there are too many.
    void countOrigin(std::int64_t project, const std::string& origin, core::TimePoint now);

    static constexpr int maxOrigins = 50;

private:
    SQLite::Database& m_db;
    const ForwardLimits m_limits;
    std::int64_t m_lastRow = 0; ///< ids only ever rise while the program runs
};

} // namespace vedette::collector
