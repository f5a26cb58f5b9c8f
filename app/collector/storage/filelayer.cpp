// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/filelayer.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include <sqlite3.h>

namespace vedette::collector {
namespace {

/// One write takes so much of the log. The memory is kept. SQLite's own layer takes less than 128 KiB at
/// once.
constexpr sqlite3_int64 gatheredBytes = 64 << 10;

/// So much of the database is synced at a time, and then the disk is left to others for so long.
constexpr sqlite3_int64 pacedBytes = 256 << 10;
constexpr std::chrono::milliseconds pause{2};

/// What a file has besides what the layer below keeps of it, behind that in the same block.
struct Extra
{
    const sqlite3_io_methods* below; ///< what the file does without us
    sqlite3_io_methods own;
    char* held;           ///< gatheredBytes; none before the first write
    sqlite3_int64 offset; ///< where what is held belongs
    sqlite3_int64 bytes;  ///< that is held, or of the database not yet synced
};

struct Layer
{
    sqlite3_vfs vfs = {};
    std::string name;
    sqlite3_vfs* below = nullptr;
    bool moves = false; ///< the log; else it commits
    int extraAt = 0;    ///< where in a file's block
};

Layer& layerOf(sqlite3_vfs* vfs)
{
    return *static_cast<Layer*>(vfs->pAppData);
}

sqlite3_vfs* below(sqlite3_vfs* vfs)
{
    return layerOf(vfs).below;
}

/// Found from the methods, which lie in it: a file knows no layer.
Extra& extraOf(sqlite3_file* file)
{
    const char* own = reinterpret_cast<const char*>(file->pMethods); // NOLINT: C's way to derive
    return *reinterpret_cast<Extra*>(const_cast<char*>(own) - offsetof(Extra, own)); // NOLINT: the same block
}

/// What cannot be written stays, and is tried again before anything else: SQLite may go on to believe that it
/// is in the file.
int flush(sqlite3_file* file, Extra& extra)
{
    if (extra.bytes == 0)
        return SQLITE_OK;
    const int code = extra.below->xWrite(file, extra.held, static_cast<int>(extra.bytes), extra.offset);
    if (code == SQLITE_OK)
        extra.bytes = 0;
    return code;
}

int gather(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset)
{
    Extra& extra = extraOf(file);
    if (offset != extra.offset + extra.bytes || extra.bytes + size > gatheredBytes) {
        if (const int code = flush(file, extra); code != SQLITE_OK)
            return code;
        extra.offset = offset;
    }
    if (!extra.held)
        extra.held = new (std::nothrow) char[gatheredBytes];
    if (!extra.held || size > gatheredBytes)
        return extra.below->xWrite(file, from, size, offset);
    std::memcpy(extra.held + extra.bytes, from, static_cast<std::size_t>(size));
    extra.bytes += size;
    return SQLITE_OK;
}

int readGathered(sqlite3_file* file, void* to, int size, sqlite3_int64 offset)
{
    Extra& extra = extraOf(file);
    // A page of the same transaction that fell out of the cache may be what is held.
    if (offset + size > extra.offset && offset < extra.offset + extra.bytes) {
        if (const int code = flush(file, extra); code != SQLITE_OK)
            return code;
    }
    return extra.below->xRead(file, to, size, offset);
}

int truncateGathered(sqlite3_file* file, sqlite3_int64 size)
{
    Extra& extra = extraOf(file);
    const int code = flush(file, extra);
    return code != SQLITE_OK ? code : extra.below->xTruncate(file, size);
}

int syncGathered(sqlite3_file* file, int flags)
{
    Extra& extra = extraOf(file);
    const int code = flush(file, extra);
    return code != SQLITE_OK ? code : extra.below->xSync(file, flags);
}

int sizeGathered(sqlite3_file* file, sqlite3_int64* size)
{
    Extra& extra = extraOf(file);
    const int code = flush(file, extra);
    return code != SQLITE_OK ? code : extra.below->xFileSize(file, size);
}

int closeGathered(sqlite3_file* file)
{
    Extra& extra = extraOf(file);
    flush(file, extra); // nothing that was committed: that was synced
    delete[] extra.held;
    extra.held = nullptr;
    return extra.below->xClose(file);
}

int writePaced(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset)
{
    Extra& extra = extraOf(file);
    const int code = extra.below->xWrite(file, from, size, offset);
    if (code != SQLITE_OK)
        return code;
    extra.bytes += size;
    if (extra.bytes < pacedBytes)
        return SQLITE_OK;
    extra.bytes = 0;
    return extra.below->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
}

int writePausing(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset)
{
    const int code = writePaced(file, from, size, offset);
    if (code == SQLITE_OK && extraOf(file).bytes == 0)
        std::this_thread::sleep_for(pause);
    return code;
}

int syncPaced(sqlite3_file* file, int flags)
{
    Extra& extra = extraOf(file);
    extra.bytes = 0;
    return extra.below->xSync(file, flags);
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    const Layer& layer = layerOf(vfs);
    const int code = layer.below->xOpen(layer.below, name, file, flags, outFlags);
    const bool isLog = (flags & SQLITE_OPEN_WAL) != 0;
    if (code != SQLITE_OK || !file->pMethods || (!isLog && (flags & SQLITE_OPEN_MAIN_DB) == 0) ||
        (isLog && layer.moves))
        return code;
    auto* const extra = new (reinterpret_cast<char*>(file) + layer.extraAt) Extra{}; // NOLINT: the same block
    extra->below = file->pMethods;
    extra->own = *file->pMethods;
    if (isLog) {
        extra->own.xWrite = gather;
        extra->own.xRead = readGathered;
        extra->own.xTruncate = truncateGathered;
        extra->own.xSync = syncGathered;
        extra->own.xFileSize = sizeGathered;
        extra->own.xClose = closeGathered;
    } else {
        extra->own.xWrite = layer.moves ? writePausing : writePaced;
        extra->own.xSync = syncPaced;
    }
    file->pMethods = &extra->own;
    return SQLITE_OK;
}

/// Everything but opening is the layer's below, which wants to be called with itself.
void passOn(sqlite3_vfs& vfs)
{
    vfs.xDelete = [](sqlite3_vfs* self, const char* name, int sync) {
        return below(self)->xDelete(below(self), name, sync);
    };
    vfs.xAccess = [](sqlite3_vfs* self, const char* name, int flags, int* out) {
        return below(self)->xAccess(below(self), name, flags, out);
    };
    vfs.xFullPathname = [](sqlite3_vfs* self, const char* name, int size, char* out) {
        return below(self)->xFullPathname(below(self), name, size, out);
    };
    vfs.xDlOpen = [](sqlite3_vfs* self, const char* name) { return below(self)->xDlOpen(below(self), name); };
    vfs.xDlError = [](sqlite3_vfs* self, int size, char* out) {
        below(self)->xDlError(below(self), size, out);
    };
    vfs.xDlSym = [](sqlite3_vfs* self, void* library, const char* symbol) {
        return below(self)->xDlSym(below(self), library, symbol);
    };
    vfs.xDlClose = [](sqlite3_vfs* self, void* library) { below(self)->xDlClose(below(self), library); };
    vfs.xRandomness = [](sqlite3_vfs* self, int size, char* out) {
        return below(self)->xRandomness(below(self), size, out);
    };
    vfs.xSleep = [](sqlite3_vfs* self, int microseconds) {
        return below(self)->xSleep(below(self), microseconds);
    };
    vfs.xCurrentTime = [](sqlite3_vfs* self, double* out) {
        return below(self)->xCurrentTime(below(self), out);
    };
    vfs.xGetLastError = [](sqlite3_vfs* self, int size, char* out) {
        return below(self)->xGetLastError(below(self), size, out);
    };
    if (vfs.iVersion >= 2 && vfs.xCurrentTimeInt64) {
        vfs.xCurrentTimeInt64 = [](sqlite3_vfs* self, sqlite3_int64* out) {
            return below(self)->xCurrentTimeInt64(below(self), out);
        };
    }
}

std::unique_ptr<Layer> makeLayer(std::string name, sqlite3_vfs* below, bool moves)
{
    auto layer = std::make_unique<Layer>();
    constexpr int alignment = alignof(std::max_align_t);
    layer->name = std::move(name);
    layer->below = below;
    layer->moves = moves;
    layer->extraAt = (below->szOsFile + alignment - 1) / alignment * alignment;
    layer->vfs = *below;
    layer->vfs.iVersion = std::min(below->iVersion, 2); // 3 adds system calls, which are the layer's below
    layer->vfs.szOsFile = layer->extraAt + static_cast<int>(sizeof(Extra));
    layer->vfs.pNext = nullptr;
    layer->vfs.zName = layer->name.c_str();
    layer->vfs.pAppData = layer.get();
    layer->vfs.xOpen = open;
    passOn(layer->vfs);
    return layer;
}

std::string layer(const std::string& below, bool moves)
{
    static std::mutex mutex;
    static auto& layers = *new std::vector<std::unique_ptr<Layer>>; // SQLite keeps pointers to them
    const std::lock_guard lock(mutex);
    std::string name = (moves ? "vedette-moving-" : "vedette-committing-") + below;
    if (sqlite3_vfs_find(name.c_str()))
        return name;
    sqlite3_vfs* const base = sqlite3_vfs_find(below.empty() ? nullptr : below.c_str());
    if (!base)
        return below;
    auto made = makeLayer(name, base, moves);
    if (sqlite3_vfs_register(&made->vfs, 0) != SQLITE_OK)
        return below;
    layers.push_back(std::move(made));
    return name;
}

} // namespace

std::string committingLayer(const std::string& below)
{
    return layer(below, false);
}

std::string movingLayer(const std::string& below)
{
    return layer(below, true);
}

} // namespace vedette::collector
