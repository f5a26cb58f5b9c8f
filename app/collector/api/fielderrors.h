// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/collector/http/message.h"
#include "models/core/clock.h"
#include "models/json/value.h"

namespace vedette::collector::api {

/// Collects what is wrong with a body, field by field, and answers it as Sentry does:
/// `{"field": ["text"], "commits": {"1": {"id": ["text"]}}}` (contract section 4). The first fault of a field
/// is the one that is told.
class FieldErrors final
{
public:
    void add(std::string_view field, std::string_view text);
    /// A fault in the item of that number of a list.
    void add(std::string_view list, std::size_t item, std::string_view field, std::string_view text);

    [[nodiscard]] bool any() const { return !m_flat.empty() || !m_nested.empty(); }
    [[nodiscard]] Response response() const; ///< 400
    /// What was said of that field, if anything.
    [[nodiscard]] std::optional<std::string> textOf(std::string_view field) const;

    // Readers of one member each. What is absent or null is nothing; what is of another type or too long is
    // nothing, too, and noted.

    /// A text of at most `maxLength` characters; numbers count as texts.
    std::optional<std::string> text(json::Value body, std::string_view field, std::size_t maxLength);
    /// The same, which must be there and not blank.
    std::optional<std::string> required(json::Value body, std::string_view field, std::size_t maxLength);
    /// An http or https URL of at most 200 characters; the empty text passes.
    std::optional<std::string> url(json::Value body, std::string_view field);
    /// Milliseconds since 1970 of an ISO 8601 text.
    std::optional<std::int64_t> date(json::Value body, std::string_view field);
    std::optional<bool> boolean(json::Value body, std::string_view field);
    /// A whole number from `least` to `most`.
    std::optional<std::int64_t> integer(
        json::Value body, std::string_view field, std::int64_t least, std::int64_t most);

private:
    std::map<std::string, std::string, std::less<>> m_flat;
    std::map<std::string, std::map<std::size_t, std::map<std::string, std::string>>, std::less<>> m_nested;
};

/// The answer for one fault.
[[nodiscard]] Response fieldError(std::string_view field, std::string_view text);

/// Characters of UTF-8, which is what limits on texts count.
[[nodiscard]] std::size_t characters(std::string_view text);
/// Without white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace vedette::collector::api
