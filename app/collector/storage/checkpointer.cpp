// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/checkpointer.h"

#include <utility>

#include <pthread.h>
#include <sqlite3.h>

namespace vedette::collector {
namespace {

/// So little is left to the lane.
constexpr int restPages = 1'000;
/// Or what is left after so many rounds: the writer is as fast.
constexpr int mostRounds = 4;
/// From so many pages on the lane does not wait for the thread.
constexpr int tooManyPages = 3 * Checkpointer::wantedPages;

} // namespace

Checkpointer::Checkpointer(sqlite3* lane, std::string path, std::string vfs, Synced synced)
    : m_lane(lane)
    , m_path(std::move(path))
    , m_vfs(std::move(vfs))
    , m_synced(std::move(synced))
{
    sqlite3_wal_hook(m_lane, &Checkpointer::committed, this); // in place of SQLite's own
    m_thread = std::thread([this] { run(); });
}

Checkpointer::~Checkpointer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    m_thread.join();
    sqlite3_wal_autocheckpoint(m_lane, wantedPages);
}

int Checkpointer::committed(void* self, sqlite3*, const char*, int pages)
{
    static_cast<Checkpointer*>(self)->m_pages = pages;
    return SQLITE_OK;
}

void Checkpointer::afterCommit()
{
    if (m_nearlyDone.exchange(false) || m_pages >= tooManyPages) {
        sqlite3_wal_checkpoint_v2(m_lane, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        m_pages = 0; // the next commit tells
        const std::lock_guard lock(m_mutex);
        m_busy = m_wanted;
        return;
    }
    if (m_pages < wantedPages)
        return;
    {
        const std::lock_guard lock(m_mutex);
        if (m_busy)
            return;
        m_wanted = m_busy = true;
    }
    m_wake.notify_one();
}

void Checkpointer::syncSoon(std::uint64_t mark)
{
    {
        const std::lock_guard lock(m_mutex);
        m_syncMark = mark;
    }
    m_wake.notify_one();
}

void Checkpointer::run()
{
    pthread_setname_np(pthread_self(), "collector-log");
    for (;;) {
        bool isWanted = false;
        std::uint64_t mark = 0;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stop || m_wanted || m_syncMark != 0; });
            if (m_stop)
                break;
            isWanted = std::exchange(m_wanted, false);
            mark = std::exchange(m_syncMark, 0);
        }
        if (mark != 0)
            sync(mark);
        if (isWanted) {
            checkpoint();
            m_nearlyDone = true;
        }
    }
    sqlite3_close(m_db);
}

bool Checkpointer::open()
{
    if (m_db)
        return true;
    // Whoever has read has the log open.
    if (sqlite3_open_v2(m_path.c_str(), &m_db, SQLITE_OPEN_READWRITE,
            m_vfs.empty() ? nullptr : m_vfs.c_str()) == SQLITE_OK &&
        sqlite3_exec(m_db, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr) == SQLITE_OK)
        return true;
    sqlite3_close(m_db);
    m_db = nullptr;
    return false;
}

void Checkpointer::sync(std::uint64_t mark)
{
    if (m_syncFailed)
        return;
    sqlite3_file* log = nullptr;
    m_syncFailed = !open() ||
                   sqlite3_file_control(m_db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK ||
                   !log || !log->pMethods ||
                   log->pMethods->xSync(log, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY) != SQLITE_OK;
    if (m_synced)
        m_synced(mark, !m_syncFailed);
}

void Checkpointer::checkpoint()
{
    if (!open())
        return;
    for (int round = 0; round < mostRounds; ++round) {
        int pages = 0;
        int moved = 0;
        const int code = sqlite3_wal_checkpoint_v2(m_db, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
        if (code != SQLITE_OK || pages - moved <= restPages)
            break;
    }
}

} // namespace vedette::collector
