// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/eventusers.h"

#include "app/collector/event/facts.h"

namespace vedette::collector {

EventUsers::EventUsers(SQLite::Database& db)
    // What an event does not tell stays as an earlier one told it.
    : m_write(db, "INSERT INTO event_users (key, email, username, ip) VALUES (?, ?, ?, ?) "
                  "ON CONFLICT (key) DO UPDATE SET email = iif(excluded.email = '', email, excluded.email), "
                  "username = iif(excluded.username = '', username, excluded.username), "
                  "ip = iif(excluded.ip = '', ip, excluded.ip) RETURNING id")
{}

std::int64_t EventUsers::idOf(const EventFacts& facts)
{
    if (facts.userKey.empty())
        return 0;
    if (m_known.size() > 20'000)
        m_known.clear(); // the common ones are back at once
    const std::string beside = facts.userEmail + '\x1f' + facts.userName + '\x1f' + facts.userIp;
    Known& known = m_known[facts.userKey];
    if (known.id != 0 && known.beside == beside)
        return known.id;
    m_write.tryReset();
    m_write.bindNoCopy(1, facts.userKey);
    m_write.bindNoCopy(2, facts.userEmail);
    m_write.bindNoCopy(3, facts.userName);
    m_write.bindNoCopy(4, facts.userIp);
    try {
        m_write.executeStep();
        known.id = m_write.getColumn(0).getInt64();
        m_write.executeStep(); // to the end, else the row is not written
    } catch (...) {
        m_known.erase(facts.userKey);
        m_write.tryReset();
        throw;
    }
    known.beside = beside;
    m_write.tryReset();
    return known.id;
}

} // namespace vedette::collector
