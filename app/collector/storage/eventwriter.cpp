// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/eventwriter.h"

#include <algorithm>
#include <stdexcept>

#include "app/collector/storage/releases.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/statementuse.h"

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

Outcome outcomeOf(const IncomingEvent& event, const Stored& stored)
{
    if (stored.discarded)
        return {event.category, "filtered", "discarded-hash", 1};
    return {event.category, stored.duplicate ? "duplicate" : "accepted", "", 1};
}

} // namespace

EventWriter::EventWriter(SQLite::Database& db, ForwardLimits forwards)
    : m_db(db)
    , m_states(db)
    , m_items(db)
    , m_users(db)
    , m_tags(db)
    , m_door(db, forwards)
    , m_numbers(db)
    , m_findEvent(db, "SELECT issue_id FROM events WHERE event_id = ? AND project_id = ?")
    , m_insertEvent(db, "INSERT INTO events (id, project_id, issue_id, event_id, timestamp, received, sent, "
                        "type, level, platform, "
                        "title, culprit, message, environment_id, release_id, user_id, unhandled, size, "
                        "tags, user_agent, remote, hash) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    , m_insertPayload(db, "INSERT INTO payloads (id, data) VALUES (?, ?)")
    , m_findHash(db,
          "SELECT i.id, i.status, i.substatus FROM issue_hashes h JOIN issues i ON i.id = h.issue_id "
          "WHERE h.project_id = ? AND h.hash = ?")
    , m_insertHash(db, "INSERT OR IGNORE INTO issue_hashes (project_id, hash, issue_id) VALUES (?, ?, ?)")
    , m_insertIssue(db,
          "INSERT INTO issues (id, project_id, short_id, type, title, culprit, level, platform, logger, "
          "metadata, "
          "message, "
          "unhandled, first_seen, last_seen, first_release, last_release, created, status_changed, "
          "inbox_reason, inbox_added) "
          "VALUES (?15, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13, ?13, ?14, ?14, 0, ?14)")
    , m_countNewIssue(db, "UPDATE releases SET new_issues = new_issues + 1 WHERE id = ?")
    , m_markFiled(db, "UPDATE meta SET value = max(value, ?) WHERE key = 'arrivals_filed'")
    , m_insertTrace(db, "INSERT INTO event_traces (id, trace) VALUES (?, ?)")
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
    m_items.forget();
    m_issues.clear();
    m_environments.clear();
    m_releases.clear();
    m_users.forget();
    m_shapes.clear(); // what they wait for in the tally may have gone with the transaction
    m_tags.forget();
    m_outcomes.clear();
    m_anyDiscarded.reset();
    m_states.forget();
}

void EventWriter::handOver(Tally& tally)
{
    tally.addRows(m_tags.take(), m_users.take());
}

void EventWriter::handedOver()
{
    m_tags.written();
    m_users.written();
}

void EventWriter::forgetIssues(const std::vector<std::int64_t>& ids)
{
    if (ids.empty())
        return;
    m_issues.eraseIf(
        [&ids](const Issue& issue) { return std::find(ids.begin(), ids.end(), issue.id) != ids.end(); });
}

Stored EventWriter::write(const Incoming& incoming, core::TimePoint now, std::vector<CountedEvent>& counted)
{
    Stored stored;
    if (incoming.event) {
        stored = writeEvent(incoming.project, *incoming.event, now, counted);
        count(incoming.project, outcomeOf(*incoming.event, stored));
    }
    for (const IncomingEvent& event : incoming.furtherEvents)
        count(incoming.project, outcomeOf(event, writeEvent(incoming.project, event, now, counted)));
    if (!incoming.items.empty()) {
        std::vector<Outcome> outcomes;
        m_items.write(incoming.project, incoming.items, stored.discarded, now, outcomes);
        for (const Outcome& outcome : outcomes)
            count(incoming.project, outcome);
    }
    for (const Outcome& outcome : incoming.outcomes)
        count(incoming.project, outcome);
    if (incoming.forward && !stored.duplicate && !stored.discarded)
        m_door.queue(incoming.project, *incoming.forward, now);
    for (const ForwardResult& result : incoming.forwarded)
        m_door.settle(result, now);
    if (!incoming.origin.empty())
        // When it came, not when it is filed: many are filed at one time.
        m_door.countOrigin(
            incoming.project, incoming.origin, incoming.event ? incoming.event->context.received : now);
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
    if (isDiscarded(project, event)) {
        stored.discarded = true;
        return stored;
    }
    CountedEvent count;
    count.project = project;
    count.environment = environmentId(facts.environment);
    count.release = facts.release.empty() ? 0 : releaseId(project, facts.release, now);
    count.user = m_users.idOf(facts);
    count.tags.reserve(facts.tags.size());
    for (const auto& [key, value] : facts.tags) {
        count.tags.push_back(m_tags.idOf(key, value));
    }
    const std::string tags = tagList(count.tags);
    const Issue issue = issueFor(project, event, count.release, now, stored);
    stored.issue = issue.id;
    if (issue.watch != IssueWatch::None) {
        const EventSeen seen{project, issue.id, count.release, facts.eventId, facts.release};
        stored.regressed = m_states.onEvent(issue.watch, seen, now);
        if (stored.regressed)
            forgetIssues({issue.id});
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
    const std::string hash = bytesOfHex(facts.hashes.front());
    bindBlob(*insert, 22, hash);
    insert->exec();
    Use payload(m_insertPayload);
    payload->bind(1, count.row);
    bindBlob(*payload, 2, event.payload);
    payload->exec();

    if (!facts.trace.empty()) {
        Use trace(m_insertTrace);
        trace->bind(1, count.row);
        bindBlob(*trace, 2, facts.trace);
        trace->exec();
    }
    count.shape = m_shapes.note(issue.id, facts);
    count.face = {facts.title, facts.culprit, facts.level, facts.platform, facts.logger, facts.metadataJson,
        facts.message, facts.unhandled};
    counted.push_back(std::move(count));
    return stored;
}

void EventWriter::count(std::int64_t project, const Outcome& outcome)
{
    m_outcomes[{project, outcome.category, outcome.outcome, outcome.reason}] += outcome.quantity;
}

void EventWriter::writeOutcomes(core::TimePoint now)
{
    for (const auto& [key, quantity] : m_outcomes) {
        const auto& [project, category, outcome, reason] = key;
        Use insert(m_outcome);
        insert->bind(1, std::int64_t(hourOf(now)));
        insert->bind(2, project);
        insert->bindNoCopy(3, category);
        insert->bindNoCopy(4, outcome);
        insert->bindNoCopy(5, reason);
        insert->bind(6, quantity);
        insert->exec();
    }
    m_outcomes.clear();
}

void EventWriter::markFiled(std::uint64_t number)
{
    Use mark(m_markFiled);
    mark->bind(1, static_cast<std::int64_t>(number));
    mark->exec();
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
    if (Issue* known = m_issues.find(key))
        return known;
    Use find(m_findHash);
    find->bind(1, project);
    bindBlob(*find, 2, hash);
    if (!find->executeStep())
        return nullptr;
    const Issue issue{find->getColumn(0).getInt64(),
        watchOf(find->getColumn(1).getString(), find->getColumn(2).getString())};
    return &m_issues.put(key, issue);
}

EventWriter::Issue& EventWriter::issueFor(std::int64_t project, const IncomingEvent& event,
    std::int64_t release, core::TimePoint now, Stored& stored)
{
    std::vector<std::string> hashes;
    for (const std::string& hash : event.facts.hashes) {
        if (std::string bytes = bytesOfHex(hash); !bytes.empty())
            hashes.push_back(std::move(bytes));
    }
    if (hashes.empty())
        throw std::runtime_error("an event without a grouping hash");
    std::int64_t id = 0;
    IssueWatch watch = IssueWatch::New;
    std::vector<const std::string*> unknown;
    for (const std::string& hash : hashes) {
        const Issue* found = issueByHash(project, hash);
        if (!found) {
            unknown.push_back(&hash);
        } else if (id == 0) { // the leading hash comes first: where two issues are meant, it decides
            id = found->id;
            watch = found->watch;
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
        m_issues.put(std::to_string(project) + ':' + *hash, Issue{id, watch});
    }
    // Any entry of this issue will do: they all say the same.
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
    const IssueNumber number = m_numbers.next(project);
    Use insert(m_insertIssue);
    insert->bind(1, project);
    insert->bindNoCopy(2, number.shortId);
    insert->bindNoCopy(3, facts.type);
    insert->bindNoCopy(4, facts.title);
    insert->bindNoCopy(5, facts.culprit);
    insert->bindNoCopy(6, facts.level);
    insert->bindNoCopy(7, facts.platform);
    insert->bindNoCopy(8, facts.logger);
    insert->bindNoCopy(9, facts.metadataJson);
    insert->bindNoCopy(10, facts.message);
    insert->bind(11, facts.unhandled ? 1 : 0);
    insert->bind(12, std::int64_t(msOf(facts.timestamp)));
    bindOrNull(*insert, 13, release);
    insert->bind(14, std::int64_t(msOf(now)));
    insert->bind(15, number.id);
    insert->exec();

    if (release != 0) {
        Use counted(m_countNewIssue);
        counted->bind(1, release);
        counted->exec();
    }
    return number.id;
}

bool EventWriter::isDiscarded(std::int64_t project, const IncomingEvent& event)
{
    if (!m_anyDiscarded)
        m_anyDiscarded = m_db.execAndGet("SELECT EXISTS (SELECT 1 FROM discarded_hashes)").getInt() != 0;
    if (!*m_anyDiscarded)
        return false;
    for (const std::string& hash : event.facts.hashes) {
        const std::string bytes = bytesOfHex(hash);
        // An issue that knows the hash wins: it was made on purpose, or the leading hash is another's.
        if (issueByHash(project, bytes))
            return false;
        SQLite::Statement find(m_db, "SELECT 1 FROM discarded_hashes WHERE project_id = ? AND hash = ?");
        find.bind(1, project);
        bindBlob(find, 2, bytes);
        if (find.executeStep())
            return true;
    }
    return false;
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
    return entry->second = addRelease(m_db, project, version, now).id;
}

} // namespace vedette::collector
