// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

struct sqlite3;

namespace vedette::collector {

/// Moves the write-ahead log into the database beside the write lane, so that nobody who waits for a commit
/// waits for it too. SQLite starts its log anew only when all of it was moved, which a thread beside a busy
/// writer never sees: it moves nearly all, and the lane the little rest. Its errors are nobody's: the log
/// just stays, and is tried again. While this lives, SQLite's own checkpoints are off on the lane's
/// connection.
class Checkpointer final
{
public:
    /// So many pages of log are moved at once: what is written again and again, as indexes are, is moved
    /// once.
    static constexpr int wantedPages = 8'000;

    /// `lane` is the writing connection, on the file `path` through the file system layer `vfs` (empty: the
    /// usual one); it must outlive this.
    Checkpointer(sqlite3* lane, std::string path, const std::string& vfs);
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    /// On the lane, outside of transactions, when whoever waited for the last commit was answered. Where the
    /// lane `hasWorked` long already, its part is left for another time.
    void afterCommit(bool hasWorked);
    /// Whether the next afterCommit() has a part for the lane: some ten milliseconds. On the lane.
    [[nodiscard]] bool wantsLane() const { return m_nearlyDone || m_pages >= tooManyPages; }

    /// From now on nothing is moved any more, not even when the last connection is closed: the database was
    /// found damaged. What is being moved is waited for. On the lane.
    void stop();

private:
    /// From so many pages on the lane does not wait for the thread.
    static constexpr int tooManyPages = 3 * wantedPages;

    static int committed(void* self, sqlite3* db, const char* schema, int pages);
    void run();
    void end();

    sqlite3* const m_lane;
    const std::string m_path;
    const std::string m_vfs;
    int m_pages = 0; ///< of the log, after the last commit; on the lane
    std::atomic<bool> m_nearlyDone = false;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_wanted = false;
    bool m_busy = false; ///< from being wanted until the lane moved the rest
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace vedette::collector
