// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/faultvfs.h"

#include <atomic>
#include <cstdlib>

#include <sqlite3.h>

namespace vedette::tests {
namespace {

std::atomic<long> callsLeft = -1; ///< -1: not armed
std::atomic<bool> hit = false;
std::atomic<FaultVfs::Refusal> refusal = FaultVfs::Refusal::No;
std::atomic<long> writesLeft = 0; ///< before the refusal

bool failsNow()
{
    if (callsLeft < 0)
        return false;
    if (callsLeft.fetch_sub(1) != 0)
        return false;
    hit = true;
    return true;
}

/// SQLITE_OK, or what a write, truncate or sync gets while the disk takes nothing.
int refused(int brokenCode)
{
    const FaultVfs::Refusal how = refusal;
    if (how == FaultVfs::Refusal::No || writesLeft.fetch_sub(1) > 0)
        return SQLITE_OK;
    hit = true;
    if (how == FaultVfs::Refusal::Full)
        return brokenCode == SQLITE_IOERR_WRITE ? SQLITE_FULL : brokenCode;
    return how == FaultVfs::Refusal::ReadOnly ? SQLITE_READONLY : brokenCode;
}

sqlite3_vfs* usual()
{
    static sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
    return vfs;
}

/// Our file: the head that SQLite sees, with the real file behind it in the same block.
struct File
{
    sqlite3_file head;
    sqlite3_file* real;
};

sqlite3_file* real(sqlite3_file* file)
{
    return reinterpret_cast<File*>(file)->real; // NOLINT: C's way to derive
}

int close(sqlite3_file* file)
{
    return real(file)->pMethods->xClose(real(file));
}
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset)
{
    return failsNow() ? SQLITE_IOERR_READ : real(file)->pMethods->xRead(real(file), to, size, offset);
}
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset)
{
    if (const int code = refused(SQLITE_IOERR_WRITE); code != SQLITE_OK)
        return code;
    return failsNow() ? SQLITE_IOERR_WRITE : real(file)->pMethods->xWrite(real(file), from, size, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size)
{
    if (const int code = refused(SQLITE_IOERR_TRUNCATE); code != SQLITE_OK)
        return code;
    return failsNow() ? SQLITE_IOERR_TRUNCATE : real(file)->pMethods->xTruncate(real(file), size);
}
int sync(sqlite3_file*, int)
{
    if (const int code = refused(SQLITE_IOERR_FSYNC); code != SQLITE_OK)
        return code;
    // Not to the real disk: no power is cut here, and it takes most of a test's time.
    return failsNow() ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}
int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}
int unlock(sqlite3_file* file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}
int checkReserved(sqlite3_file* file, int* out)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int fileControl(sqlite3_file* file, int op, void* argument)
{
    return real(file)->pMethods->xFileControl(real(file), op, argument);
}
int sectorSize(sqlite3_file* file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shmMap(sqlite3_file* file, int page, int size, int extend, volatile void** out)
{
    return failsNow() ? SQLITE_IOERR_SHMMAP
                      : real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int shmLock(sqlite3_file* file, int offset, int n, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void shmBarrier(sqlite3_file* file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}
int shmUnmap(sqlite3_file* file, int remove)
{
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

// Version 2: without the memory mapping of version 3, so that every read is seen.
const sqlite3_io_methods methods = {2, close, read, write, truncate, sync, fileSize, lock, unlock,
    checkReserved, fileControl, sectorSize, characteristics, shmMap, shmLock, shmBarrier, shmUnmap, nullptr,
    nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    auto* ours = reinterpret_cast<File*>(file); // NOLINT: C's way to derive
    ours->head.pMethods = nullptr;
    ours->real = reinterpret_cast<sqlite3_file*>(ours + 1); // NOLINT: the same block
    if (failsNow())
        return SQLITE_CANTOPEN;
    const int code = usual()->xOpen(usual(), name, ours->real, flags, outFlags);
    if (code == SQLITE_OK)
        ours->head.pMethods = &methods;
    return code;
}

int remove(sqlite3_vfs*, const char* name, int syncDir)
{
    return failsNow() ? SQLITE_IOERR_DELETE : usual()->xDelete(usual(), name, syncDir);
}

} // namespace

const std::string& FaultVfs::name()
{
    static const std::string text = [] {
        static sqlite3_vfs vfs = *usual();
        vfs.zName = "vedette-fault";
        vfs.szOsFile = static_cast<int>(sizeof(File)) + usual()->szOsFile;
        vfs.xOpen = open;
        vfs.xDelete = remove;
        vfs.pNext = nullptr;
        if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
            std::abort();
        return std::string(vfs.zName);
    }();
    return text;
}

void FaultVfs::setDefault(bool on)
{
    // Ours first: the usual one is looked up when it is registered.
    sqlite3_vfs* ours = sqlite3_vfs_find(name().c_str());
    if (sqlite3_vfs_register(on ? ours : usual(), 1) != SQLITE_OK)
        std::abort();
}

void FaultVfs::failOnce(long calls)
{
    hit = false;
    callsLeft = calls;
}

void FaultVfs::refuseWrites(Refusal how, long after)
{
    hit = false;
    writesLeft = after;
    refusal = how;
}

bool FaultVfs::disarm()
{
    callsLeft = -1;
    refusal = Refusal::No;
    return hit.exchange(false);
}

} // namespace vedette::tests
