// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/issuesearch.h"

#include "app/collector/api/routes.h"
#include "app/collector/api/searchsql.h"
#include "models/search/parser.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

core::Result<Sql> issueCondition(const Call& call, std::string_view text)
{
    const auto query = search::parse(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    if (!query)
        return core::fail(
            core::ErrorKind::Usage, u"Error parsing search query: %1"_s.arg(query.error().message));
    auto condition = compileSearch(*query, {call.now(), call.self});
    if (!condition)
        return condition;
    std::vector<std::int64_t> projects;
    bool all = false;
    for (const std::string_view part : call.request.queryValues("project")) {
        if (part == "-1" || part.empty()) {
            all = true;
            continue;
        }
        const auto project = projectByPart(call.db, part);
        if (!project)
            return core::fail(
                core::ErrorKind::Usage, u"Invalid project parameter. Values must be numbers."_s);
        projects.push_back(*project);
    }
    if (!all && !projects.empty()) {
        Sql bound{" AND i.project_id IN (" + placeholders(projects.size()) + ")", {}};
        for (const std::int64_t id : projects)
            bound.binds.emplace_back(id);
        *condition += bound;
    }
    return condition;
}

std::optional<std::string> eventIdText(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '-')
            continue;
        const int digit = hexDigit(c);
        if (digit < 0 || out.size() == 32)
            return {};
        out += "0123456789abcdef"[digit];
    }
    return out.size() == 32 ? std::optional(out) : std::nullopt;
}

std::string blobOfHex(std::string_view hex)
{
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        out += static_cast<char>(hexDigit(hex[i]) * 16 + hexDigit(hex[i + 1]));
    return out;
}

std::string hexOfBlob(std::string_view blob)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : blob) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

} // namespace vedette::collector::api
