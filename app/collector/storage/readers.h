// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/collector/storage/readgate.h"
#include "models/core/result.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// The connections that read, a few of which are kept, and the gate they go through. Any thread.
class Readers final
{
public:
    Readers(std::string path, std::string vfs);
    ~Readers();
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    /// Runs `work` on one of them, on the calling thread, in one read transaction. Errors: Storage, and those
    /// of `work`.
    core::Result<void> run(const std::function<core::Result<void>(SQLite::Database&)>& work);

    /// Closed for a moment by whoever must be alone with the database.
    [[nodiscard]] ReadGate& gate() { return m_gate; }
    /// Closes all connections; nobody may be reading.
    void clear();

private:
    const std::string m_path;
    const std::string m_vfs;
    ReadGate m_gate;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<SQLite::Database>> m_idle;
};

} // namespace vedette::collector
