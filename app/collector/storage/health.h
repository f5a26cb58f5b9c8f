// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <string>

#include "app/collector/storage/diskfault.h"
#include "models/core/clock.h"
#include "models/core/error.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// What keeps the collector from storing.
struct Problem
{
    std::string text; ///< a sentence without its full stop, for people
    core::TimePoint since;
};

/// Whether the store can store. The write lane tells after each transaction; anybody may ask. A full or
/// read-only disk is over with the first transaction that succeeds. A damaged database is not: what is
/// written into one may destroy what is still good in it, so nothing is until the program starts again, and a
/// note beside the file makes that start look at it page by page (damagenote.h).
class Health final
{
public:
    /// `path` is that of the database; `clock` must outlive it.
    Health(std::string path, const core::Clock& clock);

    /// A transaction on that connection failed. Returns the error to hand on: ErrorKind::Storage, whose
    /// detail says in words what is wrong. Write lane.
    core::Error failed(const std::exception& fault, SQLite::Database& db);
    /// A transaction that wrote was committed. Write lane; costs next to nothing where all was well.
    void stored()
    {
        if (m_hasProblem)
            recover();
    }
    /// Nothing may be written any more. Write lane.
    [[nodiscard]] bool isDamaged() const { return m_damaged; }
    /// The last transaction failed because of the disk. Any thread.
    [[nodiscard]] bool hasProblem() const { return m_hasProblem; }

    /// What is wrong now; nothing: all is well. Any thread.
    [[nodiscard]] std::optional<Problem> problem() const;
    /// The error that everything gets while nothing can be stored. Any thread.
    [[nodiscard]] core::Error refusal() const;

private:
    void recover();

    const std::string m_path;
    const core::Clock& m_clock;
    bool m_damaged = false;
    std::atomic<bool> m_hasProblem = false;
    mutable std::mutex m_mutex;
    std::optional<Problem> m_problem;
};

} // namespace vedette::collector
