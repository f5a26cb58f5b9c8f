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
    /// How a disk takes nothing more.
    enum class Refusal
    {
        No,
        Full,     ///< writes that need space
        ReadOnly, ///< any write
        Broken    ///< writes and syncs, with an error of the device
    };
    /// After so many more writes that work, all fail, until disarm().
    static void refuseWrites(Refusal how, long after = 0);
    /// From now on every write, truncate and sync fails, as on a full disk; or no longer.
    static void failWrites(bool on) { refuseWrites(on ? Refusal::Full : Refusal::No); }
    /// All work again. True if a failure was due and has happened since failOnce().
    static bool disarm();
};

} // namespace vedette::tests
