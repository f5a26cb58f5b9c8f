// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>

namespace SQLite {
class Database;
}

namespace vedette::collector {

class ReadGate;

/// Keeps the write-ahead log from growing without end. Usually SQLite itself does, with a checkpoint every
/// 1,000 pages; where readers keep it from starting the log anew, this asks them to wait for a moment. On the
/// write lane, outside of transactions.
class WalBound final
{
public:
    /// Past so many bytes the readers are asked to wait; where one stays inside, again after as many more, or
    /// a second.
    static constexpr std::int64_t mostBytes = 64 << 20;

    explicit WalBound(SQLite::Database& db, std::int64_t most = mostBytes);

    /// To be called after commits. Takes up to `patience` longer in the rare case; throws nothing.
    void check(ReadGate& readers, std::chrono::milliseconds patience = std::chrono::milliseconds(200));

    /// What the log occupies, 0 where there is none.
    [[nodiscard]] std::int64_t walBytes() const;

private:
    SQLite::Database& m_db;
    const std::int64_t m_most;
    std::int64_t m_next;
    std::chrono::steady_clock::time_point m_again; ///< after a failure
};

} // namespace vedette::collector
