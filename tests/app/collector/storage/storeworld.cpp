// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/collector/storage/storeworld.h"

#include <array>
#include <random>
#include <string_view>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/payload.h"

using namespace vedette::collector;
using namespace Qt::Literals::StringLiterals;

namespace vedette::tests {
namespace {

class Promise final : public CommitWaiter
{
public:
    void committed(const core::Result<Stored>& result) override { promise.set_value(result); }
    std::promise<core::Result<Stored>> promise;
};

EventFacts factsOf(const EventSpec& spec)
{
    EventFacts facts;
    facts.eventId = hexId(spec.id);
    facts.timestamp = beginning() + std::chrono::minutes(spec.minutes);
    facts.received = facts.timestamp;
    facts.type = "error";
    facts.level = spec.level;
    facts.platform = "python";
    facts.title = "Error: " + std::to_string(spec.hashes.front());
    facts.culprit = "main in app.py";
    facts.message = "something went wrong";
    facts.logger = "root";
    facts.release = spec.release;
    facts.environment = spec.environment;
    facts.metadataJson = "{\"event\":" + std::to_string(spec.id) + "}";
    facts.tags = {{"level", spec.level}, {"n", std::to_string(spec.id % 3)}};
    facts.userKey = spec.user != 0 ? "id:" + std::to_string(spec.user) : std::string();
    for (const int hash : spec.hashes)
        facts.hashes.push_back(hexId(hash));
    return facts;
}

std::string payloadOf(const EventSpec& spec, int padding)
{
    std::string hashes;
    for (const int hash : spec.hashes)
        hashes += (hashes.empty() ? "" : ",") + std::to_string(hash);
    std::string out = "{\"id\":" + std::to_string(spec.id) + ",\"hashes\":[" + hashes +
                      "],\"user\":" + std::to_string(spec.user) +
                      ",\"minutes\":" + std::to_string(spec.minutes) + ",\"release\":\"" + spec.release +
                      "\",\"environment\":\"" + spec.environment + "\",\"level\":\"" + spec.level +
                      "\",\"padding\":\"";
    std::minstd_rand random(std::uint32_t(spec.id) + 1);
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    for (int bits = padding * 8; bits > 0; bits -= 6)
        out += letters[random() >> 8U & 63U];
    return out + "\"}";
}

} // namespace

std::string hexId(int number)
{
    std::string out = std::to_string(number);
    out.insert(0, 32 - out.size(), '0');
    return out;
}

core::TimePoint beginning()
{
    return *core::parseTime("2026-11-20T10:00:00Z");
}

Incoming incoming(std::int64_t project, const EventSpec& spec, int padding)
{
    Incoming out;
    out.project = project;
    IncomingEvent event;
    event.facts = factsOf(spec);
    event.context.received = event.facts.received;
    event.payload = packPayload(payloadOf(spec, padding));
    event.size = 10;
    out.event = std::move(event);
    return out;
}

core::Result<EventFacts> worldFacts(json::Value payload, const ReceiveContext&)
{
    EventSpec spec;
    const auto number = [&](std::string_view key) { return payload[key].integer(); };
    if (!number("id"))
        return core::fail(core::ErrorKind::Malformed, u"no event of this world"_s);
    spec.id = int(*number("id"));
    spec.hashes.clear();
    for (const json::Value hash : payload["hashes"].items())
        spec.hashes.push_back(int(hash.integer().value_or(0)));
    spec.user = int(number("user").value_or(0));
    spec.minutes = number("minutes").value_or(0);
    spec.release = std::string(payload["release"].string().value_or(""));
    spec.environment = std::string(payload["environment"].string().value_or(""));
    spec.level = std::string(payload["level"].string().value_or(""));
    return factsOf(spec);
}

std::future<core::Result<Stored>> submitLater(Store& store, Incoming part)
{
    auto waiter = std::make_unique<Promise>();
    auto future = waiter->promise.get_future();
    store.submit(std::move(part), std::move(waiter));
    return future;
}

core::Result<Stored> submit(Store& store, Incoming part)
{
    return submitLater(store, std::move(part)).get();
}

std::int64_t numberOf(Store& store, const std::string& sql)
{
    const auto out = store.read([&](SQLite::Database& db) { return db.execAndGet(sql).getInt64(); });
    if (!out)
        qFatal("%s: %s", sql.c_str(), qPrintable(out.error().detail));
    return *out;
}

std::string textOf(Store& store, const std::string& sql)
{
    const auto out = store.read([&](SQLite::Database& db) { return db.execAndGet(sql).getString(); });
    if (!out)
        qFatal("%s: %s", sql.c_str(), qPrintable(out.error().detail));
    return *out;
}

QStringList faultsIn(Store& store)
{
    struct Rule
    {
        const char* name;
        const char* sql; ///< counts what breaks the rule
    };
    static constexpr std::array rules = {
        Rule{"issues count their events", "SELECT count(*) FROM issues i WHERE count <> (SELECT count(*) "
                                          "FROM events WHERE issue_id = i.id)"},
        Rule{"issues count their users",
            "SELECT count(*) FROM issues i WHERE user_count <> "
            "(SELECT count(DISTINCT user_id) FROM events WHERE issue_id = i.id)"},
        Rule{"issues know when they were seen first",
            "SELECT count(*) FROM issues i WHERE first_seen <> (SELECT min(timestamp) FROM events WHERE "
            "issue_id = i.id)"},
        Rule{"issues know when they were seen last",
            "SELECT count(*) FROM issues i WHERE last_seen <> (SELECT max(timestamp) FROM events WHERE "
            "issue_id = i.id)"},
        Rule{"the face is that of the latest event",
            "SELECT count(*) FROM issues i JOIN events e ON e.id = i.last_event "
            "WHERE e.timestamp <> i.last_seen OR e.title <> i.title OR e.level <> i.level"},
        Rule{"no issue without events",
            "SELECT count(*) FROM issues WHERE id NOT IN (SELECT issue_id FROM events)"},
        Rule{"no issue without a hash",
            "SELECT count(*) FROM issues WHERE id NOT IN (SELECT issue_id FROM issue_hashes)"},
        Rule{"no event without its payload",
            "SELECT count(*) FROM events WHERE id NOT IN (SELECT id FROM payloads)"},
        Rule{"no payload without its event",
            "SELECT count(*) FROM payloads WHERE id NOT IN (SELECT id FROM events)"},
        Rule{"hours add up",
            "SELECT (SELECT coalesce(sum(count), 0) FROM issue_hours) - (SELECT count(*) FROM events)"},
        Rule{"project hours add up",
            "SELECT (SELECT coalesce(sum(count), 0) FROM project_hours) - (SELECT count(*) FROM events)"},
        Rule{"hours of one issue and hour",
            "SELECT count(*) FROM issue_hours h WHERE count <> (SELECT count(*) FROM events e WHERE "
            "e.issue_id = h.issue_id AND e.environment_id = h.environment_id AND e.timestamp / 3600000 = "
            "h.hour)"},
        Rule{"users add up", "SELECT (SELECT coalesce(sum(count), 0) FROM issue_users) - "
                             "(SELECT count(*) FROM events WHERE user_id IS NOT NULL)"},
        Rule{"tags add up", "SELECT (SELECT coalesce(sum(count), 0) FROM issue_tags) - "
                            "(SELECT count(*) FROM events e, json_each(e.tags))"},
        Rule{"tags of one issue", "SELECT count(*) FROM issue_tags t WHERE count <> (SELECT count(*) FROM "
                                  "events e, json_each(e.tags) j "
                                  "WHERE e.issue_id = t.issue_id AND j.value = t.tag_id)"},
        Rule{"outcomes say what was accepted", "SELECT (SELECT coalesce(sum(quantity), 0) FROM outcomes "
                                               "WHERE category = 'error' AND outcome = 'accepted') "
                                               "- (SELECT count(*) FROM events)"},
        Rule{"all is counted", "SELECT (SELECT coalesce(max(id), 0) FROM events) > (SELECT value FROM meta "
                               "WHERE key = 'counted_through')"},
        Rule{"no dangling references", "SELECT count(*) FROM pragma_foreign_key_check"},
    };
    const auto faults = store.read([](SQLite::Database& db) {
        QStringList out;
        for (const Rule& rule : rules) {
            if (const std::int64_t found = db.execAndGet(rule.sql).getInt64(); found != 0)
                out << u"%1: %2"_s.arg(QString::fromLatin1(rule.name)).arg(found);
        }
        if (const std::string check = db.execAndGet("PRAGMA integrity_check").getString(); check != "ok")
            out << QString::fromStdString(check);
        return out;
    });
    return faults ? *faults : QStringList(faults.error().detail);
}

} // namespace vedette::tests
