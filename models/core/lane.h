// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "models/core/uniquefunction.h"

namespace vedette::core {

/// One thread with a job queue, for work that must not run on the GUI thread: SQLite, big JSON, inflating.
/// Jobs run one after the other in the order they were posted. A lane owns no QObject and touches no
/// QPromise; results go home through a Mailbox (runon.h does both). Destroying the lane finishes the jobs
/// that are queued.
class Lane final
{
public:
    /// Starts the thread; `name` (at most 15 bytes are kept) is what debuggers show.
    explicit Lane(std::string name);
    ~Lane();
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    /// Queues a job. Any thread. A job that throws is logged and the lane goes on.
    void post(UniqueFunction job);

    /// Jobs queued and not yet begun. Any thread.
    [[nodiscard]] std::size_t waiting() const;

    /// True on the lane's own thread.
    [[nodiscard]] bool isCurrent() const;

private:
    void run();

    std::string m_name;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<UniqueFunction> m_jobs;
    bool m_stop = false;
    std::thread m_thread; // last: starts when all else is there
};

} // namespace vedette::core
