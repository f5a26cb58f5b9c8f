// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/rowextras.h"

#include <unordered_map>

namespace vedette::collector::api {
namespace {

Sql inRows(const std::string& column, const std::vector<IssueRow>& rows)
{
    Sql out{column + " IN (" + placeholders(rows.size()) + ")", {}};
    for (const IssueRow& row : rows)
        out.binds.emplace_back(row.id);
    return out;
}

constexpr std::int64_t hourMs = 3'600'000;

} // namespace

void loadFiltered(const Call& call, std::vector<IssueRow>& rows, const Sql& events, const Window& window,
    const SeriesPlan& plan)
{
    if (rows.empty())
        return;
    std::unordered_map<std::int64_t, FilteredCounts*> byId;
    for (IssueRow& row : rows) {
        FilteredCounts& counts = row.filtered.emplace();
        for (std::int64_t step = 0; step < plan.steps; ++step)
            counts.stats.emplace_back((plan.firstHour + step * plan.hoursPerStep) * 3600, 0);
        byId.emplace(row.id, &counts);
    }
    Sql where{" FROM events e WHERE ", {}};
    where += inRows("e.issue_id", rows);
    where += " AND ";
    where += events;
    Sql counted{
        "SELECT e.issue_id, COUNT(*), COUNT(DISTINCT e.user_id), MIN(e.timestamp), MAX(e.timestamp)", {}};
    counted += where;
    counted += " AND ";
    counted += window.eventsCondition("e");
    counted += " GROUP BY e.issue_id";
    SQLite::Statement query(call.db, counted.text);
    bindAll(query, counted.binds);
    while (query.executeStep()) {
        FilteredCounts& counts = *byId.at(query.getColumn(0).getInt64());
        counts.count = query.getColumn(1).getInt64();
        counts.users = query.getColumn(2).getInt64();
        counts.firstSeen = query.getColumn(3).getInt64();
        counts.lastSeen = query.getColumn(4).getInt64();
    }
    if (plan.steps == 0)
        return;
    Window environments; // the series has its own hours
    environments.environments = window.environments;
    Sql series{"SELECT e.issue_id, e.timestamp / ?, COUNT(*)", {hourMs}};
    series += where;
    series += Sql{
        " AND e.timestamp >= ? AND e.timestamp < ? AND ", {plan.firstHour * hourMs, plan.endHour() * hourMs}};
    series += environments.eventsCondition("e");
    series += " GROUP BY 1, 2";
    SQLite::Statement hours(call.db, series.text);
    bindAll(hours, series.binds);
    while (hours.executeStep()) {
        FilteredCounts& counts = *byId.at(hours.getColumn(0).getInt64());
        const auto step =
            static_cast<std::size_t>((hours.getColumn(1).getInt64() - plan.firstHour) / plan.hoursPerStep);
        counts.stats.at(step).second += hours.getColumn(2).getInt64();
    }
}

void loadAttachments(const Call& call, std::vector<IssueRow>& rows)
{
    if (rows.empty())
        return;
    Sql sql{"SELECT i.id FROM issues i JOIN events e ON e.id = i.last_event JOIN attachments a"
            " ON a.event_id = e.event_id AND a.project_id = e.project_id WHERE ",
        {}};
    sql += inRows("i.id", rows);
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    for (IssueRow& row : rows)
        row.latestHasAttachments = false;
    while (query.executeStep()) {
        for (IssueRow& row : rows)
            row.latestHasAttachments = *row.latestHasAttachments || row.id == query.getColumn(0).getInt64();
    }
}

void writeInbox(json::Writer& out, const IssueRow& row)
{
    if (!row.inboxReason) {
        out.null();
        return;
    }
    out.beginObject().field("reason", *row.inboxReason).key("reason_details");
    out.raw(row.inboxDetails.empty()
                ? R"({"until":null,"count":null,"window":null,"user_count":null,"user_window":null})"
                : row.inboxDetails);
    out.field("date_added", dateText(row.inboxAdded)).endObject();
}

void writeExpanded(json::Writer& out, const IssueRow& row, const RowParts& parts)
{
    if (parts.inbox) {
        out.key("inbox");
        writeInbox(out, row);
    }
    // What Sentry's own serializer gives an issue that no ownership rule fits and a project without sessions
    // (getsentry/sentry, src/sentry/api/serializers/models/group_stream.py); clients must take it.
    if (parts.owners)
        out.nullField("owners");
    if (parts.sessions)
        out.nullField("sessionCount");
    if (parts.integrationIssues)
        out.key("integrationIssues").beginArray().endArray();
    if (parts.sentryAppIssues)
        out.key("sentryAppIssues").beginArray().endArray();
    if (parts.attachments)
        out.field("latestEventHasAttachments", row.latestHasAttachments.value_or(false));
}

} // namespace vedette::collector::api
