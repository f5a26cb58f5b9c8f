// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/userdatabase.h"

#include <QDir>
#include <QFileInfo>

#include "models/store/codec.h"
#include "models/store/jobs.h"
#include "models/store/schema.h"
#include "models/store/words.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

using Content = UserDatabase::Content;

constexpr int mostFinishedRead = 500;

/// Findings about abilities that only a later version knows are left out.
domain::Capabilities readCapabilities(const std::string& json)
{
    auto capabilities = decode<domain::Capabilities>(json).value_or(domain::Capabilities());
    capabilities.findings.removeIf(
        [](const domain::Finding& finding) { return finding.ability == domain::Ability::Unknown; });
    return capabilities;
}

QList<domain::Account> readAccounts(Connection& connection)
{
    QList<domain::Account> accounts;
    Query query(connection,
        "SELECT id, name, base_url, kind, server_version, colour, paused, credential, identity, network, "
        "capabilities FROM account ORDER BY position, id");
    while (query.next()) {
        domain::Account account;
        query.read(account.id);
        account.name = query.text();
        account.baseUrl = QUrl(query.text());
        fromWord(query.text(), account.kind);
        account.serverVersion = query.text();
        account.colour = int(query.integer());
        account.isPaused = query.boolean();
        account.credential = decode<domain::Credential>(query.bytes()).value_or(domain::Credential());
        account.identity = decode<domain::Actor>(query.bytes());
        account.network = decode<domain::NetworkSettings>(query.bytes()).value_or(domain::NetworkSettings());
        account.capabilities = readCapabilities(query.bytes());
        accounts.append(account);
    }
    for (domain::Account& account : accounts) {
        Query organizations(
            connection, "SELECT id, name, region_url FROM organization WHERE account = ? ORDER BY position");
        organizations.bind(account.id);
        while (organizations.next()) {
            domain::Organization organization;
            organizations.read(organization.id);
            organization.name = organizations.text();
            organization.regionUrl = QUrl(organizations.text());
            account.organizations.append(organization);
        }
    }
    return accounts;
}

OutboxRow readOutboxRow(Query& query)
{
    OutboxRow row;
    row.id = query.integer();
    domain::AccountId account;
    query.read(account);
    domain::OrganizationId organization;
    query.read(organization);
    domain::IssueId issue;
    query.read(issue);
    row.batch = query.integer();
    fromWord(query.text(), row.action.kind);
    row.action.assignee = decode<domain::Actor>(query.bytes()).value_or(domain::Actor());
    row.before = decode<domain::Issue>(query.bytes()).value_or(domain::Issue());
    row.before.account = account;
    row.before.organization = organization;
    row.before.id = issue;
    fromWord(query.text(), row.state);
    row.created = query.time();
    row.changed = query.time();
    row.attempts = int(query.integer());
    if (const std::string error = query.bytes(); !error.empty())
        row.error = decode<core::Error>(error);
    row.action.details = decode<domain::StatusDetails>(query.bytes()).value_or(domain::StatusDetails());
    if (const QString word = query.text(); !word.isEmpty())
        fromWord(word, row.action.substatus);
    row.action.priority = query.text();
    row.known = decode<domain::IssueBasis>(query.bytes());
    row.conflict = decode<domain::Conflict>(query.bytes());
    row.undoes = query.integer();
    return row;
}

QList<OutboxRow> readOutbox(Connection& connection)
{
    QList<OutboxRow> rows;
    Query query(connection,
        "SELECT id, account, organization, issue, batch, kind, assignee, before, state, created_at, "
        "changed_at, attempts, error, details, substatus, priority, known, conflict, undoes FROM outbox "
        "WHERE state IN ('queued', 'sent', 'conflict') OR id IN "
        "(SELECT id FROM outbox WHERE state IN ('done', 'failed') ORDER BY id DESC LIMIT ?) ORDER BY id");
    query.bind(mostFinishedRead);
    while (query.next())
        rows.append(readOutboxRow(query));
    return rows;
}

template<class T>
std::string encodeOr(const std::optional<T>& value)
{
    return value ? encode(*value) : std::string();
}

void writeOutboxRow(Connection& connection, const OutboxRow& row)
{
    Query(connection,
        "INSERT INTO outbox (id, account, organization, issue, batch, kind, assignee, before, state, "
        "created_at, changed_at, attempts, error, details, substatus, priority, known, conflict, undoes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at, "
        "attempts = excluded.attempts, error = excluded.error, known = excluded.known, "
        "conflict = excluded.conflict")
        .bind(row.id, row.before.account, row.before.organization, row.before.id, row.batch,
            toWord(row.action.kind), encode(row.action.assignee), encode(row.before), toWord(row.state),
            row.created, row.changed, row.attempts, encodeOr(row.error), encode(row.action.details),
            toWord(row.action.substatus), row.action.priority, encodeOr(row.known), encodeOr(row.conflict),
            row.undoes)
        .run();
}

Content readContent(Connection& connection)
{
    Content content;
    content.accounts = readAccounts(connection);
    content.outbox = readOutbox(connection);
    {
        Query query(connection, "SELECT body FROM alert ORDER BY raised_at DESC, id DESC LIMIT ?");
        query.bind(mostFinishedRead);
        while (query.next()) {
            if (auto alert = decode<AlertRecord>(query.bytes()))
                content.alerts.append(*std::move(alert));
        }
    }
    {
        Query query(connection, "SELECT account, name, at FROM mark");
        while (query.next()) {
            Mark mark;
            query.read(mark.account);
            mark.name = query.text();
            mark.at = query.time();
            content.marks.append(mark);
        }
    }
    Query query(connection, "SELECT name, body FROM document");
    while (query.next()) {
        const QString name = query.text();
        content.documents.insert(name, QByteArray::fromStdString(query.bytes()));
    }
    return content;
}

/// Opens the file, and makes a sound one of a damaged one. On the lane.
class Opener final
{
public:
    Opener(QString file, core::Mailbox& home, std::vector<Migration> migrations,
        std::function<void(const Rescued&)> rescued)
        : m_file(std::move(file))
        , m_home(home)
        , m_migrations(std::move(migrations))
        , m_rescued(std::move(rescued))
    {}

    core::Result<std::unique_ptr<Connection>> open()
    {
        try {
            return opened();
        } catch (const SQLite::Exception& e) {
            return isDamage(e) ? rescueAndOpen() : core::fail(toError(e));
        }
    }

    core::Result<std::unique_ptr<Connection>> rescueAndOpen()
    {
        const core::Result<Rescued> done = rescue(m_file, m_migrations);
        if (!done)
            return core::fail(done.error());
        if (m_rescued)
            m_home.post([tell = m_rescued, what = *done] { tell(what); });
        try {
            return opened();
        } catch (const SQLite::Exception& e) {
            return core::fail(toError(e));
        }
    }

private:
    core::Result<std::unique_ptr<Connection>> opened()
    {
        auto connection = std::make_unique<Connection>(m_file, Connection::Durability::Full);
        if (auto done = migrate(*connection, m_migrations); !done)
            return core::fail(done.error());
        return connection;
    }

    QString m_file;
    core::Mailbox& m_home;
    std::vector<Migration> m_migrations;
    std::function<void(const Rescued&)> m_rescued;
};

} // namespace

core::Result<std::unique_ptr<UserDatabase>> UserDatabase::open(
    const QString& file, core::Mailbox& home, std::function<void(const Rescued&)> rescued)
{
    std::vector<Migration> migrations = migrationsOf(u"user"_s);
    // Before SQLite sees it: opening a newer file would already leave -wal and -shm files beside it.
    if (const int number = schemaNumberOf(file); number > int(migrations.size())) {
        return core::fail(core::ErrorKind::NewerData,
            u"%1: schema %2, this program knows %3"_s.arg(file).arg(number).arg(migrations.size()));
    }
    if (!QDir().mkpath(QFileInfo(file).path()))
        return core::fail(core::ErrorKind::Storage, u"cannot make the folder of %1"_s.arg(file));
    finishRescue(file);
    auto opener = std::make_shared<Opener>(file, home, std::move(migrations), std::move(rescued));
    auto jobs = std::make_unique<Jobs>("user.sqlite", home,
        Jobs::Policy{[opener] { return opener->open(); }, [opener] { return opener->rescueAndOpen(); }});
    auto content = jobs->readNow(readContent);
    // Damage that only reading met: the file was rescued behind that.
    if (!content)
        content = jobs->readNow(readContent);
    if (!content)
        return core::fail(content.error());
    std::unique_ptr<UserDatabase> database(new UserDatabase(std::move(jobs)));
    database->m_content = *std::move(content);
    return database;
}

UserDatabase::UserDatabase(std::unique_ptr<Jobs> jobs)
    : m_jobs(std::move(jobs))
{}

UserDatabase::~UserDatabase() = default;

QFuture<core::Result<void>> UserDatabase::saveAccount(const domain::Account& account)
{
    return m_jobs->write([account](Connection& connection) {
        Query(connection,
            "INSERT INTO account (id, position, name, base_url, kind, server_version, colour, paused, "
            "credential, identity, network, capabilities) VALUES (?, "
            "(SELECT COALESCE(MAX(position), 0) + 1 FROM account), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, base_url = excluded.base_url, "
            "kind = excluded.kind, server_version = excluded.server_version, colour = excluded.colour, "
            "paused = excluded.paused, credential = excluded.credential, identity = excluded.identity, "
            "network = excluded.network, capabilities = excluded.capabilities")
            .bind(account.id, account.name, account.baseUrl.toString(QUrl::FullyEncoded),
                toWord(account.kind), account.serverVersion, account.colour, account.isPaused,
                encode(account.credential), account.identity ? encode(*account.identity) : std::string(),
                encode(account.network), encode(account.capabilities))
            .run();
        Query(connection, "DELETE FROM organization WHERE account = ?").bind(account.id).run();
        int position = 0;
        for (const domain::Organization& organization : account.organizations) {
            Query(connection,
                "INSERT INTO organization (account, position, id, name, region_url) VALUES (?, ?, ?, ?, ?)")
                .bind(account.id, position++, organization.id, organization.name,
                    organization.regionUrl.toString(QUrl::FullyEncoded))
                .run();
        }
    });
}

QFuture<core::Result<void>> UserDatabase::removeAccount(const domain::AccountId& account)
{
    return m_jobs->write([account](Connection& connection) {
        for (const char* sql : {"DELETE FROM account WHERE id = ?", "DELETE FROM outbox WHERE account = ?",
                 "DELETE FROM alert WHERE account = ?", "DELETE FROM mark WHERE account = ?"})
            Query(connection, sql).bind(account).run();
    });
}

QFuture<core::Result<void>> UserDatabase::saveOutbox(const QList<OutboxRow>& rows)
{
    return m_jobs->write([rows](Connection& connection) {
        for (const OutboxRow& row : rows)
            writeOutboxRow(connection, row);
    });
}

QFuture<core::Result<void>> UserDatabase::removeOutbox(const QList<qint64>& ids)
{
    return m_jobs->write([ids](Connection& connection) {
        for (const qint64 id : ids)
            Query(connection, "DELETE FROM outbox WHERE id = ?").bind(id).run();
    });
}

QFuture<core::Result<void>> UserDatabase::addAlert(const AlertRecord& alert)
{
    return m_jobs->write([alert](Connection& connection) {
        Query(connection, "INSERT INTO alert (account, issue, kind, raised_at, body) VALUES (?, ?, ?, ?, ?)")
            .bind(alert.issue.account, alert.issue.id, alert.kind, alert.raised, encode(alert))
            .run();
    });
}

QFuture<core::Result<void>> UserDatabase::saveMark(const Mark& mark)
{
    return m_jobs->write([mark](Connection& connection) {
        Query(connection, "INSERT OR REPLACE INTO mark (account, name, at) VALUES (?, ?, ?)")
            .bind(mark.account, mark.name, mark.at)
            .run();
    });
}

QFuture<core::Result<void>> UserDatabase::saveDocument(const QString& name, const QByteArray& body)
{
    return m_jobs->write([name, bytes = body.toStdString()](Connection& connection) {
        Query(connection, "INSERT OR REPLACE INTO document (name, body) VALUES (?, ?)")
            .bind(name)
            .bindBlob(bytes)
            .run();
    });
}

QFuture<core::Result<void>> UserDatabase::forgetBefore(core::TimePoint time)
{
    return m_jobs->write([time](Connection& connection) {
        Query(connection, "DELETE FROM outbox WHERE state IN ('done', 'failed') AND changed_at < ?")
            .bind(time)
            .run();
        Query(connection, "DELETE FROM alert WHERE raised_at < ?").bind(time).run();
    });
}

} // namespace vedette::store
