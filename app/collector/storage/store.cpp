// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/store.h"

#include <utility>

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include "app/collector/storage/arrival.h"
#include "app/collector/storage/database.h"
#include "app/collector/storage/leaving.h"
#include "app/collector/storage/projectremoval.h"
#include "app/collector/storage/storeimpl.h"
#include "app/collector/storage/textindex.h"
#include "models/core/logging.h"

namespace vedette::collector {

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
    if (m_db && m_health.isDamaged()) // what is good in it stays as it is, and the log beside it
        sqlite3_db_config(m_db->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr); // NOLINT
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
        m_leaving = hasLeaving(*m_db);
        fitCache();
    } catch (const std::exception& fault) {
        return core::fail(openingError(m_options.path, fault));
    }
    m_leftUncounted = true;
    if (auto counted = countWhatWasLeft(); !counted) {
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
