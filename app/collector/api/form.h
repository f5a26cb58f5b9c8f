// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/http/message.h"
#include "models/json/value.h"

namespace vedette::collector::api {

/// The body of a PUT that changes some members of something: what is absent stays as it was, what is of
/// another type or out of range is a fault of that field, and with any fault the answer is 400 with all of
/// them (`{"active": ["..."], "rateLimit": {"count": ["..."]}}`) and nothing may be changed.
class Form final
{
public:
    /// Members of the body itself, or of an object in it.
    struct Group
    {
        std::string name; ///< empty: the body itself
        json::Value value;
    };

    explicit Form(json::Value body);

    [[nodiscard]] Group group(const char* name);
    void flag(const Group& group, const char* field, bool& out);
    void number(
        const Group& group, const char* field, std::int64_t least, std::int64_t most, std::int64_t& out);
    void text(const Group& group, const char* field, std::string& out);
    /// A list of texts that are not empty, at most so many.
    void texts(const Group& group, const char* field, std::size_t most, std::vector<std::string>& out);
    void fault(const Group& group, const char* field, const std::string& text);

    /// The answer where anything was wrong.
    [[nodiscard]] std::optional<Response> refusal() const;

private:
    [[nodiscard]] json::Value member(const Group& group, const char* field) const;

    json::Value m_body;
    std::map<std::string, std::map<std::string, std::string>> m_faults; ///< by group and field
};

} // namespace vedette::collector::api
