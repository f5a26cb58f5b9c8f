// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string_view>

#include "models/core/result.h"
#include "models/json/mend.h"
#include "models/json/value.h"

namespace vedette::json {

/// A parsed JSON text. Holds its own copy of all it needs; values are views into it. Move only.
class Document final
{
public:
    /// Parses `bytes`, at most `maxBytes` of them and 1,024 levels deep. What one SDK or another really sends
    /// and a strict parser refuses is mended first and noted (mend.h). Errors: TooLarge, Malformed. Any
    /// thread.
    static core::Result<Document> parse(std::string_view bytes, std::size_t maxBytes = 20'000'000);

    [[nodiscard]] Value root() const;
    /// What had to be mended, if anything.
    [[nodiscard]] const Mends& mends() const { return m_mends; }

private:
    Document() = default;

    std::unique_ptr<simdjson::dom::document> m_document;
    Mends m_mends;
};

/// Empty containers that live for ever, so that iterating over "nothing" needs no branch at the caller.
[[nodiscard]] Value emptyArray();
[[nodiscard]] Value emptyObject();

} // namespace vedette::json
