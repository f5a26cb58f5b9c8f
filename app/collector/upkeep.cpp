// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/upkeep.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include "app/collector/folder.h"
#include "app/collector/storage/damagenote.h"
#include "app/collector/storage/database.h"
#include "app/collector/storage/journal.h"
#include "app/collector/storage/store.h"
#include "models/core/logging.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

bool exists(const std::string& path)
{
    return ::access(path.c_str(), F_OK) == 0;
}

core::Error failed(QStringView what, const std::string& path)
{
    return {core::ErrorKind::Storage, 0,
        u"%1 %2: %3"_s.arg(what, QString::fromStdString(path), QString::fromLocal8Bit(std::strerror(errno))),
        {}};
}

std::string folderPart(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

bool isSameFile(const std::string& a, const std::string& b)
{
    struct stat one = {};
    struct stat other = {};
    return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/// 20261127T231500Z: a time as part of a name.
std::string timeInName(const core::Clock& clock)
{
    std::string out;
    for (const char c : core::formatTime(clock.now()).substr(0, 19)) {
        if (c != '-' && c != ':')
            out += c;
    }
    return out + 'Z';
}

/// A database that is being made beside another one; gone with the object unless it was put in its place.
class Draft final
{
public:
    explicit Draft(std::string path)
        : m_path(std::move(path))
    {
        remove();
    }
    ~Draft() { remove(); }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    [[nodiscard]] const std::string& path() const { return m_path; }

private:
    void remove() const
    {
        for (const char* end : {"", "-wal", "-shm", "-journal"})
            ::unlink((m_path + end).c_str());
    }
    const std::string m_path;
};

/// Moves what the log still holds into the database, so that the file is whole by itself. A damaged one may
/// refuse: its log is kept beside it then.
void settleLog(const std::string& path)
{
    try {
        SQLite::Database db(path, SQLite::OPEN_READWRITE, 5'000);
        db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const std::exception&) {
        return;
    }
}

/// Puts a finished database in the place of the folder's. The former one gets a second name first, so that
/// there is one at any moment. Returns that name; empty: there was none.
core::Result<std::string> putInPlace(const std::string& folder, const std::string& draft, const char* why,
    const core::Clock& clock, bool withJournal)
{
    const std::string path = databaseIn(folder);
    std::string former;
    if (exists(path)) {
        settleLog(path);
        former = path + why + timeInName(clock);
        for (int i = 2; exists(former); ++i)
            former = path + why + timeInName(clock) + '-' + std::to_string(i);
        // Not every file system knows second names: then there is none for a moment.
        if (::link(path.c_str(), former.c_str()) != 0 && ::rename(path.c_str(), former.c_str()) != 0)
            return core::fail(failed(u"cannot keep the former database as", former));
        struct stat log = {};
        // SQLite would carry a log that is left there into the new database.
        if (::stat((path + "-wal").c_str(), &log) == 0) {
            const bool isKept = log.st_size == 0
                                    ? ::unlink((path + "-wal").c_str()) == 0
                                    : ::rename((path + "-wal").c_str(), (former + "-wal").c_str()) == 0;
            if (!isKept)
                return core::fail(failed(u"cannot keep the log of", path));
        }
        ::unlink((path + "-shm").c_str());
        // What a restored database's predecessor had still to take in is of its time; a salvaged one takes it
        // in.
        if (withJournal) {
            if (auto moved = Journal::moveAside(path, former); !moved)
                return core::fail(moved.error());
        }
    }
    if (auto synced = syncPath(folder); !synced)
        return core::fail(synced.error());
    if (::rename(draft.c_str(), path.c_str()) != 0)
        return core::fail(failed(u"cannot replace", path));
    removeDamageNote(path);
    if (auto synced = syncPath(folder); !synced)
        return core::fail(synced.error());
    return former;
}

/// The folder, made where it is missing, and its lock.
core::Result<FolderLock> holdFolder(const std::string& folder, const core::Clock& clock)
{
    if (auto made = makeFolder(folder); !made)
        return core::fail(made.error());
    return FolderLock::take(folder, clock);
}

/// What was acknowledged until now and waits in the journal comes into the tables: by the collector that
/// runs, or here where none does, as after a crash.
void awaitFiling(const std::string& folder)
{
    constexpr auto patience = std::chrono::seconds(30);
    const std::string database = databaseIn(folder);
    const core::SystemClock clock;
    try {
        const auto markNow = [&database] {
            SQLite::Database db(database, SQLite::OPEN_READONLY, 5'000);
            return readJournalMark(db);
        };
        const JournalMark mark = markNow();
        const std::uint64_t newest = Journal::newestIn({database, {}, mark.salt});
        if (newest <= mark.filed)
            return;
        if (const auto lock = FolderLock::take(folder, clock)) {
            Store::Options options;
            options.path = database;
            options.readFacts = extractFacts;
            options.journal = true;
            (void)Store::open(options, clock); // and closed again
            return;
        }
        const auto end = std::chrono::steady_clock::now() + patience;
        while (markNow().filed < newest) {
            if (std::chrono::steady_clock::now() >= end) {
                qCWarning(
                    core::lcCore, "the backup lacks the newest events: the collector cannot store them");
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    } catch (const std::exception&) {
        return; // whoever copies it will tell what is wrong
    }
}

} // namespace

core::Result<BackupFacts> backUp(const std::string& dataDir, const std::string& file)
{
    const std::string database = databaseIn(folderOf(dataDir));
    if (!exists(database)) {
        return core::fail(
            core::ErrorKind::NotFound, u"no collector has run on this data folder: there is no %1"_s.arg(
                                           QString::fromStdString(database)));
    }
    if (isSameFile(database, file))
        return core::fail(core::ErrorKind::Usage, u"that is the collector's own database"_s);
    if (exists(file)) {
        struct stat status = {};
        const bool isEmpty =
            ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 0;
        if (const auto older = checkBackup(file);
            !isEmpty && !older && older.error().kind != core::ErrorKind::NewerData) {
            return core::fail(core::ErrorKind::Storage,
                u"%1 exists and is not a backup: it is left alone"_s.arg(QString::fromStdString(file)));
        }
    }
    awaitFiling(folderOf(dataDir));
    const Draft draft(file + ".part");
    if (auto copied = copyDatabase(database, draft.path()); !copied)
        return core::fail(copied.error());
    auto facts = checkBackup(draft.path());
    if (!facts) {
        return core::fail(facts.error().kind == core::ErrorKind::NewerData
                              ? facts.error()
                              : damagedError(database, facts.error().detail.toStdString()));
    }
    if (::rename(draft.path().c_str(), file.c_str()) != 0)
        return core::fail(failed(u"cannot write", file));
    if (auto synced = syncPath(folderPart(file)); !synced)
        return core::fail(synced.error());
    return facts;
}

core::Result<Restored> restore(const std::string& dataDir, const std::string& file, const core::Clock& clock)
{
    const std::string folder = folderOf(dataDir);
    Restored out;
    auto facts = checkBackup(file);
    if (!facts)
        return core::fail(facts.error());
    out.facts = *facts;
    const auto lock = holdFolder(folder, clock);
    if (!lock)
        return core::fail(lock.error());
    if (isSameFile(databaseIn(folder), file))
        return core::fail(core::ErrorKind::Usage, u"that is the collector's own database"_s);
    const Draft draft(databaseIn(folder) + ".restoring");
    if (auto copied = copyDatabase(file, draft.path()); !copied)
        return core::fail(copied.error());
    // Opened as the collector will: an older schema is brought up to date here, where it can still fail.
    if (auto opened = openWriter(draft.path()); !opened)
        return core::fail(opened.error());
    if (auto synced = syncPath(draft.path()); !synced)
        return core::fail(synced.error());
    auto former = putInPlace(folder, draft.path(), ".before-restore-", clock, true);
    if (!former)
        return core::fail(former.error());
    out.former = std::move(*former);
    return out;
}

core::Result<Salvaged> salvage(const std::string& dataDir, const core::Clock& clock)
{
    const std::string folder = folderOf(dataDir);
    const std::string database = databaseIn(folder);
    if (!exists(database)) {
        return core::fail(
            core::ErrorKind::NotFound, u"no collector has run on this data folder: there is no %1"_s.arg(
                                           QString::fromStdString(database)));
    }
    const auto lock = holdFolder(folder, clock);
    if (!lock)
        return core::fail(lock.error());
    Salvaged out;
    const Draft draft(database + ".salvaged");
    auto facts = salvageDatabase(database, draft.path(), clock.now());
    if (!facts)
        return core::fail(facts.error());
    out.facts = std::move(*facts);
    if (const auto whole = checkBackup(draft.path()); !whole)
        return core::fail(whole.error());
    if (::chmod(draft.path().c_str(), 0600) != 0)
        return core::fail(failed(u"cannot protect", draft.path()));
    if (auto synced = syncPath(draft.path()); !synced)
        return core::fail(synced.error());
    auto former = putInPlace(folder, draft.path(), ".damaged-", clock, false);
    if (!former)
        return core::fail(former.error());
    out.former = std::move(*former);
    return out;
}

} // namespace vedette::collector
