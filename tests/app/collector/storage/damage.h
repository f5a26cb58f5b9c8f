// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

namespace vedette::tests {

/// The page where a table or an index begins. The database must be intact and closed.
std::int64_t rootPage(const std::string& path, const std::string& name);

/// Overwrites one page of a database with rubbish, from its beginning on, as a bad disk does. Returns what
/// was there. Nobody may have the database open.
std::string spoilPage(const std::string& path, std::int64_t page);
/// Puts a page back.
void writePage(const std::string& path, std::int64_t page, const std::string& bytes);

/// The whole file.
std::string fileBytes(const std::string& path);

} // namespace vedette::tests
