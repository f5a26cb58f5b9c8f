// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/retention.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/foreignkeys.h"
#include "app/collector/storage/runsql.h"
#include "app/collector/storage/space.h"

namespace vedette::collector {
namespace {

constexpr std::chrono::milliseconds stepTime{10};
constexpr int rowsAtOnce = 64;
constexpr std::int64_t dayMs = 86'400'000;
constexpr std::int64_t hourMs = 3'600'000;
/// Tags and users are swept so often where events were dropped, and where none were (issues may have been
/// deleted).
constexpr std::chrono::minutes sweepAfterDrops{10};
constexpr std::chrono::hours sweepAnyway{24};

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

/// The oldest in the order of arrival. What is not counted yet is young.
std::vector<StoredRow> oldestEvents(SQLite::Database& db)
{
    SQLite::Statement query(db,
        "SELECT id, project_id, event_id, received FROM events WHERE id <= (SELECT value "
        "FROM meta WHERE key = 'counted_through') ORDER BY id LIMIT ?");
    query.bind(1, rowsAtOnce);
    return storedRows(query);
}

} // namespace

RetentionLimits retentionLimits(SQLite::Database& db)
{
    RetentionLimits out;
    SQLite::Statement query(db,
        "SELECT key, CAST(value AS INTEGER) FROM meta WHERE key IN ('retention_days', 'retention_bytes')");
    while (query.executeStep()) {
        const std::int64_t value = std::max<std::int64_t>(0, query.getColumn(1).getInt64());
        (query.getColumn(0).getString() == "retention_days" ? out.days : out.bytes) = value;
    }
    out.days = std::min<std::int64_t>(out.days, 36'500);
    return out;
}

Retention::Retention(SQLite::Database& db, core::TimePoint now)
    : m_db(db)
    , m_lastSweep(now)
{}

Retention::Step Retention::step(core::TimePoint now, std::uint64_t generation)
{
    m_now = now;
    m_generation = generation;
    m_deadline = Deadline(stepTime);
    Step out;
    std::optional<WithoutForeignKeys> off;
    if (m_sweep && m_sweep->wantsNoForeignKeys())
        off.emplace(m_db);
    SQLite::Transaction transaction(m_db, SQLite::TransactionBehavior::IMMEDIATE);
    if (!std::exchange(m_isRound, true))
        begin();
    // Phases that find nothing to do take no step of their own.
    while (!(out.isMore = runPhase(out)) && m_phase != Phase::Space) {
        m_phase = static_cast<Phase>(static_cast<int>(m_phase) + 1);
        out.isMore = m_deadline.isOver();
        if (out.isMore)
            break;
    }
    m_isRound = out.isMore;
    transaction.commit();
    return out;
}

void Retention::begin()
{
    m_phase = Phase::Events;
    m_sweep.reset();
    m_limits = retentionLimits(m_db);
    m_oldest = m_limits.days > 0 ? msOf(m_now) - m_limits.days * dayMs : 0;
    m_target = -1;
    // A little below the cap, so that not each event that comes makes one go.
    if (m_limits.bytes > 0 && spaceUse(m_db).usedBytes() > m_limits.bytes)
        m_target = m_limits.bytes - m_limits.bytes / 64;
    m_projects.begin(m_db);
}

bool Retention::runPhase(Step& out)
{
    switch (m_phase) {
    case Phase::Events:
        return trimEvents(out);
    case Phase::Projects:
        return m_projects.step(m_db, m_generation, m_deadline, m_dropped);
    case Phase::Leftovers:
        return m_oldest > 0 && dropLeftovers();
    case Phase::Sweep:
        return sweep(out);
    case Phase::Space:
        return giveSpaceBack();
    }
    return false;
}

bool Retention::trimEvents(Step& out)
{
    const auto isWithin = [this] { return m_target < 0 || spaceUse(m_db).usedBytes() <= m_target; };
    for (;;) {
        if (isWithin())
            m_target = -1;
        out.isPressing = m_target >= 0 && spaceUse(m_db).usedBytes() > m_limits.bytes + m_limits.bytes / 20;
        const std::vector<StoredRow> rows = oldestEvents(m_db);
        const auto attachment = attachmentBefore(
            rows.empty() ? std::numeric_limits<std::int64_t>::max() : rows.front().at - hourMs);
        if (attachment) {
            if (!dropAttachment(m_db, *attachment, m_deadline) || m_deadline.isOver())
                return true;
            continue;
        }
        bool any = false;
        int sinceLook = 0;
        for (const StoredRow& row : rows) {
            if (row.at >= m_oldest && m_target < 0)
                continue;
            if (!dropEvent(m_db, row, m_deadline))
                return true;
            any = true;
            ++m_dropped;
            if (++sinceLook % 8 == 0 && isWithin())
                m_target = -1;
            if (m_deadline.isOver())
                return true;
        }
        if (!any)
            return false;
    }
}

std::optional<std::int64_t> Retention::attachmentBefore(std::int64_t event)
{
    SQLite::Statement query(m_db, "SELECT id, created FROM attachments ORDER BY created LIMIT 1");
    if (!query.executeStep())
        return {};
    const std::int64_t created = query.getColumn(1).getInt64();
    if (created >= event || (created >= m_oldest && m_target < 0))
        return {};
    return query.getColumn(0).getInt64();
}

bool Retention::dropLeftovers()
{
    // Each from its index, in the order that the CROSS JOIN lays down.
    constexpr const char* reports =
        "DELETE FROM user_reports WHERE id IN (SELECT r.id FROM projects p CROSS JOIN user_reports r "
        "ON r.project_id = p.id AND r.created < ? LIMIT 64)";
    constexpr const char* transactions =
        "DELETE FROM transaction_hours WHERE (project_id, hour, name) IN (SELECT t.project_id, t.hour, "
        "t.name "
        "FROM projects p CROSS JOIN transaction_hours t ON t.project_id = p.id AND t.hour < ? LIMIT 64)";
    constexpr const char* fold =
        "INSERT INTO outcomes (hour, project_id, category, outcome, reason, quantity) "
        "SELECT 0, project_id, category, outcome, reason, quantity FROM outcomes WHERE hour > 0 AND hour < ? "
        "ORDER BY hour, project_id, category, outcome, reason LIMIT 64 "
        "ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity";
    constexpr const char* folded = "DELETE FROM outcomes WHERE (hour, project_id, category, outcome, reason) "
                                   "IN (SELECT hour, project_id, "
                                   "category, outcome, reason FROM outcomes WHERE hour > 0 AND hour < ? "
                                   "ORDER BY hour, project_id, category, outcome, reason LIMIT 64)";
    for (;;) {
        int gone = runSql(m_db, reports, m_oldest);
        gone += runSql(m_db, transactions, m_oldest / hourMs);
        runSql(m_db, fold, m_oldest / hourMs);
        gone += runSql(m_db, folded, m_oldest / hourMs);
        if (gone == 0)
            return false;
        if (m_deadline.isOver())
            return true;
    }
}

bool Retention::sweep(Step& out)
{
    if (!m_sweep) {
        const auto wait =
            m_dropped > 0 || !m_hasSwept ? std::chrono::milliseconds(sweepAfterDrops) : sweepAnyway;
        if (m_now - m_lastSweep < wait)
            return false;
        m_lastSweep = m_now;
        m_dropped = 0;
        m_hasSwept = true;
        const std::int64_t now = msOf(m_now);
        SQLite::Statement oldest(m_db, "SELECT received FROM events ORDER BY id LIMIT 1");
        const std::int64_t since = oldest.executeStep() ? oldest.getColumn(0).getInt64() : now;
        m_sweep.emplace(std::max(m_oldest, since - std::max<std::int64_t>(now - since, hourMs)));
    }
    if (m_sweep->step(m_db, m_deadline, out.lookupsGone))
        return true;
    m_sweep.reset();
    return false;
}

bool Retention::giveSpaceBack()
{
    constexpr std::int64_t slack = 256;
    const SpaceUse use = spaceUse(m_db);
    const std::int64_t kept = std::max(slack, use.pages / 32); // the next events go there
    if (use.freePages <= kept)
        return false;
    giveBack(m_db, std::min<std::int64_t>(use.freePages - kept, 128));
    // Nothing given: a file from before that could not be written anew.
    return spaceUse(m_db).pages < use.pages;
}

} // namespace vedette::collector
