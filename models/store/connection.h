// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/domain/ids.h"

namespace vedette::store {

/// One open SQLite file with its prepared statements. Opened, used and closed on one lane. Everything here
/// throws SQLite::Exception; jobs.h turns that into ErrorKind::Storage.
class Connection final
{
public:
    /// What a commit survives.
    enum class Durability
    {
        Full,   ///< a power cut
        Normal, ///< the end of this program; after a power cut the last commits may be missing
    };

    /// Opens or makes the file, readable by its owner only.
    Connection(const QString& file, Durability durability);

    [[nodiscard]] SQLite::Database& database() { return m_database; }
    /// The prepared statement of that text, from the second time on without preparing.
    [[nodiscard]] SQLite::Statement& statement(std::string_view sql);
    /// False while a transaction is open. SQLite ends one by itself on some errors.
    [[nodiscard]] bool isAutocommit();

private:
    SQLite::Database m_database;
    std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> m_statements;
};

/// A statement on its way: values are bound in order, columns are read in order, and it is reset when the
/// scope ends, so that no read transaction stays open. Values are always bound, never put into the text.
class Query final
{
public:
    Query(Connection& connection, std::string_view sql);
    /// Of a statement that is not kept: for SQL that is put together anew each time.
    explicit Query(SQLite::Statement& statement);
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    template<class... Values>
    Query& bind(const Values&... values)
    {
        (bindOne(values), ...);
        return *this;
    }
    /// Bytes rather than text.
    Query& bindBlob(const std::string& bytes);

    /// Runs a statement that answers no row; how many rows it changed.
    int run();
    /// Steps to the next row; the readers below start at its first column.
    bool next();

    [[nodiscard]] QString text();
    [[nodiscard]] qint64 integer();
    [[nodiscard]] bool boolean() { return integer() != 0; }
    [[nodiscard]] core::TimePoint time();
    [[nodiscard]] std::optional<core::TimePoint> optionalTime();
    [[nodiscard]] std::optional<qint64> optionalInteger();
    /// The column's bytes, a copy.
    [[nodiscard]] std::string bytes();
    template<class Tag>
    void read(domain::Id<Tag>& id)
    {
        id = domain::Id<Tag>(text());
    }

private:
    void bindOne(const QString& value);
    void bindOne(qint64 value);
    void bindOne(double value);
    void bindOne(int value) { bindOne(qint64(value)); }
    void bindOne(bool value) { bindOne(qint64(value ? 1 : 0)); }
    void bindOne(core::TimePoint value) { bindOne(qint64(value.time_since_epoch().count())); }
    void bindOne(const std::string& utf8);
    template<class Tag>
    void bindOne(const domain::Id<Tag>& id)
    {
        bindOne(id.value());
    }
    template<class T>
    void bindOne(const std::optional<T>& value)
    {
        if (value)
            bindOne(*value);
        else
            bindNull();
    }
    void bindNull();

    SQLite::Statement& m_statement;
    int m_parameter = 0;
    int m_column = 0;
};

/// What a failure of SQLite is to the rest of the program.
[[nodiscard]] core::Error toError(const SQLite::Exception& exception);
/// The file itself is broken or no database at all: no later try will help.
[[nodiscard]] bool isDamage(const SQLite::Exception& exception);

} // namespace vedette::store
