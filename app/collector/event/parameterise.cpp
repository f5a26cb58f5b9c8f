// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/parameterise.h"

#include <algorithm>
#include <array>

#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

bool isWord(char c)
{
    return isLetter(c) || isDigit(c) || c == '_';
}

bool endsWord(std::string_view s, std::size_t at)
{
    return at >= s.size() || !isWord(s[at]);
}

template<class Test>
std::size_t run(std::string_view s, std::size_t from, std::size_t most, Test test)
{
    std::size_t n = 0;
    while (n < most && from + n < s.size() && test(s[from + n]))
        ++n;
    return n;
}

// Each of these answers how many bytes at the front of `s` are of its kind, 0 for none.

std::size_t url(std::string_view s)
{
    const std::size_t scheme = run(s, 0, 12, [](char c) { return isLetter(c) || isDigit(c) || c == '+'; });
    if (scheme < 2 || s.substr(scheme, 3) != "://")
        return 0;
    const std::size_t rest = run(s, scheme + 3, s.size(), [](char c) {
        return !isSpace(c) && std::string_view("\"'<>`|{}").find(c) == std::string_view::npos;
    });
    std::size_t length = scheme + 3 + rest;
    while (length > scheme + 3 && std::string_view(".,;:!?)]").find(s[length - 1]) != std::string_view::npos)
        --length;
    return length > scheme + 3 ? length : 0;
}

/// Labels joined by dots; `labels` tells how many, `last` where the last one starts.
std::size_t dotted(std::string_view s, std::size_t& labels, std::size_t& last)
{
    constexpr std::size_t maxLabel = 63;
    constexpr std::size_t maxName = 253;
    std::size_t length = 0;
    labels = 0;
    last = 0;
    while (length < maxName) {
        const std::size_t start = labels == 0 ? 0 : length + 1;
        if (labels > 0 && (length >= s.size() || s[length] != '.'))
            break;
        const std::size_t n =
            run(s, start, maxLabel, [](char c) { return isLetter(c) || isDigit(c) || c == '-'; });
        if (n == 0)
            break;
        last = start;
        length = start + n;
        ++labels;
    }
    return length;
}

std::size_t email(std::string_view s)
{
    const std::size_t local =
        run(s, 0, 64, [](char c) { return isWord(c) || c == '.' || c == '%' || c == '+' || c == '-'; });
    if (local == 0 || local >= s.size() || s[local] != '@')
        return 0;
    std::size_t labels = 0;
    std::size_t last = 0;
    const std::size_t domain = dotted(s.substr(local + 1), labels, last);
    return labels >= 2 ? local + 1 + domain : 0;
}

std::size_t hostname(std::string_view s)
{
    // Not those that are also endings of files or common names of members: pl, rs, py, sh, in, at, is, me ...
    constexpr std::array<std::string_view, 48> endings = {"com", "net", "org", "io", "dev", "edu", "gov",
        "info", "cloud", "local", "internal", "jp", "de", "fr", "uk", "kr", "tw", "cn", "ru", "br", "ca",
        "au", "nl", "eu", "ch", "se", "fi", "dk", "cz", "be", "pt", "gr", "il", "nz", "sg", "hk", "mx", "ar",
        "ua", "tr", "vn", "kz", "ro", "hu", "za", "ie", "xyz", "biz"};
    std::size_t labels = 0;
    std::size_t last = 0;
    const std::size_t length = dotted(s, labels, last);
    if (labels < 2 || !endsWord(s, length))
        return 0;
    const std::string_view ending = s.substr(last, length - last);
    return std::find(endings.begin(), endings.end(), ending) != endings.end() ? length : 0;
}

std::size_t ip4(std::string_view s)
{
    std::size_t at = 0;
    for (int part = 0; part < 4; ++part) {
        if (part > 0 && (at >= s.size() || s[at++] != '.'))
            return 0;
        const std::size_t n = run(s, at, 4, isDigit);
        if (n == 0 || n > 3)
            return 0;
        at += n;
    }
    if (at < s.size() && s[at] == '.' && at + 1 < s.size() && isDigit(s[at + 1]))
        return 0;
    return endsWord(s, at) ? at : 0;
}

std::size_t ip6(std::string_view s)
{
    const std::size_t length = run(s, 0, 45, [](char c) { return isHex(c) || c == ':'; });
    const std::string_view text = s.substr(0, length);
    const auto colons = std::count(text.begin(), text.end(), ':');
    if (!endsWord(s, length) || colons > 7 || length < 4)
        return 0;
    std::size_t group = 0;
    for (const char c : text) {
        group = c == ':' ? 0 : group + 1;
        if (group > 4)
            return 0;
    }
    const bool shortened = text.find("::") != std::string_view::npos;
    return colons == 7 || (shortened && colons >= 2) ? length : 0;
}

/// Groups of hex digits of these lengths with dashes between.
template<std::size_t N>
std::size_t dashedHex(std::string_view s, const std::array<std::size_t, N>& groups)
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < N; ++i) {
        if (i > 0 && (at >= s.size() || s[at++] != '-'))
            return 0;
        if (run(s, at, groups[i], isHex) != groups[i])
            return 0;
        at += groups[i];
    }
    return endsWord(s, at) ? at : 0;
}

/// Digits in a pattern: `d` is one, anything else stands for itself.
std::size_t pattern(std::string_view s, std::string_view shape)
{
    if (s.size() < shape.size())
        return 0;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == 'd' ? !isDigit(s[i]) : s[i] != shape[i])
            return 0;
    }
    return shape.size();
}

std::size_t clockTime(std::string_view s)
{
    std::size_t length = pattern(s, "dd:dd:dd");
    if (length == 0)
        return 0;
    if (length < s.size() && (s[length] == '.' || s[length] == ',')) {
        const std::size_t fraction = run(s, length + 1, 9, isDigit);
        length += fraction > 0 ? fraction + 1 : 0;
    }
    if (length < s.size() && s[length] == 'Z')
        return length + 1;
    for (const std::string_view zone : {std::string_view("+dd:dd"), std::string_view("-dd:dd"),
             std::string_view("+dddd"), std::string_view("-dddd"), std::string_view(" +dddd"),
             std::string_view(" -dddd"), std::string_view(" GMT"), std::string_view(" UTC")}) {
        if (pattern(s.substr(length), zone) > 0)
            return length + zone.size();
    }
    return length;
}

std::size_t monthName(std::string_view s)
{
    constexpr std::array<std::string_view, 12> months = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return std::find(months.begin(), months.end(), s.substr(0, 3)) != months.end() ? 3 : 0;
}

/// ISO 8601, RFC 1123 (`Mon, 02 Jan 2006 15:04:05 GMT`), `02/Jan/2006`, `Jan 2, 2006`, `1/2/2006`, a time.
std::size_t date(std::string_view s)
{
    std::size_t length = pattern(s, "dddd-dd-dd");
    if (length == 0)
        length = pattern(s, "dddd/dd/dd");
    if (length == 0) {
        std::size_t at = 0;
        if (s.size() > 5 && isLetter(s[0]) && isLetter(s[1]) && isLetter(s[2]) && s.substr(3, 2) == ", ")
            at = 5;
        const std::size_t day = run(s, at, 2, isDigit);
        if (day > 0 && at + day < s.size()) {
            const char separator = s[at + day];
            if ((separator == ' ' || separator == '/' || separator == '-') &&
                monthName(s.substr(at + day + 1)) > 0 && at + day + 4 < s.size() &&
                s[at + day + 4] == separator && run(s, at + day + 5, 4, isDigit) == 4) {
                length = at + day + 9;
                if (length < s.size() && s[length] == ':') { // Apache's 02/Jan/2006:15:04:05 +0000
                    const std::size_t time = clockTime(s.substr(length + 1));
                    length += time > 0 ? time + 1 : 0;
                }
            } else if (at == 0 && separator == '/') {
                const std::size_t month = run(s, day + 1, 2, isDigit);
                if (month > 0 && day + 1 + month < s.size() && s[day + 1 + month] == '/' &&
                    run(s, day + month + 2, 4, isDigit) == 4)
                    length = day + month + 6;
            }
        } else if (at == 0 && monthName(s) > 0 && s.size() > 3 && s[3] == ' ') {
            const std::size_t dayAfter = run(s, 4, 2, isDigit);
            if (dayAfter > 0 && s.substr(4 + dayAfter, 2) == ", " && run(s, 6 + dayAfter, 4, isDigit) == 4)
                length = 10 + dayAfter;
        }
    }
    if (length > 0 && length + 1 < s.size() && (s[length] == 'T' || s[length] == ' ')) {
        const std::size_t time = clockTime(s.substr(length + 1));
        length += time > 0 ? time + 1 : 0;
    }
    if (length == 0)
        length = clockTime(s);
    return endsWord(s, length) ? length : 0;
}

struct Match
{
    std::size_t length = 0;
    std::string_view name;
};

/// Numbers and runs of hex digits.
Match number(std::string_view s)
{
    if (s.size() > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
        const std::size_t n = run(s, 2, s.size(), isHex);
        if (n > 0 && endsWord(s, 2 + n))
            return {2 + n, "<hex>"};
    }
    const std::size_t hex = run(s, 0, s.size(), isHex);
    if (hex >= 7 && endsWord(s, hex)) {
        const std::string_view text = s.substr(0, hex);
        const bool digit = std::any_of(text.begin(), text.end(), isDigit);
        const bool letter = std::any_of(text.begin(), text.end(), isLetter);
        if (hex == 40)
            return {hex, "<sha1>"};
        if (hex == 32)
            return {hex, "<md5>"};
        if (digit && letter)
            return {hex, hex == 7 ? "<git_sha>" : "<hex>"};
    }
    const std::size_t sign = s[0] == '-' || s[0] == '+' ? 1 : 0;
    const std::size_t whole = run(s, sign, s.size(), isDigit);
    if (whole == 0)
        return {};
    std::size_t length = sign + whole;
    bool isFloat = false;
    if (length + 1 < s.size() && s[length] == '.' && isDigit(s[length + 1])) {
        length += 1 + run(s, length + 1, s.size(), isDigit);
        isFloat = true;
    }
    if (length < s.size() && lowered(s[length]) == 'e') {
        const std::size_t power =
            length + 1 < s.size() && (s[length + 1] == '-' || s[length + 1] == '+') ? 2 : 1;
        const std::size_t digits = run(s, length + power, 4, isDigit);
        if (digits > 0 && endsWord(s, length + power + digits)) {
            length += power + digits;
            isFloat = true;
        }
    }
    if (endsWord(s, length))
        return {length, isFloat ? "<float>" : "<int>"};
    for (const std::string_view unit : {std::string_view("ms"), std::string_view("us"),
             std::string_view("\xC2\xB5s"), std::string_view("ns"), std::string_view("s"),
             std::string_view("sec"), std::string_view("min"), std::string_view("h")}) {
        if (s.substr(length, unit.size()) == unit && endsWord(s, length + unit.size()))
            return {length + unit.size(), "<duration>"};
    }
    return {};
}

Match token(std::string_view s)
{
    constexpr std::array<std::size_t, 4> traceparent = {2, 32, 16, 2};
    constexpr std::array<std::size_t, 5> uuid = {8, 4, 4, 4, 12};
    const char c = s[0];
    if (isLetter(c) || isDigit(c)) {
        if (const std::size_t n = email(s))
            return {n, "<email>"};
        if (isLetter(c)) {
            if (const std::size_t n = url(s))
                return {n, "<url>"};
        }
        if (const std::size_t n = hostname(s))
            return {n, "<hostname>"};
        if (isDigit(c)) {
            if (const std::size_t n = ip4(s))
                return {n, "<ip>"};
        }
        if (isHex(c)) {
            if (const std::size_t n = dashedHex(s, traceparent))
                return {n, "<traceparent>"};
            if (const std::size_t n = dashedHex(s, uuid))
                return {n, "<uuid>"};
        }
        if (const std::size_t n = date(s))
            return {n, "<date>"};
    }
    if (isHex(c) || c == ':') {
        if (const std::size_t n = ip6(s))
            return {n, "<ip>"};
    }
    if (isHex(c) || ((c == '-' || c == '+') && s.size() > 1 && isDigit(s[1])))
        return number(s);
    return {};
}

/// `='some text'`, `="..."`, `=true`: the values of logfmt and of printed objects.
Match assigned(std::string_view s)
{
    if (s.size() < 2)
        return {};
    const char quote = s[1];
    if (quote == '"' || quote == '\'') {
        const std::size_t end = s.find(quote, 2);
        return end != std::string_view::npos ? Match{end + 1, "=<quoted_str>"} : Match{};
    }
    for (const std::string_view word : {std::string_view("true"), std::string_view("false"),
             std::string_view("True"), std::string_view("False")}) {
        if (s.substr(1, word.size()) == word && endsWord(s, 1 + word.size()))
            return {1 + word.size(), "=<bool>"};
    }
    return {};
}

} // namespace

std::string parameterised(std::string_view text)
{
    constexpr std::size_t maxBytes = 8192;
    text = text.substr(0, maxBytes);
    std::string out;
    out.reserve(text.size() + 16);
    bool quotesLeft = true; // once a quote has no partner, no later one has: keeps it linear
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = text.substr(i);
        const char c = text[i];
        const bool starts = i == 0 || !isWord(text[i - 1]);
        Match match;
        if (c == '=' && quotesLeft) {
            match = assigned(rest);
            quotesLeft = match.length > 0 || rest.size() < 2 || (rest[1] != '"' && rest[1] != '\'');
        } else if (starts) {
            match = token(rest);
        }
        if (match.length > 0) {
            out += match.name;
            i += match.length;
        } else {
            out += c;
            ++i;
        }
    }
    return out;
}

} // namespace vedette::collector
