// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "models/core/uniquefunction.h"

namespace vedette::collector {

/// A few threads at one queue, for work that is independent of its neighbours: unpacking, parsing and
/// understanding requests. Destroying it finishes what is queued.
class Workers final
{
public:
    Workers(const std::string& name, unsigned threads);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// Queues a job. Any thread. A job that throws is logged.
    void post(core::UniqueFunction job);

private:
    void run(const std::string& name);

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<core::UniqueFunction> m_jobs;
    bool m_stop = false;
    std::vector<std::thread> m_threads; // last: they start when all else is there
};

} // namespace vedette::collector
