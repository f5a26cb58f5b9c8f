// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/database.h"

#include <algorithm>

#include <QDir>
#include <QFile>

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include "app/collector/storage/damagenote.h"
#include "app/collector/storage/diskfault.h"
#include "app/collector/storage/filelayer.h"
#include "app/collector/storage/space.h"

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

/// Damage that was met in use: every page is looked at before anything more is written.
core::Result<void> checkAfterDamage(const std::string& path, SQLite::Database& db)
{
    if (!hasDamageNote(path))
        return {};
    const std::string found = db.execAndGet("PRAGMA integrity_check(1)").getString();
    if (found != "ok")
        return core::fail(damagedError(path, found));
    removeDamageNote(path); // it was the memory or the cable, not what is stored
    return {};
}

/// A newer file is looked at through a connection that cannot write, so that nothing of it changes.
core::Result<void> lookAt(const std::string& path, const std::string& vfs)
{
    try {
        SQLite::Database look(path, SQLite::OPEN_READONLY, 5'000, vfs);
        if (auto fine = checkNotNewer(look); !fine)
            return fine;
        return checkAfterDamage(path, look);
    } catch (const SQLite::Exception& fault) {
        // The first start was cut off: what it had begun has to be taken back before anybody can read.
        if (fault.getErrorCode() == SQLITE_READONLY)
            return {};
        throw;
    }
}

} // namespace

void migrateTo(SQLite::Database& db, int last)
{
    const QStringList files = migrationFiles();
    for (int version = versionOf(db); version < std::min(last, int(files.size())); ++version) {
        QFile file(files.at(version));
        if (!file.open(QIODevice::ReadOnly))
            throw std::runtime_error("a migration is missing in the program");
        SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
        db.exec(file.readAll().toStdString());
        db.exec("PRAGMA user_version = " + std::to_string(version + 1));
        transaction.commit();
    }
}

int schemaVersion()
{
    return static_cast<int>(migrationFiles().size());
}

core::Error storageError(const std::exception& fault)
{
    return {core::ErrorKind::Storage, 0, QString::fromUtf8(fault.what()), {}};
}

core::Error damagedError(const std::string& path, std::string_view what)
{
    return {core::ErrorKind::Storage, 0,
        u"the collector's database %1 is damaged (%2). %3"_s.arg(QString::fromStdString(path),
            QString::fromUtf8(what.data(), qsizetype(what.size())),
            QString::fromUtf8(damageAdvice.data(), qsizetype(damageAdvice.size()))),
        {}};
}

core::Error openingError(const std::string& path, const std::exception& fault)
{
    const DiskFault kind = diskFaultOf(fault, 0);
    if (kind == DiskFault::Damaged)
        return damagedError(path, fault.what());
    if (kind == DiskFault::None)
        return storageError(fault);
    return {core::ErrorKind::Storage, 0,
        u"cannot use %1: %2"_s.arg(
            QString::fromStdString(path), QString::fromStdString(describe(kind, fault, 0))),
        {}};
}

core::Result<std::unique_ptr<SQLite::Database>> openWriter(const std::string& path, const std::string& vfs)
{
    try {
        if (QFile::exists(QString::fromStdString(path))) {
            if (const auto fine = lookAt(path, vfs); !fine)
                return core::fail(fine.error());
        }
        // Of one thread at a time: no lock for each call.
        auto db = std::make_unique<SQLite::Database>(path,
            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX, 5'000, committingLayer(vfs));
        if (const auto fine = checkNotNewer(*db); !fine)
            return core::fail(fine.error());
        if (db->execAndGet("PRAGMA page_count").getInt() == 0)
            giveSpaceBackInSteps(*db);
        if (db->execAndGet("PRAGMA journal_mode = WAL").getString() != "wal")
            return core::fail(core::ErrorKind::Storage, u"the folder of the database does not allow WAL"_s);
        db->exec("PRAGMA synchronous = FULL");
        db->exec("PRAGMA foreign_keys = ON");
        db->exec("PRAGMA temp_store = MEMORY");
        // A WAL that a burst made large shrinks again.
        db->exec("PRAGMA journal_size_limit = 33554432");
        migrateTo(*db, schemaVersion());
        rewriteToGiveSpaceBack(*db, path);
        return db;
    } catch (const std::exception& fault) {
        return core::fail(openingError(path, fault));
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
