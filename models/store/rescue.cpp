// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/rescue.h"

#include <QFile>

#include <algorithm>
#include <iterator>

#include "models/core/logging.h"
#include "models/store/connection.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

const QString newTail = u".rescued"_s;  ///< the new file while it is not in its place
const QString readTail = u".reading"_s; ///< the copy that is read: opening the original would write to it

const QStringList& tails()
{
    static const QStringList all{u""_s, u"-wal"_s, u"-shm"_s};
    return all;
}

QString asideName(const QString& file, const QString& tail, int number)
{
    return number == 1 ? file + tail : file + tail + u'-' + QString::number(number);
}

void removeAll(const QString& file)
{
    for (const QString& tail : tails())
        QFile::remove(file + tail);
}

void moveAll(const QString& from, const QString& to)
{
    for (const QString& tail : tails())
        QFile::rename(from + tail, to + tail);
}

std::string quoted(const std::string& name)
{
    std::string out = "\"";
    for (const char c : name)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

std::vector<std::string> names(SQLite::Database& database, const std::string& sql)
{
    std::vector<std::string> out;
    SQLite::Statement query(database, sql);
    while (query.executeStep())
        out.push_back(query.getColumn(0).getString());
    return out;
}

std::vector<std::string> columnsOf(SQLite::Database& database, const std::string& table)
{
    return names(database, "SELECT name FROM pragma_table_info(" + ("'" + table + "'") + ")");
}

/// A copier of tables from a damaged database into a new one.
class Copier final
{
public:
    Copier(SQLite::Database& from, SQLite::Database& to)
        : m_from(from)
        , m_to(to)
    {}

    void copyAll()
    {
        // Tables of the new file: their names are ours.
        for (const std::string& table : names(m_to,
                 "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY "
                 "rowid"))
            copy(table);
    }

    [[nodiscard]] qint64 rows() const { return m_rows; }
    [[nodiscard]] bool isComplete() const { return m_isComplete; }

private:
    void copy(const std::string& table)
    {
        std::vector<std::string> columns;
        try {
            const std::vector<std::string> theirs = columnsOf(m_from, table);
            for (const std::string& column : columnsOf(m_to, table)) {
                if (std::find(theirs.begin(), theirs.end(), column) != theirs.end())
                    columns.push_back(column);
            }
        } catch (const SQLite::Exception&) {
            columns.clear();
        }
        if (columns.empty()) {
            m_isComplete = false;
            return;
        }
        // Behind a page that cannot be read there may be others that can: from the end they are met first.
        if (!copyRows(table, columns, "") && !copyRows(table, columns, " ORDER BY 1 DESC"))
            m_isComplete = false;
    }

    /// False where it came upon what cannot be read; what came before is copied.
    bool copyRows(const std::string& table, const std::vector<std::string>& columns, const char* order)
    {
        std::string list;
        std::string marks;
        for (const std::string& column : columns) {
            list += (list.empty() ? "" : ", ") + quoted(column);
            marks += marks.empty() ? "?" : ", ?";
        }
        try {
            SQLite::Statement read(m_from, "SELECT " + list + " FROM " + quoted(table) + order);
            SQLite::Statement write(
                m_to, "INSERT OR IGNORE INTO " + quoted(table) + " (" + list + ") VALUES (" + marks + ")");
            while (read.executeStep())
                m_rows += copyRow(read, write, int(columns.size()));
            return true;
        } catch (const SQLite::Exception& e) {
            qCWarning(core::lcCore, "rescue of a table: %s", e.what());
            return false;
        }
    }

    int copyRow(SQLite::Statement& read, SQLite::Statement& write, int columns)
    {
        static_cast<void>(write.tryReset());
        write.clearBindings();
        for (int i = 0; i < columns; ++i) {
            const SQLite::Column value = read.getColumn(i);
            if (value.isInteger())
                write.bind(i + 1, value.getInt64());
            else if (value.isFloat())
                write.bind(i + 1, value.getDouble());
            else if (value.isText())
                write.bind(i + 1, value.getString());
            else if (value.isBlob())
                write.bind(i + 1, value.getBlob(), value.getBytes());
        }
        try {
            return write.exec();
        } catch (const SQLite::Exception&) {
            m_isComplete = false;
            return 0; // damage made a row that no table takes: a null, a foreign key that leads nowhere
        }
    }

    SQLite::Database& m_from;
    SQLite::Database& m_to;
    qint64 m_rows = 0;
    bool m_isComplete = true;
};

/// Fills the new file; what cannot be opened at all leaves it empty.
core::Result<Rescued> copyInto(
    const QString& from, const QString& to, const std::vector<Migration>& migrations)
{
    Rescued out;
    try {
        Connection target(to, Connection::Durability::Full);
        // As far as the old file came: what later steps ask of a row they see to themselves.
        const auto present = std::clamp<std::ptrdiff_t>(schemaNumberOf(from), 0, std::ssize(migrations));
        if (auto done = migrate(target, {migrations.begin(), migrations.begin() + present}); !done)
            return core::fail(done.error());
        try {
            Connection source(from, Connection::Durability::Normal);
            SQLite::Transaction transaction(target.database());
            Copier copier(source.database(), target.database());
            copier.copyAll();
            out.rows = copier.rows();
            out.isComplete = copier.isComplete();
            transaction.commit();
        } catch (const SQLite::Exception& e) {
            if (!isDamage(e))
                return core::fail(toError(e));
            out.isComplete = false;
        }
        if (auto done = migrate(target, migrations); !done)
            return core::fail(done.error());
        // All of it into the one file that is moved.
        static_cast<void>(target.database().execAndGet("PRAGMA wal_checkpoint(TRUNCATE)"));
    } catch (const SQLite::Exception& e) {
        return core::fail(toError(e));
    }
    return out;
}

} // namespace

QString setAside(const QString& file, const QString& tail, int most)
{
    int number = 1;
    while (QFile::exists(asideName(file, tail, number)) && (most == 0 || number <= most))
        ++number;
    if (most > 0 && number > most) {
        removeAll(asideName(file, tail, 1));
        for (int i = 2; i <= most; ++i)
            moveAll(asideName(file, tail, i), asideName(file, tail, i - 1));
        number = most;
    }
    const QString name = asideName(file, tail, number);
    moveAll(file, name);
    return name;
}

core::Result<Rescued> rescue(const QString& file, const std::vector<Migration>& migrations)
{
    const QString copy = file + readTail;
    const QString fresh = file + newTail;
    removeAll(copy);
    removeAll(fresh);
    // Without -shm, which is made anew from the log.
    if (!QFile::copy(file, copy) ||
        (QFile::exists(file + u"-wal"_s) && !QFile::copy(file + u"-wal"_s, copy + u"-wal"_s)))
        return core::fail(core::ErrorKind::Storage, u"cannot copy %1"_s.arg(file));
    core::Result<Rescued> out = copyInto(copy, fresh, migrations);
    removeAll(copy);
    if (!out) {
        removeAll(fresh);
        return out;
    }
    out->keptAs = setAside(file, u".damaged"_s, 0);
    finishRescue(file);
    if (!QFile::exists(file))
        return core::fail(core::ErrorKind::Storage, u"cannot put %1 in its place"_s.arg(fresh));
    qCWarning(core::lcCore, "a damaged database was begun anew with %lld rows of it", qlonglong(out->rows));
    return out;
}

void finishRescue(const QString& file)
{
    // The new file is whole before the old one leaves its place.
    if (!QFile::exists(file) && QFile::exists(file + newTail))
        QFile::rename(file + newTail, file);
}

} // namespace vedette::store
