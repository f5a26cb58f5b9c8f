// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/connection.h"

#include <QFile>

#include <sqlite3.h>

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

constexpr int busyTimeoutMs = 5'000;

/// Errors may be private: the file belongs to its owner from its first byte on. SQLite gives its -wal and
/// -shm files the same mode.
std::string ownersOnly(const QString& path)
{
    QFile file(path);
    if (!file.exists() && file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return QFile::encodeName(path).toStdString();
}

} // namespace

Connection::Connection(const QString& file, Durability durability)
    : m_database(ownersOnly(file), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busyTimeoutMs)
{
    // Before the first table, else it has no effect: pages of deleted rows can be given back in small steps.
    m_database.exec("PRAGMA auto_vacuum = INCREMENTAL");
    m_database.exec("PRAGMA journal_mode = WAL");
    m_database.exec(
        durability == Durability::Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    m_database.exec("PRAGMA foreign_keys = ON");
}

SQLite::Statement& Connection::statement(std::string_view sql)
{
    std::unique_ptr<SQLite::Statement>& slot = m_statements[std::string(sql)];
    if (!slot)
        slot = std::make_unique<SQLite::Statement>(m_database, std::string(sql));
    return *slot;
}

bool Connection::isAutocommit()
{
    return sqlite3_get_autocommit(m_database.getHandle()) != 0;
}

Query::Query(Connection& connection, std::string_view sql)
    : Query(connection.statement(sql))
{}

Query::Query(SQLite::Statement& statement)
    : m_statement(statement)
{
    // The result of a reset repeats the former failure of that statement: it says nothing about this run.
    static_cast<void>(m_statement.tryReset());
    m_statement.clearBindings();
}

Query::~Query()
{
    static_cast<void>(m_statement.tryReset());
}

Query& Query::bindBlob(const std::string& bytes)
{
    m_statement.bind(++m_parameter, bytes.data(), int(bytes.size()));
    return *this;
}

int Query::run()
{
    return m_statement.exec();
}

bool Query::next()
{
    m_column = 0;
    return m_statement.executeStep();
}

QString Query::text()
{
    const SQLite::Column column = m_statement.getColumn(m_column++);
    // The text first: asking for the size before it may measure another encoding.
    const char* utf8 = column.getText("");
    return QString::fromUtf8(utf8, column.getBytes());
}

qint64 Query::integer()
{
    return m_statement.getColumn(m_column++).getInt64();
}

core::TimePoint Query::time()
{
    return core::TimePoint(std::chrono::milliseconds(integer()));
}

std::optional<core::TimePoint> Query::optionalTime()
{
    const std::optional<qint64> ms = optionalInteger();
    return ms ? std::optional(core::TimePoint(std::chrono::milliseconds(*ms))) : std::nullopt;
}

std::optional<qint64> Query::optionalInteger()
{
    const SQLite::Column column = m_statement.getColumn(m_column++);
    return column.isNull() ? std::nullopt : std::optional<qint64>(column.getInt64());
}

std::string Query::bytes()
{
    const SQLite::Column column = m_statement.getColumn(m_column++);
    const void* data = column.getBlob();
    return data == nullptr ? std::string()
                           : std::string(static_cast<const char*>(data), std::size_t(column.getBytes()));
}

void Query::bindOne(const QString& value)
{
    bindOne(value.toStdString());
}

void Query::bindOne(qint64 value)
{
    m_statement.bind(++m_parameter, static_cast<std::int64_t>(value));
}

void Query::bindOne(double value)
{
    m_statement.bind(++m_parameter, value);
}

void Query::bindOne(const std::string& utf8)
{
    m_statement.bind(++m_parameter, utf8);
}

void Query::bindNull()
{
    m_statement.bind(++m_parameter);
}

core::Error toError(const SQLite::Exception& exception)
{
    return {core::ErrorKind::Storage, 0,
        u"SQLite %1: %2"_s.arg(
            QString::number(exception.getExtendedErrorCode()), QString::fromUtf8(exception.what())),
        {}};
}

bool isDamage(const SQLite::Exception& exception)
{
    return exception.getErrorCode() == SQLITE_CORRUPT || exception.getErrorCode() == SQLITE_NOTADB;
}

} // namespace vedette::store
