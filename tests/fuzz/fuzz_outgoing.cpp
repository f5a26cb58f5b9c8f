// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A queued body on its way to an upstream: what lies behind the header line goes on byte for byte, and of the
// header nothing but `dsn` and `sent_at` may change. The first byte says how the body is packed, the second
// how long it waited.

#include <cstdlib>
#include <iterator>
#include <string>

#include "app/collector/forward/gzipwriter.h"
#include "app/collector/forward/outgoing.h"
#include "app/collector/http/decode.h"
#include "models/json/document.h"
#include "models/json/writer.h"

using namespace vedette;
using namespace vedette::collector;

namespace {

constexpr std::size_t limit = 4'000'000; ///< more than the inputs unpack to, short of a bomb

std::string written(const json::Value& value)
{
    json::Writer out;
    out.value(value);
    return out.take();
}

void checkHeader(std::string_view before, std::string_view after, const Upstream& upstream)
{
    if (before == after)
        return;
    const auto was = json::Document::parse(before);
    const auto is = json::Document::parse(after);
    if (!was || !is || !was->root().isObject() || !is->root().isObject())
        std::abort(); // only an object is written anew, and as one
    auto next = is->root().members().begin();
    const auto end = is->root().members().end();
    for (const auto& member : was->root().members()) {
        if (!(next != end) || (*next).key != member.key)
            std::abort();
        const json::Value value = (*next).value;
        if (member.key == "dsn") {
            if (value.string() != std::string_view(upstream.dsn))
                std::abort();
        } else if (member.key != "sent_at" && written(value) != written(member.value)) {
            std::abort();
        }
        ++next;
    }
    if (next != end)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    static const auto upstream = parseUpstream("https://0123456789abcdef@errors.example.org/7");
    constexpr const char* encodings[] = {"", "identity", "gzip", "deflate", "br", "zstd", "gzip", "nonsense"};
    constexpr std::size_t packedHere = 6; // a fuzzer cannot guess checksums
    const std::size_t kind = data[0] % std::size(encodings);
    QueuedForward queued;
    queued.item.door = data[0] < 0xf0 ? "envelope" : "store";
    queued.item.encoding = encodings[kind];
    queued.item.body.assign(reinterpret_cast<const char*>(data) + 2, size - 2);
    if (kind == packedHere) {
        GzipWriter packed;
        packed.add(queued.item.body);
        queued.item.body = packed.take();
    }
    queued.created = 1'700'000'000'000;
    const core::TimePoint now{std::chrono::milliseconds(queued.created + std::int64_t(data[1]) * 10'000)};
    const auto plain = unpacked(queued.item.encoding, queued.item.body, limit);
    if (!plain && plain.error().kind == core::ErrorKind::TooLarge)
        return 0; // fuzz_decode's
    const Outgoing out = outgoingOf(queued, *upstream, now);
    if (!plain || queued.item.door == "store") {
        if (out.body != queued.item.body || out.encoding != queued.item.encoding)
            std::abort();
        return 0;
    }
    const auto sent = unpacked(out.encoding, out.body, 2 * limit);
    if (!sent)
        std::abort();
    const std::size_t was = std::min(plain->find('\n'), plain->size());
    const std::size_t is = std::min(sent->find('\n'), sent->size());
    if (std::string_view(*plain).substr(was) != std::string_view(*sent).substr(is))
        std::abort();
    checkHeader(std::string_view(*plain).substr(0, was), std::string_view(*sent).substr(0, is), *upstream);
    return 0;
}
