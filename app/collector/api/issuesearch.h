// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/collector/api/context.h"
#include "app/collector/api/searchsql.h"
#include "app/collector/api/sql.h"
#include "models/core/result.h"

namespace vedette::collector::api {

/// A search text as it is understood, with the `project` parameters of the request and within the window.
/// Errors: Usage with the text of the 400.
[[nodiscard]] core::Result<IssueSearch> issueSearch(
    const Call& call, std::string_view search, const Window& window);

/// The same for events: a condition on `events e`, the window left out.
[[nodiscard]] core::Result<Sql> eventSearch(const Call& call, std::string_view search);

/// The projects that the request names, nothing where it names none or `-1`, which is all. Errors: Usage.
[[nodiscard]] core::Result<std::vector<std::int64_t>> requestedProjects(const Call& call);

/// The condition on `issues i` that a search text and the request's `project` parameters make. Errors: Usage
/// with the text of the 400.
[[nodiscard]] core::Result<Sql> issueCondition(const Call& call, std::string_view search);

/// The 32 lower-case hex digits of an event id, dashed or not; nothing for any other text.
[[nodiscard]] std::optional<std::string> eventIdText(std::string_view text);

} // namespace vedette::collector::api
