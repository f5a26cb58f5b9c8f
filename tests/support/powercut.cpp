// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/powercut.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <vector>

#include "tests/support/vfslayer.h"

namespace vedette::tests {
namespace {

using vfslayer::fileOf;
using vfslayer::real;
using vfslayer::usual;

struct Change
{
    enum class Kind
    {
        Make,
        Write,
        Truncate,
        Sync,
        Remove
    };
    Kind kind = Kind::Write;
    std::string file; ///< its name without the folder
    std::int64_t at = 0;
    std::string bytes;
};

/// One file as it is on the disk, and what is on its way there.
struct DiskFile
{
    bool exists = false; ///< for certain
    std::string synced;
    std::vector<const Change*> waiting;
};

std::mutex mutex;
bool isRecording = false;
bool heedsSyncs = true;
std::vector<Change> changes;
// Of the images.
std::size_t walked = 0;
std::map<std::string, DiskFile> disk;

void note(Change change)
{
    const std::lock_guard lock(mutex);
    if (isRecording && (heedsSyncs || change.kind != Change::Kind::Sync))
        changes.push_back(std::move(change));
}

std::string baseName(const char* path)
{
    const char* slash = std::strrchr(path, '/');
    return slash ? slash + 1 : path;
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset)
{
    if (fileOf(file)->name)
        note({Change::Kind::Write, fileOf(file)->name, offset,
            std::string(static_cast<const char*>(from), static_cast<std::size_t>(size))});
    return real(file)->pMethods->xWrite(real(file), from, size, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size)
{
    if (fileOf(file)->name)
        note({Change::Kind::Truncate, fileOf(file)->name, size, {}});
    return real(file)->pMethods->xTruncate(real(file), size);
}
int sync(sqlite3_file* file, int)
{
    // Not to the real disk: the test is about the record, and takes a tenth of the time.
    if (fileOf(file)->name)
        note({Change::Kind::Sync, fileOf(file)->name, 0, {}});
    return SQLITE_OK;
}
const sqlite3_io_methods& methods()
{
    static const sqlite3_io_methods ours = [] {
        sqlite3_io_methods out = vfslayer::passingOn();
        out.xWrite = write;
        out.xTruncate = truncate;
        out.xSync = sync;
        return out;
    }();
    return ours;
}

/// Names live as long as the process: SQLite keeps only the pointer that we keep.
const char* keptName(const char* path)
{
    static std::map<std::string, std::string> names;
    const std::lock_guard guard(mutex);
    const std::string name = baseName(path);
    return names.emplace(name, name).first->second.c_str();
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    vfslayer::prepare(file);
    // Without a name: a temporary one, which nobody misses after a power cut.
    const char*& kept = fileOf(file)->name;
    if (name && (flags & SQLITE_OPEN_DELETEONCLOSE) == 0)
        kept = keptName(name);
    int there = 1;
    if (kept)
        usual()->xAccess(usual(), name, SQLITE_ACCESS_EXISTS, &there);
    const int code = vfslayer::open(name, file, flags, outFlags, methods());
    if (code == SQLITE_OK && there == 0)
        note({Change::Kind::Make, kept, 0, {}});
    return code;
}

int remove(sqlite3_vfs*, const char* name, int syncDir)
{
    const int code = usual()->xDelete(usual(), name, syncDir);
    if (code == SQLITE_OK)
        note({Change::Kind::Remove, baseName(name), 0, {}});
    return code;
}

void apply(const Change& change, std::size_t size, std::string& bytes)
{
    if (change.kind == Change::Kind::Truncate) {
        bytes.resize(static_cast<std::size_t>(change.at));
        return;
    }
    const std::size_t at = static_cast<std::size_t>(change.at);
    if (bytes.size() < at + size)
        bytes.resize(at + size);
    bytes.replace(at, size, change.bytes, 0, size);
}

/// What a sync of one file brings to the disk.
void settle(const std::string& name)
{
    DiskFile& file = disk[name];
    for (const Change* change : file.waiting) {
        if (change->kind == Change::Kind::Remove) {
            file.synced.clear();
        } else if (change->kind != Change::Kind::Make) {
            apply(*change, change->bytes.size(), file.synced);
        }
        file.exists = change->kind != Change::Kind::Remove;
    }
    file.waiting.clear();
}

void walk(const Change& change)
{
    if (change.kind != Change::Kind::Sync) {
        disk[change.file].waiting.push_back(&change);
        return;
    }
    settle(change.file);
    // The folder was synced with it: what was deleted before stays deleted.
    for (auto& [name, file] : disk) {
        if (!file.waiting.empty() && file.waiting.front()->kind == Change::Kind::Remove &&
            file.waiting.size() == 1)
            settle(name);
    }
}

/// Each of the changes that wait has reached the disk or not, as chance will; the torn one in part.
void addWhatMayBe(const DiskFile& file, bool& exists, std::string& bytes, std::mt19937& random)
{
    // Between "none at all" and "all but the last" every share is met.
    const double share = std::uniform_real_distribution<double>(0, 1)(random);
    const auto chance = [&](double part) {
        return std::uniform_real_distribution<double>(0, 1)(random) < part;
    };
    for (const Change* change : file.waiting) {
        // A new file's entry in the folder may be missing, but what is written to a file that is there may
        // not make it vanish.
        if (change->kind == Change::Kind::Make) {
            exists = exists || chance(0.5);
            continue;
        }
        if (change->kind == Change::Kind::Remove) {
            if (chance(0.5)) {
                exists = false;
                bytes.clear();
            }
            continue;
        }
        if (!chance(share))
            continue;
        std::size_t size = change->bytes.size();
        if (change->kind == Change::Kind::Write && chance(0.2))
            size = std::uniform_int_distribution<std::size_t>(0, size)(random);
        apply(*change, size, bytes);
    }
}

} // namespace

const std::string& PowerCut::name()
{
    static sqlite3_vfs vfs;
    static const std::string text = vfslayer::add("vedette-powercut", vfs, open, remove);
    return text;
}

void PowerCut::record(bool heedSyncs)
{
    const std::lock_guard lock(mutex);
    changes.clear();
    disk.clear();
    walked = 0;
    heedsSyncs = heedSyncs;
    isRecording = true;
}

std::size_t PowerCut::now()
{
    const std::lock_guard lock(mutex);
    return changes.size();
}

void PowerCut::stop()
{
    const std::lock_guard lock(mutex);
    isRecording = false;
}

void PowerCut::buildImage(std::size_t moment, const std::string& folder, std::mt19937& random)
{
    const std::lock_guard lock(mutex);
    for (; walked < std::min(moment, changes.size()); ++walked)
        walk(changes[walked]);
    for (const auto& [name, file] : disk) {
        bool exists = file.exists;
        std::string bytes = file.synced;
        addWhatMayBe(file, exists, bytes, random);
        if (exists)
            std::ofstream(folder + '/' + name, std::ios::binary) << bytes;
    }
}

} // namespace vedette::tests
