// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/cachedatabase.h"

#include <QDir>
#include <QFileInfo>

#include "models/core/logging.h"
#include "models/store/cachebounds.h"
#include "models/store/codec.h"
#include "models/store/issuerows.h"
#include "models/store/jobs.h"
#include "models/store/oldrows.h"
#include "models/store/rescue.h"
#include "models/store/schema.h"
#include "models/store/searchrows.h"
#include "models/store/textindex.h"
#include "models/store/tidying.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

constexpr auto directoryName = "directory";
constexpr auto overviewName = "overview";
constexpr int mostSetAside = 3;
/// A page of the list waits 20 ms for them at most.
constexpr int textsPerStep = 250;

/// A job's own "there is none": becomes ErrorKind::NotFound on the way home.
template<class T>
using Maybe = std::optional<Dated<T>>;

/// Opens the cache file, and begins a new one where the old one cannot be used. On the lane.
class Opener final
{
public:
    Opener(QString file, core::Mailbox& home, std::function<void(const QString&)> setAside)
        : m_file(std::move(file))
        , m_home(home)
        , m_setAside(std::move(setAside))
        , m_migrations(migrationsOf(u"cache"_s))
    {}

    core::Result<std::unique_ptr<Connection>> open()
    {
        if (!QDir().mkpath(QFileInfo(m_file).path()))
            return core::fail(core::ErrorKind::Storage, u"cannot make the folder of %1"_s.arg(m_file));
        try {
            auto connection = std::make_unique<Connection>(m_file, Connection::Durability::Normal);
            if (migrate(*connection, m_migrations))
                return connection;
        } catch (const SQLite::Exception& e) {
            if (!isDamage(e))
                return core::fail(toError(e));
        }
        return rebuild();
    }

    core::Result<std::unique_ptr<Connection>> rebuild()
    {
        // The last ones are kept for somebody who wants to look; they are no archive.
        const QString aside = setAside(m_file, u".set-aside"_s, mostSetAside);
        qCWarning(core::lcCore, "the cache could not be used and was begun anew");
        if (m_setAside)
            m_home.post([notice = m_setAside, aside] { notice(aside); });
        try {
            auto connection = std::make_unique<Connection>(m_file, Connection::Durability::Normal);
            if (auto done = migrate(*connection, m_migrations); !done)
                return core::fail(done.error());
            return connection;
        } catch (const SQLite::Exception& e) {
            return core::fail(toError(e));
        }
    }

private:
    QString m_file;
    core::Mailbox& m_home;
    std::function<void(const QString&)> m_setAside;
    std::vector<Migration> m_migrations;
};

template<class T>
Maybe<T> readPacked(Query& query)
{
    if (!query.next())
        return std::nullopt;
    const core::TimePoint asOf = query.time();
    const std::optional<std::string> json = unpacked(query.bytes());
    std::optional<T> value = json ? decode<T>(*json) : std::nullopt;
    if (!value)
        return std::nullopt;
    return Dated<T>{*std::move(value), asOf};
}

void writeDocument(Connection& connection, const domain::Scope& scope, const char* name,
    const std::string& body, core::TimePoint asOf)
{
    Query(connection,
        "INSERT OR REPLACE INTO document (account, organization, name, as_of, body) VALUES (?, ?, ?, ?, ?)")
        .bind(scope.account, scope.organization, std::string(name), asOf)
        .bindBlob(packed(body))
        .run();
}

template<class T>
Maybe<T> readDocument(Connection& connection, const domain::Scope& scope, const char* name)
{
    Query query(
        connection, "SELECT as_of, body FROM document WHERE account = ? AND organization = ? AND name = ?");
    query.bind(scope.account, scope.organization, std::string(name));
    return readPacked<T>(query);
}

/// The scope itself; without an organization, those of the account whose directory is here.
QList<domain::Scope> organizationsOf(Connection& connection, const domain::Scope& scope)
{
    if (!scope.organization.isEmpty())
        return {scope};
    QList<domain::Scope> out;
    Query query(connection, "SELECT organization FROM document WHERE account = ? AND name = ?");
    query.bind(scope.account, std::string(directoryName));
    while (query.next()) {
        domain::OrganizationId organization;
        query.read(organization);
        out.append({scope.account, organization});
    }
    return out;
}

} // namespace

/// Runs a read whose job may find nothing.
template<class T, class Work>
static auto found(Jobs& jobs, Work work)
{
    return jobs.read([work = std::move(work)](Connection& connection) -> Dated<T> {
        Maybe<T> value = work(connection);
        if (!value)
            throw NotThere();
        return *std::move(value);
    });
}

CacheDatabase::CacheDatabase(QString file, core::Mailbox& home, std::function<void(const QString&)> setAside)
{
    auto opener = std::make_shared<Opener>(std::move(file), home, std::move(setAside));
    m_jobs = std::make_unique<Jobs>("cache.sqlite", home,
        Jobs::Policy{[opener] { return opener->open(); }, [opener] { return opener->rebuild(); }});
    m_tidying = std::make_unique<Tidying>(*m_jobs);
}

CacheDatabase::~CacheDatabase() = default;

QFuture<core::Result<ListPart>> CacheDatabase::list(
    const ListKey& key, int limit, const std::optional<qint64>& from)
{
    return m_jobs->read([=](Connection& connection) { return readList(connection, key, limit, from); });
}

QFuture<core::Result<void>> CacheDatabase::saveHead(const ListKey& key, const ListHead& head,
    const QList<domain::Issue>& rows, const QSet<domain::IssueId>& gone)
{
    return m_jobs->write(
        [=](Connection& connection) { writeList(connection, key, head, rows, Place::Before, gone); });
}

QFuture<core::Result<void>> CacheDatabase::append(
    const ListKey& key, const ListHead& head, const QList<domain::Issue>& rows)
{
    return m_jobs->write(
        [=](Connection& connection) { writeList(connection, key, head, rows, Place::After); });
}

QFuture<core::Result<void>> CacheDatabase::saveList(
    const ListKey& key, const ListHead& head, const QList<domain::Issue>& rows)
{
    return m_jobs->write(
        [=](Connection& connection) { writeList(connection, key, head, rows, Place::Only); });
}

QFuture<core::Result<void>> CacheDatabase::touchList(const ListKey& key, const ListHead& head)
{
    return m_jobs->write([=](Connection& connection) { writeListHead(connection, key, head); });
}

QFuture<core::Result<void>> CacheDatabase::saveIssue(const domain::Issue& issue, core::TimePoint asOf)
{
    return m_jobs->write([=](Connection& connection) {
        writeIssue(connection, issue, asOf);
        indexIssue(connection, issue, CountsOf::Window);
    });
}

QFuture<core::Result<SearchPart>> CacheDatabase::search(const QList<domain::Scope>& scopes,
    const search::Query& query, SearchSort sort, core::TimePoint now, int limit,
    const std::optional<SearchPlace>& from)
{
    return m_jobs->read([=](Connection& connection) {
        SearchContext context{now};
        for (const domain::Scope& scope : scopes) {
            for (const domain::Scope& each : organizationsOf(connection, scope)) {
                const auto directory = readDocument<DirectoryData>(connection, each, directoryName);
                if (directory && directory->value.me)
                    context.me.append({each, directory->value.me->id});
            }
        }
        auto compiled = compileSearch(query, context);
        if (!compiled)
            throw Refused{compiled.error()};
        return searchIssues(connection, scopes, *compiled, sort, limit, from);
    });
}

QFuture<core::Result<Dated<domain::IssueDetail>>> CacheDatabase::detail(const domain::IssueKey& issue)
{
    return found<domain::IssueDetail>(*m_jobs, [=](Connection& connection) {
        Query query(connection,
            "SELECT as_of, body FROM issue_detail WHERE account = ? AND organization = ? AND issue = ?");
        query.bind(issue.account, issue.organization, issue.id);
        return readPacked<domain::IssueDetail>(query);
    });
}

QFuture<core::Result<void>> CacheDatabase::saveDetail(const domain::IssueDetail& detail, core::TimePoint asOf)
{
    return m_jobs->write([=](Connection& connection) {
        Query(connection, "INSERT OR REPLACE INTO issue_detail (account, organization, issue, as_of, body) "
                          "VALUES (?, ?, ?, ?, ?)")
            .bind(detail.issue.account, detail.issue.organization, detail.issue.id, asOf)
            .bindBlob(packed(encode(detail)))
            .run();
        writeIssueIfNewer(connection, detail.issue, asOf);
        indexDetail(connection, detail);
    });
}

QFuture<core::Result<Dated<domain::Event>>> CacheDatabase::event(
    const domain::Scope& scope, const domain::EventId& event)
{
    return found<domain::Event>(*m_jobs, [=](Connection& connection) {
        Query query(
            connection, "SELECT as_of, body FROM event WHERE account = ? AND organization = ? AND id = ?");
        query.bind(scope.account, scope.organization, event);
        return readPacked<domain::Event>(query);
    });
}

QFuture<core::Result<Dated<domain::Event>>> CacheDatabase::latestEvent(const domain::IssueKey& issue)
{
    return found<domain::Event>(*m_jobs, [=](Connection& connection) {
        Query query(connection,
            "SELECT as_of, body FROM event WHERE account = ? AND organization = ? AND issue = ? "
            "ORDER BY created_at DESC, rowid DESC LIMIT 1");
        query.bind(issue.account, issue.organization, issue.id);
        return readPacked<domain::Event>(query);
    });
}

QFuture<core::Result<void>> CacheDatabase::saveEvent(
    const domain::Scope& scope, const domain::Event& event, core::TimePoint asOf)
{
    return m_jobs->write([=](Connection& connection) {
        const std::string body = packed(encode(event));
        Query(connection,
            "INSERT OR REPLACE INTO event (account, organization, id, issue, created_at, as_of, bytes, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(scope.account, scope.organization, event.id, event.issue, event.dateCreated.value_or(asOf),
                asOf, qint64(body.size()))
            .bindBlob(body)
            .run();
        indexEvent(connection, scope, event);
    });
}

QFuture<core::Result<Dated<DirectoryData>>> CacheDatabase::directory(const domain::Scope& scope)
{
    return found<DirectoryData>(*m_jobs, [=](Connection& connection) {
        return readDocument<DirectoryData>(connection, scope, directoryName);
    });
}

QFuture<core::Result<void>> CacheDatabase::saveDirectory(
    const domain::Scope& scope, const DirectoryData& data, core::TimePoint asOf)
{
    return m_jobs->write(
        [=](Connection& connection) { writeDocument(connection, scope, directoryName, encode(data), asOf); });
}

QFuture<core::Result<Dated<QList<domain::ProjectSummary>>>> CacheDatabase::overview(
    const domain::Scope& scope)
{
    return found<QList<domain::ProjectSummary>>(*m_jobs, [=](Connection& connection) {
        return readDocument<QList<domain::ProjectSummary>>(connection, scope, overviewName);
    });
}

QFuture<core::Result<void>> CacheDatabase::saveOverview(
    const domain::Scope& scope, const QList<domain::ProjectSummary>& summaries, core::TimePoint asOf)
{
    return m_jobs->write([=](Connection& connection) {
        writeDocument(connection, scope, overviewName, encode(summaries), asOf);
    });
}

QFuture<core::Result<void>> CacheDatabase::removeAccount(const domain::AccountId& account)
{
    return m_jobs->write([account](Connection& connection) {
        for (const char* sql :
            {"DELETE FROM issue_list WHERE account = ?", "DELETE FROM issue WHERE account = ?",
                "DELETE FROM issue_detail WHERE account = ?", "DELETE FROM issue_fact WHERE account = ?",
                "DELETE FROM event WHERE account = ?", "DELETE FROM document WHERE account = ?"})
            Query(connection, sql).bind(account).run();
    });
}

QFuture<core::Result<void>> CacheDatabase::trim(
    const Limits& limits, core::TimePoint now, const QList<domain::IssueKey>& pinned)
{
    const CacheBounds bounds{limits.bytes, now - limits.age, now, limits.lists, pinnedText(pinned)};
    return m_tidying->run({
        [](Connection& connection) { return indexOldRows(connection); },
        [bounds](Connection& connection) { return dropOldRows(connection, bounds); },
        [bounds](Connection& connection) { return dropSpareLists(connection, bounds); },
        [bounds](Connection& connection) { return dropLooseIssues(connection, bounds); },
        [bounds](Connection& connection) { return dropToSize(connection, bounds); },
        [](Connection& connection) { return indexWaitingTexts(connection, textsPerStep); },
        [](Connection& connection) { return vacuumSome(connection); },
    });
}

QFuture<core::Result<QHash<domain::AccountId, qint64>>> CacheDatabase::usage()
{
    return m_jobs->read([](Connection& connection) { return bytesOfAccounts(connection); });
}

} // namespace vedette::store
