// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/http/message.h"
#include "app/collector/ingest/items.h"
#include "app/collector/storage/incoming.h"
#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::collector {

/// Which door a request came through.
enum class IngestRoute
{
    Envelope, ///< /api/{id}/envelope/
    Store,    ///< /api/{id}/store/
    Tunnel,   ///< /tunnel
    Security, ///< /api/{id}/security/, /csp-report/ and /nel/: what browsers report on their own
    Minidump, ///< /api/{id}/minidump/
    Files,    ///< /api/{id}/events/{event}/attachments/
    Stream,   ///< /stream: Spotlight's, without a key
};

/// Where such a request goes at another server: `envelope`, `store`, `security`, `nel`, `minidump`
/// or `events/{event}/attachments`.
[[nodiscard]] std::string doorOf(IngestRoute route, const Request& request);

/// The door of this path, if it is one. A trailing slash makes no difference.
[[nodiscard]] std::optional<IngestRoute> ingestRoute(const Request& request);

/// Largest event as JSON; design section 8.
inline constexpr std::size_t maxEventBytes = 1'048'576;

/// A request that was understood, or why not.
struct IngestReading
{
    Incoming incoming;                       ///< what to commit, also of a refusal: then it is only counted
    std::vector<SentAttachment> attachments; ///< to be packed into the incoming items; views into the body
    std::string eventId;                     ///< what the sender is told; may be empty
    std::optional<core::Error> refusal;
    bool damaged = false; ///< the end of the envelope was cut off, what is whole is taken
};

/// Looks up an active key: the project that it opens.
using KeyLookup = std::function<std::optional<std::int64_t>(const std::string& key)>;

/// Makes an IngestReading of a request whose body is unpacked already: authentication, framing, limits, the
/// meaning of the event. Pure but for the look-up. Refusals are TooLarge, Malformed, Unauthorized (no key),
/// Forbidden (a key that does not fit) and Rejected (keys that do not agree).
[[nodiscard]] IngestReading readIngest(IngestRoute route, const Request& request, std::string_view body,
    core::TimePoint now, const KeyLookup& projectOfKey);

/// Makes a reading the refusal `error`, counted as `reason`: nothing of it is kept.
void refuse(IngestReading& reading, const core::Error& error, const std::string& reason);

/// The project that the head alone tells, for counting what was refused: by its key, else by its path. Not
/// yet checked; 0 where it tells none.
[[nodiscard]] std::int64_t projectTold(IngestRoute route, const Request& head, const KeyLookup& projectOfKey);

/// What is wrong with the credentials in the head, if they are wrong whatever the body says.
[[nodiscard]] std::optional<core::Error> headRefusal(
    IngestRoute route, const Request& head, const KeyLookup& projectOfKey);

/// What is refused, in the terms of the table `outcomes`.
[[nodiscard]] std::string reasonOf(const core::Error& error);

/// The answer to a refusal: contract section 12, "Answers".
[[nodiscard]] Response refusalResponse(const core::Error& error);

} // namespace vedette::collector
