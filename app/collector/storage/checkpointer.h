// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

struct sqlite3;

namespace vedette::collector {

/// Looks after the write-ahead log beside the write lane: syncs it after commits that did not, and moves it
/// into the database, so that nobody who waits for a commit waits for that too. SQLite starts its log anew
/// only when all of it was moved, which a thread beside a busy writer never sees: it moves nearly all, and
/// the lane the little rest. Its errors are nobody's: the log just stays, and is tried again. While this
/// lives, SQLite's own checkpoints are off on the lane's connection.
class Checkpointer final
{
public:
    /// So many pages of log are moved at once: what is written again and again, as indexes are, is moved
    /// once.
    static constexpr int wantedPages = 8'000;

    /// Told on the thread here that the log is on the disk as it was at that mark; or that a sync failed,
    /// after which no further ones are tried: what the system dropped then, another sync would not bring
    /// back.
    using Synced = std::function<void(std::uint64_t mark, bool done)>;

    /// `lane` is the writing connection, on the file `path` through the file system layer `vfs` (empty: the
    /// usual one); it must outlive this.
    Checkpointer(sqlite3* lane, std::string path, std::string vfs, Synced synced = {});
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    /// On the lane, outside of transactions, when whoever waited for the last commit was answered.
    void afterCommit();

    /// On the lane, after a commit with synchronous=NORMAL. Marks only ever rise.
    void syncSoon(std::uint64_t mark);

private:
    static int committed(void* self, sqlite3* db, const char* schema, int pages);
    void run();
    void sync(std::uint64_t mark);
    void checkpoint();
    bool open();

    sqlite3* const m_lane;
    const std::string m_path;
    const std::string m_vfs;
    const Synced m_synced;
    int m_pages = 0; ///< of the log, after the last commit; on the lane
    std::atomic<bool> m_nearlyDone = false;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::uint64_t m_syncMark = 0; ///< to be synced; 0: nothing
    bool m_wanted = false;
    bool m_busy = false; ///< from being wanted until the lane moved the rest
    bool m_stop = false;
    sqlite3* m_db = nullptr; ///< the thread's own
    bool m_syncFailed = false;
    std::thread m_thread;
};

} // namespace vedette::collector
