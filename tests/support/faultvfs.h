// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace vedette::tests {

/// A file system layer for SQLite that fails when told to, on top of the usual one. Calls that can fail on a
/// real disk are counted: open, read, write, truncate, sync, delete, the shared memory of the log. Any
/// thread.
class FaultVfs final
{
public:
    /// Registers it, once in a process; `name()` is what SQLite knows it by.
    static const std::string& name();
    /// Makes it the one that SQLite takes where none is named, for stores that name none; or no longer.
    static void setDefault(bool on);

    /// From now on `calls` calls work and the next one fails; then all work again.
    static void failOnce(long calls);
    /// From now on every write, truncate and sync fails, as on a full disk.
    static void failWrites(bool on);
    /// All work again. True if a failure was due and has happened since failOnce().
    static bool disarm();
};

} // namespace vedette::tests
