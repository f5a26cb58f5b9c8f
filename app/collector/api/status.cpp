// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <filesystem>

#include "app/collector/api/routes.h"
#include "app/collector/api/slowest.h"
#include "app/collector/storage/health.h"
#include "app/collector/storage/settings.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

constexpr std::int64_t notKeptHours = std::int64_t(30) * 24; ///< that the reasons are counted over

std::int64_t folderBytes(const std::string& folder)
{
    std::int64_t sum = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.is_regular_file(error))
            sum += static_cast<std::int64_t>(entry.file_size(error));
    }
    return sum;
}

std::int64_t sumOutcomes(const Call& call, const char* outcome, std::int64_t sinceHour)
{
    SQLite::Statement query(
        call.db, "SELECT coalesce(SUM(quantity), 0) FROM outcomes WHERE outcome = ? AND hour >= ?");
    query.bind(1, outcome);
    query.bind(2, sinceHour);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

/// Events that came since then and are still there. Their ids are the order of arrival, so that the first of
/// them is found by halving, however many there are.
std::int64_t receivedSince(const Call& call, std::int64_t sinceMs)
{
    SQLite::Statement ends(call.db, "SELECT (SELECT min(id) FROM events), (SELECT max(id) FROM events)");
    ends.executeStep();
    if (ends.getColumn(0).isNull())
        return 0;
    std::int64_t low = ends.getColumn(0).getInt64();
    const std::int64_t end = ends.getColumn(1).getInt64() + 1;
    std::int64_t high = end;
    SQLite::Statement next(call.db, "SELECT id, received FROM events WHERE id >= ? ORDER BY id LIMIT 1");
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        next.bind(1, middle);
        if (next.executeStep() && next.getColumn(1).getInt64() < sinceMs)
            low = next.getColumn(0).getInt64() + 1;
        else
            high = middle;
        next.reset();
    }
    return end - low;
}

std::int64_t storedInAll(const Call& call)
{
    SQLite::Statement query(call.db, "SELECT coalesce(SUM(count), 0) FROM project_hours");
    query.executeStep();
    return query.getColumn(0).getInt64();
}

void writeNotKept(json::Writer& out, const Call& call, std::int64_t sinceHour)
{
    out.key("notKept").beginArray();
    SQLite::Statement query(call.db, "SELECT outcome, category, reason, SUM(quantity) FROM outcomes WHERE "
                                     "hour >= ? AND outcome NOT IN ('accepted', 'duplicate')"
                                     " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT 50");
    query.bind(1, sinceHour);
    while (query.executeStep()) {
        out.beginObject().field("outcome", query.getColumn(0).getString());
        out.field("category", query.getColumn(1).getString()).field("reason", query.getColumn(2).getString());
        out.field("quantity", query.getColumn(3).getInt64()).endObject();
    }
    out.endArray();
}

/// How passing on goes: `error` is why the first of a queue waits, `refusal` what upstream said to the one
/// that it refused last, `notQueued` how many were too large or found the queue full.
void writeForwarding(json::Writer& out, const Call& call)
{
    out.key("forwarding").beginArray();
    SQLite::Statement query(call.db,
        "SELECT p.slug, coalesce(s.waiting, 0), coalesce(s.sent, 0), coalesce(s.refused, 0), "
        "coalesce(s.overflowed, 0), coalesce(s.error, ''), coalesce(s.refusal, ''), s.not_before, "
        "s.last_sent "
        "FROM projects p LEFT JOIN forward_state s ON s.project_id = p.id WHERE p.upstream <> '' "
        "ORDER BY p.slug LIMIT 200");
    while (query.executeStep()) {
        const std::int64_t notBefore = query.getColumn(7).getInt64();
        out.beginObject().field("project", query.getColumn(0).getString());
        out.field("waiting", query.getColumn(1).getInt64()).field("sent", query.getColumn(2).getInt64());
        out.field("refused", query.getColumn(3).getInt64());
        out.field("notQueued", query.getColumn(4).getInt64());
        out.field("error", query.getColumn(5).getString());
        out.fieldOrNull("refusal", query.getColumn(6).getString());
        out.fieldOrNull("notBefore", notBefore > call.nowMs() ? dateText(notBefore) : std::string());
        out.fieldOrNull("lastSent",
            query.getColumn(8).isNull() ? std::string() : dateText(query.getColumn(8).getInt64()));
        out.endObject();
    }
    out.endArray();
}

void writeOrigins(json::Writer& out, const Call& call)
{
    out.key("origins").beginArray();
    SQLite::Statement query(call.db,
        "SELECT p.slug, o.origin, o.count, o.first_seen, o.last_seen FROM project_origins o JOIN projects p "
        "ON p.id = o.project_id ORDER BY o.count DESC, p.slug, o.origin LIMIT 100");
    while (query.executeStep()) {
        out.beginObject().field("project", query.getColumn(0).getString());
        out.field("origin", query.getColumn(1).getString()).field("count", query.getColumn(2).getInt64());
        out.field("firstSeen", dateText(query.getColumn(3).getInt64()));
        out.field("lastSeen", dateText(query.getColumn(4).getInt64())).endObject();
    }
    out.endArray();
}

/// Where SDKs that are told to use Spotlight find it; they look on its port unless they are told another.
/// `usualPortTaken`: that port was wanted, and another program had it.
void writeSpotlight(json::Writer& out, const Call& call)
{
    const std::string& base = call.context.baseUrl;
    out.key("spotlight").beginObject().field("on", readCollectorSettings(call.db).spotlight);
    out.field("url", base + "/stream").field("usualPort", base.ends_with(":8969"));
    out.field("usualPortTaken", call.context.usualPortTaken).endObject();
}

/// What keeps the collector from storing, if anything does: {text, since} or null.
void writeProblem(json::Writer& out, const Health* health)
{
    const std::optional<Problem> problem = health ? health->problem() : std::nullopt;
    if (!problem) {
        out.nullField("problem");
        return;
    }
    out.key("problem").beginObject().field("text", problem->text);
    out.field("since", core::formatTime(problem->since)).endObject();
}

} // namespace

Response collectorStatus(const Call& call)
{
    const std::int64_t hour = call.nowMs() / 3'600'000;
    json::Writer out;
    out.beginObject().field("url", call.context.baseUrl).field("dataFolder", call.context.dataFolder);
    out.field("version", call.context.version);
    out.field("acceptedLastHour", receivedSince(call, call.nowMs() - 3'600'000));
    out.field("acceptedTotal", storedInAll(call));
    out.field("refusedLastHour", sumOutcomes(call, "refused", hour - 1));
    out.field("droppedLastHour", sumOutcomes(call, "dropped", hour - 1));
    out.key("eventsPerMinute").number(static_cast<double>(receivedSince(call, call.nowMs() - 300'000)) / 5.0);
    writeProblem(out, call.context.health);
    out.field("diskBytes", folderBytes(call.context.dataFolder));
    writeNotKept(out, call, hour - notKeptHours);
    writeForwarding(out, call);
    writeOrigins(out, call);
    writeSpotlight(out, call);
    out.key("transactions");
    writeEndpoints(out, slowestEndpoints(call.db, call.now()));
    out.endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
