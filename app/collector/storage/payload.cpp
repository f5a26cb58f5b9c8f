// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/payload.h"

#include <map>
#include <memory>
#include <stdexcept>

#include <simdjson.h>
#include <zstd.h>

#include <QDir>
#include <QFile>

#include "models/json/mend.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

/// More than any event may have (design section 8), so that a damaged blob cannot ask for the moon.
constexpr unsigned long long maxPlainBytes = 4'000'000;

using Context = std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)>;
using UnpackContext = std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)>;

/// The dictionaries that stored payloads may name, digested once. Read by all threads.
class Dictionaries final
{
public:
    Dictionaries()
    {
        const QDir folder(u":/vedette/collector/dictionaries"_s);
        const QStringList names = folder.entryList({u"*.zdict"_s}, QDir::Files, QDir::Name);
        for (const QString& name : names) {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::ReadOnly))
                throw std::runtime_error("a dictionary is missing in the program");
            const QByteArray bytes = file.readAll();
            const auto size = static_cast<std::size_t>(bytes.size());
            const unsigned number = ZSTD_getDictID_fromDict(bytes.constData(), size);
            m_unpack.emplace(number, ZSTD_createDDict(bytes.constData(), size));
            if (name == names.constLast())
                m_pack = ZSTD_createCDict(bytes.constData(), size, payloadLevel);
        }
        if (!m_pack)
            throw std::runtime_error("no dictionary in the program");
    }
    ~Dictionaries()
    {
        ZSTD_freeCDict(m_pack);
        for (const auto& [number, dictionary] : m_unpack)
            ZSTD_freeDDict(dictionary);
    }
    Dictionaries(const Dictionaries&) = delete;
    Dictionaries& operator=(const Dictionaries&) = delete;

    /// The newest one.
    [[nodiscard]] const ZSTD_CDict* toPack() const { return m_pack; }
    /// Null for one that this program does not have.
    [[nodiscard]] const ZSTD_DDict* toUnpack(unsigned number) const
    {
        const auto found = m_unpack.find(number);
        return found == m_unpack.end() ? nullptr : found->second;
    }

private:
    ZSTD_CDict* m_pack = nullptr;
    std::map<unsigned, ZSTD_DDict*> m_unpack;
};

const Dictionaries& dictionaries()
{
    static const Dictionaries all;
    return all;
}

core::Error damaged()
{
    return {core::ErrorKind::Storage, 0, u"a stored event is damaged"_s, {}};
}

} // namespace

std::string packPayload(std::string_view json)
{
    // One context and one scratch a thread: making them for each event costs as much as packing a small one.
    thread_local const Context context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    thread_local std::string scratch;
    std::string mended;
    if (!simdjson::validate_utf8(json.data(), json.size())) {
        bool changed = false;
        mended = json::mendUtf8(json, changed);
        json = mended;
    }
    const std::size_t bound = ZSTD_compressBound(json.size());
    if (scratch.size() < bound)
        scratch.resize(bound);
    const std::size_t size = ZSTD_compress_usingCDict(
        context.get(), scratch.data(), scratch.size(), json.data(), json.size(), dictionaries().toPack());
    if (ZSTD_isError(size))
        throw std::runtime_error(ZSTD_getErrorName(size));
    std::string out = scratch.substr(0, size);
    constexpr std::size_t kept = 256 * 1024; // after one large event the scratch would stay large
    if (scratch.size() > kept)
        std::string().swap(scratch);
    return out;
}

core::Result<std::string> unpackPayload(std::string_view blob)
{
    thread_local const UnpackContext context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    const unsigned long long size = ZSTD_getFrameContentSize(blob.data(), blob.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > maxPlainBytes)
        return core::fail(damaged());
    std::string out(static_cast<std::size_t>(size), '\0');
    std::size_t got = 0;
    if (const unsigned number = ZSTD_getDictID_fromFrame(blob.data(), blob.size()); number != 0) {
        const ZSTD_DDict* dictionary = dictionaries().toUnpack(number);
        if (!dictionary) {
            return core::fail(core::ErrorKind::Storage,
                u"a stored event needs dictionary %1, which this Vedette does not have"_s.arg(number));
        }
        got = ZSTD_decompress_usingDDict(
            context.get(), out.data(), out.size(), blob.data(), blob.size(), dictionary);
    } else { // of the time before dictionaries
        got = ZSTD_decompressDCtx(context.get(), out.data(), out.size(), blob.data(), blob.size());
    }
    if (ZSTD_isError(got) || got != out.size())
        return core::fail(damaged());
    return out;
}

} // namespace vedette::collector
