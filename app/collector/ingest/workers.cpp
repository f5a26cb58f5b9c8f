// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/workers.h"

#include <exception>

#include <pthread.h>

#include "models/core/logging.h"

namespace vedette::collector {

Workers::Workers(const std::string& name, unsigned threads)
{
    m_threads.reserve(threads);
    for (unsigned i = 0; i < threads; ++i)
        m_threads.emplace_back([this, name] { run(name); });
}

Workers::~Workers()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void Workers::post(core::UniqueFunction job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void Workers::run(const std::string& name)
{
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
    for (;;) {
        core::UniqueFunction job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stop || !m_jobs.empty(); });
            if (m_jobs.empty())
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        try {
            job();
        } catch (const std::exception& fault) {
            qCWarning(core::lcCore, "a request could not be worked on: %s", fault.what());
        }
    }
}

} // namespace vedette::collector
