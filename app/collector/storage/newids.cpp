// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/newids.h"

#include <algorithm>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/statementuse.h"

namespace vedette::collector {

NewIds::NewIds(SQLite::Database& db, const char* highest)
    : m_highest(db, highest)
{}

std::int64_t NewIds::next()
{
    if (!m_isKnown) {
        Use highest(m_highest);
        highest->executeStep();
        m_last = std::max(m_last, highest->getColumn(0).getInt64());
        m_isKnown = true;
    }
    return ++m_last;
}

} // namespace vedette::collector
