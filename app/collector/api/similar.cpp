// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "app/collector/api/issuerow.h"
#include "app/collector/api/routes.h"

namespace vedette::collector::api {
namespace {

/// Frames of so many issues say nothing (a framework's entry point), and would lead everywhere.
constexpr std::int64_t maxIssuesOfFrame = 1'000;
/// Less in common is chance.
constexpr double leastScore = 0.1;

struct Similar
{
    std::int64_t id = 0;
    double score = 0; ///< 0 to 1
};

std::vector<std::int64_t> tellingFrames(const Call& call, std::int64_t issue)
{
    std::vector<std::int64_t> out;
    SQLite::Statement query(call.db,
        "SELECT f.frame_id FROM issue_frames f WHERE f.issue_id = ? AND (SELECT COUNT(*) FROM (SELECT 1 FROM "
        "issue_frames o WHERE o.frame_id = f.frame_id LIMIT ?)) <= ?");
    query.bind(1, issue);
    query.bind(2, maxIssuesOfFrame + 1);
    query.bind(3, maxIssuesOfFrame);
    while (query.executeStep())
        out.push_back(query.getColumn(0).getInt64());
    return out;
}

std::int64_t frameCount(const Call& call, std::int64_t issue)
{
    SQLite::Statement query(call.db, "SELECT COUNT(*) FROM issue_frames WHERE issue_id = ?");
    query.bind(1, issue);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

/// Issues of the same project by the share of frames that both have (Jaccard), best first.
std::vector<Similar> similarIssues(const Call& call, std::int64_t issue, std::size_t limit)
{
    std::unordered_map<std::int64_t, std::int64_t> shared;
    SQLite::Statement others(call.db,
        "SELECT o.issue_id FROM issue_frames o JOIN issues i ON i.id = o.issue_id WHERE "
        "o.frame_id = ?1 AND o.issue_id <> ?2 AND i.project_id = (SELECT project_id "
        "FROM issues WHERE id = ?2)");
    for (const std::int64_t frame : tellingFrames(call, issue)) {
        others.reset();
        others.bind(1, frame);
        others.bind(2, issue);
        while (others.executeStep())
            ++shared[others.getColumn(0).getInt64()];
    }
    const std::int64_t mine = frameCount(call, issue);
    std::vector<Similar> out;
    for (const auto& [id, common] : shared) {
        const double all = static_cast<double>(mine + frameCount(call, id) - common);
        const double score = static_cast<double>(common) / std::max(1.0, all);
        if (score >= leastScore)
            out.push_back({id, score});
    }
    std::sort(out.begin(), out.end(), [](const Similar& a, const Similar& b) {
        return std::pair(b.score, a.id) < std::pair(a.score, b.id);
    });
    out.resize(std::min(out.size(), limit));
    return out;
}

} // namespace

Response similar(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    const auto asked = call.request.queryValue("limit");
    const auto limit = std::clamp<std::int64_t>((asked ? decimal(*asked) : std::nullopt).value_or(5), 1, 100);
    const auto found = similarIssues(call, *id, static_cast<std::size_t>(limit));
    const SeriesPlan plan = SeriesPlan::until(call.now(), "24h", 1, 24);
    json::Writer out;
    out.beginArray();
    for (const Similar& each : found) {
        for (const IssueRow& row : loadIssues(call, {each.id}, {}, plan)) {
            out.beginArray();
            writeIssue(out, call, row, plan);
            out.beginObject().key("exception:stacktrace:pairs").number(each.score).endObject().endArray();
        }
    }
    out.endArray();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
