// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <string>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/storeimpl.h"
#include "models/core/logging.h"

namespace vedette::collector {

namespace {

/// So many times what is usual waits to be counted: then slices are not enough.
constexpr std::size_t tooMany = 4;
/// The lane's cache of pages, and how many issues make it a KiB larger.
constexpr std::int64_t leastCacheKib = 7'000;
constexpr std::int64_t mostCacheKib = 32'000;
constexpr std::int64_t issuesForKib = 4;

} // namespace

void Store::Impl::beginTally()
{
    m_writer->handOver(m_tally);
    m_tallyWriter->begin(std::exchange(m_tally, Tally()));
    m_writer->states().take();
}

void Store::Impl::beginTallyIfDue()
{
    if ((m_tally.events() >= tooMany * m_options.tallyEvents ||
            m_tally.bytes() >= tooMany * m_options.tallyBytes) &&
        std::chrono::steady_clock::now() >= m_tallyNotBefore)
        (void)flush();
    if (m_tally.events() == 0 || !m_tallyWriter->done())
        return;
    if (m_tally.events() < m_options.tallyEvents && m_tally.bytes() < m_options.tallyBytes &&
        std::chrono::steady_clock::now() - m_tallySince < m_options.tallyAge)
        return;
    beginTally();
}

/// Looks at the queue too: what came meanwhile is acknowledged.
void Store::Impl::noteUncounted()
{
    const std::lock_guard lock(m_mutex);
    m_uncounted = m_patient > 0 || m_inHand || !m_tallyWriter->done() || m_tally.events() > 0;
}

core::Result<void> Store::Impl::flush()
{
    if (m_health.isDamaged())
        return core::fail(m_health.refusal());
    if (auto before = countWhatWasLeft(); !before)
        return before;
    bool written = false;
    for (int part = 0; part < 2; ++part) { // what is being written, then what is being gathered
        if (m_tallyWriter->done()) {
            if (m_tally.events() == 0 && (written || !isDue()))
                break;
            if (m_tally.events() > 0)
                beginTally();
        }
        if (auto done = writeTally(TallyWriter::Duration::max()); !done)
            return done;
        written = true;
    }
    return {};
}

core::Result<void> Store::Impl::writeTally(TallyWriter::Duration budget)
{
    const bool busy = !m_tallyWriter->done(); // else there is only something to settle
    bool last = !busy;
    try {
        enforceForeignKeys(false);
        SQLite::Transaction transaction(*m_db, immediately);
        if (busy)
            last = m_tallyWriter->write(budget);
        if (last)
            settle();
        transaction.commit();
    } catch (const std::exception& fault) {
        forget();
        if (busy)
            m_tallyWriter->rewind();
        m_tallyNotBefore = std::chrono::steady_clock::now() + m_options.tallyAge;
        core::Error error = m_health.failed(fault, *m_db);
        if (!m_health.hasProblem())
            qCWarning(core::lcCore, "the collector could not write its counters: %s", fault.what());
        return core::fail(std::move(error));
    }
    if (busy) {
        m_health.stored(); // else it may have had nothing to write
        m_tallyWriter->confirm();
    }
    if (last)
        noteCounted();
    noteUncounted();
    return {};
}

/// Behind a journal hardly anybody waits for the lane: in few large slices, pages are written seldom. After a
/// while of one thing arrivals are filed, before the journal's bound makes senders wait: a slice is left out
/// where the log is moved in its turn, and every other time while many arrivals wait. False: it was.
bool Store::Impl::writeSlice(bool isCrowded)
{
    m_isCatchingUp = isCrowded && !m_isCatchingUp;
    if (!m_intake || m_isCatchingUp || m_checkpointer->wantsLane() || m_tallyWriter->done() ||
        m_health.hasProblem() || std::chrono::steady_clock::now() < m_tallyNotBefore)
        return false;
    (void)writeTally(m_options.sliceJournalled); // said in the log; tried again later
    return true;
}

/// The last part of a tally is in the tables.
void Store::Impl::noteCounted()
{
    m_writer->handedOver();
    settled();
    fitCache();
    if (m_options.tallied)
        m_options.tallied();
}

/// Events of many issues touch pages all over the indexes: the more issues, the more is worth keeping.
void Store::Impl::fitCache()
{
    try {
        const std::int64_t issues = m_db->execAndGet("SELECT coalesce(max(id), 0) FROM issues").getInt64();
        const std::int64_t kib = std::min(leastCacheKib + issues / issuesForKib, mostCacheKib);
        m_db->exec("PRAGMA cache_size = -" + std::to_string(kib));
    } catch (const SQLite::Exception&) {
        // It stays as it is; the next write tells what is wrong.
    }
}

core::Result<void> Store::Impl::countWhatWasLeft()
{
    if (!m_leftUncounted)
        return {};
    try {
        SQLite::Transaction transaction(*m_db, immediately);
        countAgain(*m_db, m_options.readFacts);
        m_writer->states().watchArchived();
        m_writer->states().take();
        settle();
        transaction.commit();
        settled();
    } catch (const std::exception& fault) {
        forget();
        return core::fail(m_health.failed(fault, *m_db));
    }
    m_leftUncounted = false;
    forget(); // it has given numbers to tags and users
    return {};
}

void Store::Impl::settle()
{
    m_changedStates = m_writer->states().settle(m_clock.now());
    m_writer->forgetIssues(m_changedStates);
}

void Store::Impl::settled()
{
    IssueStates& states = m_writer->states();
    states.settled();
    m_nextDue = states.nextDue().time_since_epoch().count();
    Changes changes;
    for (const std::int64_t issue : m_changedStates)
        changes.addIssue(issue);
    tellChanges(changes);
}

} // namespace vedette::collector
