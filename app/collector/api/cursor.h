// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/collector/http/message.h"

namespace vedette::collector::api {

/// A place in a list, `value:offset:is_prev` as Sentry writes it (contract section 3). Ours counts rows.
struct Cursor
{
    std::int64_t offset = 0;

    /// Reads a cursor text; nothing where it is none.
    static std::optional<Cursor> parse(std::string_view text);
};

/// How much of a list was asked for.
struct PageRequest
{
    std::int64_t limit = 100;
    std::int64_t offset = 0;

    /// Reads `limit` or `per_page` and `cursor`. Out of range is clamped to 1..100; a bad cursor is nothing.
    static std::optional<PageRequest> from(const Request& request, std::int64_t defaultLimit);
};

/// Both ends of a Link header, for lists whose cursors are not places by number.
struct LinkTargets
{
    std::string previous, next; ///< cursors
    bool hasPrevious = false, hasNext = false;
};

/// Adds the Link header with both relations, as the server always sends it. `baseUrl` is the collector's own.
void addLinkHeader(Response& response, const Request& request, std::string_view baseUrl,
    const PageRequest& page, bool hasNext);
void addLinkHeader(
    Response& response, const Request& request, std::string_view baseUrl, const LinkTargets& links);

} // namespace vedette::collector::api
