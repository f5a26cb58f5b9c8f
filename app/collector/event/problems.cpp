// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/problems.h"

#include <array>

#include "app/collector/event/payload.h"

namespace vedette::collector {
namespace {

/// What an attribute may be, as bits.
enum Kind : unsigned
{
    Text = 1,
    Number = 2,
    Object = 4,
    List = 8,
    Boolean = 16
};

struct Attribute
{
    std::string_view name;
    unsigned kinds;
};

constexpr std::array attributes = {
    Attribute{"level", Text | Number},
    Attribute{"logger", Text},
    Attribute{"platform", Text},
    Attribute{"release", Text | Number},
    Attribute{"dist", Text | Number},
    Attribute{"environment", Text},
    Attribute{"server_name", Text | Number},
    Attribute{"transaction", Text},
    Attribute{"culprit", Text},
    Attribute{"timestamp", Text | Number},
    Attribute{"event_id", Text},
    Attribute{"tags", Object | List},
    Attribute{"extra", Object},
    Attribute{"modules", Object},
    Attribute{"fingerprint", List},
    Attribute{"user", Object},
    Attribute{"request", Object},
    Attribute{"contexts", Object},
    Attribute{"sdk", Object},
    Attribute{"breadcrumbs", Object | List},
    Attribute{"exception", Object | List},
    Attribute{"threads", Object | List},
    Attribute{"stacktrace", Object},
    Attribute{"logentry", Object | Text},
    Attribute{"message", Object | Text},
    Attribute{"debug_meta", Object},
};

unsigned kindOf(json::Value value)
{
    if (value.isString())
        return Text;
    if (value.isNumber())
        return Number;
    if (value.isObject())
        return Object;
    if (value.isArray())
        return List;
    return Boolean;
}

bool fits(const Attribute& attribute, json::Value value)
{
    return !value.exists() || value.isNull() || (kindOf(value) & attribute.kinds) != 0;
}

std::string expected(unsigned kinds)
{
    std::string out;
    const auto add = [&](unsigned kind, const char* word) {
        if ((kinds & kind) != 0)
            out += (out.empty() ? "" : " or ") + std::string(word);
    };
    add(Text, "a text");
    add(Number, "a number");
    add(Object, "an object");
    add(List, "a list");
    return out;
}

} // namespace

json::Value checked(json::Value payload, std::string_view name)
{
    const json::Value value = payload[name];
    for (const Attribute& attribute : attributes) {
        if (attribute.name == name)
            return fits(attribute, value) && !value.isNull() ? value : json::Value();
    }
    return value;
}

std::vector<Problem> problemsOf(json::Value payload)
{
    std::vector<Problem> out;
    for (const Attribute& attribute : attributes) {
        const json::Value value = payload[attribute.name];
        if (!fits(attribute, value)) {
            out.push_back({"invalid_data", std::string(attribute.name),
                "expected " + expected(attribute.kinds), cut(value.toJson(), 200)});
        }
    }
    const json::Value time = checked(payload, "timestamp");
    if (time.exists() && !timeOf(time))
        out.push_back({"invalid_data", "timestamp", "expected a time", cut(time.toJson(), 200)});
    const json::Value level = checked(payload, "level");
    if (level.exists() && levelOf(level, "").empty())
        out.push_back({"invalid_data", "level", "expected a level", cut(level.toJson(), 200)});
    return out;
}

} // namespace vedette::collector
