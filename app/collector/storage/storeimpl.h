// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/checkpointer.h"
#include "app/collector/storage/eventwriter.h"
#include "app/collector/storage/gathering.h"
#include "app/collector/storage/health.h"
#include "app/collector/storage/intake.h"
#include "app/collector/storage/journal.h"
#include "app/collector/storage/readers.h"
#include "app/collector/storage/retention.h"
#include "app/collector/storage/store.h"
#include "app/collector/storage/tallywriter.h"
#include "app/collector/storage/walbound.h"

namespace vedette::collector {

/// Takes the write lock at once, so that no statement in the transaction can be told to come back later.
inline constexpr auto immediately = SQLite::TransactionBehavior::IMMEDIATE;

/// The store's inside: a queue (storequeue.cpp) that the write lane empties (storelane.cpp), counting behind
/// it (storetally.cpp), and what has no hurry (storechores.cpp). Whatever says nothing else is for the lane
/// alone.
class Store::Impl final
{
public:
    Impl(Options options, const core::Clock& clock)
        : m_options(std::move(options))
        , m_clock(clock)
        , m_health(m_options.path, clock)
        , m_readers(m_options.path, m_options.vfs)
    {}
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    core::Result<void> open();
    void submit(Incoming incoming, std::unique_ptr<CommitWaiter> waiter);
    core::Result<void> read(const Work& work, bool counted);
    core::Result<void> write(const Work& work);
    [[nodiscard]] std::uint64_t generation() const { return m_generation; }
    [[nodiscard]] const Health& health() const { return m_health; }

private:
    struct Envelope
    {
        Arrival arrival;
        core::Result<Stored> result = Stored();

        [[nodiscard]] bool isJournalled() const { return arrival.number != 0; }
    };
    struct Job ///< either an envelope or a function; neither asks for the counters alone
    {
        std::optional<Envelope> envelope;
        const Work* work = nullptr;
        std::promise<core::Result<void>>* done = nullptr;

        /// Nobody waits for it.
        [[nodiscard]] bool isPatient() const { return envelope && envelope->isJournalled(); }
    };

    core::Result<void> openJournal();
    void post(Job job);
    void file(std::vector<Arrival>&& arrivals);
    core::Result<void> postAndWait(const Work* work);
    void runLane();
    void commit(std::vector<Envelope>& batch);
    void answer(std::vector<Envelope>& batch);
    Job takeJobs(std::vector<Envelope>& batch);
    void refuseFunctions();
    core::Result<void> tryCommit(std::span<Envelope> batch);
    core::Result<void> flush();
    core::Result<void> countWhatWasLeft();
    void tryAgain();
    void doChores();
    core::Result<void> writeTally(TallyWriter::Duration budget);
    bool writeSlice(bool isCrowded);
    void noteUncounted();
    void forget();
    void beginTally();
    void beginTallyIfDue();
    void fillTexts();
    void enforceForeignKeys(bool on);
    [[nodiscard]] bool waitForJobs(std::unique_lock<std::mutex>& lock);
    void gather(std::unique_lock<std::mutex>& lock);
    [[nodiscard]] bool isWorthFiling() const;
    [[nodiscard]] std::chrono::steady_clock::time_point worthFilingFrom() const;
    void tellChanges(const Changes& changes) const;
    void settle();
    void settled();
    void noteCounted();
    void fitCache();
    [[nodiscard]] bool isDue() const;
    [[nodiscard]] std::chrono::milliseconds untilDue() const;
    core::Result<void> doWork(const Work& work);
    void removeMore();
    void moveMore();

    const Options m_options;
    const core::Clock& m_clock;
    Health m_health;

    // Of the lane alone, once it runs.
    std::unique_ptr<SQLite::Database> m_db;
    std::unique_ptr<Checkpointer> m_checkpointer;
    std::unique_ptr<EventWriter> m_writer;
    std::unique_ptr<TallyWriter> m_tallyWriter; ///< what is being written
    std::unique_ptr<TextIndexer> m_textFiller;  ///< while events of before are not indexed
    std::unique_ptr<Retention> m_retention;
    std::unique_ptr<WalBound> m_walBound;
    KnownTexts m_knownTexts;
    Tally m_tally;                             ///< what is being gathered
    std::vector<std::int64_t> m_changedStates; ///< issues, by the settle() that is under way
    std::chrono::steady_clock::time_point m_tallySince;
    std::chrono::steady_clock::time_point m_tallyNotBefore; ///< after a failure
    Gathering m_gathering;
    std::chrono::steady_clock::time_point m_choresDue;
    std::chrono::steady_clock::time_point m_movesDue;    ///< the next step of what leaves
    std::chrono::steady_clock::time_point m_removalsDue; ///< and of what is removed
    std::uint64_t m_moves = 0;                           ///< steps that deleted or moved events
    bool m_foreignKeys = true;
    bool m_isCatchingUp = false;  ///< a turn without counters
    bool m_removing = false;      ///< removed projects still hold something
    bool m_leaving = false;       ///< and so do issues that were merged or deleted
    bool m_inHand = false;        ///< envelopes that are acknowledged and not filed yet
    bool m_leftUncounted = false; ///< a full disk kept the start from counting what a crash had left

    std::atomic<bool> m_uncounted = false; ///< the tally holds something that readers would miss
    std::atomic<std::uint64_t> m_generation = 0;
    std::atomic<std::int64_t> m_nextDue = 0; ///< ms: when time alone changes something of an issue

    std::mutex m_mutex; ///< of the queue
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    std::size_t m_functions = 0;                          ///< of m_jobs, what is no envelope
    std::size_t m_patient = 0;                            ///< of m_jobs, envelopes that nobody waits for
    std::chrono::steady_clock::time_point m_patientSince; ///< when the first of those came
    std::size_t m_wakeAt = 1;                             ///< how many jobs the lane wants to be woken for
    bool m_stop = false;

    Readers m_readers;

    std::unique_ptr<Journal> m_journal;
    std::thread m_thread;
    std::unique_ptr<Intake> m_intake; ///< hands on to the lane
};

} // namespace vedette::collector
