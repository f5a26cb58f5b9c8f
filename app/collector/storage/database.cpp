// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/database.h"

#include <QDir>
#include <QFile>

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

/// The migrations, compiled in, in the order of their numbers: 0001_first.sql is the first.
QStringList migrationFiles()
{
    const QDir folder(u":/vedette/collector/migrations"_s);
    QStringList out;
    const QStringList names = folder.entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString& name : names)
        out << folder.filePath(name);
    return out;
}

int versionOf(SQLite::Database& db)
{
    return db.execAndGet("PRAGMA user_version").getInt();
}

core::Result<void> checkNotNewer(SQLite::Database& db)
{
    const int version = versionOf(db);
    if (version > schemaVersion()) {
        return core::fail(core::ErrorKind::NewerData,
            u"the collector's data was written by a newer Vedette (schema %1, this one knows %2)"_s
                .arg(version)
                .arg(schemaVersion()));
    }
    return {};
}

void migrate(SQLite::Database& db)
{
    const QStringList files = migrationFiles();
    for (int version = versionOf(db); version < files.size(); ++version) {
        QFile file(files.at(version));
        if (!file.open(QIODevice::ReadOnly))
            throw std::runtime_error("a migration is missing in the program");
        SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
        db.exec(file.readAll().toStdString());
        db.exec("PRAGMA user_version = " + std::to_string(version + 1));
        transaction.commit();
    }
}

} // namespace

int schemaVersion()
{
    return static_cast<int>(migrationFiles().size());
}

core::Error storageError(const std::exception& fault)
{
    return {core::ErrorKind::Storage, 0, QString::fromUtf8(fault.what()), {}};
}

core::Result<std::unique_ptr<SQLite::Database>> openWriter(const std::string& path, const std::string& vfs)
{
    try {
        // A newer file is looked at through a connection that cannot write, so that nothing of it changes.
        if (QFile::exists(QString::fromStdString(path))) {
            SQLite::Database look(path, SQLite::OPEN_READONLY, 5'000, vfs);
            if (const auto fine = checkNotNewer(look); !fine)
                return core::fail(fine.error());
        }
        auto db = std::make_unique<SQLite::Database>(
            path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5'000, vfs);
        if (db->execAndGet("PRAGMA journal_mode = WAL").getString() != "wal")
            return core::fail(core::ErrorKind::Storage, u"the folder of the database does not allow WAL"_s);
        db->exec("PRAGMA synchronous = FULL");
        db->exec("PRAGMA foreign_keys = ON");
        db->exec("PRAGMA cache_size = -8000");
        db->exec("PRAGMA temp_store = MEMORY");
        // A WAL that a burst made large shrinks again.
        db->exec("PRAGMA journal_size_limit = 33554432");
        migrate(*db);
        return db;
    } catch (const std::exception& fault) {
        return core::fail(storageError(fault));
    }
}

core::Result<std::unique_ptr<SQLite::Database>> openReader(const std::string& path, const std::string& vfs)
{
    try {
        auto db = std::make_unique<SQLite::Database>(path, SQLite::OPEN_READONLY, 5'000, vfs);
        db->exec("PRAGMA query_only = ON");
        db->exec("PRAGMA cache_size = -4000");
        db->exec("PRAGMA temp_store = MEMORY");
        return db;
    } catch (const std::exception& fault) {
        return core::fail(storageError(fault));
    }
}

} // namespace vedette::collector
