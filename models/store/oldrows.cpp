// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/oldrows.h"

#include <QList>

#include <utility>

#include "models/store/codec.h"
#include "models/store/issuerows.h"
#include "models/store/textindex.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

/// Rows per step: issues are quick, the others have to be unpacked.
constexpr int mostIssues = 500;
constexpr int mostBodies = 50;

/// The last row that was done.
struct Progress
{
    QString account;
    QString organization;
    QString id;
};

/// Nothing: all of that kind is done.
std::optional<Progress> progressOf(Connection& connection, const std::string& what)
{
    Query query(
        connection, "SELECT account, organization, id FROM index_progress WHERE what = ? AND is_done = 0");
    query.bind(what);
    if (!query.next())
        return std::nullopt;
    Progress progress;
    progress.account = query.text();
    progress.organization = query.text();
    progress.id = query.text();
    return progress;
}

void keep(Connection& connection, const std::string& what, const Progress& progress, bool isDone)
{
    Query(connection,
        "UPDATE index_progress SET account = ?, organization = ?, id = ?, is_done = ? WHERE what = ?")
        .bind(progress.account, progress.organization, progress.id, isDone, what)
        .run();
}

void indexOldIssues(Connection& connection, Progress progress)
{
    static const std::string sql =
        "SELECT i.account, " + std::string(issueColumns) +
        " FROM issue i WHERE (i.account, i.organization, i.id) > (?, ?, ?) ORDER BY "
        "i.account, i.organization, i.id LIMIT ?";
    QList<domain::Issue> issues;
    {
        Query query(connection, sql);
        query.bind(progress.account, progress.organization, progress.id, mostIssues);
        while (query.next()) {
            domain::AccountId account;
            query.read(account);
            issues.append(readIssue(query, account));
        }
    }
    for (domain::Issue& issue : issues) {
        // Of each list in turn: there are few, and a row is found by its key.
        Query query(connection,
            "SELECT MAX(r.count), MAX(r.user_count), MIN(r.first_seen), MAX(r.last_seen) "
            "FROM issue_list l JOIN issue_list_row r ON r.list = l.id AND r.issue = ? AND r.organization = ? "
            "WHERE l.account = ?");
        query.bind(issue.id, issue.organization, issue.account);
        if (!query.next())
            continue;
        issue.count = query.integer();
        issue.userCount = query.integer();
        issue.firstSeen = query.optionalTime();
        issue.lastSeen = query.optionalTime();
    }
    for (const domain::Issue& issue : issues) {
        indexIssue(connection, issue, CountsOf::Window);
        progress = {issue.account.value(), issue.organization.value(), issue.id.value()};
    }
    keep(connection, "issue", progress, issues.size() < mostIssues);
}

/// Reads packed rows behind the last one and hands each to `index(scope, json)`.
template<class Index>
bool indexBodies(
    Connection& connection, const std::string& what, const char* sql, Progress progress, Index index)
{
    QList<std::pair<Progress, std::string>> rows;
    {
        Query query(connection, sql);
        query.bind(progress.account, progress.organization, progress.id, mostBodies);
        while (query.next()) {
            Progress row;
            row.account = query.text();
            row.organization = query.text();
            row.id = query.text();
            rows.append({row, query.bytes()});
        }
    }
    for (const auto& [row, body] : rows) {
        if (const std::optional<std::string> json = unpacked(body))
            index(domain::Scope(domain::AccountId(row.account), domain::OrganizationId(row.organization)),
                *json);
        progress = row;
    }
    const bool isDone = rows.size() < mostBodies;
    keep(connection, what, progress, isDone);
    return !isDone;
}

} // namespace

bool indexOldRows(Connection& connection)
{
    if (const auto progress = progressOf(connection, "issue")) {
        indexOldIssues(connection, *progress);
        return true;
    }
    if (const auto progress = progressOf(connection, "detail")) {
        static_cast<void>(indexBodies(connection, "detail",
            "SELECT account, organization, issue, body FROM issue_detail WHERE (account, organization, "
            "issue) > "
            "(?, ?, ?) ORDER BY account, organization, issue LIMIT ?",
            *progress, [&connection](const domain::Scope&, const std::string& json) {
                if (const auto detail = decode<domain::IssueDetail>(json))
                    indexDetail(connection, *detail);
            }));
        return true;
    }
    if (const auto progress = progressOf(connection, "event")) {
        return indexBodies(connection, "event",
            "SELECT account, organization, id, body FROM event WHERE (account, organization, id) > (?, ?, ?) "
            "ORDER "
            "BY account, organization, id LIMIT ?",
            *progress, [&connection](const domain::Scope& scope, const std::string& json) {
                if (const auto event = decode<domain::Event>(json))
                    indexEvent(connection, scope, *event);
            });
    }
    return false;
}

} // namespace vedette::store
