// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/issuepage.h"
#include "app/collector/api/issuerow.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/rowextras.h"
#include "app/collector/storage/shortid.h"
#include "models/json/writer.h"
#include "models/search/parser.h"

namespace vedette::collector::api {
namespace {

/// What every answer with rows is made from.
struct ListRequest
{
    Window window;
    SeriesPlan plan;
    RowParts parts;

    static core::Result<ListRequest> from(const Call& call)
    {
        auto window = Window::from(call.request, call.now());
        if (!window)
            return core::fail(window.error());
        auto plan = SeriesPlan::from(call.request, *window, call.now());
        if (!plan)
            return core::fail(plan.error());
        ListRequest out{std::move(*window), std::move(*plan), RowParts::from(call.request)};
        if (!out.parts.stats)
            out.plan = SeriesPlan{}; // and no series of what the search says about events either
        return out;
    }
};

std::vector<IssueRow> loadRows(const Call& call, const ListRequest& request,
    const std::vector<std::int64_t>& ids, const std::optional<Sql>& events)
{
    std::vector<IssueRow> rows = loadIssues(call, ids, request.window, request.plan);
    if (events && request.parts.filtered)
        loadFiltered(call, rows, *events, request.window, request.plan);
    if (request.parts.attachments)
        loadAttachments(call, rows);
    return rows;
}

Response rowsAnswer(const Call& call, const ListRequest& request, const std::vector<IssueRow>& rows)
{
    json::Writer out;
    out.beginArray();
    for (const IssueRow& row : rows)
        writeIssue(out, call, row, request.plan, request.parts);
    out.endArray();
    return Response::json(200, out.take());
}

Response fault(const core::Error& error)
{
    return Response::detail(400, error.detail.toStdString());
}

/// A bare event id or, where asked, a short id: one row, all filters ignored.
std::optional<Response> directHit(const Call& call, const ListRequest& request)
{
    const std::string_view text = call.request.queryValue("query").value_or("");
    const bool byShortId = call.request.queryValue("shortIdLookup").value_or("") == "1";
    std::optional<std::int64_t> issue;
    std::string event;
    if (const auto hex = eventIdText(text)) {
        SQLite::Statement query(call.db, "SELECT coalesce((SELECT r.issue_id FROM issue_redirects r WHERE "
                                         "r.old_id = e.issue_id), e.issue_id) "
                                         "FROM events e WHERE e.event_id = ? LIMIT 1");
        const std::string blob = bytesOfHex(*hex);
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
    json::Writer out;
    out.beginArray();
    for (const IssueRow& row : loadRows(call, request, {*issue}, {})) {
        out.beginObject();
        writeIssueMembers(out, call, row, request.plan, request.parts);
        if (!event.empty())
            out.field("matchingEventId", event);
        out.endObject();
    }
    out.endArray();
    Response response = Response::json(200, out.take());
    response.header("X-Sentry-Direct-Hit", "1");
    return response;
}

/// The inbox holds what waits for a review, and nothing else can be sorted by when it came there.
bool asksForInbox(std::string_view text)
{
    const auto query = search::parse(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    if (!query)
        return false;
    bool unresolved = false;
    bool forReview = false;
    for (const search::Term& term : query->terms) {
        const auto* filter = std::get_if<search::Filter>(&term);
        if (!filter || filter->key != u"is" || filter->negated || filter->explicitTag)
            continue;
        unresolved = unresolved || filter->values.first().text == u"unresolved";
        forReview = forReview || filter->values.first().text == u"for_review";
    }
    return unresolved && forReview;
}

} // namespace

Response issueList(const Call& call)
{
    const auto request = ListRequest::from(call);
    if (!request)
        return fault(request.error());
    if (const auto groups = call.request.queryValues("group"); !groups.empty()) {
        std::vector<std::int64_t> ids;
        for (const std::string_view group : groups) {
            const auto id = decimal(group);
            if (!id)
                return Response::detail(400, "Group ids must be integers");
            if (ids.size() < 100)
                ids.push_back(*id);
        }
        return rowsAnswer(call, *request, loadRows(call, *request, ids, {}));
    }
    if (auto hit = directHit(call, *request))
        return *hit;
    const auto sort = issueSort(call.request.queryValue("sort").value_or("date"));
    if (!sort) {
        return Response::detail(
            400, "Invalid sort: choose one of date, freq, inbox, new, recommended, trends, user");
    }
    const auto pageRequest = IssuePageRequest::from(call.request);
    if (!pageRequest)
        return fault(pageRequest.error());
    const std::string_view text = call.request.queryValue("query").value_or("is:unresolved");
    const auto search = issueSearch(call, text, request->window);
    if (!search)
        return fault(search.error());
    if (*sort == IssueSort::Inbox && !asksForInbox(text)) {
        return Response::detail(
            400, "Sort key 'inbox' only supported for queries with is:unresolved is:for_review");
    }
    const IssuePage page = loadIssuePage(call, *search, request->window, *sort, *pageRequest);
    Response response = rowsAnswer(call, *request, loadRows(call, *request, page.ids, search->events));
    response.header("X-Hits", std::to_string(page.hits));
    response.header("X-Max-Hits", std::to_string(maxHits));
    addIssueLinks(response, call, page, *pageRequest);
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
        const auto search = issueSearch(call, text, *window);
        if (!search)
            return fault(search.error());
        const Sql condition = listCondition(call, *search, *window);
        SQLite::Statement query(
            call.db, "SELECT COUNT(*) FROM (SELECT 1 FROM issues i WHERE " + condition.text + " LIMIT 100)");
        bindAll(query, condition.binds);
        query.executeStep();
        out.field(text, query.getColumn(0).getInt64());
    }
    out.endObject();
    return Response::json(200, out.take());
}

Response issuesStats(const Call& call)
{
    auto request = ListRequest::from(call);
    if (!request)
        return fault(request.error());
    if (call.request.queryValues("collapse").empty())
        request->parts.base = false;
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
    // Absent means all here: the rows are named, and only a query given says something about their events.
    const auto search = issueSearch(call, call.request.queryValue("query").value_or(""), request->window);
    if (!search)
        return fault(search.error());
    const auto rows = loadRows(call, *request, ids, search->events);
    if (rows.empty())
        return Response::detail(400, "No matching groups found");
    return rowsAnswer(call, *request, rows);
}

} // namespace vedette::collector::api
