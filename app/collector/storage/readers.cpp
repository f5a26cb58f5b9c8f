// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/readers.h"

#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/database.h"

namespace vedette::collector {
namespace {

constexpr std::size_t kept = 3;

} // namespace

Readers::Readers(std::string path, std::string vfs)
    : m_path(std::move(path))
    , m_vfs(std::move(vfs))
{}

Readers::~Readers() = default;

core::Result<void> Readers::run(const std::function<core::Result<void>(SQLite::Database&)>& work)
{
    const ReadGate::Pass pass(m_gate);
    std::unique_ptr<SQLite::Database> db;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            db = std::move(m_idle.back());
            m_idle.pop_back();
        }
    }
    if (!db) {
        auto opened = openReader(m_path, m_vfs);
        if (!opened)
            return core::fail(opened.error());
        db = std::move(*opened);
    }
    core::Result<void> result;
    try {
        const SQLite::Transaction transaction(*db); // rolled back at its end: nothing was written
        result = work(*db);
    } catch (const std::exception& fault) {
        return core::fail(openingError(m_path, fault)); // and the connection is not used again
    }
    const std::lock_guard lock(m_mutex);
    if (m_idle.size() < kept)
        m_idle.push_back(std::move(db));
    return result;
}

void Readers::clear()
{
    const std::lock_guard lock(m_mutex);
    m_idle.clear();
}

} // namespace vedette::collector
