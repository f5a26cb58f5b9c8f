// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/walbound.h"

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include "app/collector/storage/readgate.h"
#include "models/core/logging.h"

namespace vedette::collector {

WalBound::WalBound(SQLite::Database& db, std::int64_t most)
    : m_db(db)
    , m_most(most)
    , m_next(most)
{}

std::int64_t WalBound::walBytes() const
{
    // The log's open file itself is asked: no path is looked up.
    sqlite3_file* wal = nullptr;
    sqlite3_int64 size = 0;
    if (sqlite3_file_control(m_db.getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal) != SQLITE_OK ||
        !wal || !wal->pMethods || wal->pMethods->xFileSize(wal, &size) != SQLITE_OK)
        return 0;
    return size;
}

void WalBound::check(ReadGate& readers, std::chrono::milliseconds patience)
{
    const std::int64_t size = walBytes(); // one fstat, beside the sync of a commit
    if (size < m_most)
        m_next = m_most;
    if (size < m_most || (size < m_next && std::chrono::steady_clock::now() < m_again))
        return;
    // Another process may read too (a backup): it is not waited for.
    sqlite3_busy_timeout(m_db.getHandle(), 0);
    const bool isAlone = readers.close(patience);
    int code = SQLITE_BUSY;
    if (isAlone)
        code =
            sqlite3_wal_checkpoint_v2(m_db.getHandle(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    readers.open();
    sqlite3_busy_timeout(m_db.getHandle(), 5'000);
    if (code == SQLITE_OK) {
        m_next = m_most;
        return;
    }
    m_next = size + m_most;
    m_again = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    qCInfo(core::lcCore, "the collector's log grows past %lld bytes: somebody reads all the time",
        static_cast<long long>(size));
}

} // namespace vedette::collector
