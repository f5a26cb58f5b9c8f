// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/jobs.h"

#include "models/core/logging.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

/// So that a flood of small writes does not become one endless transaction.
constexpr std::size_t mostPerTransaction = 256;

core::Error internalError(const std::exception& exception)
{
    return {core::ErrorKind::Internal, 0, QString::fromUtf8(exception.what()), {}};
}

} // namespace

Jobs::Jobs(std::string name, core::Mailbox& home, Policy policy)
    : m_home(home)
    , m_policy(std::move(policy))
    , m_lane(std::move(name))
{}

Jobs::~Jobs()
{
    // Behind whatever is queued: a connection is closed on the lane that used it.
    m_lane.post([this] { m_connection.reset(); });
}

void Jobs::enqueue(std::unique_ptr<Job> job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(job));
    }
    m_lane.post([this] { drain(); });
}

Jobs::Batch Jobs::take()
{
    const std::lock_guard lock(m_mutex);
    Batch batch;
    while (!m_waiting.empty() && batch.size() < mostPerTransaction) {
        const bool writes = m_waiting.front()->writes;
        if (!batch.empty() && !writes)
            break;
        batch.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
        if (!writes)
            break;
    }
    return batch;
}

void Jobs::drain()
{
    Batch batch = take();
    if (batch.empty())
        return; // a former drain took it along
    if (ensureOpen(batch)) {
        if (!batch.front()->writes) {
            runRead(*batch.front());
        } else if (!runTogether(batch) && batch.size() > 1) {
            // One of them took the others down with it: each by itself, so that only that one fails.
            for (std::unique_ptr<Job>& job : batch) {
                Batch alone;
                alone.push_back(std::move(job));
                if (ensureOpen(alone))
                    runTogether(alone);
                job = std::move(alone.front());
            }
        }
    }
    for (const std::unique_ptr<Job>& job : batch)
        job->deliver(m_home);
    if (m_damaged) {
        m_damaged = false;
        m_connection.reset();
        if (m_policy.rescue) {
            if (auto opened = m_policy.rescue())
                m_connection = std::move(*opened);
        }
    }
}

bool Jobs::ensureOpen(Batch& batch)
{
    if (m_connection)
        return true;
    auto opened = m_policy.open();
    if (opened) {
        m_connection = std::move(*opened);
        return true;
    }
    for (const std::unique_ptr<Job>& job : batch)
        job->fail(opened.error());
    return false;
}

void Jobs::runRead(Job& job)
{
    try {
        job.run(*m_connection);
    } catch (const SQLite::Exception& e) {
        noteDamage(e);
        job.fail(toError(e));
    } catch (const NotThere&) {
        job.fail({core::ErrorKind::NotFound, 0, {}, {}});
    } catch (const Refused& refused) {
        job.fail(refused.error);
    } catch (const std::exception& e) {
        job.fail(internalError(e));
    }
}

/// Runs the writes in one transaction. False when that was lost as a whole, each of the jobs then having
/// failed; a job that failed alone is marked so and does not count.
bool Jobs::runTogether(Batch& batch)
{
    SQLite::Database& database = m_connection->database();
    const auto lose = [&](const core::Error& error) {
        for (const std::unique_ptr<Job>& job : batch)
            job->fail(error);
        // It may be over already: SQLite ends a transaction by itself when a disk is full or fails.
        if (m_connection && !m_connection->isAutocommit())
            static_cast<void>(database.tryExec("ROLLBACK"));
        return false;
    };
    try {
        database.exec("BEGIN IMMEDIATE");
        for (const std::unique_ptr<Job>& job : batch) {
            database.exec("SAVEPOINT job");
            try {
                job->run(*m_connection);
            } catch (const SQLite::Exception& e) {
                noteDamage(e);
                if (m_connection->isAutocommit())
                    return lose(toError(e));
                job->fail(toError(e));
                database.exec("ROLLBACK TO job");
            } catch (const std::exception& e) {
                job->fail(internalError(e));
                database.exec("ROLLBACK TO job");
            }
            database.exec("RELEASE job");
        }
        database.exec("COMMIT");
    } catch (const SQLite::Exception& e) {
        noteDamage(e);
        return lose(toError(e));
    }
    return true;
}

void Jobs::noteDamage(const SQLite::Exception& exception)
{
    qCWarning(core::lcCore, "database: %s", exception.what());
    if (isDamage(exception))
        m_damaged = true;
}

} // namespace vedette::store
