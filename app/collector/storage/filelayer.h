// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace vedette::collector {

/// File system layers for SQLite (https://www.sqlite.org/vfs.html) on top of the layer `below` (empty: the
/// usual one). Both sync what is written to the database every few hundred kilobytes: tens of megabytes that
/// reach the disk at once keep it busy for as long, and whoever waits for a sync of his own waits for them. A
/// layer is made once and lives as long as the process; where there can be none, `below` itself is named. Any
/// thread.

/// The name of that for the connection that commits, with `synchronous=FULL`. What it appends to the
/// write-ahead log goes out in large pieces, at the latest when it is synced: SQLite writes each page with
/// two calls of its own, and a transaction of many events writes thousands. What is committed was synced, so
/// nobody else looks for a page that is still held here.
[[nodiscard]] std::string committingLayer(const std::string& below);

/// The name of that for the connection that moves the log into the database beside it: it leaves the disk to
/// others after each piece.
[[nodiscard]] std::string movingLayer(const std::string& below);

} // namespace vedette::collector
