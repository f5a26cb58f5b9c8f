// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>
#include <vector>

#include "app/collector/envelope/multipart.h"
#include "app/collector/ingest/items.h"
#include "models/core/result.h"

namespace vedette::collector {

/// A file of a form as an attachment, whose event is still to be set. Its kind follows from the part's name,
/// as at Sentry's Relay: a minidump, a view hierarchy, or just a file. A view into the part.
[[nodiscard]] SentAttachment attachmentOf(const FormPart& part);

/// Reads what is posted to /events/{id}/attachments/: files for an event that is known already, or will be.
/// Fields that are no files are passed over. Pure; views into the body. Errors: Malformed (no form, no file
/// in it), TooLarge.
[[nodiscard]] core::Result<std::vector<SentAttachment>> readAttachmentForm(
    std::string_view contentType, std::string_view body);

} // namespace vedette::collector
