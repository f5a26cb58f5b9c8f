// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/models/store/failingvfs.h"

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <new>

namespace vedette::tests {
namespace {

constexpr int disarmed = -1;

std::atomic<int> countdown{disarmed};
std::atomic<bool> hasFailed{false};
sqlite3_vfs* real = nullptr;
sqlite3_vfs layer;

/// True for the one call that is to fail.
bool strikes()
{
    int left = countdown.load();
    while (left >= 0) {
        if (countdown.compare_exchange_weak(left, left - 1)) {
            if (left == 0)
                hasFailed = true;
            return left == 0;
        }
    }
    return false;
}

struct File
{
    sqlite3_file base; // first: SQLite sees only this
    sqlite3_file* below;
};

sqlite3_file* below(sqlite3_file* file)
{
    return reinterpret_cast<File*>(file)->below;
}

template<auto Method, int Fault, class... Args>
int pass(sqlite3_file* file, Args... args)
{
    if (Fault != SQLITE_OK && strikes())
        return Fault;
    sqlite3_file* next = below(file);
    return (next->pMethods->*Method)(next, args...);
}

void barrier(sqlite3_file* file)
{
    below(file)->pMethods->xShmBarrier(below(file));
}

int readBytes(sqlite3_file* file, void* into, int size, sqlite3_int64 offset)
{
    if (strikes())
        return SQLITE_IOERR_READ;
    return below(file)->pMethods->xRead(below(file), into, size, offset);
}

int lockShared(sqlite3_file* file, int offset, int count, int flags)
{
    // Giving a lock back cannot fail in the real layer below, and SQLite does not ask.
    if ((flags & SQLITE_SHM_UNLOCK) == 0 && strikes())
        return SQLITE_IOERR_SHMLOCK;
    return below(file)->pMethods->xShmLock(below(file), offset, count, flags);
}

int closeFile(sqlite3_file* file)
{
    return below(file)->pMethods->xClose(below(file)); // a failed close could only leak
}

using M = sqlite3_io_methods;

const sqlite3_io_methods methods = {
    3,
    closeFile,
    readBytes,
    pass<&M::xWrite, SQLITE_IOERR_WRITE, const void*, int, sqlite3_int64>,
    pass<&M::xTruncate, SQLITE_IOERR_TRUNCATE, sqlite3_int64>,
    pass<&M::xSync, SQLITE_IOERR_FSYNC, int>,
    pass<&M::xFileSize, SQLITE_IOERR_FSTAT, sqlite3_int64*>,
    pass<&M::xLock, SQLITE_IOERR_LOCK, int>,
    pass<&M::xUnlock, SQLITE_OK, int>,
    pass<&M::xCheckReservedLock, SQLITE_IOERR_CHECKRESERVEDLOCK, int*>,
    pass<&M::xFileControl, SQLITE_OK, int, void*>,
    pass<&M::xSectorSize, SQLITE_OK>,
    pass<&M::xDeviceCharacteristics, SQLITE_OK>,
    pass<&M::xShmMap, SQLITE_IOERR_SHMMAP, int, int, int, volatile void**>,
    lockShared,
    barrier,
    pass<&M::xShmUnmap, SQLITE_OK, int>,
    pass<&M::xFetch, SQLITE_OK, sqlite3_int64, int, void**>,
    pass<&M::xUnfetch, SQLITE_OK, sqlite3_int64, void*>,
};

int openFile(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    auto* ours = reinterpret_cast<File*>(file);
    ours->base.pMethods = nullptr; // SQLite closes what has methods, also after a failure
    if (strikes())
        return SQLITE_CANTOPEN;
    ours->below = reinterpret_cast<sqlite3_file*>(ours + 1);
    std::memset(ours->below, 0, std::size_t(real->szOsFile));
    const int result = real->xOpen(real, name, ours->below, flags, outFlags);
    if (ours->below->pMethods != nullptr)
        ours->base.pMethods = &methods;
    return result;
}

int removeFile(sqlite3_vfs*, const char* name, int syncFolder)
{
    return strikes() ? SQLITE_IOERR_DELETE : real->xDelete(real, name, syncFolder);
}

} // namespace

FailingVfs::FailingVfs()
{
    real = sqlite3_vfs_find(nullptr);
    layer = *real;
    layer.zName = "failing";
    layer.pNext = nullptr;
    layer.szOsFile = int(sizeof(File)) + real->szOsFile;
    layer.xOpen = openFile;
    layer.xDelete = removeFile;
    sqlite3_vfs_register(&layer, 1);
}

FailingVfs::~FailingVfs()
{
    sqlite3_vfs_unregister(&layer);
}

void FailingVfs::failAt(int n)
{
    hasFailed = false;
    countdown = n;
}

bool FailingVfs::disarm()
{
    countdown = disarmed;
    return hasFailed;
}

} // namespace vedette::tests
