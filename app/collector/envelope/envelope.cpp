// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/envelope/envelope.h"

#include <algorithm>
#include <cstdint>

#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::size_t maxHeaderBytes = std::size_t(64) * 1024;
constexpr std::size_t maxItems = 1'000;
constexpr std::int64_t maxCount = 1'000'000;

/// The next line, without its newline; `rest` moves behind it.
std::string_view takeLine(std::string_view& rest)
{
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return line;
}

core::Result<json::Document> parseHeader(std::string_view line, QStringView what)
{
    if (line.size() > maxHeaderBytes)
        return core::fail(core::ErrorKind::Malformed, u"%1 header too long"_s.arg(what));
    auto document = json::Document::parse(line);
    if (!document || !document->root().isObject())
        return core::fail(core::ErrorKind::Malformed, u"%1 header is not a JSON object"_s.arg(what));
    return document;
}

std::string textOf(json::Value value)
{
    return std::string(value.string().value_or(std::string_view()));
}

core::Result<void> readEnvelopeHeader(std::string_view line, Envelope& envelope)
{
    const auto header = parseHeader(line, u"envelope");
    if (!header)
        return core::fail(header.error());
    const json::Value root = header->root();
    int sentAts = 0;
    for (const auto& member : root.members())
        sentAts += member.key == "sent_at" ? 1 : 0;
    if (sentAts > 1)
        return core::fail(core::ErrorKind::Malformed, u"envelope header has two sent_at"_s);
    const json::Value id = root["event_id"];
    if (id.exists() && !id.isNull()) {
        const auto text = id.string();
        const auto normal = text ? normalisedEventId(*text) : std::nullopt;
        if (!normal)
            return core::fail(core::ErrorKind::Malformed, u"envelope header has an invalid event_id"_s);
        envelope.eventId = *normal;
    }
    envelope.dsn = textOf(root["dsn"]);
    if (const auto sentAt = root["sent_at"].string())
        envelope.sentAt = core::parseTime(*sentAt);
    return {};
}

/// A length as rule 2 means it: a whole number from 0 up. Nothing where there is none.
core::Result<std::optional<std::uint64_t>> declaredLength(json::Value header)
{
    const json::Value length = header["length"];
    if (!length.exists() || length.isNull())
        return std::optional<std::uint64_t>();
    const auto number = length.integer();
    if (!number || *number < 0)
        return core::fail(core::ErrorKind::Malformed, u"item header has an invalid length"_s);
    return std::optional(static_cast<std::uint64_t>(*number));
}

} // namespace

const EnvelopeItem* Envelope::firstOf(std::string_view type) const
{
    const auto found = std::find_if(
        items.begin(), items.end(), [type](const EnvelopeItem& item) { return item.type == type; });
    return found == items.end() ? nullptr : &*found;
}

core::Result<Envelope> parseEnvelope(std::string_view bytes)
{
    if (bytes.empty())
        return core::fail(core::ErrorKind::Malformed, u"empty body"_s);
    Envelope envelope;
    std::string_view rest = bytes;
    if (const auto read = readEnvelopeHeader(takeLine(rest), envelope); !read)
        return core::fail(read.error());

    bool hasEvent = false;
    while (!rest.empty()) {
        const std::string_view line = takeLine(rest);
        // Rule 5: trailing newlines end the envelope; between items an empty line is no header.
        if (line.empty() && rest.find_first_not_of('\n') == std::string_view::npos)
            break;
        const auto header = parseHeader(line, u"item");
        if (!header)
            return core::fail(header.error());
        const json::Value root = header->root();
        EnvelopeItem item;
        item.type = textOf(root["type"]);
        if (item.type.empty())
            return core::fail(core::ErrorKind::Malformed, u"item header has no type"_s);
        item.contentType = textOf(root["content_type"]);
        item.filename = textOf(root["filename"]);
        item.attachmentType = textOf(root["attachment_type"]);
        item.count = std::clamp<std::int64_t>(root["item_count"].integer().value_or(1), 1, maxCount);

        const auto length = declaredLength(root);
        if (!length)
            return core::fail(length.error());
        if (!*length) {
            item.payload = takeLine(rest);
        } else if (**length > rest.size()) {
            const QString text = u"%1 item ends after %2 of %3 bytes"_s.arg(QString::fromStdString(item.type))
                                     .arg(rest.size())
                                     .arg(**length);
            if (!hasEvent)
                return core::fail(core::ErrorKind::Malformed, text);
            envelope.damage = text.toStdString();
            envelope.damagedType = item.type;
            break;
        } else {
            item.payload = rest.substr(0, static_cast<std::size_t>(**length));
            rest = rest.substr(static_cast<std::size_t>(**length));
            if (!rest.empty() && rest.front() != '\n')
                return core::fail(core::ErrorKind::Malformed, u"item is longer than its length says"_s);
            if (!rest.empty())
                rest.remove_prefix(1);
        }
        item.raw = line; // at the end of the bytes a payload may be nowhere
        if (item.payload.data())
            item.raw = {line.data(),
                static_cast<std::size_t>(item.payload.data() + item.payload.size() - line.data())};
        if (item.type == "event" || item.type == "transaction") {
            if (hasEvent)
                return core::fail(core::ErrorKind::Malformed, u"more than one event in the envelope"_s);
            hasEvent = true;
        }
        if (envelope.items.size() == maxItems)
            return core::fail(core::ErrorKind::TooLarge, u"more than 1,000 items in the envelope"_s);
        envelope.items.push_back(std::move(item));
    }
    return envelope;
}

std::optional<std::string> normalisedEventId(std::string_view text)
{
    std::string out;
    if (text.size() != 32 && text.size() != 36)
        return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (text.size() == 36 && (i == 8 || i == 13 || i == 18 || i == 23)) {
            if (c != '-')
                return std::nullopt;
        } else if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) {
            out += c;
        } else if (c >= 'A' && c <= 'F') {
            out += static_cast<char>(c + ('a' - 'A'));
        } else {
            return std::nullopt;
        }
    }
    return out;
}

std::optional<Dsn> parseDsn(std::string_view text)
{
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos)
        return std::nullopt;
    text.remove_prefix(scheme + 3);
    text = text.substr(0, text.find_first_of("?#"));
    while (text.ends_with('/'))
        text.remove_suffix(1);
    const std::size_t at = text.find('@');
    const std::size_t slash = text.rfind('/');
    if (at == std::string_view::npos || slash == std::string_view::npos || slash < at)
        return std::nullopt;
    const std::string_view user = text.substr(0, at);
    Dsn dsn;
    dsn.key = std::string(user.substr(0, user.find(':')));
    dsn.project = std::string(text.substr(slash + 1));
    const bool digits =
        std::all_of(dsn.project.begin(), dsn.project.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (dsn.key.empty() || dsn.project.empty() || !digits)
        return std::nullopt;
    return dsn;
}

} // namespace vedette::collector
