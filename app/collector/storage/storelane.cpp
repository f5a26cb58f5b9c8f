// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <utility>

#include <pthread.h>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include "app/collector/storage/changewatch.h"
#include "app/collector/storage/leaving.h"
#include "app/collector/storage/projectremoval.h"
#include "app/collector/storage/storeimpl.h"
#include "app/collector/storage/textindex.h"
#include "models/core/logging.h"

namespace vedette::collector {

void Store::Impl::runLane()
{
    pthread_setname_np(pthread_self(), "collector-write");
    std::vector<Envelope> batch; ///< after a commit: what the disk refused and the journal keeps
    for (;;) {
        Job other;
        bool grown = false; ///< nothing came for long: only time has passed
        bool isCrowded = false;
        {
            std::unique_lock lock(m_mutex);
            grown = !waitForJobs(lock);
            gather(lock);
            // What the disk still refuses then is in the journal.
            if (m_stop && (m_jobs.empty() || (m_health.hasProblem() && m_jobs.size() == m_patient)))
                break;
            other = takeJobs(batch);
            isCrowded = m_patient >= Intake::mostUnfiled / 2;
        }
        if (!batch.empty()) {
            const auto began = std::chrono::steady_clock::now();
            const auto held = std::count_if(
                batch.begin(), batch.end(), [](const Envelope& each) { return !each.isJournalled(); });
            m_inHand = true;
            commit(batch);
            m_inHand = !batch.empty();
            noteUncounted();
            const auto took = std::chrono::steady_clock::now() - began;
            const std::lock_guard lock(m_mutex);
            if (held > 0)
                m_gathering.committed(std::size_t(held), m_jobs.size() - m_functions - m_patient, took);
            if (!batch.empty())
                refuseFunctions();
        } else if (other.done) {
            other.done->set_value(other.work ? doWork(*other.work) : flush());
        } else if (grown && m_health.hasProblem()) {
            tryAgain();
        } else if (grown) {
            (void)flush();
        } else if (m_health.hasProblem()) {
            // Woken for nothing: it is tried again in its time.
        } else if (!m_tallyWriter->done() && std::chrono::steady_clock::now() >= m_tallyNotBefore) {
            (void)writeTally(m_options.sliceAlone); // said in the log; tried again later
        } else if (m_textFiller) {
            fillTexts();
        }
        if (m_intake)
            m_intake->setBlocked(m_health.hasProblem());
        beginTallyIfDue();
        const bool hasCounted = writeSlice(isCrowded);
        if (m_health.isDamaged())
            m_checkpointer->stop();
        m_checkpointer->afterCommit(hasCounted);
        if (!m_health.isDamaged())
            m_walBound->check(m_readers.gate());
        if (m_leaving && !m_health.hasProblem() && std::chrono::steady_clock::now() >= m_movesDue)
            moveMore();
        if (m_removing && !m_health.hasProblem() && std::chrono::steady_clock::now() >= m_removalsDue)
            removeMore();
        if (std::chrono::steady_clock::now() >= m_choresDue)
            doChores();
    }
    (void)flush(); // else counted at the next start
}

void Store::Impl::commit(std::vector<Envelope>& batch)
{
    if (const auto done = tryCommit(batch); !done) {
        // One that cannot be stored must not take the others with it. Where the disk itself refuses, it would
        // refuse each.
        for (Envelope& envelope : batch)
            envelope.result = core::fail(done.error());
        if (batch.size() > 1 && !m_health.hasProblem()) {
            for (std::size_t i = 0; i < batch.size() && !m_health.hasProblem(); ++i) {
                if (const auto alone = tryCommit(std::span(&batch[i], 1)); !alone)
                    batch[i].result = core::fail(alone.error());
            }
        }
    }
    answer(batch);
}

/// Leaves in the batch what is to be tried again: acknowledged, and refused by the disk.
void Store::Impl::answer(std::vector<Envelope>& batch)
{
    Changes changes;
    std::vector<Envelope> kept;
    std::size_t filed = 0;
    std::size_t bytes = 0;
    std::uint64_t last = 0;
    for (Envelope& envelope : batch) {
        if (envelope.arrival.waiter)
            envelope.arrival.waiter->committed(envelope.result);
        if (envelope.result && envelope.result->issue != 0) {
            changes.addIssue(envelope.result->issue);
            changes.events = true;
        }
        if (!envelope.isJournalled())
            continue;
        if (!envelope.result && m_health.hasProblem()) {
            kept.push_back(std::move(envelope));
            continue;
        }
        if (!envelope.result)
            qCWarning(core::lcCore, "an acknowledged event cannot be stored and is dropped");
        ++filed;
        bytes += envelope.arrival.bytes;
        last = std::max(last, envelope.arrival.number);
    }
    if (filed > 0 && m_intake) {
        m_journal->setFiled(last);
        m_intake->filed(filed, bytes);
    }
    batch = std::move(kept);
    tellChanges(changes);
}

void Store::Impl::tellChanges(const Changes& changes) const
{
    if (m_options.changed && !changes.isEmpty())
        m_options.changed(changes);
}

core::Result<void> Store::Impl::tryCommit(std::span<Envelope> batch)
{
    if (m_health.isDamaged())
        return core::fail(m_health.refusal());
    if (auto before = countWhatWasLeft(); !before) // it gives numbers that new events must not get
        return before;
    std::vector<CountedEvent> counted;
    const bool slice =
        !m_intake && !m_tallyWriter->done() && std::chrono::steady_clock::now() >= m_tallyNotBefore;
    bool last = false;
    std::uint64_t filed = 0;
    for (const Envelope& envelope : batch)
        filed = std::max(filed, envelope.arrival.number);
    try {
        const core::TimePoint now = m_clock.now();
        enforceForeignKeys(false);
        SQLite::Transaction transaction(*m_db, immediately);
        for (Envelope& envelope : batch)
            envelope.result = m_writer->write(envelope.arrival.incoming, now, counted);
        m_writer->finish();
        m_writer->writeOutcomes(now);
        if (slice)
            last = m_tallyWriter->write(m_options.sliceBeside);
        if (last)
            settle();
        if (filed > 0)
            m_writer->markFiled(filed);
        transaction.commit();
    } catch (const std::exception& fault) {
        forget();
        if (slice) {
            m_tallyWriter->rewind();
            m_tallyNotBefore = std::chrono::steady_clock::now() + m_options.tallyAge; // events go first
        }
        core::Error error = m_health.failed(fault, *m_db);
        if (!m_health.hasProblem()) // else the health has said it
            qCWarning(core::lcCore, "the collector could not store an envelope: %s", fault.what());
        return core::fail(std::move(error));
    }
    m_health.stored();
    if (slice)
        m_tallyWriter->confirm();
    if (last)
        noteCounted();
    if (m_tally.events() == 0)
        m_tallySince = std::chrono::steady_clock::now();
    for (CountedEvent& event : counted)
        m_tally.add(std::move(event), m_knownTexts);
    noteUncounted();
    return {};
}

core::Result<void> Store::Impl::doWork(const Work& work)
{
    // What is deleted or merged must be counted before, else the counters come back for what is gone.
    if (auto counted = flush(); !counted)
        return counted;
    core::Result<void> result;
    Changes changes;
    try {
        enforceForeignKeys(true);
        SQLite::Transaction transaction(*m_db, immediately);
        const ChangeWatch watch(*m_db);
        result = work(*m_db);
        if (result)
            transaction.commit();
        changes = watch.changes();
        m_removing = hasRemovedProjects(*m_db);
        m_leaving = hasLeaving(*m_db);
    } catch (const std::exception& fault) {
        result = core::fail(m_health.failed(fault, *m_db));
    }
    forget();
    m_knownTexts.clear(); // what it knew may have been deleted
    m_nextDue = 0;        // it may have set another end to something
    if (result) {
        m_generation.fetch_add(1);
        tellChanges(changes);
    }
    return result;
}

void Store::Impl::enforceForeignKeys(bool on)
{
    // The lane's own statements only name rows that it looked up or made itself, and it forgets them when
    // anybody else wrote: checking forty references for each event would cost more than storing it. Triggers
    // go with them: TextIndexer tells why.
    if (m_foreignKeys == on)
        return;
    m_db->exec(on ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
    sqlite3_db_config(m_db->getHandle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, on ? 1 : 0, nullptr); // NOLINT
    m_foreignKeys = on;
}

/// What was looked up may be otherwise now.
void Store::Impl::forget()
{
    m_writer->forget();
    m_tallyWriter->forget();
}

} // namespace vedette::collector
