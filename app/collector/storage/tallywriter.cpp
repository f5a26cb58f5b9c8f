// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/tallywriter.h"

#include <algorithm>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/statementuse.h"

namespace vedette::collector {

TallyWriter::TallyWriter(SQLite::Database& db)
    : m_texts(db)
    , m_shapes(db)
    , m_newTag(db, "INSERT OR IGNORE INTO tag_values (id, key, value) VALUES (?, ?, ?)")
    , m_newUser(db,
          "INSERT INTO event_users (id, key, email, username, ip) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (key) DO UPDATE SET email = iif(excluded.email = '', email, excluded.email), "
          "username = iif(excluded.username = '', username, excluded.username), "
          "ip = iif(excluded.ip = '', ip, excluded.ip)")
    , m_hour(db, "INSERT INTO issue_hours (issue_id, hour, environment_id, count) VALUES (?, ?, ?, ?) "
                 "ON CONFLICT DO UPDATE SET count = count + excluded.count")
    // The count that comes back is ours alone exactly if the row is new: then the issue has one more user.
    , m_user(db, "INSERT INTO issue_users (issue_id, user_id, count, first_seen, last_seen) "
                 "VALUES (?, ?, ?, ?, ?) "
                 "ON CONFLICT DO UPDATE SET count = count + excluded.count, "
                 "first_seen = min(first_seen, excluded.first_seen), "
                 "last_seen = max(last_seen, excluded.last_seen) RETURNING count")
    , m_tag(db, "INSERT INTO issue_tags (issue_id, tag_id, count, first_seen, last_seen) "
                "VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET count = count + excluded.count, "
                "first_seen = min(first_seen, excluded.first_seen), "
                "last_seen = max(last_seen, excluded.last_seen)")
    // An event that is older than the latest one counts, but does not change the issue's face. Columns with
    // an index of their own that seldom change have statements of their own.
    , m_issue(db, "UPDATE issues SET count = count + ?2, last_seen = max(last_seen, ?3), "
                  "last_release = coalesce(?4, last_release), "
                  "last_event = iif(last_seen <= ?3, ?5, last_event), "
                  "title = iif(last_seen <= ?3, ?6, title), culprit = iif(last_seen <= ?3, ?7, culprit), "
                  "level = iif(last_seen <= ?3, ?8, level), "
                  "platform = iif(last_seen <= ?3, ?9, platform), "
                  "logger = iif(last_seen <= ?3 AND ?11 <> '', ?10, logger), "
                  "metadata = iif(last_seen <= ?3 AND ?11 <> '', ?11, metadata), "
                  "message = iif(last_seen <= ?3, ?12, message), "
                  "unhandled = iif(last_seen <= ?3, ?13, unhandled) WHERE id = ?1")
    , m_issueUsers(db, "UPDATE issues SET user_count = user_count + ?2 WHERE id = ?1")
    , m_firstSeen(db, "UPDATE issues SET first_seen = ?2 WHERE id = ?1 AND first_seen > ?2")
    , m_projectHour(db, "INSERT INTO project_hours (project_id, hour, count) VALUES (?, ?, ?) "
                        "ON CONFLICT DO UPDATE SET count = count + excluded.count")
    , m_environment(db,
          "INSERT INTO project_environments (project_id, environment_id, first_seen, last_seen) "
          "VALUES (?, ?, ?, ?) "
          "ON CONFLICT DO UPDATE SET first_seen = min(first_seen, excluded.first_seen), "
          "last_seen = max(last_seen, excluded.last_seen)")
    , m_release(db, "UPDATE releases SET first_seen = min(coalesce(first_seen, ?2), ?2), "
                    "last_seen = max(coalesce(last_seen, ?3), ?3) WHERE id = ?1")
    , m_releaseEnvironment(db,
          "INSERT INTO release_environments (release_id, environment_id, first_seen, last_seen) "
          "VALUES (?, ?, ?, ?) "
          "ON CONFLICT DO UPDATE SET first_seen = min(first_seen, excluded.first_seen), "
          "last_seen = max(last_seen, excluded.last_seen)")
    , m_firstEvent(db, "UPDATE projects SET first_event = min(coalesce(first_event, ?2), ?2) WHERE id = ?1")
    , m_mark(db, "UPDATE meta SET value = ?2 WHERE key = ?1")
{}

void TallyWriter::begin(Tally tally)
{
    m_tally = std::move(tally);
    m_order.clear();
    m_order.reserve(m_tally.m_issues.size());
    for (const auto& [id, issue] : m_tally.m_issues)
        m_order.push_back(id);
    std::sort(m_order.begin(), m_order.end());
    m_frames = framesOf(m_tally.m_shapes);
    m_at = m_safe = Position();
    m_busy = true;
}

bool TallyWriter::write(Duration budget)
{
    using Clock = std::chrono::steady_clock;
    const bool bounded = budget != Duration::max();
    const Clock::time_point end = bounded ? Clock::now() + budget : Clock::time_point::max();
    const auto over = [&] { return bounded && Clock::now() >= end; };
    bool stop = false;
    while (!stop && m_at.tag < m_tally.m_newTags.size()) {
        writeNewTag(m_tally.m_newTags[m_at.tag++]);
        stop = over();
    }
    while (!stop && m_at.user < m_tally.m_newUsers.size()) {
        writeNewUser(m_tally.m_newUsers[m_at.user++]);
        stop = over();
    }
    while (!stop && m_at.issue < m_order.size()) {
        const std::int64_t id = m_order[m_at.issue++];
        writeIssue(id, m_tally.m_issues.at(id));
        stop = over();
    }
    while (!stop && m_at.text < m_tally.m_texts.size()) {
        m_texts.write(m_tally.m_texts[m_at.text++]);
        stop = over();
    }
    while (!stop && m_at.frame < m_frames.size()) {
        m_shapes.learn(m_frames[m_at.frame++]);
        stop = over();
    }
    while (!stop && m_at.shape < m_tally.m_shapes.size()) {
        m_shapes.write(m_tally.m_shapes[m_at.shape++]);
        stop = over();
    }
    if (m_at.issue < m_order.size() || m_at.text < m_tally.m_texts.size() || m_at.frame < m_frames.size() ||
        m_at.shape < m_tally.m_shapes.size()) {
        if (m_at.issue > 0) {
            mark("counting_through", m_tally.m_lastRow);
            mark("counting_issue", m_order[m_at.issue - 1]);
        }
        return false;
    }
    writeProjects();
    mark("counted_through", m_tally.m_lastRow);
    if (m_safe.issue > 0) { // else nothing was left half written
        mark("counting_through", 0);
        mark("counting_issue", 0);
    }
    m_at.finished = true;
    return true;
}

void TallyWriter::confirm()
{
    // Large tallies take seconds: what is written need not be kept for as long.
    for (std::size_t i = m_safe.issue; i < m_at.issue; ++i)
        m_tally.m_issues.erase(m_order[i]);
    for (std::size_t i = m_safe.text; i < m_at.text; ++i)
        m_tally.m_texts[i] = {};
    for (std::size_t i = m_safe.shape; i < m_at.shape; ++i)
        m_tally.m_shapes[i] = {};
    m_safe = m_at;
    if (!m_at.finished)
        return;
    m_tally = Tally();
    m_order.clear();
    m_frames = {};
    m_shapes.forget();
    m_busy = false;
}

void TallyWriter::rewind()
{
    m_at = m_safe;
}

void TallyWriter::writeNewTag(const NewTag& tag)
{
    Use insert(m_newTag);
    insert->bind(1, tag.id);
    insert->bindNoCopy(2, tag.key);
    insert->bindNoCopy(3, tag.value);
    insert->exec();
}

void TallyWriter::writeNewUser(const NewUser& user)
{
    Use insert(m_newUser);
    insert->bind(1, user.id);
    insert->bindNoCopy(2, user.key);
    insert->bindNoCopy(3, user.email);
    insert->bindNoCopy(4, user.username);
    insert->bindNoCopy(5, user.ip);
    insert->exec();
}

/// Each id once, in order, with what its sightings make together.
template<class Write>
void TallyWriter::forEach(const std::vector<Tally::Sighting>& sightings, Write write)
{
    m_sorted = sightings;
    std::sort(m_sorted.begin(), m_sorted.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    for (auto it = m_sorted.begin(); it != m_sorted.end();) {
        const std::int64_t id = it->id;
        Tally::Seen seen;
        for (; it != m_sorted.end() && it->id == id; ++it)
            seen.add(it->time);
        write(id, seen);
    }
}

void TallyWriter::writeIssue(std::int64_t id, const Tally::Issue& issue)
{
    for (const auto& [key, count] : issue.hours) {
        Use hour(m_hour);
        hour->bind(1, id);
        hour->bind(2, key.first);
        hour->bind(3, key.second);
        hour->bind(4, count);
        hour->exec();
    }
    const auto bindSeen = [id](SQLite::Statement& statement, std::int64_t key, const Tally::Seen& seen) {
        statement.bind(1, id);
        statement.bind(2, key);
        statement.bind(3, seen.count);
        statement.bind(4, seen.first);
        statement.bind(5, seen.last);
    };
    std::int64_t newUsers = 0;
    forEach(issue.users, [&](std::int64_t key, const Tally::Seen& seen) {
        Use user(m_user);
        bindSeen(*user, key, seen);
        if (user->executeStep() && user->getColumn(0).getInt64() == seen.count)
            ++newUsers;
    });
    forEach(issue.tags, [&](std::int64_t key, const Tally::Seen& seen) {
        Use tag(m_tag);
        bindSeen(*tag, key, seen);
        tag->exec();
    });
    const CountedEvent::Face& look = issue.face;
    {
        Use update(m_issue);
        update->bind(1, id);
        update->bind(2, issue.seen.count);
        update->bind(3, issue.seen.last);
        bindOrNull(*update, 4, issue.lastRelease);
        update->bind(5, issue.lastRow);
        update->bindNoCopy(6, look.title);
        update->bindNoCopy(7, look.culprit);
        update->bindNoCopy(8, look.level);
        update->bindNoCopy(9, look.platform);
        update->bindNoCopy(10, look.logger);
        update->bindNoCopy(11, look.metadata);
        update->bindNoCopy(12, look.message);
        update->bind(13, look.unhandled ? 1 : 0);
        update->exec();
    }
    if (newUsers > 0) {
        Use users(m_issueUsers);
        users->bind(1, id);
        users->bind(2, newUsers);
        users->exec();
    }
    Use first(m_firstSeen);
    first->bind(1, id);
    first->bind(2, issue.seen.first);
    first->exec();
}

void TallyWriter::writeProjects()
{
    for (const auto& [key, count] : m_tally.m_projectHours) {
        Use hour(m_projectHour);
        hour->bind(1, key.first);
        hour->bind(2, key.second);
        hour->bind(3, count);
        hour->exec();
    }
    for (const auto& [key, seen] : m_tally.m_environments) {
        Use environment(m_environment);
        environment->bind(1, key.first);
        environment->bind(2, key.second);
        environment->bind(3, seen.first);
        environment->bind(4, seen.last);
        environment->exec();
    }
    for (const auto& [key, seen] : m_tally.m_releases) {
        Use release(m_release);
        release->bind(1, key.first);
        release->bind(2, seen.first);
        release->bind(3, seen.last);
        release->exec();
        Use environment(m_releaseEnvironment);
        environment->bind(1, key.first);
        environment->bind(2, key.second);
        environment->bind(3, seen.first);
        environment->bind(4, seen.last);
        environment->exec();
    }
    for (const auto& [id, received] : m_tally.m_firstReceived) {
        Use first(m_firstEvent);
        first->bind(1, id);
        first->bind(2, received);
        first->exec();
    }
}

void TallyWriter::mark(const char* key, std::int64_t value)
{
    Use update(m_mark);
    update->bindNoCopy(1, key);
    update->bind(2, value);
    update->exec();
}

} // namespace vedette::collector
