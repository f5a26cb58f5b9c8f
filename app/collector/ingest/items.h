// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/collector/envelope/envelope.h"
#include "app/collector/storage/incoming.h"

namespace vedette::collector {

/// An attachment as it was sent: what is known of it, and its bytes, a view into the body of the request.
struct SentAttachment
{
    IncomingAttachment about; ///< without size, sha1 and parts, which packAttachments() makes
    std::string_view bytes;
};

/// Reads what an envelope holds beside its event (contract section 12): reports, transactions (segments of
/// streamed spans are some) and client reports into `incoming`, attachments into `attachments`; the rest is
/// counted by Sentry's category and not kept. `eventId` is the envelope's, or its event's, or empty. Total:
/// an item that cannot be read is counted as refused and holds up nobody.
void readItems(const Envelope& envelope, const std::string& eventId, Incoming& incoming,
    std::vector<SentAttachment>& attachments);

} // namespace vedette::collector
