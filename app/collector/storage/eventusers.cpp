// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/eventusers.h"

#include <algorithm>
#include <functional>
#include <string_view>

#include <SQLiteCpp/Database.h>

#include "app/collector/event/facts.h"
#include "app/collector/storage/statementuse.h"

namespace vedette::collector {
namespace {

std::size_t hashOf(std::string_view email, std::string_view username, std::string_view ip)
{
    const std::hash<std::string_view> hash;
    return hash(email) * 31 * 31 + hash(username) * 31 + hash(ip);
}

/// What an event does not tell stays as an earlier one told it.
const std::string& told(const std::string& now, const std::string& before)
{
    return now.empty() ? before : now;
}

} // namespace

EventUsers::EventUsers(SQLite::Database& db)
    : m_find(db, "SELECT id, email, username, ip FROM event_users WHERE key = ?")
    , m_ids(db, "SELECT coalesce(max(id), 0) FROM event_users")
{}

void EventUsers::forget()
{
    m_known.clear();
    m_ids.forget();
}

std::int64_t EventUsers::noteChange(std::int64_t id, const EventFacts& facts)
{
    NewUser& user = m_new[facts.userKey];
    user.id = id;
    user.key = facts.userKey;
    user.email = told(facts.userEmail, user.email);
    user.username = told(facts.userName, user.username);
    user.ip = told(facts.userIp, user.ip);
    return id;
}

std::int64_t EventUsers::idOf(const EventFacts& facts)
{
    const std::string& key = facts.userKey;
    if (key.empty())
        return 0;
    const std::size_t beside = hashOf(facts.userEmail, facts.userName, facts.userIp);
    if (const Known* known = m_known.find(key); known && known->beside == beside)
        return known->id;
    if (const auto waiting = m_new.find(key); waiting != m_new.end())
        return noteChange(waiting->second.id, facts);
    if (const auto taken = m_taken.find(key); taken != m_taken.end())
        return noteChange(taken->second, facts); // whether it differs from what is under way is not known
    Use find(m_find);
    find->bindNoCopy(1, key);
    if (!find->executeStep())
        return noteChange(m_ids.next(), facts);
    const std::int64_t id = find->getColumn(0).getInt64();
    const std::string email = find->getColumn(1).getString();
    const std::string username = find->getColumn(2).getString();
    const std::string ip = find->getColumn(3).getString();
    const bool isSame = told(facts.userEmail, email) == email && told(facts.userName, username) == username &&
                        told(facts.userIp, ip) == ip;
    if (!isSame) {
        m_known.erase(key);
        return noteChange(id, facts);
    }
    m_known.put(key, {id, beside});
    return id;
}

std::vector<NewUser> EventUsers::take()
{
    std::vector<NewUser> out;
    out.reserve(m_new.size());
    for (auto& [key, user] : m_new) {
        m_taken[key] = user.id;
        out.push_back(std::move(user));
    }
    m_new.clear();
    std::sort(out.begin(), out.end(), [](const NewUser& a, const NewUser& b) { return a.key < b.key; });
    return out;
}

} // namespace vedette::collector
