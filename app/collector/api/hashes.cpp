// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// By which hashes an issue is known, and taking it apart along them (contract section 7).

#include <algorithm>

#include "app/collector/api/issuesearch.h"
#include "app/collector/api/renderevent.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/storedevent.h"
#include "app/collector/event/facts.h"
#include "app/collector/storage/merge.h"
#include "app/collector/storage/shortid.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

struct Known
{
    std::string hash;       ///< 16 bytes
    std::int64_t event = 0; ///< the latest that it leads; 0 where there is none
};

std::string bytesOf(const SQLite::Column& column)
{
    return {static_cast<const char*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())};
}

/// Those with the latest events first; hashes that lead none, such as the variant of all frames, at the end.
std::vector<Known> knownHashes(const Call& call, std::int64_t issue)
{
    std::vector<Known> out;
    SQLite::Statement query(call.db, "SELECT hash FROM issue_hashes WHERE issue_id = ?");
    query.bind(1, issue);
    while (query.executeStep())
        out.push_back({bytesOf(query.getColumn(0))});
    SQLite::Statement latest(call.db, "SELECT hash, max(timestamp), id FROM events WHERE issue_id = ? AND "
                                      "hash IS NOT NULL GROUP BY hash ORDER BY 2 DESC, 3 DESC");
    latest.bind(1, issue);
    std::size_t place = 0;
    while (latest.executeStep()) {
        const std::string hash = bytesOf(latest.getColumn(0));
        const auto found = std::find_if(out.begin() + static_cast<std::ptrdiff_t>(place), out.end(),
            [&](const Known& k) { return k.hash == hash; });
        if (found == out.end())
            continue;
        found->event = latest.getColumn(2).getInt64();
        std::rotate(out.begin() + static_cast<std::ptrdiff_t>(place), found, found + 1);
        ++place;
    }
    return out;
}

void writeEvent(json::Writer& out, const Call& call, std::int64_t event)
{
    SQLite::Statement query(call.db, std::string(eventColumns) + "WHERE e.id = ?");
    query.bind(1, event);
    if (event != 0 && query.executeStep())
        writeShortEvent(out, eventFrom(call.db, query));
    else
        out.null();
}

} // namespace

Response hashes(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    json::Writer out;
    out.beginArray();
    for (const Known& known : knownHashes(call, *id)) {
        out.beginObject().field("id", hexOfBytes(known.hash)).key("latestEvent");
        writeEvent(out, call, known.event);
        out.field("mergedBySeer", false).endObject();
    }
    out.endArray();
    return Response::json(200, out.take());
}

Response unmerge(const Call& call)
{
    constexpr std::size_t maxHashes = 1000;
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    std::vector<std::string> wanted;
    for (const std::string_view text : call.request.queryValues("id")) {
        const auto hex = eventIdText(text); // 32 hex digits as well
        if (!hex)
            return Response::detail(400, "Hashes are 32 hexadecimal digits");
        wanted.push_back(bytesOfHex(*hex));
    }
    if (wanted.empty())
        return Response::detail(400, "Name the hashes to take out by id");
    if (wanted.size() > maxHashes)
        return Response::detail(400, "at most 1000 hashes at once");
    const Unmerged done = unmergeIssue(call.db, *id, wanted, call.self, call.now(), extractFacts);
    if (done.fault == UnmergeFault::UnknownHashes)
        return Response::detail(409, "Already being unmerged");
    if (done.fault == UnmergeFault::StillMoving)
        return Response::detail(409, "Events of the issue are still being moved: try again in a moment");
    if (done.fault == UnmergeFault::NothingLeft)
        return Response::detail(
            400, "All events of the issue have these hashes: nothing would be left of it");
    return Response::empty(202);
}

} // namespace vedette::collector::api
