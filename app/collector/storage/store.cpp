// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/store.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include <pthread.h>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include "app/collector/storage/arrival.h"
#include "app/collector/storage/changewatch.h"
#include "app/collector/storage/checkpointer.h"
#include "app/collector/storage/database.h"
#include "app/collector/storage/eventwriter.h"
#include "app/collector/storage/gathering.h"
#include "app/collector/storage/health.h"
#include "app/collector/storage/intake.h"
#include "app/collector/storage/journal.h"
#include "app/collector/storage/projectremoval.h"
#include "app/collector/storage/readers.h"
#include "app/collector/storage/retention.h"
#include "app/collector/storage/tallywriter.h"
#include "app/collector/storage/walbound.h"
#include "models/core/logging.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

/// While no event comes, time is looked at so often at least.
constexpr std::chrono::minutes agingPeriod{10};
/// While nothing can be stored and nobody sends, it is tried so often whether it can be again.
constexpr std::chrono::seconds retryPeriod{2};
/// So many times the usual number of events waits to be counted: then slices are not enough.
constexpr std::size_t tooMany = 4;
/// Events of before that are put into the full text index at once.
constexpr int fillStep = 100;
/// Acknowledged arrivals are filed so many at a time; nobody waits for them but who reads.
constexpr std::size_t filedAtOnce = 512;
constexpr std::size_t bytesAtOnce = 16 << 20;
/// From so many on at once, and else after so long.
constexpr std::size_t worthFiling = 256;
constexpr std::chrono::milliseconds filingAge{50};
/// How long events may wait for a piece of a removed project to be deleted.
constexpr std::chrono::milliseconds removalTime{10};

/// Takes the write lock at once, so that no statement in the transaction can be told to come back later.
constexpr auto immediately = SQLite::TransactionBehavior::IMMEDIATE;

} // namespace

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
    void noteUncounted();
    void forget();
    void beginTally();
    void beginTallyIfDue();
    void fillTexts();
    void enforceForeignKeys(bool on);
    [[nodiscard]] bool waitForJobs(std::unique_lock<std::mutex>& lock);
    void gather(std::unique_lock<std::mutex>& lock);
    [[nodiscard]] bool isWorthFiling() const;
    void tellChanges(const Changes& changes) const;
    void settle();
    void settled();
    void noteCounted();
    [[nodiscard]] bool isDue() const;
    [[nodiscard]] std::chrono::milliseconds untilDue() const;
    core::Result<void> doWork(const Work& work);
    void removeMore();

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
    bool m_foreignKeys = true;
    bool m_removing = false;      ///< removed projects still hold something
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

Store::Impl::~Impl()
{
    if (m_intake)
        m_intake->stop(); // the lane may still have something to tell it
    if (m_thread.joinable()) {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_wake.notify_one();
        m_thread.join();
    }
    m_intake.reset();
    m_journal.reset();
    m_readers.clear();
    m_walBound.reset();
    m_retention.reset();
    m_textFiller.reset();
    m_tallyWriter.reset();
    m_writer.reset();
    m_checkpointer.reset();
    m_db.reset(); // last connection: SQLite moves the log into the database
}

core::Result<void> Store::Impl::open()
{
    auto db = openWriter(m_options.path, m_options.vfs);
    if (!db)
        return core::fail(db.error());
    m_db = std::move(*db);
    try {
        m_writer = std::make_unique<EventWriter>(*m_db, m_options.forwards);
        m_tallyWriter = std::make_unique<TallyWriter>(*m_db);
        m_retention = std::make_unique<Retention>(*m_db, m_clock.now());
        m_walBound = std::make_unique<WalBound>(*m_db);
        m_choresDue = std::chrono::steady_clock::now() + m_options.choresPeriod;
        if (m_db->execAndGet("SELECT value FROM meta WHERE key = 'texts_below'").getInt64() > 0)
            m_textFiller = std::make_unique<TextIndexer>(*m_db);
        m_removing = hasRemovedProjects(*m_db);
    } catch (const std::exception& fault) {
        return core::fail(openingError(m_options.path, fault));
    }
    m_leftUncounted = true;
    if (const auto counted = countWhatWasLeft(); !counted) {
        // On a full disk what is stored can still be read: it starts, and says so.
        if (m_health.isDamaged())
            return core::fail(damagedError(m_options.path, counted.error().detail.toStdString()));
        if (!m_health.hasProblem())
            return counted;
    }
    m_checkpointer = std::make_unique<Checkpointer>(m_db->getHandle(), m_options.path, m_options.vfs);
    if (m_options.journal) {
        // Without it, as on a disk that takes no writes, the database acknowledges; what is in it stays
        // there.
        if (const auto opened = openJournal(); !opened)
            qCWarning(core::lcCore, "the collector's journal: %s", qPrintable(opened.error().detail));
    }
    m_thread = std::thread([this] { runLane(); });
    return {};
}

/// What a crash left in the journal is filed before anything else.
core::Result<void> Store::Impl::openJournal()
{
    JournalMark mark;
    try {
        mark = readJournalMark(*m_db);
    } catch (const std::exception& fault) {
        return core::fail(openingError(m_options.path, fault));
    }
    std::vector<Journal::Record> left;
    auto journal = Journal::open({m_options.path, m_options.vfs, mark.salt}, mark.filed, left);
    if (!journal)
        return core::fail(journal.error());
    m_journal = std::move(*journal);
    std::vector<Arrival> arrivals;
    for (const Journal::Record& record : left) {
        auto incoming = unpackArrival(record.body, m_options.readFacts);
        if (incoming)
            arrivals.push_back({std::move(*incoming), nullptr, record.number, record.body.size()});
        else
            qCWarning(core::lcCore, "%s", qPrintable(incoming.error().detail));
    }
    const std::size_t unfiled = arrivals.size();
    std::size_t bytes = 0;
    for (const Arrival& arrival : arrivals)
        bytes += arrival.bytes;
    file(std::move(arrivals));
    m_intake = std::make_unique<Intake>(
        *m_journal, unfiled, bytes, [this](std::vector<Arrival>&& taken) { file(std::move(taken)); });
    return {};
}

void Store::Impl::post(Job job)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        m_functions += job.envelope ? 0 : 1;
        m_jobs.push_back(std::move(job));
        wake = m_functions > 0 || m_patient > 0 || m_jobs.size() >= m_wakeAt;
    }
    if (wake)
        m_wake.notify_one();
}

void Store::Impl::file(std::vector<Arrival>&& arrivals)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        for (Arrival& arrival : arrivals) {
            Job job;
            job.envelope = Envelope{std::move(arrival)};
            if (job.isPatient()) {
                if (m_patient++ == 0)
                    m_patientSince = std::chrono::steady_clock::now();
                m_uncounted = true; // from its acknowledgement on, who reads waits until it is in the tables
            }
            m_jobs.push_back(std::move(job));
        }
        wake = m_jobs.size() >= m_wakeAt || m_jobs.size() > m_patient;
    }
    if (wake)
        m_wake.notify_one();
}

void Store::Impl::submit(Incoming incoming, std::unique_ptr<CommitWaiter> waiter)
{
    if (m_intake && isJournalled(incoming)) {
        m_intake->submit(std::move(incoming), std::move(waiter));
        return;
    }
    Job job;
    job.envelope = Envelope{{std::move(incoming), std::move(waiter)}};
    post(std::move(job));
}

core::Result<void> Store::Impl::postAndWait(const Work* work)
{
    std::promise<core::Result<void>> done;
    std::future<core::Result<void>> answer = done.get_future();
    Job job;
    job.work = work;
    job.done = &done;
    post(std::move(job));
    return answer.get();
}

core::Result<void> Store::Impl::write(const Work& work)
{
    return postAndWait(&work);
}

core::Result<void> Store::Impl::read(const Work& work, bool counted)
{
    // Acknowledged events are committed; what may still be missing are their counts. On a full disk they stay
    // away (flush() says so in the log), which is no reason to show nothing.
    if (counted && (m_uncounted || isDue()))
        (void)postAndWait(nullptr);
    return m_readers.run(work);
}

bool Store::Impl::waitForJobs(std::unique_lock<std::mutex>& lock)
{
    const auto wanted = [this] { return m_stop || !m_jobs.empty(); };
    m_wakeAt = 1;
    if (m_inHand && !m_health.hasProblem())
        return true; // the disk is well again
    if (m_health.hasProblem())
        return m_wake.wait_for(lock, retryPeriod, [this] { return m_stop || m_patient < m_jobs.size(); });
    if (!m_tallyWriter->done() && m_tallyNotBefore > std::chrono::steady_clock::now()) {
        m_wake.wait_until(lock, m_tallyNotBefore, wanted);
        return true;
    }
    if (!m_tallyWriter->done() || m_textFiller || m_removing)
        return true; // there is something to do
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
           std::chrono::steady_clock::now() >= m_patientSince + filingAge;
}

void Store::Impl::gather(std::unique_lock<std::mutex>& lock)
{
    if (m_patient > 0) {
        // Counters and other work go on meanwhile.
        const bool mayCount = !m_tallyWriter->done() && std::chrono::steady_clock::now() >= m_tallyNotBefore;
        if (isWorthFiling() || mayCount)
            return;
        m_wakeAt = worthFiling;
        m_wake.wait_until(lock, m_patientSince + filingAge, [this] { return isWorthFiling(); });
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

void Store::Impl::runLane()
{
    pthread_setname_np(pthread_self(), "collector-write");
    std::vector<Envelope> batch; ///< after a commit: what the disk refused and the journal keeps
    for (;;) {
        Job other;
        bool grown = false; ///< nothing came for long: only time has passed
        {
            std::unique_lock lock(m_mutex);
            grown = !waitForJobs(lock);
            gather(lock);
            // What the disk still refuses then is in the journal.
            if (m_stop && (m_jobs.empty() || (m_health.hasProblem() && m_jobs.size() == m_patient)))
                break;
            other = takeJobs(batch);
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
        } else if (m_removing) {
            removeMore();
        }
        if (m_intake)
            m_intake->setBlocked(m_health.hasProblem());
        beginTallyIfDue();
        // Behind a journal hardly anybody waits for the lane: in few large slices, pages are written seldom.
        if (m_intake && !m_tallyWriter->done() && !m_health.hasProblem() &&
            std::chrono::steady_clock::now() >= m_tallyNotBefore)
            (void)writeTally(m_options.sliceJournalled);
        m_checkpointer->afterCommit();
        m_walBound->check(m_readers.gate());
        if (std::chrono::steady_clock::now() >= m_choresDue)
            doChores();
    }
    (void)flush(); // else counted at the next start
}

void Store::Impl::beginTally()
{
    m_writer->handOver(m_tally);
    m_tallyWriter->begin(std::exchange(m_tally, Tally()));
    m_writer->states().take();
}

void Store::Impl::beginTallyIfDue()
{
    if (m_tally.events() >= tooMany * m_options.tallyEvents &&
        std::chrono::steady_clock::now() >= m_tallyNotBefore)
        (void)flush();
    if (m_tally.events() == 0 || !m_tallyWriter->done())
        return;
    if (m_tally.events() < m_options.tallyEvents &&
        std::chrono::steady_clock::now() - m_tallySince < m_options.tallyAge)
        return;
    beginTally();
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

/// The last part of a tally is in the tables.
void Store::Impl::noteCounted()
{
    m_writer->handedOver();
    settled();
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

/// A small write, on purpose: with it the problem is over, and the next sender is not the one to find out.
void Store::Impl::tryAgain()
{
    if (m_health.isDamaged() || !countWhatWasLeft())
        return;
    try {
        SQLite::Transaction transaction(*m_db, immediately);
        // Another value: SQLite does not write what a cell holds already.
        m_db->exec("INSERT INTO meta (key, value) VALUES ('tried', 1) "
                   "ON CONFLICT DO UPDATE SET value = value + 1");
        transaction.commit();
        m_health.stored();
    } catch (const std::exception& fault) {
        (void)m_health.failed(fault, *m_db);
    }
}

/// One step of what has no hurry, and a pause after it that leaves most of the time to events.
void Store::Impl::doChores()
{
    const auto began = std::chrono::steady_clock::now();
    m_choresDue = began + m_options.choresPeriod;
    if (m_health.hasProblem() || (m_retention->wantsAllCounted() && !flush()))
        return;
    try {
        enforceForeignKeys(true);
        const Retention::Step step = m_retention->step(m_clock.now(), m_generation);
        if (step.lookupsGone) {
            forget();
            m_knownTexts.clear();
        }
        const auto ended = std::chrono::steady_clock::now();
        if (step.isMore)
            m_choresDue = ended + (ended - began) * (step.isPressing ? 1 : 4);
    } catch (const std::exception& fault) {
        forget();
        m_knownTexts.clear();
        (void)m_health.failed(fault, *m_db);
        qCWarning(core::lcCore, "the collector could not drop what is old: %s", fault.what());
    }
}

void Store::Impl::fillTexts()
{
    try {
        enforceForeignKeys(false);
        SQLite::Transaction transaction(*m_db, immediately);
        const bool more = m_textFiller->fill(fillStep);
        transaction.commit();
        if (!more)
            m_textFiller.reset();
    } catch (const std::exception& fault) {
        (void)m_health.failed(fault, *m_db);
        qCWarning(core::lcCore, "the collector could not index what it stored before: %s", fault.what());
        m_textFiller.reset(); // goes on with the next start
    }
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

void Store::Impl::removeMore()
{
    const auto end = std::chrono::steady_clock::now() + removalTime;
    const Work purge = [end](SQLite::Database& db) -> core::Result<void> {
        (void)purgeRemovedProjects(db, [end] { return std::chrono::steady_clock::now() >= end; });
        return {};
    };
    // Where the disk refuses, the next change or start goes on.
    if (!doWork(purge))
        m_removing = false;
}

Store::Store(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{}

Store::~Store() = default;

core::Result<std::unique_ptr<Store>> Store::open(const Options& options, const core::Clock& clock)
{
    auto impl = std::make_unique<Impl>(options, clock);
    if (const auto opened = impl->open(); !opened)
        return core::fail(opened.error());
    return std::unique_ptr<Store>(new Store(std::move(impl)));
}

void Store::submit(Incoming incoming, std::unique_ptr<CommitWaiter> waiter)
{
    m_impl->submit(std::move(incoming), std::move(waiter));
}

std::uint64_t Store::generation() const
{
    return m_impl->generation();
}

const Health& Store::health() const
{
    return m_impl->health();
}

core::Result<void> Store::readWith(const Work& work, bool counted)
{
    return m_impl->read(work, counted);
}

core::Result<void> Store::writeWith(const Work& work)
{
    return m_impl->write(work);
}

} // namespace vedette::collector
