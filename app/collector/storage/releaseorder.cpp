// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/releaseorder.h"

#include <algorithm>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {
namespace {

constexpr std::size_t maxNumbers = 4;

bool isNumber(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isIdentifier(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

std::vector<std::string_view> split(std::string_view text)
{
    std::vector<std::string_view> out;
    for (;;) {
        const std::size_t dot = text.find('.');
        out.push_back(text.substr(0, dot));
        if (dot == std::string_view::npos)
            return out;
        text.remove_prefix(dot + 1);
    }
}

std::string_view withoutZeros(std::string_view digits)
{
    const std::size_t first = digits.find_first_not_of('0');
    return first == std::string_view::npos ? std::string_view("0") : digits.substr(first);
}

/// Of any length: version numbers are dates and build counters too.
int compareNumbers(std::string_view a, std::string_view b)
{
    a = withoutZeros(a);
    b = withoutZeros(b);
    if (a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

int compareIdentifiers(std::string_view a, std::string_view b)
{
    const bool numberA = isNumber(a);
    const bool numberB = isNumber(b);
    if (numberA && numberB)
        return compareNumbers(a, b);
    if (numberA != numberB)
        return numberA ? -1 : 1; // numbers come before words
    return a.compare(b);
}

constexpr const char* columns = "SELECT id, version, coalesce(released, created) AS date FROM releases ";

ReleaseInOrder releaseFrom(SQLite::Statement& query)
{
    return {query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getInt64()};
}

} // namespace

std::optional<SemanticVersion> SemanticVersion::parse(std::string_view version)
{
    SemanticVersion out;
    if (const std::size_t at = version.rfind('@'); at != std::string_view::npos) {
        out.package = version.substr(0, at);
        version.remove_prefix(at + 1);
        if (out.package.empty())
            return {};
    }
    if (const std::size_t plus = version.find('+'); plus != std::string_view::npos) {
        out.build = version.substr(plus + 1);
        version = version.substr(0, plus);
        if (out.build.empty())
            return {};
    }
    std::string_view numbers = version;
    if (const std::size_t dash = version.find('-'); dash != std::string_view::npos) {
        numbers = version.substr(0, dash);
        out.prerelease = split(version.substr(dash + 1));
        if (!std::all_of(out.prerelease.begin(), out.prerelease.end(), isIdentifier))
            return {};
    }
    out.numbers = split(numbers);
    if (out.numbers.size() > maxNumbers || !std::all_of(out.numbers.begin(), out.numbers.end(), isNumber))
        return {};
    if (out.package.empty() && out.numbers.size() < 2)
        return {}; // a lone number may be a date, a counter or a short hash
    return out;
}

int compareVersions(const SemanticVersion& a, const SemanticVersion& b)
{
    for (std::size_t i = 0; i < maxNumbers; ++i) {
        const int order = compareNumbers(i < a.numbers.size() ? a.numbers[i] : std::string_view("0"),
            i < b.numbers.size() ? b.numbers[i] : std::string_view("0"));
        if (order != 0)
            return order;
    }
    if (a.prerelease.empty() != b.prerelease.empty())
        return a.prerelease.empty() ? 1 : -1; // 1.0.0-rc comes before 1.0.0
    const std::size_t common = std::min(a.prerelease.size(), b.prerelease.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (const int order = compareIdentifiers(a.prerelease[i], b.prerelease[i]); order != 0)
            return order;
    }
    if (a.prerelease.size() != b.prerelease.size())
        return a.prerelease.size() < b.prerelease.size() ? -1 : 1;
    return isNumber(a.build) && isNumber(b.build) ? compareNumbers(a.build, b.build) : 0;
}

int compareReleases(const ReleaseInOrder& a, const ReleaseInOrder& b)
{
    if (a.id == b.id)
        return 0;
    const auto versionA = SemanticVersion::parse(a.version);
    const auto versionB = SemanticVersion::parse(b.version);
    if (versionA && versionB && versionA->package == versionB->package) {
        if (const int order = compareVersions(*versionA, *versionB); order != 0)
            return order;
    }
    if (a.date != b.date)
        return a.date < b.date ? -1 : 1;
    return a.id < b.id ? -1 : 1;
}

std::optional<ReleaseInOrder> releaseInOrder(SQLite::Database& db, std::int64_t id)
{
    SQLite::Statement query(db, std::string(columns) + "WHERE id = ?");
    query.bind(1, id);
    return query.executeStep() ? std::optional(releaseFrom(query)) : std::nullopt;
}

std::optional<ReleaseInOrder> lastRelease(SQLite::Database& db, std::int64_t project)
{
    // A project has some thousand releases at most that matter here; older ones are not the last by any rule.
    SQLite::Statement query(
        db, std::string(columns) + "WHERE project_id = ? ORDER BY date DESC, id DESC LIMIT 5000");
    query.bind(1, project);
    std::optional<ReleaseInOrder> last;
    while (query.executeStep()) {
        ReleaseInOrder release = releaseFrom(query);
        if (!last || compareReleases(release, *last) > 0)
            last = std::move(release);
    }
    return last;
}

std::optional<ReleaseInOrder> newestReleaseByDate(SQLite::Database& db, std::int64_t project)
{
    SQLite::Statement query(
        db, std::string(columns) + "WHERE project_id = ? ORDER BY date DESC, id DESC LIMIT 1");
    query.bind(1, project);
    return query.executeStep() ? std::optional(releaseFrom(query)) : std::nullopt;
}

} // namespace vedette::collector
