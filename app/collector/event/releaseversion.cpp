// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/releaseversion.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <utility>

namespace vedette::collector {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Dotted identifiers as semantic versioning wants them: letters, digits and hyphens, none empty.
bool areIdentifiers(std::string_view text)
{
    bool empty = true;
    for (const char c : text) {
        if (c == '.' ? empty : !(isDigit(c) || isLetter(c) || c == '-'))
            return false;
        empty = c == '.';
    }
    return !empty;
}

/// Git's, Mercurial's and their abbreviations.
bool isHash(std::string_view text)
{
    constexpr std::array<std::size_t, 6> lengths = {12, 16, 20, 32, 40, 64};
    return std::find(lengths.begin(), lengths.end(), text.size()) != lengths.end() &&
           std::all_of(text.begin(), text.end(),
               [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
}

/// Takes a number off the front; nothing where there is none or it is past 64 bits.
std::optional<std::int64_t> takeNumber(std::string_view& text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || text.front() == '-')
        return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::optional<ReleaseVersion::Numbers> parseNumbers(std::string_view raw)
{
    ReleaseVersion::Numbers out;
    std::string_view text = raw;
    if (text.starts_with('v'))
        text.remove_prefix(1);
    const std::string_view whole = text;
    const std::array<std::int64_t*, 4> places = {&out.major, &out.minor, &out.patch, &out.revision};
    out.components = 0;
    for (std::int64_t* place : places) {
        if (out.components > 0) {
            if (text.size() < 2 || text[0] != '.' || !isDigit(text[1]))
                break;
            text.remove_prefix(1);
        }
        const auto number = text.empty() ? std::nullopt : takeNumber(text);
        if (!number)
            return {};
        *place = *number;
        ++out.components;
    }
    const std::size_t plus = text.find('+');
    std::string_view pre = text.substr(0, plus);
    // `1.0-beta` and, as Python writes it, `1.0b1`.
    if (!pre.empty() && !isLetter(pre.front()) && pre.front() != '-')
        return {};
    if (pre.starts_with('-'))
        pre.remove_prefix(1);
    if (text.substr(0, plus) == "-" || (!pre.empty() && !areIdentifiers(pre)))
        return {};
    out.preRelease = pre;
    if (plus != std::string_view::npos) {
        out.buildCode = text.substr(plus + 1);
        if (!areIdentifiers(out.buildCode))
            return {};
    }
    out.withoutBuild = whole.substr(0, whole.find('+'));
    return out;
}

/// A release's name in two: its package, which may be empty, and the rest. A package of npm begins with an @
/// of its own: @shop/web@1.2.3.
std::pair<std::string_view, std::string_view> withoutPackage(std::string_view release)
{
    const std::size_t at = release.find('@', release.starts_with('@') ? 1 : 0);
    if (at == std::string_view::npos || at == 0 || at + 1 == release.size())
        return {{}, release};
    return {release.substr(0, at), release.substr(at + 1)};
}

constexpr std::size_t maxNumbers = 4;

bool isNumber(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
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

} // namespace

std::string ReleaseVersion::description() const
{
    const std::string shortHash = buildHash.substr(0, 12);
    if (!numbers)
        return shortHash.empty() ? raw : shortHash;
    std::string out = numbers->withoutBuild;
    if (!shortHash.empty())
        out += " (" + shortHash + ")";
    else if (!numbers->buildCode.empty())
        out += " (" + numbers->buildCode + ")";
    return out;
}

ReleaseVersion parseRelease(std::string_view release)
{
    ReleaseVersion out;
    std::tie(out.package, out.raw) = withoutPackage(release);
    if (isHash(out.raw)) {
        out.buildHash = out.raw;
        return out;
    }
    out.numbers = parseNumbers(out.raw);
    // A lone number is as likely a build, a date or the beginning of a UUID.
    if (out.package.empty() && out.numbers && out.numbers->components < 2)
        out.numbers.reset();
    if (out.numbers && isHash(out.numbers->buildCode))
        out.buildHash = out.numbers->buildCode;
    return out;
}

std::optional<SemanticVersion> SemanticVersion::parse(std::string_view version)
{
    SemanticVersion out;
    std::tie(out.package, version) = withoutPackage(version);
    if (const std::size_t plus = version.find('+'); plus != std::string_view::npos) {
        out.build = version.substr(plus + 1);
        version = version.substr(0, plus);
        if (out.build.empty())
            return {};
    }
    std::string_view numbers = version;
    if (const std::size_t dash = version.find('-'); dash != std::string_view::npos) {
        numbers = version.substr(0, dash);
        if (!areIdentifiers(version.substr(dash + 1)))
            return {};
        out.prerelease = split(version.substr(dash + 1));
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

} // namespace vedette::collector
