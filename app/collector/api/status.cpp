// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <filesystem>

#include "app/collector/api/routes.h"
#include "app/collector/storage/health.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

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

std::int64_t receivedSince(const Call& call, std::int64_t sinceMs)
{
    // Newest first by id, which is the order of arrival: stops at the first older one.
    SQLite::Statement query(call.db, "SELECT received FROM events ORDER BY id DESC LIMIT 200000");
    std::int64_t count = 0;
    while (query.executeStep() && query.getColumn(0).getInt64() >= sinceMs)
        ++count;
    return count;
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
    out.field("acceptedTotal", sumOutcomes(call, "accepted", 0));
    out.field("refusedLastHour", sumOutcomes(call, "refused", hour - 1));
    out.field("droppedLastHour", sumOutcomes(call, "dropped", hour - 1));
    out.key("eventsPerMinute").number(static_cast<double>(receivedSince(call, call.nowMs() - 300'000)) / 5.0);
    writeProblem(out, call.context.health);
    out.field("diskBytes", folderBytes(call.context.dataFolder));
    out.key("refusedByReason").beginArray();
    SQLite::Statement query(call.db, "SELECT outcome, category, reason, SUM(quantity) FROM outcomes WHERE "
                                     "outcome IN ('refused', 'dropped')"
                                     " GROUP BY 1, 2, 3 ORDER BY 4 DESC LIMIT 50");
    while (query.executeStep()) {
        out.beginObject().field("outcome", query.getColumn(0).getString());
        out.field("category", query.getColumn(1).getString()).field("reason", query.getColumn(2).getString());
        out.field("quantity", query.getColumn(3).getInt64()).endObject();
    }
    out.endArray().endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
