// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/core/lane.h"

#include <exception>

#if defined(__linux__)
#include <pthread.h>
#endif

#include "models/core/logging.h"

namespace vedette::core {

Lane::Lane(std::string name)
    : m_name(std::move(name))
    , m_thread([this] { run(); })
{}

Lane::~Lane()
{
    {
        // Under the queue's mutex, else the thread could miss the wake-up between its check and its wait.
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Lane::post(UniqueFunction job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

std::size_t Lane::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_jobs.size();
}

bool Lane::isCurrent() const
{
    return std::this_thread::get_id() == m_thread.get_id();
}

void Lane::run()
{
#if defined(__linux__)
    pthread_setname_np(pthread_self(), m_name.substr(0, 15).c_str());
#endif
    for (;;) {
        UniqueFunction job;
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
        } catch (const std::exception& e) {
            qCCritical(lcCore, "a job on lane %s failed: %s", m_name.c_str(), e.what());
        }
    }
}

} // namespace vedette::core
