// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/fielderrors.h"

#include <algorithm>

#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxUrl = 200;
constexpr const char* noObject = "Invalid data. Expected a dictionary.";

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

FieldErrors& FieldErrors::in(std::string_view object)
{
    std::unique_ptr<FieldErrors>& found = m_objects[std::string(object)];
    if (!found)
        found = std::make_unique<FieldErrors>();
    return *found;
}

void FieldErrors::add(std::string_view list, std::size_t item, FieldErrors faults)
{
    if (faults.any())
        m_lists[std::string(list)].insert_or_assign(item, std::move(faults));
}

bool FieldErrors::any() const
{
    return !m_flat.empty() || !m_lists.empty() ||
           std::any_of(
               m_objects.begin(), m_objects.end(), [](const auto& entry) { return entry.second->any(); });
}

void FieldErrors::write(json::Writer& out) const
{
    out.beginObject();
    for (const auto& [field, text] : m_flat)
        writeList(out, field, text);
    for (const auto& [object, faults] : m_objects) {
        if (faults->any() && !m_flat.contains(object)) {
            out.key(object);
            faults->write(out);
        }
    }
    for (const auto& [list, items] : m_lists) {
        if (m_flat.contains(list))
            continue;
        out.key(list).beginObject();
        for (const auto& [item, faults] : items) {
            out.key(std::to_string(item));
            faults.write(out);
        }
        out.endObject();
    }
    out.endObject();
}

Response FieldErrors::response() const
{
    json::Writer out;
    write(out);
    return Response::json(400, out.take());
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

bool FieldErrors::requireObject(json::Value body)
{
    if (!body.isObject())
        add("non_field_errors", noObject);
    return body.isObject();
}

json::Value FieldErrors::object(json::Value body, std::string_view field)
{
    const json::Value value = body[field];
    if (value.exists() && !value.isObject())
        add(field, noObject);
    return value;
}

void FieldErrors::change(json::Value body, std::string_view field, bool& out)
{
    if (body[field].isNull())
        add(field, "Must be a valid boolean.");
    out = boolean(body, field).value_or(out);
}

void FieldErrors::change(
    json::Value body, std::string_view field, std::int64_t least, std::int64_t most, std::int64_t& out)
{
    const json::Value value = body[field];
    if (value.exists() && !value.isNumber())
        add(field, "A valid integer is required.");
    else
        out = integer(body, field, least, most).value_or(out);
}

void FieldErrors::change(json::Value body, std::string_view field, std::string& out)
{
    const json::Value value = body[field];
    if (!value.exists())
        return;
    if (const auto given = value.string())
        out = std::string(*given);
    else if (value.isNull())
        out.clear();
    else
        add(field, "Not a valid string.");
}

void FieldErrors::change(
    json::Value body, std::string_view field, std::size_t most, std::vector<std::string>& out)
{
    const json::Value value = body[field];
    if (!value.exists())
        return;
    if (!value.isArray())
        return add(field, "Expected a list of items.");
    if (value.size() > most)
        return add(field, "Ensure this field has no more than " + std::to_string(most) + " elements.");
    std::vector<std::string> given;
    for (const json::Value item : value.items()) {
        const auto text = item.string();
        if (!text)
            return add(field, "Not a valid string.");
        if (text->empty())
            return add(field, "This field may not be blank.");
        given.emplace_back(*text);
    }
    out = std::move(given);
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
