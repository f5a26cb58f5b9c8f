// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/form.h"

#include "models/json/writer.h"

namespace vedette::collector::api {

Form::Form(json::Value body)
    : m_body(body)
{
    if (!body.isObject())
        m_faults[""]["non_field_errors"] = "Invalid data. Expected a dictionary.";
}

json::Value Form::member(const Group& group, const char* field) const
{
    return group.name.empty() ? m_body[field] : group.value[field];
}

Form::Group Form::group(const char* name)
{
    const json::Value value = m_body[name];
    if (value.exists() && !value.isObject())
        fault({}, name, "Invalid data. Expected a dictionary.");
    return {name, value};
}

void Form::flag(const Group& group, const char* field, bool& out)
{
    const json::Value value = member(group, field);
    if (!value.exists())
        return;
    if (const auto given = value.boolean())
        out = *given;
    else
        fault(group, field, "Must be a valid boolean.");
}

void Form::number(
    const Group& group, const char* field, std::int64_t least, std::int64_t most, std::int64_t& out)
{
    const json::Value value = member(group, field);
    if (!value.exists())
        return;
    const auto given = value.isNumber() ? value.integer() : std::nullopt;
    if (!given)
        fault(group, field, "A valid integer is required.");
    else if (*given < least)
        fault(group, field, "Ensure this value is greater than or equal to " + std::to_string(least) + ".");
    else if (*given > most)
        fault(group, field, "Ensure this value is less than or equal to " + std::to_string(most) + ".");
    else
        out = *given;
}

void Form::text(const Group& group, const char* field, std::string& out)
{
    const json::Value value = member(group, field);
    if (!value.exists())
        return;
    if (const auto given = value.string())
        out = std::string(*given);
    else if (value.isNull())
        out.clear();
    else
        fault(group, field, "Not a valid string.");
}

void Form::texts(const Group& group, const char* field, std::size_t most, std::vector<std::string>& out)
{
    const json::Value value = member(group, field);
    if (!value.exists())
        return;
    if (!value.isArray())
        return fault(group, field, "Expected a list of items.");
    if (value.size() > most)
        return fault(
            group, field, "Ensure this field has no more than " + std::to_string(most) + " elements.");
    std::vector<std::string> given;
    for (const json::Value item : value.items()) {
        const auto text = item.string();
        if (!text)
            return fault(group, field, "Not a valid string.");
        if (text->empty())
            return fault(group, field, "This field may not be blank.");
        given.emplace_back(*text);
    }
    out = std::move(given);
}

void Form::fault(const Group& group, const char* field, const std::string& text)
{
    m_faults[group.name].try_emplace(field, text);
}

std::optional<Response> Form::refusal() const
{
    if (m_faults.empty())
        return std::nullopt;
    json::Writer out;
    out.beginObject();
    for (const auto& [group, fields] : m_faults) {
        if (!group.empty())
            out.key(group).beginObject();
        for (const auto& [field, text] : fields)
            out.key(field).beginArray().string(text).endArray();
        if (!group.empty())
            out.endObject();
    }
    out.endObject();
    return Response::json(400, out.take());
}

} // namespace vedette::collector::api
