// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/cachebounds.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

/// Rows that one step deletes of a table.
constexpr int mostPerStep = 500;
/// Pages that one step gives back: 2 MB.
constexpr int pagesPerStep = 500;
/// An issue that left its list may be in the next one.
constexpr std::chrono::hours looseFor{24};

qint64 number(Connection& connection, const char* sql)
{
    Query query(connection, sql);
    return query.next() ? query.integer() : 0;
}

qint64 bytesInUse(Connection& connection)
{
    return (number(connection, "PRAGMA page_count") - number(connection, "PRAGMA freelist_count")) *
           number(connection, "PRAGMA page_size");
}

/// True for rows that may go: `account` and `issue` are columns.
std::string notPinned(const char* issue)
{
    return std::string(" AND (account || char(31) || organization || char(31) || ") + issue +
           ") NOT IN (SELECT value FROM json_each(?)) ";
}

/// Something of an account that can go by itself.
struct Unit
{
    enum class Kind
    {
        Event,
        Detail,
        List
    };

    Kind kind = Kind::Event;
    std::string organization;
    std::string id;
    qint64 bytes = 0;
};

std::vector<Unit> oldestUnits(
    Connection& connection, const domain::AccountId& account, const CacheBounds& bounds)
{
    // What is beside the bytes of a row: its keys, its place in indexes.
    static const std::string sql =
        "SELECT 0, organization, id, bytes + 200, as_of AS used FROM event WHERE account = ?" +
        notPinned("issue") +
        "UNION ALL SELECT 1, organization, issue, length(body) + 100, as_of FROM issue_detail WHERE account "
        "= ?" +
        notPinned("issue") +
        "UNION ALL SELECT 2, '', CAST(l.id AS TEXT), 500 + 1500 * (SELECT COUNT(*) FROM issue_list_row r "
        "WHERE "
        "r.list = l.id), used_at FROM issue_list l WHERE account = ? AND l.id <> (SELECT id FROM issue_list "
        "WHERE account = ? ORDER BY used_at DESC, id DESC LIMIT 1) ORDER BY used LIMIT ?";
    Query query(connection, sql);
    query.bind(account, bounds.pinned, account, bounds.pinned, account, account, mostPerStep);
    std::vector<Unit> out;
    while (query.next()) {
        Unit unit;
        unit.kind = static_cast<Unit::Kind>(query.integer());
        unit.organization = query.text().toStdString();
        unit.id = query.text().toStdString();
        unit.bytes = query.integer();
        out.push_back(std::move(unit));
    }
    return out;
}

void drop(Connection& connection, const domain::AccountId& account, const Unit& unit)
{
    switch (unit.kind) {
    case Unit::Kind::Event:
        Query(connection, "DELETE FROM event WHERE account = ? AND organization = ? AND id = ?")
            .bind(account, unit.organization, unit.id)
            .run();
        return;
    case Unit::Kind::Detail:
        Query(connection, "DELETE FROM issue_detail WHERE account = ? AND organization = ? AND issue = ?")
            .bind(account, unit.organization, unit.id)
            .run();
        return;
    case Unit::Kind::List:
        Query(connection, "DELETE FROM issue_list WHERE id = CAST(? AS INTEGER)").bind(unit.id).run();
        return;
    }
}

int dropLoose(Connection& connection, const CacheBounds& bounds, core::TimePoint before)
{
    static const std::string sql =
        "DELETE FROM issue WHERE (account, organization, id) IN (SELECT account, organization, id FROM issue "
        "i "
        "WHERE stored_at < ? AND NOT EXISTS (SELECT 1 FROM issue_list l JOIN issue_list_row r ON r.list = "
        "l.id "
        "AND r.issue = i.id AND r.organization = i.organization WHERE l.account = i.account) AND NOT EXISTS "
        "(SELECT 1 FROM issue_detail d WHERE d.account = i.account AND d.organization = i.organization AND "
        "d.issue = i.id) AND NOT EXISTS (SELECT 1 FROM event e WHERE e.account = i.account AND "
        "e.organization "
        "= i.organization AND e.issue = i.id)" +
        notPinned("id") + "LIMIT ?)";
    const int issues = Query(connection, sql).bind(before, bounds.pinned, mostPerStep).run();
    // Facts without their issue are of no use, but for those that an event was told of already.
    const int facts = Query(connection,
        "DELETE FROM issue_fact WHERE id IN (SELECT id FROM issue_fact f WHERE NOT EXISTS (SELECT 1 FROM "
        "issue i WHERE i.account = f.account AND i.organization = f.organization AND i.id = f.issue) AND "
        "NOT EXISTS (SELECT 1 FROM event e WHERE e.account = f.account AND e.organization = "
        "f.organization AND e.issue = f.issue) LIMIT ?)")
                          .bind(mostPerStep)
                          .run();
    return std::max(issues, facts);
}

} // namespace

std::string pinnedText(const QList<domain::IssueKey>& issues)
{
    QJsonArray out;
    for (const domain::IssueKey& issue : issues)
        out.append(issue.account.value() + u'\x1f' + issue.organization.value() + u'\x1f' + issue.id.value());
    return QJsonDocument(out).toJson(QJsonDocument::Compact).toStdString();
}

QHash<domain::AccountId, qint64> bytesOfAccounts(Connection& connection)
{
    // An issue with its place in lists and what a search goes by takes some 1,500 bytes.
    QHash<domain::AccountId, qint64> shares;
    qint64 sum = 0;
    {
        Query query(connection,
            "SELECT account, SUM(bytes) FROM (SELECT account, SUM(bytes + 200) AS bytes FROM event GROUP BY "
            "account UNION ALL SELECT account, SUM(length(body) + 100) FROM issue_detail GROUP BY account "
            "UNION ALL SELECT account, SUM(length(body)) FROM document GROUP BY account UNION ALL SELECT "
            "account, 1500 * COUNT(*) FROM issue GROUP BY account) GROUP BY account");
        while (query.next()) {
            domain::AccountId account;
            query.read(account);
            const qint64 bytes = query.integer();
            shares.insert(account, bytes);
            sum += bytes;
        }
    }
    const double perByte = sum > 0 ? double(bytesInUse(connection)) / double(sum) : 0;
    for (qint64& share : shares)
        share = qint64(double(share) * perByte);
    return shares;
}

bool dropOldRows(Connection& connection, const CacheBounds& bounds)
{
    static const std::string events =
        "DELETE FROM event WHERE rowid IN (SELECT rowid FROM event WHERE as_of < ?" + notPinned("issue") +
        "LIMIT ?)";
    static const std::string details = "DELETE FROM issue_detail WHERE (account, organization, issue) IN "
                                       "(SELECT account, organization, issue "
                                       "FROM issue_detail WHERE "
                                       "as_of < ?" +
                                       notPinned("issue") + "LIMIT ?)";
    int most = 0;
    for (const std::string& sql : {events, details})
        most = std::max(most, Query(connection, sql).bind(bounds.oldest, bounds.pinned, mostPerStep).run());
    most =
        std::max(most, Query(connection, "DELETE FROM document WHERE as_of < ?").bind(bounds.oldest).run());
    // With up to thousands of rows each.
    const int lists = Query(connection, "DELETE FROM issue_list WHERE id IN (SELECT id FROM issue_list WHERE "
                                        "used_at < ? LIMIT 5)")
                          .bind(bounds.oldest)
                          .run();
    return most >= mostPerStep || lists > 0;
}

bool dropSpareLists(Connection& connection, const CacheBounds& bounds)
{
    return Query(connection,
               "DELETE FROM issue_list WHERE id IN (SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION "
               "BY account ORDER BY used_at DESC, id DESC) AS place FROM issue_list) WHERE place > ? LIMIT "
               "5)")
               .bind(bounds.lists)
               .run() > 0;
}

bool dropLooseIssues(Connection& connection, const CacheBounds& bounds)
{
    return dropLoose(connection, bounds, bounds.now - looseFor) >= mostPerStep;
}

bool dropToSize(Connection& connection, const CacheBounds& bounds)
{
    if (bytesInUse(connection) <= bounds.bytes)
        return false; // then no account can be above it
    const QHash<domain::AccountId, qint64> accounts = bytesOfAccounts(connection);
    bool hasMore = false;
    for (auto account = accounts.begin(); account != accounts.end(); ++account) {
        qint64 excess = account.value() - bounds.bytes;
        if (excess <= 0)
            continue;
        const std::vector<Unit> units = oldestUnits(connection, account.key(), bounds);
        for (const Unit& unit : units) {
            drop(connection, account.key(), unit);
            if ((excess -= unit.bytes) <= 0)
                break;
        }
        // What stood in them alone goes at once: there is no room to wait for the next list.
        const bool droppedLoose = dropLoose(connection, bounds, bounds.now) > 0;
        hasMore = hasMore || !units.empty() || droppedLoose;
    }
    return hasMore;
}

bool vacuumSome(Connection& connection)
{
    const qint64 before = number(connection, "PRAGMA freelist_count");
    if (before == 0)
        return false;
    {
        Query query(connection, "PRAGMA incremental_vacuum(" + std::to_string(pagesPerStep) + ")");
        while (query.next()) {
        }
    }
    const qint64 after = number(connection, "PRAGMA freelist_count");
    return after > 0 && after < before;
}

} // namespace vedette::store
