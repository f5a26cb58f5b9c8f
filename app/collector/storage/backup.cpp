// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/backup.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include "app/collector/storage/database.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

core::Error failed(QStringView what, const std::string& path)
{
    return {core::ErrorKind::Storage, 0,
        u"%1 %2: %3"_s.arg(what, QString::fromStdString(path), QString::fromLocal8Bit(std::strerror(errno))),
        {}};
}

core::Error missing(const std::string& path)
{
    return {core::ErrorKind::NotFound, 0, u"there is no %1"_s.arg(QString::fromStdString(path)), {}};
}

bool exists(const std::string& path)
{
    return ::access(path.c_str(), F_OK) == 0;
}

/// The pages, in one go: in pieces it would begin anew with each event that is stored meanwhile.
void copyPages(const std::string& path, const std::string& to)
{
    SQLite::Database from(path, SQLite::OPEN_READONLY, 5'000);
    SQLite::Database copy(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    // Nobody needs half a copy: no journal, and one sync at the end.
    copy.exec("PRAGMA journal_mode = OFF");
    copy.exec("PRAGMA synchronous = OFF");
    SQLite::Backup backup(copy, from);
    for (int code = SQLITE_OK; code != SQLITE_DONE;) {
        code = backup.executeStep(-1);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
            sqlite3_sleep(50);
    }
}

} // namespace

core::Result<void> copyDatabase(const std::string& path, const std::string& to)
{
    if (!exists(path))
        return core::fail(missing(path));
    const int fd = ::open(to.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 || ::fchmod(fd, 0600) != 0) {
        const core::Error error = failed(u"cannot write", to);
        if (fd >= 0)
            ::close(fd);
        return core::fail(error);
    }
    ::close(fd);
    try {
        copyPages(path, to);
        // One file, also while it is read: the copied head says that there is a log beside it.
        SQLite::Database copy(to, SQLite::OPEN_READWRITE);
        copy.exec("PRAGMA journal_mode = DELETE");
        copy.exec("PRAGMA synchronous = FULL");
    } catch (const std::exception& fault) {
        return core::fail(openingError(path, fault));
    }
    return syncPath(to);
}

bool isCollectorDatabase(SQLite::Database& db)
{
    return db.execAndGet("SELECT count(*) = 6 FROM sqlite_master WHERE type = 'table' AND name IN ('meta', "
                         "'organization', 'projects', 'issues', 'events', 'payloads')")
               .getInt() != 0;
}

core::Result<BackupFacts> checkBackup(const std::string& path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0)
        return core::fail(errno == ENOENT ? missing(path) : failed(u"cannot read", path));
    if (!S_ISREG(status.st_mode))
        return core::fail(core::ErrorKind::Storage, u"%1 is no file"_s.arg(QString::fromStdString(path)));
    try {
        SQLite::Database db(path, SQLite::OPEN_READONLY, 5'000);
        BackupFacts out;
        out.bytes = status.st_size;
        out.schema = db.execAndGet("PRAGMA user_version").getInt();
        if (out.schema > schemaVersion()) {
            return core::fail(core::ErrorKind::NewerData,
                u"%1 was written by a newer Vedette (schema %2, this one knows %3)"_s
                    .arg(QString::fromStdString(path))
                    .arg(out.schema)
                    .arg(schemaVersion()));
        }
        if (out.schema < 1 || !isCollectorDatabase(db)) {
            return core::fail(core::ErrorKind::Storage,
                u"%1 is not a collector's database"_s.arg(QString::fromStdString(path)));
        }
        const std::string found = db.execAndGet("PRAGMA integrity_check(1)").getString();
        if (found != "ok") {
            return core::fail(core::ErrorKind::Storage,
                u"%1 is damaged (%2)"_s.arg(QString::fromStdString(path), QString::fromStdString(found)));
        }
        out.events = db.execAndGet("SELECT count(*) FROM events").getInt64();
        out.issues = db.execAndGet("SELECT count(*) FROM issues").getInt64();
        return out;
    } catch (const std::exception& fault) {
        return core::fail(
            core::ErrorKind::Storage, u"%1 is no database that can be read (%2)"_s.arg(
                                          QString::fromStdString(path), QString::fromUtf8(fault.what())));
    }
}

core::Result<void> syncPath(const std::string& path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool isSynced = fd >= 0 && ::fsync(fd) == 0;
    const core::Error error = isSynced ? core::Error() : failed(u"cannot write", path);
    if (fd >= 0)
        ::close(fd);
    if (!isSynced)
        return core::fail(error);
    return {};
}

} // namespace vedette::collector
