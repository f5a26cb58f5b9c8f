// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <chrono>
#include <optional>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/changewatch.h"
#include "app/collector/storage/foreignkeys.h"
#include "app/collector/storage/leaving.h"
#include "app/collector/storage/projectremoval.h"
#include "app/collector/storage/storeimpl.h"
#include "app/collector/storage/textindex.h"
#include "models/core/logging.h"

namespace vedette::collector {

namespace {

/// Events of before that are put into the full text index at once.
constexpr int fillStep = 100;
/// How long events may wait for a piece of a removed project to be deleted.
constexpr std::chrono::milliseconds removalTime{10};

} // namespace

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
        const Retention::Step step = m_retention->step(m_clock.now(), m_generation + m_moves);
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

/// What was merged, taken apart or deleted follows, whatever comes meanwhile: two thirds of the time are left
/// to events. Their counters are written before only where it asks for that: none of them is of an issue that
/// leaves.
void Store::Impl::moveMore()
{
    const auto began = std::chrono::steady_clock::now();
    Changes changes;
    try {
        const Counted counted = wantsAllCounted(*m_db) ? Counted::All : Counted::Perhaps;
        if (counted == Counted::All) {
            if (!flush()) { // said in the log
                m_movesDue = began + m_options.retryPeriod;
                return;
            }
            forget();
            m_knownTexts.clear();
        }
        enforceForeignKeys(true);
        SQLite::Transaction transaction(*m_db, immediately);
        const ChangeWatch watch(*m_db);
        m_leaving =
            moveLeaving(*m_db, m_clock.now(), m_options.readFacts, counted, Deadline(m_options.moveStep));
        transaction.commit();
        changes = watch.changes();
        ++m_moves;
    } catch (const std::exception& fault) {
        forget();
        m_movesDue = std::chrono::steady_clock::now() + m_options.retryPeriod;
        (void)m_health.failed(fault, *m_db);
        qCWarning(core::lcCore, "the collector could not move what was merged or deleted: %s", fault.what());
        return;
    }
    const auto ended = std::chrono::steady_clock::now();
    m_movesDue = ended + 2 * (ended - began);
    if (!m_leaving) {
        m_generation.fetch_add(1);
        tellChanges(changes);
    }
}

/// As moveMore(), whatever comes meanwhile. All is counted before, else counters come back for what is gone.
void Store::Impl::removeMore()
{
    const auto began = std::chrono::steady_clock::now();
    if (!flush()) { // said in the log
        m_removalsDue = began + m_options.retryPeriod;
        return;
    }
    Changes changes;
    try {
        enforceForeignKeys(true);
        std::optional<WithoutForeignKeys> off;
        if (wantsNoForeignKeys(*m_db))
            off.emplace(*m_db);
        const auto end = std::chrono::steady_clock::now() + removalTime;
        SQLite::Transaction transaction(*m_db, immediately);
        const ChangeWatch watch(*m_db);
        m_removing = purgeRemovedProjects(*m_db, [end] { return std::chrono::steady_clock::now() >= end; });
        transaction.commit();
        changes = watch.changes();
        m_leaving = hasLeaving(*m_db);
        const auto ended = std::chrono::steady_clock::now();
        m_removalsDue = ended + 2 * (ended - began);
    } catch (const std::exception& fault) {
        m_removalsDue = std::chrono::steady_clock::now() + m_options.retryPeriod;
        (void)m_health.failed(fault, *m_db);
        qCWarning(core::lcCore, "the collector could not delete what was removed: %s", fault.what());
    }
    forget();
    m_knownTexts.clear();
    m_generation.fetch_add(1);
    tellChanges(changes);
}

} // namespace vedette::collector
