// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/envelope/msgpack.h"

#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/json/writer.h"

// Debian's libmsgpack-cxx brings Boost along and a tree of objects that would only be written out as JSON
// again; what is needed of the format is this.

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::size_t maxDepth = 1'000; // json::Document reads 1,024 levels

enum class Kind
{
    Null,
    Boolean,
    Signed,
    Unsigned,
    Real,
    Text,
    Extension,
    List,
    Map
};

/// One value; of a list or a map its head alone.
struct Token
{
    Kind kind = Kind::Null;
    std::int64_t integer = 0;    ///< Signed; a boolean; an extension's type
    std::uint64_t unsigned_ = 0; ///< Unsigned; items of a list, pairs of a map
    double real = 0;
    std::string_view text; ///< Text; an extension's bytes
};

std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t out = 0;
    for (const char c : bytes)
        out = (out << 8U) | static_cast<unsigned char>(c);
    return out;
}

std::int64_t signedOf(std::string_view bytes)
{
    const std::size_t unused = 64 - 8 * bytes.size();
    return static_cast<std::int64_t>(bigEndian(bytes) << unused) >> unused;
}

class Reader final
{
public:
    explicit Reader(std::string_view bytes)
        : m_rest(bytes)
    {}

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] std::size_t left() const { return m_rest.size(); }

    /// The next value, or nothing where the bytes end too early or mean nothing.
    std::optional<Token> next()
    {
        const auto first = take(1);
        if (!first)
            return {};
        const auto marker = static_cast<unsigned char>(first->front());
        if (marker <= 0x7F)
            return number(Kind::Unsigned, marker);
        if (marker <= 0x8F)
            return number(Kind::Map, marker & 0x0FU);
        if (marker <= 0x9F)
            return number(Kind::List, marker & 0x0FU);
        if (marker <= 0xBF)
            return text(marker & 0x1FU);
        if (marker >= 0xE0)
            return integer(marker - 0x100);
        return marked(marker);
    }

private:
    std::optional<std::string_view> take(std::uint64_t size)
    {
        if (size > m_rest.size())
            return {};
        const std::string_view out = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return out;
    }

    std::optional<Token> marked(unsigned char marker)
    {
        switch (marker) {
        case 0xC0:
            return Token();
        case 0xC2:
        case 0xC3: {
            Token out;
            out.kind = Kind::Boolean;
            out.integer = marker & 1U;
            return out;
        }
        case 0xC4: // binary, as text
        case 0xC5:
        case 0xC6:
            return sizedText(1U << (marker - 0xC4U));
        case 0xC7:
        case 0xC8:
        case 0xC9: {
            const auto size = take(1U << (marker - 0xC7U));
            return size ? extension(bigEndian(*size)) : std::nullopt;
        }
        case 0xCA:
        case 0xCB:
            return real(marker == 0xCA ? 4 : 8);
        case 0xCC:
        case 0xCD:
        case 0xCE:
        case 0xCF:
            return sizedNumber(Kind::Unsigned, 1U << (marker - 0xCCU));
        case 0xD0:
        case 0xD1:
        case 0xD2:
        case 0xD3: {
            const auto bytes = take(1U << (marker - 0xD0U));
            return bytes ? integer(signedOf(*bytes)) : std::nullopt;
        }
        case 0xD4:
        case 0xD5:
        case 0xD6:
        case 0xD7:
        case 0xD8:
            return extension(1U << (marker - 0xD4U));
        case 0xD9:
        case 0xDA:
        case 0xDB:
            return sizedText(1U << (marker - 0xD9U));
        case 0xDC:
        case 0xDD:
            return sizedNumber(Kind::List, marker == 0xDC ? 2 : 4);
        case 0xDE:
        case 0xDF:
            return sizedNumber(Kind::Map, marker == 0xDE ? 2 : 4);
        default:
            return {}; // 0xC1 is never used
        }
    }

    static std::optional<Token> number(Kind kind, std::uint64_t value)
    {
        Token out;
        out.kind = kind;
        out.unsigned_ = value;
        return out;
    }

    static std::optional<Token> integer(std::int64_t value)
    {
        Token out;
        out.kind = Kind::Signed;
        out.integer = value;
        return out;
    }

    std::optional<Token> sizedNumber(Kind kind, std::size_t size)
    {
        const auto bytes = take(size);
        return bytes ? number(kind, bigEndian(*bytes)) : std::nullopt;
    }

    std::optional<Token> text(std::uint64_t size)
    {
        const auto bytes = take(size);
        if (!bytes)
            return {};
        Token out;
        out.kind = Kind::Text;
        out.text = *bytes;
        return out;
    }

    std::optional<Token> sizedText(std::size_t sizeOfSize)
    {
        const auto size = take(sizeOfSize);
        return size ? text(bigEndian(*size)) : std::nullopt;
    }

    std::optional<Token> real(std::size_t size)
    {
        const auto bytes = take(size);
        if (!bytes)
            return {};
        Token out;
        out.kind = Kind::Real;
        const std::uint64_t bits = bigEndian(*bytes);
        out.real = size == 4 ? static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)))
                             : std::bit_cast<double>(bits);
        return out;
    }

    std::optional<Token> extension(std::uint64_t size)
    {
        const auto type = take(1);
        const auto bytes = type ? take(size) : std::nullopt;
        if (!bytes)
            return {};
        Token out;
        out.kind = Kind::Extension;
        out.integer = signedOf(*type);
        out.text = *bytes;
        return out;
    }

    std::string_view m_rest;
};

/// Epoch seconds of the format's own timestamp extension in its three sizes.
std::optional<double> timestampOf(const Token& extension)
{
    constexpr std::int64_t timestamp = -1;
    constexpr double nanosecond = 1e-9;
    const std::string_view bytes = extension.text;
    if (extension.integer != timestamp)
        return {};
    if (bytes.size() == 4)
        return static_cast<double>(bigEndian(bytes));
    if (bytes.size() == 8) {
        const std::uint64_t both = bigEndian(bytes);
        return static_cast<double>(both & 0x3'FFFF'FFFFU) + static_cast<double>(both >> 34U) * nanosecond;
    }
    if (bytes.size() == 12)
        return static_cast<double>(signedOf(bytes.substr(4))) +
               static_cast<double>(bigEndian(bytes.substr(0, 4))) * nanosecond;
    return {};
}

void writeScalar(json::Writer& out, const Token& token)
{
    switch (token.kind) {
    case Kind::Boolean:
        out.boolean(token.integer != 0);
        break;
    case Kind::Signed:
        out.integer(token.integer);
        break;
    case Kind::Unsigned:
        out.raw(std::to_string(token.unsigned_));
        break;
    case Kind::Real:
        out.number(token.real);
        break;
    case Kind::Text:
        out.string(token.text);
        break;
    case Kind::Extension:
        if (const auto seconds = timestampOf(token))
            out.number(*seconds);
        else
            out.null();
        break;
    case Kind::Null:
    case Kind::List:
    case Kind::Map:
        out.null();
        break;
    }
}

std::string keyOf(const Token& token)
{
    if (token.kind == Kind::Text)
        return std::string(token.text);
    json::Writer out;
    writeScalar(out, token);
    return out.take();
}

/// A container that is being read.
struct Open
{
    bool isMap = false;
    std::uint64_t left = 0; ///< items or pairs that are still to come
    bool hasKey = false;    ///< the next value belongs to a key
};

core::Result<std::string> malformed(const QString& why)
{
    return core::fail(core::ErrorKind::Malformed, u"not valid msgpack: "_s + why);
}

/// The next value as JSON; what follows it is left to the reader.
core::Result<std::string> nextJson(Reader& in, std::size_t maxJsonBytes)
{
    json::Writer out;
    std::vector<Open> open;
    do {
        const auto token = in.next();
        if (!token)
            return malformed(u"it ends too early or holds an unknown type"_s);
        const bool isContainer = token->kind == Kind::List || token->kind == Kind::Map;
        if (token->text.size() > maxJsonBytes || out.text().size() > maxJsonBytes)
            return core::fail(core::ErrorKind::TooLarge, u"more than %1 bytes as JSON"_s.arg(maxJsonBytes));
        if (!open.empty() && open.back().isMap && !open.back().hasKey) {
            if (isContainer)
                return malformed(u"a key is no scalar"_s);
            out.key(keyOf(*token));
            open.back().hasKey = true;
            continue;
        }
        if (!open.empty()) {
            --open.back().left;
            open.back().hasKey = false;
        }
        if (isContainer) {
            const bool isMap = token->kind == Kind::Map;
            // Each item takes a byte at least: a count that claims more costs nothing.
            if (token->unsigned_ > in.left() / (isMap ? 2 : 1))
                return malformed(u"it ends too early"_s);
            if (open.size() == maxDepth)
                return malformed(u"it is deeper than %1 levels"_s.arg(maxDepth));
            if (isMap)
                out.beginObject();
            else
                out.beginArray();
            open.push_back({isMap, token->unsigned_, false});
        } else {
            writeScalar(out, *token);
        }
        while (!open.empty() && open.back().left == 0 && !open.back().hasKey) {
            if (open.back().isMap)
                out.endObject();
            else
                out.endArray();
            open.pop_back();
        }
    } while (!open.empty());
    if (out.text().size() > maxJsonBytes)
        return core::fail(core::ErrorKind::TooLarge, u"more than %1 bytes as JSON"_s.arg(maxJsonBytes));
    return out.take();
}

} // namespace

bool isMsgpackMap(std::string_view bytes)
{
    if (bytes.empty())
        return false;
    const auto marker = static_cast<unsigned char>(bytes.front());
    return (marker >= 0x80 && marker <= 0x8F) || marker == 0xDE || marker == 0xDF;
}

core::Result<std::string> jsonOfMsgpack(std::string_view bytes, std::size_t maxJsonBytes)
{
    Reader in(bytes);
    auto json = nextJson(in, maxJsonBytes);
    if (json && !in.atEnd())
        return malformed(u"bytes follow it"_s);
    return json;
}

MsgpackValues jsonOfMsgpackValues(std::string_view bytes, std::size_t maxJsonBytes)
{
    Reader in(bytes);
    MsgpackValues out;
    out.json = "[";
    while (!in.atEnd()) {
        const std::size_t used = out.json.size() + 2; // comma, bracket
        core::Result<std::string> json;
        if (used < maxJsonBytes)
            json = nextJson(in, maxJsonBytes - used);
        if (used >= maxJsonBytes || !json) {
            out.isWhole = false;
            break;
        }
        if (out.json.size() > 1)
            out.json += ',';
        out.json += *json;
    }
    out.json += ']';
    return out;
}

} // namespace vedette::collector
