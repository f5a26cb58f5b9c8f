// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/http/message.h"
#include "models/core/clock.h"
#include "models/json/value.h"

namespace vedette::json {
class Writer;
}

namespace vedette::collector::api {

/// Reads a body and collects what is wrong with it, field by field, and answers it as Sentry does:
/// `{"field": ["text"], "commits": {"1": {"id": ["text"]}}}` (contract section 4). The first fault of a field
/// is the one that is told. With any fault nothing may be changed.
class FieldErrors final
{
public:
    void add(std::string_view field, std::string_view text);
    /// The faults of an object within the body, by its name.
    [[nodiscard]] FieldErrors& in(std::string_view object);
    /// The faults of the item of that number of a list, if there are any.
    void add(std::string_view list, std::size_t item, FieldErrors faults);

    [[nodiscard]] bool any() const;
    [[nodiscard]] Response response() const; ///< 400

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

    // Changes of what is there already: what is absent stays as it was, and null is a fault like any other
    // type.

    /// False where the body itself is no object.
    bool requireObject(json::Value body);
    /// An object in the body, to go on reading with in().
    json::Value object(json::Value body, std::string_view field);
    void change(json::Value body, std::string_view field, bool& out);
    /// A number, not a text that holds one.
    void change(
        json::Value body, std::string_view field, std::int64_t least, std::int64_t most, std::int64_t& out);
    /// null empties it.
    void change(json::Value body, std::string_view field, std::string& out);
    /// A list of texts that are not empty, at most so many.
    void change(json::Value body, std::string_view field, std::size_t most, std::vector<std::string>& out);

private:
    void write(json::Writer& out) const;

    std::map<std::string, std::string, std::less<>> m_flat;
    std::map<std::string, std::unique_ptr<FieldErrors>, std::less<>> m_objects;
    std::map<std::string, std::map<std::size_t, FieldErrors>, std::less<>> m_lists;
};

/// The answer for one fault.
[[nodiscard]] Response fieldError(std::string_view field, std::string_view text);

/// Characters of UTF-8, which is what limits on texts count.
[[nodiscard]] std::size_t characters(std::string_view text);
/// Without white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace vedette::collector::api
