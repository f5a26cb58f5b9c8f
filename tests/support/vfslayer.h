// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include <sqlite3.h>

/// What file system layers for SQLite have in common that lie on top of the usual one (FaultVfs, PowerCut): a
/// layer takes passingOn(), puts its own functions in the places that it is about, and registers itself.
namespace vedette::tests::vfslayer {

/// A layer's file: the head that SQLite sees, with the real file behind it in the same block.
struct File
{
    sqlite3_file head;
    sqlite3_file* real;
    const char* name; ///< for the layer's own use
};

[[nodiscard]] File* fileOf(sqlite3_file* file);
/// The usual file behind the layer's.
[[nodiscard]] sqlite3_file* real(sqlite3_file* file);
[[nodiscard]] sqlite3_vfs* usual();

/// Methods that pass all on to the real file. Version 2: without the memory mapping of version 3, so that
/// every read and write is seen.
[[nodiscard]] sqlite3_io_methods passingOn();

/// Must be called first in a layer's open: until open() has worked, SQLite must find no methods.
void prepare(sqlite3_file* file);
/// Opens the real file; the layer's has those methods then.
int open(const char* name, sqlite3_file* file, int flags, int* outFlags, const sqlite3_io_methods& methods);

using Open = int (*)(sqlite3_vfs*, const char*, sqlite3_file*, int, int*);
using Remove = int (*)(sqlite3_vfs*, const char*, int);
/// Registers a layer of that name, which must live as long as the process; ends the program where it cannot.
std::string add(const char* name, sqlite3_vfs& layer, Open open, Remove remove);

} // namespace vedette::tests::vfslayer
