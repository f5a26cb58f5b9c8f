// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/payload.h"

#include <memory>
#include <stdexcept>

#include <simdjson.h>
#include <zstd.h>

#include "models/json/mend.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

/// More than any event may have (design section 8), so that a damaged blob cannot ask for the moon.
constexpr unsigned long long maxPlainBytes = 4'000'000;

} // namespace

std::string packPayload(std::string_view json)
{
    // One context a thread: making one for each event costs as much as packing a small one.
    thread_local const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(
        ZSTD_createCCtx(), &ZSTD_freeCCtx);
    std::string mended;
    if (!simdjson::validate_utf8(json.data(), json.size())) {
        bool changed = false;
        mended = json::mendUtf8(json, changed);
        json = mended;
    }
    std::string out(ZSTD_compressBound(json.size()), '\0');
    const std::size_t size =
        ZSTD_compressCCtx(context.get(), out.data(), out.size(), json.data(), json.size(), payloadLevel);
    if (ZSTD_isError(size))
        throw std::runtime_error(ZSTD_getErrorName(size));
    out.resize(size);
    out.shrink_to_fit();
    return out;
}

core::Result<std::string> unpackPayload(std::string_view blob)
{
    const unsigned long long size = ZSTD_getFrameContentSize(blob.data(), blob.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > maxPlainBytes)
        return core::fail(core::ErrorKind::Storage, u"a stored event is damaged"_s);
    std::string out(static_cast<std::size_t>(size), '\0');
    const std::size_t got = ZSTD_decompress(out.data(), out.size(), blob.data(), blob.size());
    if (ZSTD_isError(got) || got != out.size())
        return core::fail(core::ErrorKind::Storage, u"a stored event is damaged"_s);
    return out;
}

} // namespace vedette::collector
