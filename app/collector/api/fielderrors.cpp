// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/fielderrors.h"

#include <algorithm>

#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxUrl = 200;

void writeList(json::Writer& out, std::string_view field, std::string_view text)
{
    out.key(field).beginArray().string(text).endArray();
}

std::string tooLong(std::size_t maxLength)
{
    return "Ensure this field has no more than " + std::to_string(maxLength) + " characters.";
}

} // namespace

void FieldErrors::add(std::string_view field, std::string_view text)
{
    m_flat.emplace(field, text);
}

void FieldErrors::add(std::string_view list, std::size_t item, std::string_view field, std::string_view text)
{
    m_nested[std::string(list)][item].emplace(field, text);
}

Response FieldErrors::response() const
{
    json::Writer out;
    out.beginObject();
    for (const auto& [field, text] : m_flat)
        writeList(out, field, text);
    for (const auto& [list, items] : m_nested) {
        if (m_flat.contains(list))
            continue;
        out.key(list).beginObject();
        for (const auto& [item, fields] : items) {
            out.key(std::to_string(item)).beginObject();
            for (const auto& [field, text] : fields)
                writeList(out, field, text);
            out.endObject();
        }
        out.endObject();
    }
    out.endObject();
    return Response::json(400, out.take());
}

std::optional<std::string> FieldErrors::textOf(std::string_view field) const
{
    const auto found = m_flat.find(field);
    return found == m_flat.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> FieldErrors::text(json::Value body, std::string_view field, std::size_t maxLength)
{
    const json::Value value = body[field];
    if (!value.exists() || value.isNull())
        return {};
    if (!value.isString() && !value.isNumber()) {
        add(field, "Not a valid string.");
        return {};
    }
    std::string out(trimmed(value.text().value_or("")));
    if (characters(out) > maxLength) {
        add(field, tooLong(maxLength));
        return {};
    }
    if (out.find('\0') != std::string::npos) {
        add(field, "Null characters are not allowed.");
        return {};
    }
    return out;
}

std::optional<std::string> FieldErrors::required(
    json::Value body, std::string_view field, std::size_t maxLength)
{
    if (!body[field].exists())
        add(field, "This field is required.");
    else if (body[field].isNull())
        add(field, "This field may not be null.");
    auto out = text(body, field, maxLength);
    if (out && out->empty()) {
        add(field, "This field may not be blank.");
        out.reset();
    }
    return out;
}

std::optional<std::string> FieldErrors::url(json::Value body, std::string_view field)
{
    auto out = text(body, field, maxUrl);
    if (!out || out->empty())
        return out;
    const std::size_t scheme = out->starts_with("https://") ? 8 : out->starts_with("http://") ? 7 : 0;
    const bool isClean = std::none_of(out->begin(), out->end(),
        [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>'; });
    if (scheme == 0 || out->size() == scheme || !isClean) {
        add(field, "Enter a valid URL.");
        out.reset();
    }
    return out;
}

std::optional<std::int64_t> FieldErrors::date(json::Value body, std::string_view field)
{
    const json::Value value = body[field];
    if (!value.exists() || value.isNull())
        return {};
    const auto text = value.string();
    const auto time = text ? core::parseTime(*text) : std::nullopt;
    if (!time) {
        add(field, "Datetime has wrong format. Use one of these formats instead: "
                   "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].");
        return {};
    }
    return time->time_since_epoch().count();
}

std::optional<bool> FieldErrors::boolean(json::Value body, std::string_view field)
{
    const json::Value value = body[field];
    if (!value.exists() || value.isNull())
        return {};
    if (!value.isBool())
        add(field, "Must be a valid boolean.");
    return value.boolean();
}

std::optional<std::int64_t> FieldErrors::integer(
    json::Value body, std::string_view field, std::int64_t least, std::int64_t most)
{
    const json::Value value = body[field];
    if (!value.exists() || value.isNull())
        return {};
    const auto number = value.integerLike();
    if (!number) {
        add(field, "A valid integer is required.");
    } else if (*number < least) {
        add(field, "Ensure this value is greater than or equal to " + std::to_string(least) + ".");
    } else if (*number > most) {
        add(field, "Ensure this value is less than or equal to " + std::to_string(most) + ".");
    } else {
        return number;
    }
    return {};
}

Response fieldError(std::string_view field, std::string_view text)
{
    FieldErrors errors;
    errors.add(field, text);
    return errors.response();
}

std::size_t characters(std::string_view text)
{
    // Continuation bytes are no characters of their own.
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

} // namespace vedette::collector::api
