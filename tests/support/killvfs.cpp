// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/killvfs.h"

#include <atomic>
#include <csignal>
#include <cstdlib>

#include "tests/support/vfslayer.h"

namespace vedette::tests {
namespace {

using vfslayer::real;

std::atomic<long> callsLeft = 0;

void count()
{
    if (callsLeft.fetch_sub(1) == 1)
        std::raise(SIGKILL);
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset)
{
    count();
    return real(file)->pMethods->xWrite(real(file), from, size, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size)
{
    count();
    return real(file)->pMethods->xTruncate(real(file), size);
}
int sync(sqlite3_file*, int)
{
    count(); // a killed process loses nothing that it wrote: no need for the real disk
    return SQLITE_OK;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    static const sqlite3_io_methods ours = [] {
        sqlite3_io_methods out = vfslayer::passingOn();
        out.xWrite = write;
        out.xTruncate = truncate;
        out.xSync = sync;
        return out;
    }();
    vfslayer::prepare(file);
    return vfslayer::open(name, file, flags, outFlags, ours);
}

int remove(sqlite3_vfs*, const char* name, int syncDir)
{
    return vfslayer::usual()->xDelete(vfslayer::usual(), name, syncDir);
}

} // namespace

void killAfterCalls(long calls)
{
    static sqlite3_vfs vfs;
    const std::string name = vfslayer::add("vedette-kill", vfs, open, remove);
    callsLeft = calls;
    if (sqlite3_vfs_register(sqlite3_vfs_find(name.c_str()), 1) != SQLITE_OK)
        std::abort();
}

} // namespace vedette::tests
