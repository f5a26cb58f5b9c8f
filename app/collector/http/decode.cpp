// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/http/decode.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::size_t pieceBytes = std::size_t(128) * 1024;

core::Result<void> malformed(QStringView encoding)
{
    return core::fail(core::ErrorKind::Malformed, u"damaged %1 body"_s.arg(encoding));
}

/// Passes pieces on and keeps the count.
class Bounded final
{
public:
    Bounded(std::size_t maxBytes, const ByteSink& sink)
        : m_left(maxBytes)
        , m_sink(sink)
    {}

    core::Result<void> take(std::string_view bytes)
    {
        if (bytes.empty())
            return {};
        if (bytes.size() > m_left)
            return core::fail(
                core::ErrorKind::TooLarge, u"the unpacked body is larger than this collector takes"_s);
        m_left -= bytes.size();
        return m_sink(bytes);
    }

private:
    std::size_t m_left;
    const ByteSink& m_sink;
};

std::vector<char>& scratch()
{
    thread_local std::vector<char> buffer(pieceBytes);
    return buffer;
}

core::Result<void> inflateWith(int windowBits, std::string_view bytes, Bounded& out, QStringView name)
{
    z_stream stream{};
    if (inflateInit2(&stream, windowBits) != Z_OK)
        return core::fail(core::ErrorKind::Internal, u"no memory for inflating"_s);
    const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, &inflateEnd);
    std::vector<char>& piece = scratch();
    // zlib counts input in 32 bits; a body is at most 100 MB.
    stream.next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // NOLINT: zlib does not write there
    stream.avail_in = static_cast<uInt>(bytes.size());
    for (;;) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data()); // NOLINT: bytes
        stream.avail_out = static_cast<uInt>(piece.size());
        const int code = inflate(&stream, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END)
            return malformed(name);
        if (auto taken = out.take({piece.data(), piece.size() - stream.avail_out}); !taken)
            return taken;
        if (code == Z_STREAM_END) {
            if (stream.avail_in == 0)
                return {};
            // RFC 1952 section 2.2: a gzip file may hold several members. Nothing else may follow.
            if (windowBits < 16 || inflateReset(&stream) != Z_OK)
                return malformed(name);
        } else if (stream.avail_in == 0 && stream.avail_out > 0) {
            return malformed(name); // cut short
        }
    }
}

core::Result<void> inflateDeflate(std::string_view bytes, Bounded& out)
{
    // "deflate" is zlib's format by RFC 9110 section 8.4.1.2, and the raw stream by what some clients send. A
    // zlib head is 8 in the low half of the first byte, and both bytes as a number divide by 31.
    const auto byte = [bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const bool zlib = bytes.size() >= 2 && (byte(0) & 15U) == 8 && (byte(0) * 256U + byte(1)) % 31 == 0;
    return inflateWith(zlib ? MAX_WBITS : -MAX_WBITS, bytes, out, u"deflate");
}

core::Result<void> unbrotli(std::string_view bytes, Bounded& out)
{
    const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
    if (!state)
        return core::fail(core::ErrorKind::Internal, u"no memory for brotli"_s);
    std::vector<char>& piece = scratch();
    auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data()); // NOLINT: bytes
    std::size_t left = bytes.size();
    for (;;) {
        auto* to = reinterpret_cast<std::uint8_t*>(piece.data()); // NOLINT: bytes
        std::size_t room = piece.size();
        const BrotliDecoderResult code =
            BrotliDecoderDecompressStream(state.get(), &left, &next, &room, &to, nullptr);
        if (code == BROTLI_DECODER_RESULT_ERROR || code == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
            return malformed(u"br");
        if (auto taken = out.take({piece.data(), piece.size() - room}); !taken)
            return taken;
        if (code == BROTLI_DECODER_RESULT_SUCCESS)
            return left == 0 ? core::Result<void>() : malformed(u"br");
    }
}

core::Result<void> unzstd(std::string_view bytes, Bounded& out)
{
    const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    // A frame may ask for a window of up to 128 MB; what level 19 makes needs 8.
    if (!context || ZSTD_isError(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, 23)))
        return core::fail(core::ErrorKind::Internal, u"no memory for zstd"_s);
    std::vector<char>& piece = scratch();
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    if (in.size == 0)
        return malformed(u"zstd");
    for (;;) {
        ZSTD_outBuffer to{piece.data(), piece.size(), 0};
        const std::size_t code = ZSTD_decompressStream(context.get(), &to, &in);
        if (ZSTD_isError(code))
            return malformed(u"zstd");
        if (auto taken = out.take({piece.data(), to.pos}); !taken)
            return taken;
        if (in.pos == in.size && code == 0)
            return {};
        if (in.pos == in.size && to.pos < to.size)
            return malformed(u"zstd"); // cut short
    }
}

} // namespace

core::Result<void> unpack(
    std::string_view encoding, std::string_view bytes, std::size_t maxBytes, const ByteSink& sink)
{
    Bounded out(maxBytes, sink);
    std::string name;
    for (const char c : encoding) {
        if (c != ' ' && c != '\t')
            name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    if (name.empty() || name == "identity")
        return out.take(bytes);
    if (name == "gzip" || name == "x-gzip")
        return inflateWith(MAX_WBITS + 16, bytes, out, u"gzip");
    if (name == "deflate")
        return inflateDeflate(bytes, out);
    if (name == "br")
        return unbrotli(bytes, out);
    if (name == "zstd")
        return unzstd(bytes, out);
    return core::fail(core::ErrorKind::Unsupported, u"unknown content encoding"_s);
}

core::Result<std::string> unpacked(std::string_view encoding, std::string_view bytes, std::size_t maxBytes)
{
    std::string out;
    const auto done = unpack(encoding, bytes, maxBytes, [&out](std::string_view piece) -> core::Result<void> {
        out.append(piece);
        return {};
    });
    if (!done)
        return core::fail(done.error());
    return out;
}

} // namespace vedette::collector
