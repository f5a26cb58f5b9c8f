// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "models/core/clock.h"
#include "models/core/result.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// How attachments lie in the database: in parts of a quarter of a megabyte, each packed by itself, so that
/// neither writing nor reading a large one needs more than one part in memory.
///
/// Deletion: a trigger of the schema (0006_items.sql) deletes attachments and reports of an event with the
/// event, whoever deletes it (a retention, an issue, a project). What has no event goes by its age
/// (retention.h).

/// Bytes of an attachment in one part; the last may be shorter. An empty attachment has no part.
inline constexpr std::size_t attachmentPartBytes = 262'144;

/// A part as it is stored. Any thread.
[[nodiscard]] std::string packPart(std::string_view plain);
/// Its bytes. Errors: Storage (the blob is damaged).
[[nodiscard]] core::Result<std::string> unpackPart(std::string_view blob);

/// The bytes of one part. Errors: NotFound (deleted meanwhile), Storage. Throws SQLite::Exception.
[[nodiscard]] core::Result<std::string> readPart(
    SQLite::Database& db, std::int64_t attachment, std::int64_t part);

} // namespace vedette::collector
