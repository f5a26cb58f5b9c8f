// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/checkpointer.h"

#include <utility>

#include <pthread.h>
#include <sqlite3.h>

#include "app/collector/storage/filelayer.h"

namespace vedette::collector {
namespace {

/// So little is left to the lane.
constexpr int restPages = 1'000;
/// Or what is left after so many rounds: the writer is as fast.
constexpr int mostRounds = 4;

/// None where that fails. It has read: a connection that has not does not know yet that there is a log, and
/// moves nothing without a word (sqlite3_wal_checkpoint_v2 answers SQLITE_OK and -1 pages).
sqlite3* connect(const std::string& path, const std::string& vfs)
{
    sqlite3* db = nullptr;
    if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE, vfs.empty() ? nullptr : vfs.c_str()) ==
            SQLITE_OK &&
        sqlite3_exec(db, "PRAGMA schema_version", nullptr, nullptr, nullptr) == SQLITE_OK)
        return db;
    sqlite3_close(db);
    return nullptr;
}

/// SQLite syncs the database only when all of the log was moved, which is on the lane: little is left to sync
/// then.
void sync(sqlite3* db)
{
    sqlite3_file* file = nullptr;
    if (db && sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK && file &&
        file->pMethods)
        file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
}

} // namespace

Checkpointer::Checkpointer(sqlite3* lane, std::string path, const std::string& vfs)
    : m_lane(lane)
    , m_path(std::move(path))
    , m_vfs(movingLayer(vfs))
{
    sqlite3_wal_hook(m_lane, &Checkpointer::committed, this); // in place of SQLite's own
    m_thread = std::thread([this] { run(); });
}

Checkpointer::~Checkpointer()
{
    if (!m_thread.joinable())
        return; // stopped: SQLite's own stay off, too
    end();
    sqlite3_wal_autocheckpoint(m_lane, wantedPages);
}

void Checkpointer::stop()
{
    if (m_thread.joinable())
        end();
}

void Checkpointer::end()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

int Checkpointer::committed(void* self, sqlite3*, const char*, int pages)
{
    static_cast<Checkpointer*>(self)->m_pages = pages;
    return SQLITE_OK;
}

void Checkpointer::afterCommit(bool hasWorked)
{
    if (!m_thread.joinable())
        return;
    if (wantsLane()) {
        if (hasWorked)
            return;
        m_nearlyDone = false;
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

void Checkpointer::run()
{
    pthread_setname_np(pthread_self(), "collector-log");
    sqlite3* db = nullptr;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stop || m_wanted; });
            if (m_stop)
                break;
            m_wanted = false;
        }
        if (!db)
            db = connect(m_path, m_vfs);
        for (int round = 0; db && round < mostRounds; ++round) {
            int pages = 0;
            int moved = 0;
            const int code = sqlite3_wal_checkpoint_v2(db, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
            if (code != SQLITE_OK || pages - moved <= restPages)
                break;
        }
        sync(db);
        m_nearlyDone = true;
    }
    sqlite3_close(db);
}

} // namespace vedette::collector
