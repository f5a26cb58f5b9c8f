// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/forward/outgoing.h"

#include <chrono>
#include <optional>

#include "app/collector/forward/gzipwriter.h"
#include "app/collector/http/decode.h"
#include "models/json/document.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t maxHeader = std::size_t(64) * 1024;
constexpr std::size_t maxPlain = 100'000'000;
constexpr auto freshFor = 60s;

bool isPacked(const std::string& encoding)
{
    return !encoding.empty() && encoding != "identity";
}

/// The first line, without its newline; unpacks no more than it needs.
std::string headerLine(const ForwardItem& item)
{
    std::string head;
    if (!isPacked(item.encoding)) {
        head = item.body.substr(0, item.body.find('\n'));
        return head;
    }
    // The error only ends the unpacking.
    (void)unpack(item.encoding, item.body, maxPlain, [&head](std::string_view piece) -> core::Result<void> {
        const std::size_t end = piece.find('\n');
        head += piece.substr(0, end);
        if (end != std::string_view::npos || head.size() > maxHeader)
            return core::fail(core::ErrorKind::Cancelled);
        return {};
    });
    return head;
}

/// The line as it must be, or nothing where it may stay.
std::optional<std::string> mended(
    const std::string& line, const QueuedForward& queued, const Upstream& upstream, core::TimePoint now)
{
    const auto document = json::Document::parse(line);
    if (!document || !document->root().isObject())
        return std::nullopt;
    const json::Value root = document->root();
    const core::TimePoint created{std::chrono::milliseconds(queued.created)};
    const auto waited = now - created;
    const auto sentAt = core::parseTime(root["sent_at"].string().value_or(""));
    const bool stale = sentAt && waited > freshFor;
    if (!root["dsn"].exists() && !stale)
        return std::nullopt;
    json::Writer out;
    out.beginObject();
    for (const auto& member : root.members()) {
        out.key(member.key);
        if (member.key == "dsn")
            out.string(upstream.dsn);
        else if (member.key == "sent_at" && stale)
            out.string(core::formatTime(*sentAt + waited));
        else
            out.value(member.value);
    }
    out.endObject();
    return out.take();
}

} // namespace

Outgoing outgoingOf(const QueuedForward& queued, const Upstream& upstream, core::TimePoint now)
{
    const ForwardItem& item = queued.item;
    if (item.door != "envelope")
        return {item.body, item.encoding};
    const std::string line = headerLine(item);
    const auto other = mended(line, queued, upstream, now);
    if (!other)
        return {item.body, item.encoding};
    if (!isPacked(item.encoding))
        return {*other + item.body.substr(line.size()), item.encoding};
    GzipWriter packed;
    packed.add(*other);
    std::size_t passed = 0; // of the old line
    const auto done =
        unpack(item.encoding, item.body, maxPlain, [&](std::string_view piece) -> core::Result<void> {
            const std::size_t old = std::min(piece.size(), line.size() - passed);
            passed += old;
            packed.add(piece.substr(old));
            return {};
        });
    // It was unpacked once when it was taken, so that it can only be sent on as it is.
    return done ? Outgoing{packed.take(), "gzip"} : Outgoing{item.body, item.encoding};
}

} // namespace vedette::collector
