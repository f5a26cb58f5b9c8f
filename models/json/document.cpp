// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::json {
namespace {

simdjson::error_code parseInto(simdjson::dom::document& document, std::string_view bytes)
{
    // One parser a thread: its scratch memory is worth keeping, and no two threads may share it.
    thread_local simdjson::dom::parser parser;
    const simdjson::error_code code =
        parser.parse_into_document(document, bytes.data(), bytes.size(), true).error();
    // After one large document the scratch memory would stay large for ever.
    constexpr std::size_t keep = 4'000'000;
    if (parser.capacity() > keep)
        parser = simdjson::dom::parser();
    return code;
}

const Document& emptyDocument()
{
    static const Document document = std::move(*Document::parse("[[],{}]"));
    return document;
}

} // namespace

core::Result<Document> Document::parse(std::string_view bytes, std::size_t maxBytes)
{
    if (bytes.size() > maxBytes) {
        return core::fail(core::ErrorKind::TooLarge,
            u"%1 bytes of JSON, the limit is %2"_s.arg(bytes.size()).arg(maxBytes));
    }
    Document out;
    out.m_document = std::make_unique<simdjson::dom::document>();
    simdjson::error_code code = parseInto(*out.m_document, bytes);
    if (code != simdjson::SUCCESS && code != simdjson::DEPTH_ERROR && code != simdjson::MEMALLOC) {
        const std::string mended = mend(bytes, out.m_mends);
        if (out.m_mends.any())
            code = parseInto(*out.m_document, mended);
    }
    if (code == simdjson::DEPTH_ERROR)
        return core::fail(core::ErrorKind::TooLarge, u"JSON nested deeper than 1,024 levels"_s);
    if (code != simdjson::SUCCESS)
        return core::fail(core::ErrorKind::Malformed, QString::fromLatin1(simdjson::error_message(code)));
    return out;
}

Value Document::root() const
{
    return Value(m_document->root());
}

Value emptyArray()
{
    return *emptyDocument().root().items().begin();
}

Value emptyObject()
{
    auto it = emptyDocument().root().items().begin();
    ++it;
    return *it;
}

} // namespace vedette::json
