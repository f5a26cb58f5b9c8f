// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/envelope/multipart.h"

#include <algorithm>

#include "models/json/mend.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::size_t maxParts = 1'000;
constexpr std::size_t maxHeadBytes = std::size_t(16) * 1024;
constexpr std::size_t maxBoundary = 200; // RFC 2046 allows 70

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool startsWithNoCase(std::string_view text, std::string_view lowerCase)
{
    return text.size() >= lowerCase.size() && std::equal(lowerCase.begin(), lowerCase.end(), text.begin(),
                                                  [](char a, char b) { return a == lowered(b); });
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The value of `; name=value` or `; name="value"` in a header; quotes as browsers escape them (RFC 7578
/// section 2: %22; others use a backslash). Empty where there is none.
std::string parameter(std::string_view header, std::string_view name)
{
    for (std::size_t at = header.find(';'); at != std::string_view::npos;) {
        std::string_view rest = trimmed(header.substr(at + 1));
        const bool wanted = startsWithNoCase(rest, name) && rest.substr(name.size()).starts_with('=');
        const std::size_t equals = rest.find_first_of("=;");
        if (equals == std::string_view::npos)
            return {};
        std::string value;
        std::string_view after = rest.substr(equals);
        if (after.starts_with("=\"")) {
            after.remove_prefix(2);
            while (!after.empty() && after.front() != '"') {
                if (after.front() == '\\' && after.size() > 1 && (after[1] == '"' || after[1] == '\\'))
                    after.remove_prefix(1);
                value += after.front();
                after.remove_prefix(1);
            }
        } else if (after.starts_with('=')) {
            value = trimmed(after.substr(
                1, after.find(';') == std::string_view::npos ? std::string_view::npos : after.find(';') - 1));
        }
        if (wanted)
            return value;
        const std::size_t next = after.find(';');
        if (next == std::string_view::npos)
            return {};
        header = after.substr(next);
        at = 0;
    }
    return {};
}

std::string mended(const std::string& text)
{
    bool changed = false;
    std::string out = json::mendUtf8(text, changed);
    for (std::size_t at = out.find("%22"); at != std::string::npos; at = out.find("%22", at))
        out.replace(at, 3, "\"");
    return out;
}

void readHead(std::string_view head, FormPart& part)
{
    while (!head.empty()) {
        const std::size_t end = head.find("\r\n");
        const std::string_view line = head.substr(0, end);
        head = end == std::string_view::npos ? std::string_view() : head.substr(end + 2);
        constexpr std::string_view disposition = "content-disposition:";
        constexpr std::string_view type = "content-type:";
        if (startsWithNoCase(line, disposition)) {
            part.name = mended(parameter(line, "name"));
            part.filename = mended(parameter(line, "filename"));
            part.isFile = !part.filename.empty();
        } else if (startsWithNoCase(line, type)) {
            part.contentType = mended(std::string(trimmed(line.substr(type.size()))));
        }
    }
}

} // namespace

bool isMultipart(std::string_view contentType)
{
    return startsWithNoCase(trimmed(contentType), "multipart/form-data");
}

core::Result<std::vector<FormPart>> parseMultipart(std::string_view contentType, std::string_view body)
{
    const std::string boundary = parameter(contentType, "boundary");
    if (boundary.empty() || boundary.size() > maxBoundary)
        return core::fail(core::ErrorKind::Malformed, u"the form has no boundary"_s);
    const std::string opening = "--" + boundary;
    const std::string delimiter = "\r\n" + opening;
    const auto cutShort = [] {
        return core::fail(core::ErrorKind::Malformed, u"the form ends inside a part"_s);
    };
    // What stands before the first delimiter is no part of the form.
    std::size_t at = 0;
    if (!body.starts_with(opening)) {
        at = body.find(delimiter);
        if (at == std::string_view::npos)
            return cutShort();
        at += 2;
    }
    std::vector<FormPart> parts;
    std::string_view rest = body.substr(at + opening.size());
    for (;;) {
        if (rest.starts_with("--"))
            return parts;
        const std::size_t line = rest.find("\r\n");
        if (line == std::string_view::npos || !trimmed(rest.substr(0, line)).empty())
            return cutShort();
        rest.remove_prefix(line); // the line's end may be the head's, where the head is empty
        const std::size_t head = rest.substr(0, maxHeadBytes).find("\r\n\r\n");
        if (head == std::string_view::npos)
            return cutShort();
        FormPart part;
        if (head > 0)
            readHead(rest.substr(2, head - 2), part);
        rest.remove_prefix(head + 4);
        // An empty part's delimiter may follow at once: its line break is then the head's own.
        const std::size_t end = rest.starts_with(opening) ? 0 : rest.find(delimiter);
        if (end == std::string_view::npos)
            return cutShort();
        part.data = rest.substr(0, end);
        if (parts.size() == maxParts)
            return core::fail(core::ErrorKind::TooLarge, u"more than 1,000 parts in the form"_s);
        parts.push_back(std::move(part));
        rest.remove_prefix(end + (rest.starts_with(opening) ? opening.size() : delimiter.size()));
    }
}

} // namespace vedette::collector
