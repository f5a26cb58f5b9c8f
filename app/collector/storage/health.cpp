// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/health.h"

#include <utility>

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include "app/collector/storage/damagenote.h"
#include "app/collector/storage/database.h"
#include "models/core/logging.h"

namespace vedette::collector {

namespace {

/// What the system said when the database's file, or its log, could not be written. sqlite3_system_errno()
/// does not know it where a commit fails. 0: not known.
int lastErrno(sqlite3* db)
{
    sqlite3_file* log = nullptr;
    int code = 0;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log &&
        log->pMethods)
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &code);
    if (code == 0)
        sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &code);
    return code != 0 ? code : sqlite3_system_errno(db);
}

} // namespace

Health::Health(std::string path, const core::Clock& clock)
    : m_path(std::move(path))
    , m_clock(clock)
{}

core::Error Health::failed(const std::exception& fault, SQLite::Database& db)
{
    const int systemErrno = lastErrno(db.getHandle());
    const DiskFault kind = diskFaultOf(fault, systemErrno);
    if (kind == DiskFault::None)
        return storageError(fault);
    std::string text = "the collector cannot store: " + describe(kind, fault, systemErrno);
    if (kind == DiskFault::Damaged) {
        text += "; nothing more is written to it. " + std::string(damageAdvice);
        if (!std::exchange(m_damaged, true))
            leaveDamageNote(m_path, fault.what());
    }
    {
        const std::lock_guard lock(m_mutex);
        if (!m_problem)
            m_problem = Problem{{}, m_clock.now()};
        if (m_problem->text != text)
            qCWarning(core::lcCore, "%s", text.c_str());
        m_problem->text = std::move(text);
    }
    m_hasProblem = true;
    return refusal();
}

void Health::recover()
{
    if (m_damaged)
        return;
    const std::lock_guard lock(m_mutex);
    m_problem.reset();
    m_hasProblem = false;
    qCWarning(core::lcCore, "the collector can store again");
}

std::optional<Problem> Health::problem() const
{
    const std::lock_guard lock(m_mutex);
    return m_problem;
}

core::Error Health::refusal() const
{
    const std::lock_guard lock(m_mutex);
    return {
        core::ErrorKind::Storage, 0, QString::fromStdString(m_problem ? m_problem->text : std::string()), {}};
}

} // namespace vedette::collector
