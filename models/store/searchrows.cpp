// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/searchrows.h"

#include <algorithm>
#include <vector>

#include "models/store/codec.h"
#include "models/store/issuerows.h"

namespace vedette::store {
namespace {

const char* rankSql(SearchSort sort)
{
    switch (sort) {
    case SearchSort::Events:
        return "f.count";
    case SearchSort::LastSeen:
        return "coalesce(f.last_seen, 0)";
    case SearchSort::FirstSeen:
        return "coalesce(f.first_seen, 0)";
    case SearchSort::Users:
        return "f.user_count";
    }
    return "f.count";
}

Sql inScopes(const QList<domain::Scope>& scopes)
{
    Sql out{"(0"};
    for (const domain::Scope& scope : scopes)
        out += scope.organization.isEmpty()
                   ? Sql{" OR f.account = ?", {scope.account.value().toStdString()}}
                   : Sql{" OR (f.account = ? AND f.organization = ?)",
                         {scope.account.value().toStdString(), scope.organization.value().toStdString()}};
    out += ")";
    return out;
}

void bindAll(Query& query, const Sql& sql)
{
    for (const SqlValue& value : sql.values)
        std::visit([&query](const auto& bare) { query.bind(bare); }, value);
}

bool comesBefore(const SearchPlace& a, const SearchPlace& b)
{
    return a.rank != b.rank ? a.rank > b.rank : a.row > b.row;
}

std::vector<SearchPlace> places(Connection& connection, const Sql& sql)
{
    std::vector<SearchPlace> out;
    SQLite::Statement statement(connection.database(), sql.text);
    Query query(statement);
    bindAll(query, sql);
    while (query.next()) {
        const qint64 rank = query.integer();
        out.push_back({rank, query.integer()});
    }
    return out;
}

domain::Series newestTrend(Connection& connection, const domain::Issue& issue)
{
    Query query(connection,
        "SELECT r.trend FROM issue_list l JOIN issue_list_row r ON r.list = l.id AND "
        "r.issue = ? AND r.organization = ? WHERE l.account = ? ORDER BY l.as_of DESC LIMIT 1");
    query.bind(issue.id, issue.organization, issue.account);
    return query.next() ? decodeSeries(query.bytes()) : domain::Series();
}

std::optional<Dated<domain::Issue>> readRow(Connection& connection, qint64 fact)
{
    static const std::string sql =
        "SELECT i.account, i.stored_at, f.count, f.user_count, f.first_seen, f.last_seen, " +
        std::string(issueColumns) +
        " FROM issue_fact f JOIN issue i ON i.account = f.account AND i.organization = f.organization AND "
        "i.id = f.issue WHERE f.id = ?";
    Dated<domain::Issue> row;
    {
        Query query(connection, sql);
        query.bind(fact);
        if (!query.next())
            return std::nullopt;
        domain::AccountId account;
        query.read(account);
        row.asOf = query.time();
        const qint64 count = query.integer();
        const qint64 users = query.integer();
        const auto firstSeen = query.optionalTime();
        const auto lastSeen = query.optionalTime();
        row.value = readIssue(query, account);
        row.value.count = count;
        row.value.userCount = users;
        row.value.firstSeen = firstSeen;
        row.value.lastSeen = lastSeen;
    }
    row.value.trend = newestTrend(connection, row.value);
    return row;
}

/// Whether any count that was compared is of a window.
bool hasWindowCounts(Connection& connection, const QList<domain::Scope>& scopes)
{
    Sql sql{"SELECT EXISTS (SELECT 1 FROM issue_fact f WHERE f.is_lifetime = 0 AND "};
    sql += inScopes(scopes);
    sql += ")";
    SQLite::Statement statement(connection.database(), sql.text);
    Query query(statement);
    bindAll(query, sql);
    return query.next() && query.boolean();
}

} // namespace

SearchPart searchIssues(Connection& connection, const QList<domain::Scope>& scopes, const LocalSearch& search,
    SearchSort sort, int limit, const std::optional<SearchPlace>& from)
{
    SearchPart part;
    part.unknown = search.unknown;
    part.inPart = search.inPart;
    part.isApart = search.isApart;
    part.hasWindowCounts = search.asksForCounts && hasWindowCounts(connection, scopes);

    Sql sql{std::string("SELECT ") + rankSql(sort) +
            ", f.id FROM issue_fact f CROSS JOIN issue i ON i.account = f.account AND i.organization = "
            "f.organization AND i.id = f.issue WHERE "};
    sql += inScopes(scopes);
    sql += " AND ";
    sql += search.condition;
    // All of them, as two numbers each: they have to be ordered anyway, and are counted by the way.
    std::vector<SearchPlace> found = places(connection, sql);
    part.total = qint64(found.size());
    if (from) {
        std::erase_if(found, [&from](const SearchPlace& place) { return !comesBefore(*from, place); });
    }
    const auto count = std::min(found.size(), std::size_t(std::max(limit, 0)));
    const auto end = found.begin() + std::ptrdiff_t(count);
    std::partial_sort(found.begin(), end, found.end(), comesBefore);
    for (auto place = found.begin(); place != end; ++place) {
        if (auto row = readRow(connection, place->row))
            part.rows.append(*std::move(row));
    }
    if (count > 0 && count < found.size())
        part.next = found[count - 1];
    return part;
}

} // namespace vedette::store
