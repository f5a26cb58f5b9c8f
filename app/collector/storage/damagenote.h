// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace vedette::collector {

/// What to do about a damaged database, in words.
inline constexpr std::string_view damageAdvice =
    "`vedette collect --salvage` copies what can be read into a new one and keeps the damaged one beside it; "
    "`vedette collect --restore FILE` puts a backup in its place";

/// The note `PATH.damaged` beside a database: damage was met while it was in use. Not every start reads every
/// page (that takes seconds a gigabyte); the one after this does.

void leaveDamageNote(const std::string& path, std::string_view what);
[[nodiscard]] bool hasDamageNote(const std::string& path);
void removeDamageNote(const std::string& path);

} // namespace vedette::collector
