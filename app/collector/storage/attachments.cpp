// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/attachments.h"

#include <memory>
#include <stdexcept>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <zstd.h>

#include "app/collector/storage/payload.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {

std::string packPart(std::string_view plain)
{
    thread_local const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(
        ZSTD_createCCtx(), &ZSTD_freeCCtx);
    std::string out(ZSTD_compressBound(plain.size()), '\0');
    const std::size_t size =
        ZSTD_compressCCtx(context.get(), out.data(), out.size(), plain.data(), plain.size(), payloadLevel);
    if (ZSTD_isError(size))
        throw std::runtime_error(ZSTD_getErrorName(size));
    out.resize(size);
    return out;
}

core::Result<std::string> unpackPart(std::string_view blob)
{
    const unsigned long long size = ZSTD_getFrameContentSize(blob.data(), blob.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > attachmentPartBytes)
        return core::fail(core::ErrorKind::Storage, u"a stored attachment is damaged"_s);
    std::string out(static_cast<std::size_t>(size), '\0');
    const std::size_t got = ZSTD_decompress(out.data(), out.size(), blob.data(), blob.size());
    if (ZSTD_isError(got) || got != out.size())
        return core::fail(core::ErrorKind::Storage, u"a stored attachment is damaged"_s);
    return out;
}

core::Result<std::string> readPart(SQLite::Database& db, std::int64_t attachment, std::int64_t part)
{
    SQLite::Statement query(db, "SELECT data FROM attachment_parts WHERE attachment_id = ? AND part = ?");
    query.bind(1, attachment);
    query.bind(2, part);
    if (!query.executeStep())
        return core::fail(core::ErrorKind::NotFound, u"the attachment is not there any more"_s);
    const auto blob = query.getColumn(0);
    return unpackPart({static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes())});
}

} // namespace vedette::collector
