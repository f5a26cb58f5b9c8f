// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/envelope/auth.h"

#include <algorithm>

#include "app/collector/envelope/envelope.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return out;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

bool isSentryScheme(std::string_view text)
{
    return lowered(text.substr(0, 6)) == "sentry" && (text.size() == 6 || text[6] == ' ' || text[6] == '\t');
}

/// `Sentry sentry_key=K, sentry_version=7`, also with spaces alone between the parts.
void readList(std::string_view text, std::string& key, std::string& client)
{
    text = trimmed(text);
    if (isSentryScheme(text))
        text = trimmed(text.substr(6));
    while (!text.empty()) {
        const std::size_t end = text.find_first_of(", \t");
        const std::string_view part = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            continue;
        std::string_view value = part.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        const std::string name = lowered(part.substr(0, equals));
        if (name == "sentry_key")
            key = lowered(value);
        else if (name == "sentry_client")
            client = std::string(value);
    }
}

} // namespace

core::Result<Credentials> readCredentials(const AuthSources& sources)
{
    Credentials out;
    out.project = std::string(sources.project);
    bool agree = true;
    const auto take = [&](const std::string& key) {
        if (!out.key.empty() && out.key != key)
            agree = false;
        out.key = key;
    };
    const auto takeList = [&](std::string_view text) {
        std::string key;
        readList(text, key, out.client);
        if (key.empty())
            return false;
        take(key);
        return true;
    };
    if (sources.sentryAuth && !takeList(*sources.sentryAuth))
        return core::fail(core::ErrorKind::Malformed, u"malformed authorization header"_s);
    // Any other scheme (Basic and Bearer of a proxy before us) is not meant for ingest.
    if (sources.authorization && isSentryScheme(trimmed(*sources.authorization)) &&
        !takeList(*sources.authorization))
        return core::fail(core::ErrorKind::Malformed, u"malformed authorization header"_s);
    if (sources.queryKey && !sources.queryKey->empty())
        take(lowered(*sources.queryKey));
    if (!sources.dsn.empty()) {
        const auto dsn = parseDsn(sources.dsn);
        if (!dsn)
            return core::fail(core::ErrorKind::Malformed, u"malformed dsn in the envelope header"_s);
        take(lowered(dsn->key));
        if (!out.project.empty() && out.project != dsn->project)
            agree = false;
        out.project = dsn->project;
    }
    if (out.key.empty())
        return core::fail(core::ErrorKind::Unauthorized, u"missing authorization information"_s);
    if (!agree)
        return core::fail(core::ErrorKind::Rejected, u"the keys or projects given do not agree"_s);
    return out;
}

} // namespace vedette::collector
