// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/issuerow.h"

#include <unordered_map>

#include "app/collector/api/rowextras.h"
#include "app/collector/api/statusdetails.h"
#include "app/collector/storage/leaving.h"

namespace vedette::collector::api {
namespace {

/// `IN (?,?)` with its values.
Sql idList(const std::vector<std::int64_t>& ids)
{
    Sql out{" IN (" + placeholders(ids.size()) + ")", {}};
    for (const std::int64_t id : ids)
        out.binds.emplace_back(id);
    return out;
}

std::unordered_map<std::int64_t, std::int64_t> countsById(SQLite::Database& db, const Sql& sql)
{
    std::unordered_map<std::int64_t, std::int64_t> out;
    SQLite::Statement query(db, sql.text);
    bindAll(query, sql.binds);
    while (query.executeStep())
        out.emplace(query.getColumn(0).getInt64(), query.getColumn(1).getInt64());
    return out;
}

void writeAssignee(json::Writer& out, const IssueRow& row)
{
    out.key("assignedTo");
    if (row.assigneeUser) {
        const UserRow& user = *row.assigneeUser;
        out.beginObject().field("type", "user").field("id", std::to_string(user.id));
        out.field("name", user.name).field("email", user.email).endObject();
    } else if (row.assigneeTeam) {
        out.beginObject().field("type", "team").field("id", std::to_string(row.assigneeTeam->first));
        out.field("name", row.assigneeTeam->second).endObject();
    } else {
        out.null();
    }
}

} // namespace

std::map<std::int64_t, std::vector<std::pair<std::int64_t, std::int64_t>>> loadSeries(
    SQLite::Database& db, const std::vector<std::int64_t>& ids, const Window& window, const SeriesPlan& plan)
{
    std::map<std::int64_t, std::vector<std::pair<std::int64_t, std::int64_t>>> out;
    if (ids.empty() || plan.steps == 0)
        return out;
    for (const std::int64_t id : ids) {
        auto& points = out[id];
        points.reserve(static_cast<std::size_t>(plan.steps));
        for (std::int64_t step = 0; step < plan.steps; ++step)
            points.emplace_back((plan.firstHour + step * plan.hoursPerStep) * 3600, 0);
    }
    Window only; // the plan has its own hours; only the environments of the window bind it
    only.environments = window.environments;
    Sql sql{"SELECT h.issue_id, h.hour, SUM(h.count) FROM issue_hours h WHERE h.issue_id", {}};
    sql += idList(ids);
    sql += Sql{" AND h.hour >= ? AND h.hour < ? AND ", {plan.firstHour, plan.endHour()}};
    sql += only.hoursCondition("h");
    sql += " GROUP BY h.issue_id, h.hour";
    SQLite::Statement query(db, sql.text);
    bindAll(query, sql.binds);
    while (query.executeStep()) {
        const std::int64_t step = (query.getColumn(1).getInt64() - plan.firstHour) / plan.hoursPerStep;
        auto& points = out[query.getColumn(0).getInt64()];
        if (step >= 0 && step < static_cast<std::int64_t>(points.size()))
            points[static_cast<std::size_t>(step)].second += query.getColumn(2).getInt64();
    }
    return out;
}

std::vector<IssueRow> loadIssues(
    const Call& call, const std::vector<std::int64_t>& ids, const Window& window, const SeriesPlan& plan)
{
    std::vector<IssueRow> rows;
    if (ids.empty())
        return rows;
    Sql sql{
        "SELECT i.id, i.project_id, p.slug, p.name, p.platform, i.short_id, i.title, i.culprit, i.level, "
        "i.type,"
        " i.platform, i.logger, i.metadata, i.status, i.substatus, i.status_details, i.priority, i.share_id,"
        " i.first_seen, i.last_seen, i.count, i.user_count, i.comment_count, i.unhandled,"
        " EXISTS (SELECT 1 FROM issue_seen s WHERE s.issue_id = i.id AND s.user_id = ? AND s.seen >= "
        "i.status_changed),"
        " EXISTS (SELECT 1 FROM issue_bookmarks b WHERE b.issue_id = i.id AND b.user_id = ?),"
        " u.id, u.username, u.name, u.email, t.id, t.slug, i.status_changed"
        " FROM issues i JOIN projects p ON p.id = i.project_id LEFT JOIN users u ON u.id = i.assignee_user"
        " LEFT JOIN teams t ON t.id = i.assignee_team WHERE " VEDETTE_IS_SHOWN("i") " AND i.id",
        {call.self, call.self}};
    sql += idList(ids);
    std::unordered_map<std::int64_t, IssueRow> found;
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    while (query.executeStep()) {
        const auto text = [&query](int column) { return query.getColumn(column).getString(); };
        const auto number = [&query](int column) { return query.getColumn(column).getInt64(); };
        IssueRow row;
        row.id = number(0);
        row.projectId = number(1);
        row.projectSlug = text(2);
        row.projectName = text(3);
        row.projectPlatform = text(4);
        row.shortId = text(5);
        row.title = text(6);
        row.culprit = text(7);
        row.level = text(8);
        row.type = text(9);
        row.platform = text(10);
        row.logger = text(11);
        row.metadata = text(12);
        row.status = text(13);
        row.substatus = text(14);
        row.statusDetails = text(15);
        row.priority = text(16);
        row.shareId = text(17);
        row.firstSeen = number(18);
        row.lastSeen = number(19);
        row.lifetimeCount = row.count = number(20);
        row.lifetimeUsers = row.users = number(21);
        row.comments = number(22);
        row.unhandled = number(23) != 0;
        row.seen = number(24) != 0;
        row.bookmarked = number(25) != 0;
        row.statusChanged = number(32);
        if (!query.getColumn(26).isNull())
            row.assigneeUser = UserRow{number(26), text(27), text(28), text(29)};
        else if (!query.getColumn(30).isNull())
            row.assigneeTeam = {number(30), text(31)};
        found.emplace(row.id, std::move(row));
    }
    if (!window.isWhole()) {
        Sql counts{"SELECT h.issue_id, SUM(h.count) FROM issue_hours h WHERE h.issue_id", {}};
        counts += idList(ids);
        counts += " AND ";
        counts += window.hoursCondition("h");
        counts += " GROUP BY h.issue_id";
        const auto byIssue = countsById(call.db, counts);
        const Window::UserCount counting = window.userCount();
        Sql users{"SELECT " + counting.issue + ", " + counting.expression + " FROM ", {}};
        users += counting.from;
        users += " AND " + counting.issue;
        users += idList(ids);
        users += " GROUP BY 1";
        const auto usersByIssue = countsById(call.db, users);
        for (auto& [id, row] : found) {
            const auto count = byIssue.find(id);
            row.count = count == byIssue.end() ? 0 : count->second;
            const auto user = usersByIssue.find(id);
            row.users = user == usersByIssue.end() ? 0 : user->second;
        }
    }
    auto series = loadSeries(call.db, ids, window, plan);
    for (const std::int64_t id : ids) {
        const auto row = found.find(id);
        if (row == found.end())
            continue;
        row->second.stats = std::move(series[id]);
        rows.push_back(std::move(row->second));
        found.erase(row);
    }
    loadTriage(call, rows);
    return rows;
}

void writeStats(json::Writer& out, const std::vector<std::pair<std::int64_t, std::int64_t>>& points)
{
    out.beginArray();
    for (const auto& [time, count] : points)
        out.beginArray().integer(time).integer(count).endArray();
    out.endArray();
}

namespace {

void writeBase(json::Writer& out, const Call& call, const IssueRow& row)
{
    out.field("shortId", row.shortId).field("title", row.title);
    out.fieldOrNull("culprit", row.culprit);
    out.field("permalink", call.context.baseUrl + "/organizations/" + call.context.organization + "/issues/" +
                               std::to_string(row.id) + "/");
    out.fieldOrNull("logger", row.logger).field("level", row.level).field("status", row.status);
    out.fieldOrNull("substatus", row.substatus);
    out.key("statusDetails").raw(row.statusDetails.empty() ? "{}" : row.statusDetails);
    out.field("isPublic", !row.shareId.empty()).fieldOrNull("shareId", row.shareId);
    out.fieldOrNull("platform", row.platform);
    out.key("project")
        .beginObject()
        .field("id", std::to_string(row.projectId))
        .field("name", row.projectName);
    out.field("slug", row.projectSlug).fieldOrNull("platform", row.projectPlatform).endObject();
    out.field("type", row.type).field("issueType", "error").field("issueCategory", "error");
    out.key("metadata").raw(row.metadata.empty() ? "{}" : row.metadata);
    out.field("numComments", row.comments);
    writeAssignee(out, row);
    out.field("isBookmarked", row.bookmarked).field("isSubscribed", row.subscribed);
    out.key("subscriptionDetails");
    if (row.subscribed)
        out.beginObject().field("reason", row.subscriptionReason).endObject();
    else
        out.null();
    out.field("hasSeen", row.seen).key("annotations").beginArray();
    for (const auto& [name, url] : row.annotations)
        out.beginObject().field("displayName", name).field("url", url).endObject();
    out.endArray().field("priority", row.priority).key("priorityLockedAt");
    if (row.priorityLocked)
        out.string(dateText(*row.priorityLocked));
    else
        out.null();
}

void writeDate(json::Writer& out, const char* name, std::optional<std::int64_t> ms)
{
    if (ms)
        out.field(name, dateText(*ms));
    else
        out.nullField(name);
}

/// `count`, `userCount` and both dates.
void writeCounts(json::Writer& out, std::int64_t count, std::int64_t users, std::optional<std::int64_t> first,
    std::optional<std::int64_t> last)
{
    out.field("count", std::to_string(count)).field("userCount", users);
    writeDate(out, "firstSeen", first);
    writeDate(out, "lastSeen", last);
}

void writeNamedStats(json::Writer& out, const SeriesPlan& plan,
    const std::vector<std::pair<std::int64_t, std::int64_t>>& points)
{
    if (plan.steps == 0)
        return;
    out.key("stats").beginObject().key(plan.name);
    writeStats(out, points);
    out.endObject();
}

void writeFiltered(json::Writer& out, const IssueRow& row, const SeriesPlan& plan)
{
    if (!row.filtered) { // no condition on events: nothing to tell apart
        out.nullField("filtered");
        return;
    }
    const FilteredCounts& counts = *row.filtered;
    out.key("filtered").beginObject();
    writeCounts(out, counts.count, counts.users, counts.firstSeen, counts.lastSeen);
    writeNamedStats(out, plan, counts.stats);
    out.endObject();
}

} // namespace

void writeIssueMembers(
    json::Writer& out, const Call& call, const IssueRow& row, const SeriesPlan& plan, const RowParts& parts)
{
    out.field("id", std::to_string(row.id));
    if (parts.base)
        writeBase(out, call, row);
    if (parts.unhandled)
        out.field("isUnhandled", row.unhandled);
    if (parts.hasCounts())
        writeCounts(out, row.count, row.users, row.firstSeen, row.lastSeen);
    if (parts.stats)
        writeNamedStats(out, plan, row.stats);
    if (parts.lifetime) {
        out.key("lifetime").beginObject();
        writeCounts(out, row.lifetimeCount, row.lifetimeUsers, row.firstSeen, row.lastSeen);
        out.nullField("stats").endObject();
    }
    if (parts.filtered)
        writeFiltered(out, row, plan);
    writeExpanded(out, row, parts);
}

void writeIssue(
    json::Writer& out, const Call& call, const IssueRow& row, const SeriesPlan& plan, const RowParts& parts)
{
    out.beginObject();
    writeIssueMembers(out, call, row, plan, parts);
    out.endObject();
}

void writeUser(json::Writer& out, const UserRow& user)
{
    out.beginObject()
        .field("id", std::to_string(user.id))
        .field("name", user.name)
        .field("username", user.username);
    out.field("email", user.email).nullField("avatarUrl").field("isActive", true);
    out.key("avatar").beginObject().field("avatarType", "letter_avatar").nullField("avatarUuid").endObject();
    out.endObject();
}

std::optional<UserRow> loadUser(SQLite::Database& db, std::int64_t id)
{
    SQLite::Statement query(db, "SELECT id, username, name, email FROM users WHERE id = ?");
    query.bind(1, id);
    if (!query.executeStep())
        return {};
    return UserRow{query.getColumn(0).getInt64(), query.getColumn(1).getString(),
        query.getColumn(2).getString(), query.getColumn(3).getString()};
}

} // namespace vedette::collector::api
