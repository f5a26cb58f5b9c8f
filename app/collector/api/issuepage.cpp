// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/issuepage.h"

#include <algorithm>
#include <set>

#include "app/collector/api/cursor.h"
#include "app/collector/api/issuescores.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

constexpr std::int64_t dayMs = 24 * 3'600'000;

/// The column that the sort reads, or that bounds what it counts.
std::string_view columnOf(IssueSort sort)
{
    switch (sort) {
    case IssueSort::New:
        return "i.first_seen";
    case IssueSort::Frequency:
        return "i.count";
    case IssueSort::Users:
        return "i.user_count";
    case IssueSort::Inbox:
        return "i.inbox_added";
    case IssueSort::Date:
    case IssueSort::Trends:
    case IssueSort::Recommended:
        break;
    }
    return "i.last_seen";
}

/// Issues that were seen within the window.
/// `sign` is + where no index must begin there.
Sql seenCondition(const Window& window, const std::string& sign)
{
    if (window.environments.empty() && !window.endMs && window.startMs) // counters know hours only
        return {sign + "i.last_seen >= ?", {*window.fromMs()}};
    Sql out{"EXISTS (SELECT 1 FROM issue_hours h WHERE h.issue_id = i.id AND ", {}};
    out += window.hoursCondition("h");
    out += ")";
    return out;
}

/// So many issues can be looked up one by one sooner than an index is walked for them.
constexpr std::int64_t fewIssues = 2'000;

/// Where the rows come from: the table, which indexes may serve, and the conditions.
struct Source
{
    std::string from = " FROM issues i WHERE ";
    Sql condition;
};

/// Some filter names few issues: then these are looked up, and no index that the order would like is walked.
/// SQLite cannot know.
bool namesFewIssues(const Call& call, const IssueSearch& search)
{
    for (const Sql& ids : search.ids) {
        Sql sql{"SELECT COUNT(*) FROM (" + ids.text + " LIMIT ?)", ids.binds};
        sql.binds.emplace_back(fewIssues + 1);
        SQLite::Statement query(call.db, sql.text);
        bindAll(query, sql.binds);
        if (query.executeStep() && query.getColumn(0).getInt64() <= fewIssues)
            return true;
    }
    return false;
}

std::int64_t countHits(const Call& call, const Source& source)
{
    Sql sql{"SELECT COUNT(*) FROM (SELECT 1" + source.from, {}};
    sql += source.condition;
    sql += Sql{" LIMIT ?)", {maxHits}};
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

/// Rows by a column as it is: the index gives them in their order.
void loadByColumn(const Call& call, const Source& source, IssueSort sort, const IssuePageRequest& request,
    std::vector<IssuePlace>& rows)
{
    const std::string column(columnOf(sort));
    Sql sql{"SELECT i.id, " + column + source.from, {}};
    sql += source.condition;
    const std::string order = request.backwards ? "" : " DESC";
    if (request.place) {
        // The bound on the column alone lets its index begin there.
        const std::string less = request.backwards ? " >" : " <";
        sql += Sql{" AND " + column + less + "= ? AND (" + column + ", i.id)" + less + " (?, ?)",
            {request.place->key, request.place->key, request.place->id}};
    }
    sql += " ORDER BY " + column + order + ", i.id" + order;
    sql += Sql{" LIMIT ? OFFSET ?", {request.limit + 1, request.offset}};
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    while (query.executeStep())
        rows.push_back({query.getColumn(1).getInt64(), query.getColumn(0).getInt64()});
}

struct Before
{
    bool backwards = false;
    bool operator()(const IssuePlace& a, const IssuePlace& b) const
    {
        const auto left = std::pair(a.key, a.id);
        const auto right = std::pair(b.key, b.id);
        return backwards ? left < right : left > right;
    }
};

/// Rows by what must be counted within the window. What an issue has in all bounds what it has in the window,
/// and there is an index on that: forwards the walk ends as soon as no further issue can come into the page,
/// which mostly is at once.
void loadByCount(const Call& call, const Source& source, const Window& window, IssueSort sort,
    const IssuePageRequest& request, std::vector<IssuePlace>& rows)
{
    const std::string column(columnOf(sort));
    Sql sql{"SELECT i.id, " + column + source.from, {}};
    sql += source.condition;
    sql += " ORDER BY " + column + " DESC, i.id DESC";
    Sql count;
    if (sort == IssueSort::Frequency) {
        count.text = "SELECT coalesce(SUM(h.count), 0) FROM issue_hours h WHERE ";
        count += window.hoursCondition("h");
        count += " AND h.issue_id = ?";
    } else {
        const Window::UserCount users = window.userCount();
        count.text = "SELECT " + users.expression + " FROM ";
        count += users.from;
        count += " AND " + users.issue + " = ?";
    }
    SQLite::Statement issues(call.db, sql.text);
    bindAll(issues, sql.binds);
    SQLite::Statement counter(call.db, count.text);
    bindAll(counter, count.binds);
    const int last = static_cast<int>(count.binds.size()) + 1;
    const Before before{request.backwards};
    std::set<IssuePlace, Before> best(before);
    const auto wanted = static_cast<std::size_t>(request.limit + request.offset + 1);
    while (issues.executeStep()) {
        const std::int64_t id = issues.getColumn(0).getInt64();
        const std::int64_t bound = issues.getColumn(1).getInt64();
        const bool full = best.size() == wanted;
        if (full && !request.backwards && before(*best.rbegin(), {bound, id}))
            break;
        counter.reset();
        counter.bind(last, id);
        counter.executeStep();
        const IssuePlace row{counter.getColumn(0).getInt64(), id};
        if (request.place && !before(*request.place, row))
            continue;
        if (full && !before(row, *best.rbegin()))
            continue;
        best.insert(row);
        if (best.size() > wanted)
            best.erase(std::prev(best.end()));
    }
    rows.assign(best.begin(), best.end());
    rows.erase(
        rows.begin(), rows.begin() + std::min<std::ptrdiff_t>(request.offset, std::ptrdiff_t(rows.size())));
}

std::string cursorOf(const IssuePlace& place, bool previous)
{
    return std::to_string(place.key) + '.' + std::to_string(place.id) + (previous ? ":0:1" : ":0:0");
}

} // namespace

std::optional<IssueSort> issueSort(std::string_view name)
{
    static constexpr std::pair<std::string_view, IssueSort> names[] = {
        {"date", IssueSort::Date},
        {"new", IssueSort::New},
        {"freq", IssueSort::Frequency},
        {"user", IssueSort::Users},
        {"inbox", IssueSort::Inbox},
        {"trends", IssueSort::Trends},
        {"recommended", IssueSort::Recommended},
    };
    for (const auto& [each, sort] : names) {
        if (each == name)
            return sort;
    }
    return {};
}

core::Result<IssuePageRequest> IssuePageRequest::from(const Request& request)
{
    IssuePageRequest page;
    const auto counted = PageRequest::from(request, 25);
    if (!counted)
        return core::fail(core::ErrorKind::Usage, u"Invalid cursor parameter."_s);
    page.limit = counted->limit;
    const std::string_view cursor = request.queryValue("cursor").value_or("");
    const std::string_view value = cursor.substr(0, cursor.find(':'));
    page.backwards = cursor.ends_with(":1");
    const std::size_t dot = value.find('.');
    if (dot == std::string_view::npos) {
        page.backwards = false;
        page.offset = counted->offset;
        return page;
    }
    const auto key = decimal(value.substr(0, dot));
    const auto id = decimal(value.substr(dot + 1));
    if (!key || !id)
        return core::fail(core::ErrorKind::Usage, u"Invalid cursor parameter."_s);
    page.place = IssuePlace{*key, *id};
    return page;
}

namespace {

Sql listCondition(const Call& call, const IssueSearch& search, const Window& window, const std::string& sign)
{
    Sql out = search.condition;
    if (!window.isWhole()) {
        out += " AND ";
        out += seenCondition(window, sign);
    }
    // Contract section 6. Most collectors hold none: then no issue need be looked at for it.
    SQLite::Statement feedback(call.db, "SELECT 1 FROM issues WHERE type = 'feedback' LIMIT 1");
    if (!search.namesCategory && feedback.executeStep())
        out += " AND i.id NOT IN (SELECT x.id FROM issues x WHERE x.type = 'feedback')";
    return out;
}

} // namespace

Sql listCondition(const Call& call, const IssueSearch& search, const Window& window)
{
    return listCondition(call, search, window, {});
}

IssuePage loadIssuePage(const Call& call, const IssueSearch& search, const Window& window, IssueSort sort,
    const IssuePageRequest& request)
{
    IssuePage page;
    // By another order, the index on last_seen would only find the rows and leave them to be sorted.
    Source source;
    source.condition = listCondition(call, search, window, sort == IssueSort::Date ? "" : "+");
    Source hits;
    hits.condition = listCondition(call, search, window, {});
    if (sort == IssueSort::Inbox) {
        const Sql recent{" AND i.inbox_added >= ?", {call.nowMs() - 7 * dayMs}};
        source.condition += recent;
        hits.condition += recent;
    }
    if (namesFewIssues(call, search))
        source.from = hits.from = " FROM issues i NOT INDEXED WHERE ";
    std::vector<IssuePlace> rows;
    page.byOffset = sort == IssueSort::Trends || sort == IssueSort::Recommended || request.offset > 0;
    if (sort == IssueSort::Trends || sort == IssueSort::Recommended)
        rows = loadByScore(call, source.condition, sort, request);
    else if (!window.isWhole() && (sort == IssueSort::Frequency || sort == IssueSort::Users))
        loadByCount(call, source, window, sort, request, rows);
    else
        loadByColumn(call, source, sort, request, rows);
    const bool more = static_cast<std::int64_t>(rows.size()) > request.limit;
    if (more)
        rows.pop_back();
    if (request.backwards)
        std::reverse(rows.begin(), rows.end());
    page.hasNext = request.backwards || more;
    page.hasPrevious = request.backwards ? more : (request.place || request.offset > 0);
    for (const IssuePlace& row : rows) {
        page.ids.push_back(row.id);
        page.keys.push_back(row.key);
    }
    page.hits = countHits(call, hits);
    return page;
}

void addIssueLinks(
    Response& response, const Call& call, const IssuePage& page, const IssuePageRequest& request)
{
    LinkTargets links;
    if (page.byOffset) {
        links.previous =
            "0:" + std::to_string(std::max<std::int64_t>(0, request.offset - request.limit)) + ":1";
        links.next = "0:" + std::to_string(request.offset + request.limit) + ":0";
    } else if (page.ids.empty()) {
        const IssuePlace place = request.place.value_or(IssuePlace{});
        links.previous = request.place ? cursorOf(place, true) : "0:0:1";
        links.next = request.place ? cursorOf(place, false) : "0:" + std::to_string(request.limit) + ":0";
    } else {
        links.previous = cursorOf({page.keys.front(), page.ids.front()}, true);
        links.next = cursorOf({page.keys.back(), page.ids.back()}, false);
    }
    links.hasPrevious = page.hasPrevious;
    links.hasNext = page.hasNext;
    addLinkHeader(response, call.request, call.context.baseUrl, links);
}

} // namespace vedette::collector::api
