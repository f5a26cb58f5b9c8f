// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/cursor.h"
#include "app/collector/api/issuerow.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/routes.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

/// How far X-Hits counts.
constexpr std::int64_t maxHits = 100'000;

/// The order column of `sort`; empty for one that is unknown.
std::string_view orderOf(std::string_view sort)
{
    if (sort == "freq")
        return "i.count";
    if (sort == "date" || sort == "inbox")
        return "i.last_seen";
    if (sort == "new")
        return "i.first_seen";
    if (sort == "user")
        return "i.user_count";
    return {};
}

/// Issues that were seen within the window.
Sql seenCondition(const Window& window)
{
    constexpr std::int64_t hourMs = 3'600'000;
    if (window.environments.empty() && !window.endMs && window.startMs) // counters know hours only
        return {"i.last_seen >= ?", {*window.startMs / hourMs * hourMs}};
    Sql out{"EXISTS (SELECT 1 FROM issue_hours h WHERE h.issue_id = i.id AND ", {}};
    out += window.hoursCondition("h");
    out += ")";
    return out;
}

/// Which issues, and what they are ordered by.
struct ListQuery
{
    Sql from;               ///< FROM ... WHERE ...
    Sql key;                ///< an expression on `i`
    bool isCounted = false; ///< the key has to be counted for each issue; else it is a column with an index
};

ListQuery listQuery(const Sql& condition, const Window& window, std::string_view sort)
{
    ListQuery out;
    out.from.text = " FROM issues i WHERE ";
    out.from += condition;
    if (!window.isWhole()) {
        out.from += " AND ";
        out.from += seenCondition(window);
    }
    out.key.text = orderOf(sort);
    if (window.isWhole())
        return out;
    if (sort == "freq") {
        out.isCounted = true;
        out.key.text = "(SELECT SUM(h.count) FROM issue_hours h WHERE h.issue_id = i.id AND ";
        out.key += window.hoursCondition("h");
        out.key += ")";
    } else if (sort == "user") {
        out.isCounted = true;
        out.key.text = "(SELECT COUNT(*) FROM issue_users w WHERE w.issue_id = i.id AND ";
        out.key += window.usersCondition("w");
        out.key += ")";
    }
    return out;
}

struct ListPage
{
    std::vector<std::int64_t> ids; ///< one more than asked for where there is more
    std::int64_t hits = 0;
};

ListPage runList(const Call& call, const ListQuery& list, const PageRequest& page)
{
    ListPage out;
    // Where keys must be counted, all of them are counted once, for the order and for the hits; else the
    // index gives the page, and the hits are a count of their own.
    Sql sql{"", {}};
    if (list.isCounted) {
        sql.text = "WITH m AS MATERIALIZED (SELECT i.id AS id, ";
        sql += list.key;
        sql += " AS n";
        sql += list.from;
        sql += ") SELECT id, (SELECT COUNT(*) FROM m) FROM m ORDER BY n DESC, id DESC";
    } else {
        sql.text = "SELECT i.id";
        sql += list.from;
        sql += " ORDER BY " + list.key.text + " DESC, i.id DESC";
    }
    sql += Sql{" LIMIT ? OFFSET ?", {page.limit + 1, page.offset}};
    {
        SQLite::Statement query(call.db, sql.text);
        bindAll(query, sql.binds);
        while (query.executeStep()) {
            out.ids.push_back(query.getColumn(0).getInt64());
            if (list.isCounted)
                out.hits = std::min(query.getColumn(1).getInt64(), maxHits);
        }
    }
    if (!list.isCounted || out.ids.empty()) {
        SQLite::Statement query(call.db,
            "SELECT COUNT(*) FROM (SELECT 1" + list.from.text + " LIMIT " + std::to_string(maxHits) + ")");
        bindAll(query, list.from.binds);
        query.executeStep();
        out.hits = query.getColumn(0).getInt64();
    }
    return out;
}

Response rowsAnswer(const Call& call, const std::vector<IssueRow>& rows, const SeriesPlan& plan)
{
    json::Writer out;
    out.beginArray();
    for (const IssueRow& row : rows)
        writeIssue(out, call, row, plan);
    out.endArray();
    return Response::json(200, out.take());
}

Response fault(const core::Error& error)
{
    return Response::detail(400, error.detail.toStdString());
}

/// A bare event id or, where asked, a short id: one row, all filters ignored.
std::optional<Response> directHit(const Call& call, const Window& window, const SeriesPlan& plan)
{
    const std::string_view text = call.request.queryValue("query").value_or("");
    const bool byShortId = call.request.queryValue("shortIdLookup").value_or("") == "1";
    std::optional<std::int64_t> issue;
    std::string event;
    if (const auto hex = eventIdText(text)) {
        SQLite::Statement query(call.db, "SELECT issue_id FROM events WHERE event_id = ? LIMIT 1");
        const std::string blob = blobOfHex(*hex);
        query.bind(1, blob.data(), static_cast<int>(blob.size()));
        if (query.executeStep()) {
            issue = query.getColumn(0).getInt64();
            event = *hex;
        }
    } else if (byShortId && text.find('-') != std::string_view::npos) {
        issue = issueByPart(call.db, text);
    }
    if (!issue)
        return {};
    const auto rows = loadIssues(call, {*issue}, window, plan);
    json::Writer out;
    out.beginArray();
    for (const IssueRow& row : rows) {
        out.beginObject();
        writeIssueMembers(out, call, row, plan);
        if (!event.empty())
            out.field("matchingEventId", event);
        out.endObject();
    }
    out.endArray();
    Response response = Response::json(200, out.take());
    response.header("X-Sentry-Direct-Hit", "1");
    return response;
}

} // namespace

Response issueList(const Call& call)
{
    const auto window = Window::from(call.request, call.now());
    if (!window)
        return fault(window.error());
    const auto plan = SeriesPlan::from(call.request, *window, call.now());
    if (!plan)
        return fault(plan.error());
    if (const auto groups = call.request.queryValues("group"); !groups.empty()) {
        std::vector<std::int64_t> ids;
        for (const std::string_view group : groups) {
            if (const auto id = decimal(group); id && ids.size() < 100)
                ids.push_back(*id);
        }
        return rowsAnswer(call, loadIssues(call, ids, *window, *plan), *plan);
    }
    if (auto hit = directHit(call, *window, *plan))
        return *hit;
    const std::string_view sort = call.request.queryValue("sort").value_or("date");
    if (orderOf(sort).empty())
        return Response::detail(400, "Invalid sort: choose one of date, new, freq, user");
    const auto page = PageRequest::from(call.request, 25);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    const auto condition = issueCondition(call, call.request.queryValue("query").value_or("is:unresolved"));
    if (!condition)
        return fault(condition.error());

    ListPage list = runList(call, listQuery(*condition, *window, sort), *page);
    const bool hasNext = static_cast<std::int64_t>(list.ids.size()) > page->limit;
    if (hasNext)
        list.ids.pop_back();
    Response response = rowsAnswer(call, loadIssues(call, list.ids, *window, *plan), *plan);
    response.header("X-Hits", std::to_string(list.hits));
    response.header("X-Max-Hits", std::to_string(maxHits));
    addLinkHeader(response, call.request, call.context.baseUrl, *page, hasNext);
    return response;
}

Response issuesCount(const Call& call)
{
    const auto window = Window::from(call.request, call.now());
    if (!window)
        return fault(window.error());
    json::Writer out;
    out.beginObject();
    for (const std::string_view text : call.request.queryValues("query")) {
        const auto condition = issueCondition(call, text);
        if (!condition)
            return fault(condition.error());
        const ListQuery list = listQuery(*condition, *window, "date");
        SQLite::Statement query(call.db, "SELECT COUNT(*) FROM (SELECT 1" + list.from.text + " LIMIT 100)");
        bindAll(query, list.from.binds);
        query.executeStep();
        out.field(text, query.getColumn(0).getInt64());
    }
    out.endObject();
    return Response::json(200, out.take());
}

Response issuesStats(const Call& call)
{
    const auto window = Window::from(call.request, call.now());
    if (!window)
        return fault(window.error());
    const auto plan = SeriesPlan::from(call.request, *window, call.now());
    if (!plan)
        return fault(plan.error());
    std::vector<std::int64_t> ids;
    for (const std::string_view group : call.request.queryValues("groups")) {
        const auto id = decimal(group);
        if (!id)
            return Response::detail(400, "Group ids must be integers");
        ids.push_back(*id);
    }
    if (ids.empty())
        return Response::detail(400, "You should include `groups` with your request. (i.e. groups=1,2,3)");
    if (ids.size() > 100)
        return Response::detail(400, "Too many groups requested.");
    const auto rows = loadIssues(call, ids, *window, *plan);
    if (rows.empty())
        return Response::detail(400, "No matching groups found");
    return rowsAnswer(call, rows, *plan);
}

} // namespace vedette::collector::api
