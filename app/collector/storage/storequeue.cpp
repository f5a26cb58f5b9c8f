// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <utility>

#include "app/collector/storage/storeimpl.h"

namespace vedette::collector {

namespace {

/// While no event comes, time is looked at so often at least.
constexpr std::chrono::minutes agingPeriod{10};
/// Acknowledged arrivals are filed so many at a time; nobody waits for them but who reads.
constexpr std::size_t filedAtOnce = 768;
constexpr std::size_t bytesAtOnce = 16 << 20;
/// From so many on at once: each page that several of them touch is written once. Else after so long, and
/// sooner where few come: somebody may be looking.
constexpr std::size_t worthFiling = 750;
constexpr std::chrono::milliseconds filingAge{250};
constexpr std::size_t few = 50;
constexpr std::chrono::milliseconds fewAge{50};

} // namespace

bool Store::Impl::waitForJobs(std::unique_lock<std::mutex>& lock)
{
    const auto wanted = [this] { return m_stop || !m_jobs.empty(); };
    m_wakeAt = 1;
    if (m_inHand && !m_health.hasProblem())
        return true; // the disk is well again
    if (m_health.hasProblem())
        return m_wake.wait_for(
            lock, m_options.retryPeriod, [this] { return m_stop || m_patient < m_jobs.size(); });
    if (!m_tallyWriter->done() && m_tallyNotBefore > std::chrono::steady_clock::now()) {
        m_wake.wait_until(lock, m_tallyNotBefore, wanted);
        return true;
    }
    if (!m_tallyWriter->done() || m_textFiller)
        return true; // there is something to do
    if (m_leaving || m_removing) {
        auto next = m_choresDue;
        if (m_leaving)
            next = std::min(next, m_movesDue);
        if (m_removing)
            next = std::min(next, m_removalsDue);
        m_wake.wait_until(lock, next, wanted);
        return true;
    }
    if (m_tally.events() > 0) {
        m_wake.wait_until(lock, std::min(m_choresDue, m_tallySince + m_options.tallyAge), wanted);
        return true;
    }
    const auto now = std::chrono::steady_clock::now();
    return m_wake.wait_until(lock, std::min(m_choresDue, now + untilDue()), wanted);
}

bool Store::Impl::isWorthFiling() const
{
    return m_patient >= worthFiling || m_patient < m_jobs.size() || m_stop || m_health.hasProblem() ||
           std::chrono::steady_clock::now() >= worthFilingFrom();
}

std::chrono::steady_clock::time_point Store::Impl::worthFilingFrom() const
{
    return m_patientSince + (m_patient <= few ? fewAge : filingAge);
}

void Store::Impl::gather(std::unique_lock<std::mutex>& lock)
{
    if (m_patient > 0) {
        // Counters and other work go on meanwhile.
        const bool mayCount = !m_tallyWriter->done() && std::chrono::steady_clock::now() >= m_tallyNotBefore;
        if (isWorthFiling() || mayCount)
            return;
        m_wakeAt = worthFiling;
        while (!m_wake.wait_until(lock, worthFilingFrom(), [this] { return isWorthFiling(); }))
            ; // more came than few
        m_wakeAt = 1;
        return;
    }
    const std::size_t expected = std::min(m_gathering.expected(), m_options.batch);
    if (m_jobs.empty() || m_functions > 0 || m_stop || m_jobs.size() >= expected)
        return;
    m_wakeAt = expected;
    m_wake.wait_for(lock, m_gathering.patience(),
        [this, expected] { return m_stop || m_functions > 0 || m_patient > 0 || m_jobs.size() >= expected; });
    m_wakeAt = 1;
}

/// Envelopes for the next commit, as long as no function stands before them; else that function.
Store::Impl::Job Store::Impl::takeJobs(std::vector<Envelope>& batch)
{
    Job other;
    if (m_patient > 0 && !isWorthFiling())
        return other;
    // What the disk refused before does not keep out what somebody waits for.
    const std::size_t most = batch.size() + std::max(m_options.batch, m_patient > 0 ? filedAtOnce : 0);
    batch.reserve(std::min(most, batch.size() + m_jobs.size()));
    std::size_t bytes = 0;
    while (!m_jobs.empty() && m_jobs.front().envelope && batch.size() < most && bytes < bytesAtOnce) {
        bytes += m_jobs.front().envelope->arrival.bytes;
        if (m_jobs.front().isPatient() && --m_patient > 0)
            m_patientSince = std::chrono::steady_clock::now(); // those behind came later, at most now
        batch.push_back(std::move(*m_jobs.front().envelope));
        m_jobs.pop_front();
    }
    if (batch.empty() && !m_jobs.empty()) {
        other = std::move(m_jobs.front());
        m_jobs.pop_front();
        --m_functions;
    }
    return other;
}

/// Those that would have to see what cannot be stored now.
void Store::Impl::refuseFunctions()
{
    while (!m_jobs.empty() && m_jobs.front().done) {
        m_jobs.front().done->set_value(core::fail(m_health.refusal()));
        m_jobs.pop_front();
        --m_functions;
    }
}

bool Store::Impl::isDue() const
{
    return m_clock.now().time_since_epoch().count() >= m_nextDue;
}

std::chrono::milliseconds Store::Impl::untilDue() const
{
    // At least a second, lest a disk that refuses keeps the lane busy with it.
    const std::chrono::milliseconds left(m_nextDue - m_clock.now().time_since_epoch().count());
    return std::clamp<std::chrono::milliseconds>(left, std::chrono::seconds(1), agingPeriod);
}

} // namespace vedette::collector
