// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QStringList>

#include <utility>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/domain/account.h"
#include "models/search/query.h"
#include "models/store/searchparts.h"

namespace vedette::store {

/// What a search needs to know beside its text.
struct SearchContext
{
    core::TimePoint now;
    /// Who `me` is, where a directory tells.
    QList<std::pair<domain::Scope, domain::ActorId>> me = {};
};

/// A search over the cache, compiled.
struct LocalSearch
{
    Sql condition; ///< on `issue_fact f` and its `issue i`
    /// Filters that the cache cannot answer, as `key` or `key:value`. The condition leaves them out.
    QStringList unknown;
    /// Keys that are known only of issues whose details and events were opened.
    QStringList inPart;
    /// Several filters are about events: the server wants one event that fits all of them, here each may be
    /// met by another.
    bool isApart = false;
    bool asksForCounts = false; ///< `timesSeen`: counts may be those of a window
};

/// Compiles the language of contract section 11 over the tables of the cache. Keys that are no field are
/// tags. Pure. Errors: Usage, in the server's words where it has some, also for more than 100 filters or
/// more than 100 values in one.
[[nodiscard]] core::Result<LocalSearch> compileSearch(
    const search::Query& query, const SearchContext& context);

} // namespace vedette::store
