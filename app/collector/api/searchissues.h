// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/collector/api/searchterm.h"
#include "models/core/result.h"
#include "models/search/query.h"

namespace vedette::collector::api {

/// Filters about the issue itself. Conditions on `issues i`. Errors: Usage, in the words of contract
/// section 11.

[[nodiscard]] core::Result<Sql> stateCondition(const search::Filter& filter);
[[nodiscard]] Sql assigneeCondition(const search::Filter& filter, const SearchScope& scope);
[[nodiscard]] Sql bookmarkCondition(const search::Filter& filter, const SearchScope& scope);
[[nodiscard]] Sql subscriptionCondition(const search::Filter& filter, const SearchScope& scope);
/// `timesSeen`: events within the window.
[[nodiscard]] core::Result<Sql> countCondition(const search::Filter& filter, const SearchScope& scope);
[[nodiscard]] core::Result<Sql> categoryCondition(const search::Filter& filter);
[[nodiscard]] core::Result<Sql> typeCondition(const search::Filter& filter);
[[nodiscard]] core::Result<Sql> priorityCondition(const search::Filter& filter);
[[nodiscard]] Sql projectCondition(const search::Filter& filter);

} // namespace vedette::collector::api
