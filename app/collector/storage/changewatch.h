// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "app/collector/storage/changes.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Watches what statements do to a connection while it lives, through SQLite's update hook. Not for ingest,
/// which knows what it does: the hook is called for each row. On the connection's thread.
class ChangeWatch final
{
public:
    explicit ChangeWatch(SQLite::Database& db);
    ~ChangeWatch();
    ChangeWatch(const ChangeWatch&) = delete;
    ChangeWatch& operator=(const ChangeWatch&) = delete;

    /// What was seen until now. Tables without row ids are not told by the hook: where statements changed
    /// rows and none was seen, anything may have changed.
    [[nodiscard]] Changes changes() const;

private:
    static void updated(void* self, int operation, const char* database, const char* table, long long row);

    SQLite::Database& m_db;
    const int m_before; ///< rows changed on this connection before
    Changes m_seen;
};

} // namespace vedette::collector
