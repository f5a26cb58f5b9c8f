// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/vfslayer.h"

#include <cstdlib>

namespace vedette::tests::vfslayer {
namespace {

int close(sqlite3_file* file)
{
    return real(file)->pMethods->xClose(real(file));
}
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset)
{
    return real(file)->pMethods->xRead(real(file), to, size, offset);
}
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset)
{
    return real(file)->pMethods->xWrite(real(file), from, size, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size)
{
    return real(file)->pMethods->xTruncate(real(file), size);
}
int sync(sqlite3_file* file, int flags)
{
    return real(file)->pMethods->xSync(real(file), flags);
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
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
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

} // namespace

File* fileOf(sqlite3_file* file)
{
    return reinterpret_cast<File*>(file); // NOLINT: C's way to derive
}

sqlite3_file* real(sqlite3_file* file)
{
    return fileOf(file)->real;
}

sqlite3_vfs* usual()
{
    // By its name: a layer may be what SQLite takes where none is named.
    static sqlite3_vfs* const vfs = sqlite3_vfs_find("unix");
    return vfs;
}

sqlite3_io_methods passingOn()
{
    return {2, close, read, write, truncate, sync, fileSize, lock, unlock, checkReserved, fileControl,
        sectorSize, characteristics, shmMap, shmLock, shmBarrier, shmUnmap, nullptr, nullptr};
}

void prepare(sqlite3_file* file)
{
    File* const mine = fileOf(file);
    mine->head.pMethods = nullptr;
    mine->real = reinterpret_cast<sqlite3_file*>(mine + 1); // NOLINT: the same block
    mine->name = nullptr;
}

int open(const char* name, sqlite3_file* file, int flags, int* outFlags, const sqlite3_io_methods& methods)
{
    const int code = usual()->xOpen(usual(), name, real(file), flags, outFlags);
    if (code == SQLITE_OK)
        fileOf(file)->head.pMethods = &methods;
    return code;
}

std::string add(const char* name, sqlite3_vfs& layer, Open open, Remove remove)
{
    layer = *usual();
    layer.zName = name;
    layer.szOsFile = static_cast<int>(sizeof(File)) + usual()->szOsFile;
    layer.xOpen = open;
    layer.xDelete = remove;
    layer.pNext = nullptr;
    if (sqlite3_vfs_register(&layer, 0) != SQLITE_OK)
        std::abort();
    return name;
}

} // namespace vedette::tests::vfslayer
