// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

#include "models/core/result.h"

namespace vedette::collector {

/// The zstd level of stored payloads.
inline constexpr int payloadLevel = 3;

/// A payload as it is stored: zstd of the JSON with a dictionary of the program's (dictionaries/, trained
/// from the recorded samples), whose number the frame names; bytes that are no UTF-8 mended first. Any
/// thread.
[[nodiscard]] std::string packPayload(std::string_view json);

/// The JSON of a stored payload, also of one that was packed without a dictionary. Errors: Storage (the blob
/// is damaged, or its dictionary is one of a newer program). Any thread.
[[nodiscard]] core::Result<std::string> unpackPayload(std::string_view blob);

} // namespace vedette::collector
