// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>
#include <vector>

#include "app/collector/door/glob.h"
#include "app/collector/event/facts.h"
#include "app/collector/storage/settings.h"
#include "models/json/value.h"

namespace vedette::collector {

/// A project's inbound filters, ready to be asked. Immutable; any thread.
class Filters final
{
public:
    Filters() = default;
    explicit Filters(const FilterSettings& settings);

    [[nodiscard]] bool isEmpty() const;

    /// Why this event is not wanted, in Sentry's words: `browser-extensions`, `localhost`, `error-type`,
    /// `error-message`, `release-version`; empty: it is wanted. Reads
    /// - error types: the `type` of each exception of the chain;
    /// - messages: the message (formatted, and before its parameters were put in), and for each exception
    ///   `Type: value` and the value alone;
    /// - releases: the release;
    /// - browser extensions: events of JavaScript whose crash frame lies in an extension (the scheme of its
    ///   abs_path), or whose last exception says what only extensions cause;
    /// - localhost: events whose page (request.url) is on this machine, or whose user's address is its own.
    [[nodiscard]] std::string_view unwanted(json::Value event, const ReceiveContext& context) const;

private:
    std::vector<Glob> m_errorTypes, m_messages, m_releases;
    bool m_browserExtensions = false;
    bool m_localhost = false;
};

} // namespace vedette::collector
