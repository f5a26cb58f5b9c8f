// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/faultvfs.h"

#include <atomic>
#include <cstdlib>

#include "tests/support/vfslayer.h"

namespace vedette::tests {
namespace {

using vfslayer::real;
using vfslayer::usual;

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
int shmMap(sqlite3_file* file, int page, int size, int extend, volatile void** out)
{
    return failsNow() ? SQLITE_IOERR_SHMMAP
                      : real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
const sqlite3_io_methods& methods()
{
    static const sqlite3_io_methods ours = [] {
        sqlite3_io_methods out = vfslayer::passingOn();
        out.xRead = read;
        out.xWrite = write;
        out.xTruncate = truncate;
        out.xSync = sync;
        out.xShmMap = shmMap;
        return out;
    }();
    return ours;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    vfslayer::prepare(file);
    return failsNow() ? SQLITE_CANTOPEN : vfslayer::open(name, file, flags, outFlags, methods());
}

int remove(sqlite3_vfs*, const char* name, int syncDir)
{
    return failsNow() ? SQLITE_IOERR_DELETE : usual()->xDelete(usual(), name, syncDir);
}

} // namespace

const std::string& FaultVfs::name()
{
    static sqlite3_vfs vfs;
    static const std::string text = vfslayer::add("vedette-fault", vfs, open, remove);
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
