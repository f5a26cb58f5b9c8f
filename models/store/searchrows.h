// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

#include <optional>

#include "models/store/connection.h"
#include "models/store/records.h"
#include "models/store/searchsql.h"

namespace vedette::store {

/// Runs a compiled search over the cache. Rows have the newest trend that any list told of them. On the lane;
/// throws SQLite::Exception.
[[nodiscard]] SearchPart searchIssues(Connection& connection, const QList<domain::Scope>& scopes,
    const LocalSearch& search, SearchSort sort, int limit, const std::optional<SearchPlace>& from);

} // namespace vedette::store
