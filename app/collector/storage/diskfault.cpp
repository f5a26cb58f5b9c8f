// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/diskfault.h"

#include <cerrno>
#include <cstring>
#include <new>

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace vedette::collector {
namespace {

/// EFBIG is no full disk to the system, but to us: the file must not grow. SQLite leaves an older errno
/// behind where it found a disk full by itself.
bool meansFull(int systemErrno)
{
    return systemErrno == ENOSPC || systemErrno == EDQUOT || systemErrno == EFBIG;
}

} // namespace

DiskFault diskFaultOf(const std::exception& fault, int systemErrno)
{
    if (dynamic_cast<const std::bad_alloc*>(&fault))
        return DiskFault::Memory;
    const auto* sqlite = dynamic_cast<const SQLite::Exception*>(&fault);
    if (!sqlite)
        return DiskFault::None;
    switch (sqlite->getErrorCode()) {
    case SQLITE_NOMEM:
        return DiskFault::Memory;
    case SQLITE_FULL:
        return DiskFault::Full;
    case SQLITE_READONLY:
        return DiskFault::ReadOnly;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return DiskFault::Damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DiskFault::Held;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
        break;
    default:
        return DiskFault::None;
    }
    if (meansFull(systemErrno))
        return DiskFault::Full;
    return systemErrno == EROFS ? DiskFault::ReadOnly : DiskFault::Unwritable;
}

std::string describe(DiskFault kind, const std::exception& fault, int systemErrno)
{
    const std::string own = fault.what();
    switch (kind) {
    case DiskFault::None:
        break;
    case DiskFault::Full:
        return "the disk is full (" + (meansFull(systemErrno) ? std::strerror(systemErrno) : own) + ")";
    case DiskFault::ReadOnly:
        return "the disk is read-only (" + (systemErrno == EROFS ? std::strerror(systemErrno) : own) + ")";
    case DiskFault::Damaged:
        return "the database is damaged (" + own + ")";
    case DiskFault::Held:
        return "another program keeps the database locked (" + own + ")";
    case DiskFault::Unwritable:
        return "the disk cannot be written (" + own +
               (systemErrno != 0 ? std::string(": ") + std::strerror(systemErrno) : "") + ")";
    case DiskFault::Memory:
        return "there is too little memory (" + own + ")";
    }
    return own;
}

} // namespace vedette::collector
