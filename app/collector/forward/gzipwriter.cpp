// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/forward/gzipwriter.h"

#include <array>
#include <new>

#include <zlib.h>

namespace vedette::collector {

struct GzipWriter::Stream
{
    z_stream z{};
};

GzipWriter::GzipWriter()
    : m_stream(std::make_unique<Stream>())
{
    constexpr int gzipHead = 16;
    constexpr int memory = 8;
    if (deflateInit2(
            &m_stream->z, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + gzipHead, memory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc(); // the only way it fails with these arguments
}

GzipWriter::~GzipWriter()
{
    deflateEnd(&m_stream->z);
}

void GzipWriter::add(std::string_view bytes)
{
    // zlib counts in 32 bits, and never writes through this pointer.
    m_stream->z.next_in =
        const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data())); // NOLINT: zlib's C interface
    m_stream->z.avail_in = static_cast<uInt>(bytes.size());
    run(Z_NO_FLUSH);
}

std::string GzipWriter::take()
{
    m_stream->z.avail_in = 0;
    run(Z_FINISH);
    return std::move(m_out);
}

void GzipWriter::run(int flush)
{
    std::array<char, 16'384> piece{};
    do {
        m_stream->z.next_out = reinterpret_cast<Bytef*>(piece.data()); // NOLINT: zlib's C interface
        m_stream->z.avail_out = static_cast<uInt>(piece.size());
        deflate(&m_stream->z, flush);
        m_out.append(piece.data(), piece.size() - m_stream->z.avail_out);
    } while (m_stream->z.avail_out == 0);
}

} // namespace vedette::collector
