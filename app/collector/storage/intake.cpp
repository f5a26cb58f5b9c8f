// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/intake.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <pthread.h>

#include "app/collector/storage/arrival.h"
#include "app/collector/storage/journal.h"
#include "models/core/logging.h"

namespace vedette::collector {
namespace {

/// At most so many in one write, and so much, but for one that is larger by itself.
constexpr std::size_t mostAtOnce = 256;
constexpr std::size_t mostBytesAtOnce = 4 << 20;

} // namespace

Intake::Intake(Journal& journal, std::size_t unfiled, std::size_t unfiledBytes, HandOn handOn)
    : m_journal(journal)
    , m_handOn(std::move(handOn))
    , m_unfiled(unfiled)
    , m_unfiledBytes(unfiledBytes)
{
    m_thread = std::thread([this] { run(); });
}

void Intake::stop()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Intake::submit(Incoming incoming, std::unique_ptr<CommitWaiter> waiter)
{
    Waiting waiting;
    waiting.record =
        packArrival(incoming); // here, beside the others, not on the one thread that all wait for
    waiting.arrival.bytes = waiting.record.size();
    waiting.arrival.incoming = std::move(incoming);
    waiting.arrival.waiter = std::move(waiter);
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(waiting));
        wake = m_waiting.size() >= m_wakeAt;
    }
    if (wake)
        m_wake.notify_one();
}

void Intake::filed(std::size_t count, std::size_t bytes)
{
    {
        const std::lock_guard lock(m_mutex);
        m_unfiled -= std::min(m_unfiled, count);
        m_unfiledBytes -= std::min(m_unfiledBytes, bytes);
    }
    m_wake.notify_one();
}

void Intake::setBlocked(bool blocked)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isBlocked == blocked)
            return;
        m_isBlocked = blocked;
    }
    m_wake.notify_one();
}

bool Intake::mayTake() const
{
    return m_isBlocked || m_stop || (m_unfiled < mostUnfiled && m_unfiledBytes < mostUnfiledBytes);
}

void Intake::run()
{
    pthread_setname_np(pthread_self(), "collector-take");
    for (;;) {
        std::vector<Waiting> batch;
        bool isBlocked = false;
        {
            std::unique_lock lock(m_mutex);
            m_wakeAt = 1;
            m_wake.wait(lock, [this] { return m_waiting.empty() ? m_stop : mayTake(); });
            if (m_waiting.empty())
                return;
            const std::size_t expected = std::min(m_gathering.expected(), mostAtOnce);
            if (m_waiting.size() < expected && !m_isBlocked && !m_stop) {
                m_wakeAt = expected;
                m_wake.wait_for(lock, m_gathering.patience(),
                    [this, expected] { return m_stop || m_isBlocked || m_waiting.size() >= expected; });
                m_wakeAt = 1;
            }
            std::size_t size = 0;
            for (std::size_t bytes = 0;
                 size < std::min(m_waiting.size(), mostAtOnce) && bytes < mostBytesAtOnce; ++size)
                bytes += m_waiting[size].arrival.bytes;
            batch.reserve(size);
            for (; size > 0; --size) {
                batch.push_back(std::move(m_waiting.front()));
                m_waiting.pop_front();
            }
            isBlocked = m_isBlocked;
        }
        if (isBlocked)
            handOnUnwritten(std::move(batch));
        else
            take(std::move(batch));
    }
}

void Intake::take(std::vector<Waiting> batch)
{
    const auto began = std::chrono::steady_clock::now();
    std::vector<std::string> records;
    records.reserve(batch.size());
    for (Waiting& waiting : batch)
        records.push_back(std::move(waiting.record));
    const auto first = m_journal.append(records);
    if (!first) {
        if (!std::exchange(m_isComplaining, true))
            qCWarning(core::lcCore, "the collector's journal: %s", qPrintable(first.error().detail));
        handOnUnwritten(std::move(batch));
        return;
    }
    m_isComplaining = false;
    std::vector<Arrival> arrivals;
    std::vector<std::unique_ptr<CommitWaiter>> waiters;
    arrivals.reserve(batch.size());
    waiters.reserve(batch.size());
    std::uint64_t number = *first;
    for (Waiting& waiting : batch) {
        waiters.push_back(std::move(waiting.arrival.waiter));
        waiting.arrival.number = number++;
        arrivals.push_back(std::move(waiting.arrival));
    }
    const std::size_t count = batch.size();
    {
        const std::lock_guard lock(m_mutex);
        m_unfiled += count;
        for (const Arrival& arrival : arrivals)
            m_unfiledBytes += arrival.bytes;
    }
    m_handOn(std::move(arrivals));
    for (const auto& waiter : waiters) {
        if (waiter)
            waiter->committed(Stored());
    }
    const auto took = std::chrono::steady_clock::now() - began;
    const std::lock_guard lock(m_mutex);
    m_gathering.committed(count, m_waiting.size(), took);
}

void Intake::handOnUnwritten(std::vector<Waiting> batch)
{
    std::vector<Arrival> arrivals;
    arrivals.reserve(batch.size());
    for (Waiting& waiting : batch)
        arrivals.push_back(std::move(waiting.arrival));
    m_handOn(std::move(arrivals));
}

} // namespace vedette::collector
