// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any body at any door, with the right key: understood or refused with a status and a reason, and what is to
// be stored is complete.

#include <cstdlib>
#include <iterator>

#include "app/collector/ingest/reader.h"

using namespace vedette;
using namespace vedette::collector;

namespace {

constexpr std::string_view key = "0123456789abcdef0123456789abcdef";

Request requestFor(IngestRoute route, std::string_view agent)
{
    Request request;
    request.method = "POST";
    if (route == IngestRoute::Tunnel)
        request.segments = {"tunnel"};
    else if (route == IngestRoute::Stream)
        request.segments = {"stream"};
    else if (route == IngestRoute::Files)
        request.segments = {"api", "1", "events", std::string(key), "attachments"};
    else
        request.segments = {"api", "1", route == IngestRoute::Security ? "security" : doorOf(route, request)};
    request.query = {{"sentry_key", std::string(key)}};
    request.headers = {
        {"user-agent", std::string(agent)}, {"content-type", "multipart/form-data; boundary=B"}};
    request.remote = "127.0.0.1";
    return request;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    constexpr IngestRoute doors[] = {IngestRoute::Envelope, IngestRoute::Store, IngestRoute::Tunnel,
        IngestRoute::Security, IngestRoute::Minidump, IngestRoute::Stream, IngestRoute::Files};
    const IngestRoute route = doors[static_cast<std::uint8_t>(data[0] - '0') % std::size(doors)];
    const std::string_view body = bytes.substr(1);
    const core::TimePoint now{std::chrono::milliseconds(1'700'000'000'000)};
    const IngestReading reading =
        readIngest(route, requestFor(route, body.substr(0, 200)), body, now, [](const std::string& given) {
            return given == key ? std::optional<std::int64_t>(1) : std::nullopt;
        });
    if (reading.refusal) {
        const Response answer = refusalResponse(*reading.refusal);
        if (answer.status < 400 || answer.body.empty() || reading.incoming.event ||
            !reading.incoming.items.empty() || !reading.attachments.empty())
            std::abort();
        return 0;
    }
    // Spotlight's door needs no key: its project is made later, by the sender's name.
    const bool isPlaced = reading.incoming.project == 1 || route == IngestRoute::Stream;
    if (reading.incoming.event && (!isPlaced || reading.incoming.event->payload.empty() ||
                                      reading.incoming.event->facts.eventId.size() != 32 ||
                                      reading.incoming.event->facts.hashes.empty()))
        std::abort();
    for (const SentAttachment& attachment : reading.attachments) {
        const bool inside =
            attachment.bytes.empty() ||
            (attachment.bytes.data() >= body.data() &&
                attachment.bytes.data() + attachment.bytes.size() <= body.data() + body.size());
        if (!inside || attachment.about.eventId.size() != 32)
            std::abort();
    }
    return 0;
}
