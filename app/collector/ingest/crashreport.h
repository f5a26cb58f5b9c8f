// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/envelope/envelope.h"
#include "app/collector/http/message.h"
#include "app/collector/ingest/items.h"
#include "models/core/result.h"

namespace vedette::collector {

/// A crash reporter's upload: an event of platform native, and the files that belong to it.
struct CrashReport
{
    std::string eventJson;
    std::vector<SentAttachment> attachments; ///< the minidump first; their event ids are not set yet
};

/// Reads what Breakpad, Crashpad and Electron post to /minidump/: a form whose part `upload_file_minidump` is
/// the dump, beside what the SDK knows of the event (crashform.h). Other fields become extra data, other
/// files attachments. A dump without a form is taken too. Pure; views into the body. Errors: Malformed (no
/// dump, or no minidump), TooLarge.
[[nodiscard]] core::Result<CrashReport> readCrashReport(const Request& request, std::string_view body);

/// The event of an envelope that brings a minidump and no event to which it would belong: Sentry's servers
/// make one of it, too. Nothing for any other envelope. Pure.
[[nodiscard]] std::optional<std::string> crashEventOf(const Envelope& envelope);

} // namespace vedette::collector
