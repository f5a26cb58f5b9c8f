// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/eventwriter.h"

#include <algorithm>
#include <stdexcept>

#include "app/collector/storage/shortid.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

std::int64_t hourOf(core::TimePoint time)
{
    return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count();
}

/// Look-ups are kept up to a bound and then begun anew: the common ones are back at once.
template<class Map>
void bound(Map& map, std::size_t maxEntries)
{
    if (map.size() > maxEntries)
        map.clear();
}

void bindBlob(SQLite::Statement& statement, int index, const std::string& bytes)
{
    statement.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
}

/// Resets a kept statement however the scope ends, so that no half-run statement outlives a rollback.
class Use final
{
public:
    explicit Use(SQLite::Statement& statement)
        : m_statement(statement)
    {}
    ~Use() { m_statement.tryReset(); }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    SQLite::Statement* operator->() { return &m_statement; }
    SQLite::Statement& operator*() { return m_statement; }

private:
    SQLite::Statement& m_statement;
};

std::string regressionData(const EventFacts& facts)
{
    json::Writer writer;
    writer.beginObject().field("event_id", facts.eventId).field("version", facts.release).endObject();
    return writer.take();
}

} // namespace

EventWriter::EventWriter(SQLite::Database& db)
    : m_db(db)
    , m_findEvent(db, "SELECT issue_id FROM events WHERE event_id = ? AND project_id = ?")
    , m_insertEvent(db, "INSERT INTO events (id, project_id, issue_id, event_id, timestamp, received, sent, "
                        "type, level, platform, "
                        "title, culprit, message, environment_id, release_id, user_id, unhandled, size, "
                        "tags, user_agent, remote) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    , m_insertPayload(db, "INSERT INTO payloads (id, data) VALUES (?, ?)")
    , m_findHash(db, "SELECT i.id, i.status FROM issue_hashes h JOIN issues i ON i.id = h.issue_id "
                     "WHERE h.project_id = ? AND h.hash = ?")
    , m_insertHash(db, "INSERT OR IGNORE INTO issue_hashes (project_id, hash, issue_id) VALUES (?, ?, ?)")
    , m_findTag(db, "SELECT id FROM tag_values WHERE key = ? AND value = ?")
    , m_insertTag(db, "INSERT INTO tag_values (key, value) VALUES (?, ?)")
    , m_findUser(db, "SELECT id FROM event_users WHERE key = ?")
    , m_insertUser(db, "INSERT INTO event_users (key) VALUES (?)")
    , m_outcome(db, "INSERT INTO outcomes (hour, project_id, category, outcome, reason, quantity) VALUES (?, "
                    "?, ?, ?, ?, ?) "
                    "ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity")
{
    // Row ids only ever rise, also after the newest events were deleted: the counters' mark depends on it.
    m_lastRow = db.execAndGet("SELECT max(coalesce((SELECT max(id) FROM events), 0), "
                              "(SELECT value FROM meta WHERE key = 'counted_through'))")
                    .getInt64();
}

void EventWriter::forget()
{
    m_issues.clear();
    m_environments.clear();
    m_releases.clear();
    m_users.clear();
    m_tags.clear();
}

Stored EventWriter::write(const Incoming& incoming, core::TimePoint now, std::vector<CountedEvent>& counted)
{
    Stored stored;
    if (incoming.event) {
        stored = writeEvent(incoming.project, *incoming.event, now, counted);
        writeOutcome(incoming.project, {"error", stored.duplicate ? "duplicate" : "accepted", "", 1}, now);
    }
    for (const Outcome& outcome : incoming.outcomes)
        writeOutcome(incoming.project, outcome, now);
    return stored;
}

Stored EventWriter::writeEvent(
    std::int64_t project, const IncomingEvent& event, core::TimePoint now, std::vector<CountedEvent>& counted)
{
    const EventFacts& facts = event.facts;
    Stored stored;
    const std::string eventId = bytesOfHex(facts.eventId);
    if (isKnownEvent(project, eventId)) {
        stored.duplicate = true;
        return stored;
    }
    CountedEvent count;
    count.project = project;
    count.environment = environmentId(facts.environment);
    count.release = facts.release.empty() ? 0 : releaseId(project, facts.release, now);
    count.user = facts.userKey.empty() ? 0 : userId(facts.userKey);
    std::string tags = "[";
    count.tags.reserve(facts.tags.size());
    for (const auto& [key, value] : facts.tags) {
        count.tags.push_back(tagId(key, value));
        if (tags.size() > 1)
            tags += ',';
        tags += std::to_string(count.tags.back());
    }
    tags += ']';
    Issue& issue = issueFor(project, event, count.release, now, stored);
    stored.issue = issue.id;
    if (issue.resolved) {
        reopen(issue, facts, now);
        stored.regressed = true;
    }

    count.issue = issue.id;
    count.row = ++m_lastRow;
    count.timestamp = msOf(facts.timestamp);
    count.received = msOf(facts.received);
    Use insert(m_insertEvent);
    insert->bind(1, count.row);
    insert->bind(2, project);
    insert->bind(3, issue.id);
    bindBlob(*insert, 4, eventId);
    insert->bind(5, count.timestamp);
    insert->bind(6, count.received);
    if (event.context.sentAt)
        insert->bind(7, std::int64_t(msOf(*event.context.sentAt)));
    else
        insert->bind(7);
    insert->bindNoCopy(8, facts.type);
    insert->bindNoCopy(9, facts.level);
    insert->bindNoCopy(10, facts.platform);
    insert->bindNoCopy(11, facts.title);
    insert->bindNoCopy(12, facts.culprit);
    insert->bindNoCopy(13, facts.message);
    insert->bind(14, count.environment);
    if (count.release != 0)
        insert->bind(15, count.release);
    else
        insert->bind(15);
    if (count.user != 0)
        insert->bind(16, count.user);
    else
        insert->bind(16);
    insert->bind(17, facts.unhandled ? 1 : 0);
    insert->bind(18, event.size);
    insert->bindNoCopy(19, tags);
    insert->bindNoCopy(20, event.context.userAgent);
    insert->bindNoCopy(21, event.context.remoteAddress);
    insert->exec();
    Use payload(m_insertPayload);
    payload->bind(1, count.row);
    bindBlob(*payload, 2, event.payload);
    payload->exec();

    count.face = {facts.title, facts.culprit, facts.level, facts.platform, facts.logger, facts.metadataJson,
        facts.message, facts.unhandled};
    counted.push_back(std::move(count));
    return stored;
}

void EventWriter::writeOutcome(std::int64_t project, const Outcome& outcome, core::TimePoint now)
{
    Use insert(m_outcome);
    insert->bind(1, std::int64_t(hourOf(now)));
    insert->bind(2, project);
    insert->bindNoCopy(3, outcome.category);
    insert->bindNoCopy(4, outcome.outcome);
    insert->bindNoCopy(5, outcome.reason);
    insert->bind(6, outcome.quantity);
    insert->exec();
}

bool EventWriter::isKnownEvent(std::int64_t project, const std::string& eventId)
{
    Use find(m_findEvent);
    bindBlob(*find, 1, eventId);
    find->bind(2, project);
    return find->executeStep();
}

EventWriter::Issue* EventWriter::issueByHash(std::int64_t project, const std::string& hash)
{
    const std::string key = std::to_string(project) + ':' + hash;
    if (const auto known = m_issues.find(key); known != m_issues.end())
        return &known->second;
    Use find(m_findHash);
    find->bind(1, project);
    bindBlob(*find, 2, hash);
    if (!find->executeStep())
        return nullptr;
    return &m_issues
                .emplace(
                    key, Issue{find->getColumn(0).getInt64(), find->getColumn(1).getString() == "resolved"})
                .first->second;
}

EventWriter::Issue& EventWriter::issueFor(std::int64_t project, const IncomingEvent& event,
    std::int64_t release, core::TimePoint now, Stored& stored)
{
    bound(m_issues, 20'000);
    std::vector<std::string> hashes;
    for (const std::string& hash : event.facts.hashes) {
        if (std::string bytes = bytesOfHex(hash); !bytes.empty())
            hashes.push_back(std::move(bytes));
    }
    if (hashes.empty())
        throw std::runtime_error("an event without a grouping hash");
    std::int64_t id = 0;
    bool resolved = false;
    std::vector<const std::string*> unknown;
    for (const std::string& hash : hashes) {
        const Issue* found = issueByHash(project, hash);
        if (!found) {
            unknown.push_back(&hash);
        } else if (id == 0) { // the leading hash comes first: where two issues are meant, it decides
            id = found->id;
            resolved = found->resolved;
        }
    }
    if (id == 0) {
        id = makeIssue(project, event.facts, release, now);
        stored.newIssue = true;
    }
    for (const std::string* hash : unknown) {
        Use insert(m_insertHash);
        insert->bind(1, project);
        bindBlob(*insert, 2, *hash);
        insert->bind(3, id);
        insert->exec();
        m_issues[std::to_string(project) + ':' + *hash] = Issue{id, resolved};
    }
    // Any entry of this issue will do: reopen() tells all of them.
    for (const std::string& hash : hashes) {
        Issue* entry = issueByHash(project, hash);
        if (entry && entry->id == id)
            return *entry;
    }
    throw std::runtime_error("an issue without its hash");
}

std::int64_t EventWriter::makeIssue(
    std::int64_t project, const EventFacts& facts, std::int64_t release, core::TimePoint now)
{
    SQLite::Statement number(m_db, "UPDATE projects SET next_short_id = next_short_id + 1 WHERE id = ? "
                                   "RETURNING next_short_id - 1, slug");
    number.bind(1, project);
    if (!number.executeStep())
        throw std::runtime_error("an event for a project that is gone");
    const std::string name = shortId(number.getColumn(1).getString(), number.getColumn(0).getInt64());
    // Step to the end, else the update is not finished.
    while (number.executeStep()) {
    }

    SQLite::Statement insert(m_db,
        "INSERT INTO issues (project_id, short_id, type, title, culprit, level, platform, logger, metadata, "
        "message, "
        "unhandled, first_seen, last_seen, first_release, last_release, created, status_changed) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13, ?13, ?14, ?14)");
    insert.bind(1, project);
    insert.bind(2, name);
    insert.bind(3, facts.type);
    insert.bind(4, facts.title);
    insert.bind(5, facts.culprit);
    insert.bind(6, facts.level);
    insert.bind(7, facts.platform);
    insert.bind(8, facts.logger);
    insert.bind(9, facts.metadataJson);
    insert.bind(10, facts.message);
    insert.bind(11, facts.unhandled ? 1 : 0);
    insert.bind(12, std::int64_t(msOf(facts.timestamp)));
    if (release != 0)
        insert.bind(13, release);
    insert.bind(14, std::int64_t(msOf(now)));
    insert.exec();
    const std::int64_t id = m_db.getLastInsertRowid();

    if (release != 0) {
        SQLite::Statement count(m_db, "UPDATE releases SET new_issues = new_issues + 1 WHERE id = ?");
        count.bind(1, release);
        count.exec();
    }
    return id;
}

void EventWriter::reopen(Issue& issue, const EventFacts& facts, core::TimePoint now)
{
    SQLite::Statement update(m_db,
        "UPDATE issues SET status = 'unresolved', substatus = 'regressed', status_details = '{}', "
        "status_changed = ? WHERE id = ? AND status = 'resolved'");
    update.bind(1, std::int64_t(msOf(now)));
    update.bind(2, issue.id);
    if (update.exec() > 0) {
        SQLite::Statement activity(
            m_db, "INSERT INTO activity (issue_id, type, data, created) VALUES (?, 'set_regression', ?, ?)");
        activity.bind(1, issue.id);
        activity.bind(2, regressionData(facts));
        activity.bind(3, std::int64_t(msOf(now)));
        activity.exec();
    }
    const std::int64_t id = issue.id;
    for (auto& [key, entry] : m_issues) {
        if (entry.id == id)
            entry.resolved = false;
    }
}

std::int64_t EventWriter::environmentId(const std::string& name)
{
    bound(m_environments, 1'000);
    const auto [entry, fresh] = m_environments.emplace(name, 0);
    if (!fresh)
        return entry->second;
    SQLite::Statement insert(m_db, "INSERT OR IGNORE INTO environments (name) VALUES (?)");
    insert.bind(1, name);
    insert.exec();
    SQLite::Statement find(m_db, "SELECT id FROM environments WHERE name = ?");
    find.bind(1, name);
    find.executeStep();
    return entry->second = find.getColumn(0).getInt64();
}

std::int64_t EventWriter::releaseId(std::int64_t project, const std::string& version, core::TimePoint now)
{
    bound(m_releases, 5'000);
    const auto [entry, fresh] = m_releases.emplace(std::to_string(project) + ':' + version, 0);
    if (!fresh)
        return entry->second;
    SQLite::Statement insert(
        m_db, "INSERT OR IGNORE INTO releases (project_id, version, created) VALUES (?, ?, ?)");
    insert.bind(1, project);
    insert.bind(2, version);
    insert.bind(3, std::int64_t(msOf(now)));
    insert.exec();
    SQLite::Statement find(m_db, "SELECT id FROM releases WHERE project_id = ? AND version = ?");
    find.bind(1, project);
    find.bind(2, version);
    find.executeStep();
    return entry->second = find.getColumn(0).getInt64();
}

std::int64_t EventWriter::userId(const std::string& key)
{
    bound(m_users, 20'000);
    const auto [entry, fresh] = m_users.emplace(key, 0);
    if (!fresh)
        return entry->second;
    {
        Use find(m_findUser);
        find->bindNoCopy(1, key);
        if (find->executeStep())
            return entry->second = find->getColumn(0).getInt64();
    }
    Use insert(m_insertUser);
    insert->bindNoCopy(1, key);
    insert->exec();
    return entry->second = m_db.getLastInsertRowid();
}

std::int64_t EventWriter::tagId(const std::string& key, const std::string& value)
{
    bound(m_tags, 30'000);
    const auto [entry, fresh] = m_tags.emplace(key + '\0' + value, 0);
    if (!fresh)
        return entry->second;
    {
        Use find(m_findTag);
        find->bindNoCopy(1, key);
        find->bindNoCopy(2, value);
        if (find->executeStep())
            return entry->second = find->getColumn(0).getInt64();
    }
    Use insert(m_insertTag);
    insert->bindNoCopy(1, key);
    insert->bindNoCopy(2, value);
    insert->exec();
    return entry->second = m_db.getLastInsertRowid();
}

} // namespace vedette::collector
