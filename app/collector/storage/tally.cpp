// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/tally.h"

#include <algorithm>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/event/facts.h"
#include "app/collector/storage/payload.h"
#include "app/collector/storage/shortid.h"
#include "models/json/document.h"

namespace vedette::collector {
namespace {

std::int64_t hourOf(std::int64_t ms)
{
    constexpr std::int64_t hourMs = 3'600'000;
    return ms >= 0 ? ms / hourMs : (ms - hourMs + 1) / hourMs;
}

void bindOrNull(SQLite::Statement& statement, int index, std::int64_t id)
{
    if (id != 0)
        statement.bind(index, id);
    else
        statement.bind(index);
}

/// The rest of the face has no column in events: it is in the payload, as it was the first time.
void readFace(SQLite::Statement& events, const FactsReader& readFacts, CountedEvent::Face& face)
{
    const auto payload = unpackPayload(events.getColumn(19).getString());
    const auto document = payload ? json::Document::parse(*payload) : core::fail(payload.error());
    if (!readFacts || !document)
        return;
    ReceiveContext context;
    context.received = core::TimePoint(std::chrono::milliseconds(events.getColumn(8).getInt64()));
    if (!events.getColumn(15).isNull())
        context.sentAt = core::TimePoint(std::chrono::milliseconds(events.getColumn(15).getInt64()));
    context.userAgent = events.getColumn(16).getString();
    context.remoteAddress = events.getColumn(17).getString();
    context.envelopeEventId = hexOfBytes(events.getColumn(18).getString());
    if (auto facts = readFacts(document->root(), context)) {
        face.logger = std::move(facts->logger);
        face.metadata = std::move(facts->metadataJson);
    }
}

} // namespace

void Tally::Seen::add(std::int64_t time)
{
    first = count == 0 ? time : std::min(first, time);
    last = count == 0 ? time : std::max(last, time);
    ++count;
}

void Tally::add(CountedEvent event)
{
    ++m_events;
    m_lastRow = std::max(m_lastRow, event.row);
    Issue& issue = m_issues[event.issue];
    if (issue.seen.count == 0 || event.timestamp >= issue.seen.last) {
        issue.lastRow = event.row;
        issue.face = std::move(event.face);
    }
    if (event.release != 0 && (issue.lastRelease == 0 || event.timestamp >= issue.lastReleaseTime)) {
        issue.lastRelease = event.release;
        issue.lastReleaseTime = event.timestamp;
    }
    issue.seen.add(event.timestamp);
    ++issue.hours[{hourOf(event.timestamp), event.environment}];
    if (event.user != 0)
        issue.users[event.user].add(event.timestamp);
    for (const std::int64_t tag : event.tags)
        issue.tags[tag].add(event.timestamp);

    ++m_projectHours[{event.project, hourOf(event.timestamp)}];
    m_environments[{event.project, event.environment}].add(event.timestamp);
    if (event.release != 0)
        m_releases[{event.release, event.environment}].add(event.timestamp);
    const auto [first, fresh] = m_firstReceived.emplace(event.project, event.received);
    if (!fresh)
        first->second = std::min(first->second, event.received);
}

void Tally::clear()
{
    *this = Tally();
}

void Tally::write(SQLite::Database& db) const
{
    writeIssues(db);
    writeProjects(db);
    SQLite::Statement mark(db, "UPDATE meta SET value = max(value, ?) WHERE key = 'counted_through'");
    mark.bind(1, m_lastRow);
    mark.exec();
}

void Tally::writeIssues(SQLite::Database& db) const
{
    SQLite::Statement hour(db,
        "INSERT INTO issue_hours (issue_id, hour, environment_id, count) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET count = count + excluded.count");
    // The count that comes back is ours alone exactly if the row is new: then the issue has one more user.
    SQLite::Statement user(db,
        "INSERT INTO issue_users (issue_id, user_id, count, first_seen, last_seen) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET count = count + excluded.count, first_seen = min(first_seen, "
        "excluded.first_seen), "
        "last_seen = max(last_seen, excluded.last_seen) RETURNING count");
    SQLite::Statement tag(db,
        "INSERT INTO issue_tags (issue_id, tag_id, count, first_seen, last_seen) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET count = count + excluded.count, first_seen = min(first_seen, "
        "excluded.first_seen), "
        "last_seen = max(last_seen, excluded.last_seen)");
    // An event that is older than the latest one counts, but does not change the issue's face.
    SQLite::Statement counters(db,
        "UPDATE issues SET count = count + ?2, user_count = user_count + ?3, first_seen = min(first_seen, "
        "?4), "
        "last_seen = max(last_seen, ?5), last_release = coalesce(?6, last_release) WHERE id = ?1");
    SQLite::Statement face(db,
        "UPDATE issues SET last_event = ?3, title = ?4, culprit = ?5, level = ?6, platform = ?7, "
        "logger = iif(?9 = '', logger, ?8), metadata = iif(?9 = '', metadata, ?9), message = ?10, "
        "unhandled = ?11 WHERE id = ?1 AND last_seen <= ?2");

    std::vector<std::int64_t> order; // neighbours in the tables are neighbours in time: fewer pages at once
    order.reserve(m_issues.size());
    for (const auto& [id, issue] : m_issues)
        order.push_back(id);
    std::sort(order.begin(), order.end());

    std::vector<std::pair<std::int64_t, Seen>> sorted;
    for (const std::int64_t id : order) {
        const Issue& issue = m_issues.at(id);
        for (const auto& [key, count] : issue.hours) {
            hour.bind(1, id);
            hour.bind(2, key.first);
            hour.bind(3, key.second);
            hour.bind(4, count);
            hour.exec();
            hour.reset();
        }
        std::int64_t newUsers = 0;
        for (const auto& [userId, seen] : issue.users) {
            user.bind(1, id);
            user.bind(2, userId);
            user.bind(3, seen.count);
            user.bind(4, seen.first);
            user.bind(5, seen.last);
            if (user.executeStep() && user.getColumn(0).getInt64() == seen.count)
                ++newUsers;
            user.reset();
        }
        sorted.assign(issue.tags.begin(), issue.tags.end());
        std::sort(
            sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [tagId, seen] : sorted) {
            tag.bind(1, id);
            tag.bind(2, tagId);
            tag.bind(3, seen.count);
            tag.bind(4, seen.first);
            tag.bind(5, seen.last);
            tag.exec();
            tag.reset();
        }
        const CountedEvent::Face& look = issue.face;
        face.bind(1, id);
        face.bind(2, issue.seen.last);
        face.bind(3, issue.lastRow);
        face.bindNoCopy(4, look.title);
        face.bindNoCopy(5, look.culprit);
        face.bindNoCopy(6, look.level);
        face.bindNoCopy(7, look.platform);
        face.bindNoCopy(8, look.logger);
        face.bindNoCopy(9, look.metadata);
        face.bindNoCopy(10, look.message);
        face.bind(11, look.unhandled ? 1 : 0);
        face.exec();
        face.reset();
        counters.bind(1, id);
        counters.bind(2, issue.seen.count);
        counters.bind(3, newUsers);
        counters.bind(4, issue.seen.first);
        counters.bind(5, issue.seen.last);
        bindOrNull(counters, 6, issue.lastRelease);
        counters.exec();
        counters.reset();
    }
}

void Tally::writeProjects(SQLite::Database& db) const
{
    SQLite::Statement hour(db, "INSERT INTO project_hours (project_id, hour, count) VALUES (?, ?, ?) "
                               "ON CONFLICT DO UPDATE SET count = count + excluded.count");
    for (const auto& [key, count] : m_projectHours) {
        hour.bind(1, key.first);
        hour.bind(2, key.second);
        hour.bind(3, count);
        hour.exec();
        hour.reset();
    }
    SQLite::Statement environment(db,
        "INSERT INTO project_environments (project_id, environment_id, first_seen, last_seen) VALUES (?, ?, "
        "?, ?) "
        "ON CONFLICT DO UPDATE SET first_seen = min(first_seen, excluded.first_seen), "
        "last_seen = max(last_seen, excluded.last_seen)");
    for (const auto& [key, seen] : m_environments) {
        environment.bind(1, key.first);
        environment.bind(2, key.second);
        environment.bind(3, seen.first);
        environment.bind(4, seen.last);
        environment.exec();
        environment.reset();
    }
    SQLite::Statement release(db, "UPDATE releases SET first_seen = min(coalesce(first_seen, ?2), ?2), "
                                  "last_seen = max(coalesce(last_seen, ?3), ?3) WHERE id = ?1");
    SQLite::Statement releaseEnvironment(db,
        "INSERT INTO release_environments (release_id, environment_id, first_seen, last_seen) VALUES (?, ?, "
        "?, ?) ON CONFLICT DO UPDATE SET first_seen = min(first_seen, excluded.first_seen), "
        "last_seen = max(last_seen, excluded.last_seen)");
    for (const auto& [key, seen] : m_releases) {
        release.bind(1, key.first);
        release.bind(2, seen.first);
        release.bind(3, seen.last);
        release.exec();
        release.reset();
        releaseEnvironment.bind(1, key.first);
        releaseEnvironment.bind(2, key.second);
        releaseEnvironment.bind(3, seen.first);
        releaseEnvironment.bind(4, seen.last);
        releaseEnvironment.exec();
        releaseEnvironment.reset();
    }
    SQLite::Statement first(
        db, "UPDATE projects SET first_event = min(coalesce(first_event, ?2), ?2) WHERE id = ?1");
    for (const auto& [id, received] : m_firstReceived) {
        first.bind(1, id);
        first.bind(2, received);
        first.exec();
        first.reset();
    }
}

void countAgain(SQLite::Database& db, const FactsReader& readFacts)
{
    Tally tally;
    SQLite::Statement events(db,
        "SELECT e.id, e.project_id, e.issue_id, e.environment_id, e.release_id, e.user_id, e.tags, "
        "e.timestamp, "
        "e.received, e.title, e.culprit, e.level, e.platform, e.message, e.unhandled, e.sent, e.user_agent, "
        "e.remote, e.event_id, p.data FROM events e LEFT JOIN payloads p ON p.id = e.id "
        "WHERE e.id > (SELECT value FROM meta WHERE key = 'counted_through') ORDER BY e.id");
    while (events.executeStep()) {
        CountedEvent event;
        event.row = events.getColumn(0).getInt64();
        event.project = events.getColumn(1).getInt64();
        event.issue = events.getColumn(2).getInt64();
        event.environment = events.getColumn(3).getInt64();
        event.release = events.getColumn(4).getInt64();
        event.user = events.getColumn(5).getInt64();
        if (const auto tags = json::Document::parse(events.getColumn(6).getString())) {
            for (const json::Value tag : tags->root().items())
                event.tags.push_back(tag.integer().value_or(0));
        }
        event.timestamp = events.getColumn(7).getInt64();
        event.received = events.getColumn(8).getInt64();
        event.face.title = events.getColumn(9).getString();
        event.face.culprit = events.getColumn(10).getString();
        event.face.level = events.getColumn(11).getString();
        event.face.platform = events.getColumn(12).getString();
        event.face.message = events.getColumn(13).getString();
        event.face.unhandled = events.getColumn(14).getInt() != 0;
        readFace(events, readFacts, event.face);
        tally.add(std::move(event));
        // Behind the mark there are a second's events at most, unless flushing failed for long.
        if (tally.events() >= 5'000) {
            tally.write(db);
            tally.clear();
        }
    }
    if (tally.events() > 0)
        tally.write(db);
}

} // namespace vedette::collector
