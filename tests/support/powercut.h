// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace vedette::tests {

/// A file system layer for SQLite that works like the usual one and writes down what happens to the files:
/// each write, truncation, sync and deletion, in their order. From that record it can build the files as a
/// power cut at any moment may leave them: what was synced is there; of what was not, any part may be, in any
/// order, the last one torn. Any thread; one recording at a time.
///
/// Assumed is what SQLite assumes of a disk: a sync waits for the disk, and writing some bytes does not
/// destroy others beside them. A file that was made or deleted is so for certain after the next sync of any
/// file in the folder (SQLite syncs the folder with it).
class PowerCut final
{
public:
    /// Registers it, once in a process; `name()` is what SQLite knows it by.
    static const std::string& name();

    /// Begins a record, of files that are not there yet. `heedSyncs` false: a disk that lies, whose syncs do
    /// nothing.
    static void record(bool heedSyncs = true);
    /// How much has been recorded so far: a moment.
    [[nodiscard]] static std::size_t now();
    /// Ends the record; it can be used until the next.
    static void stop();

    /// Builds the files as a power cut at that moment (now()) may leave them, in a folder that exists: each
    /// under its own name. Moments must not go down from call to call: it walks through the record once.
    static void buildImage(std::size_t moment, const std::string& folder, std::mt19937& random);
};

} // namespace vedette::tests
