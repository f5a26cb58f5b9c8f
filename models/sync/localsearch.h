// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QList>

#include <optional>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/domain/account.h"
#include "models/search/query.h"
#include "models/store/records.h"
#include "models/sync/issuequery.h"

namespace vedette::store {
class CacheDatabase;
}

namespace vedette::sync {

/// What a list would show, asked of the cache instead of the servers: all that was ever stored of its scopes
/// is looked through, whatever list it came with. GUI thread.

/// The list's search text with its projects, environments and window as further filters: an issue belongs to
/// a window if it was seen in it. Feedback is left out unless the text names a category, as servers do.
/// Errors: Usage, in the words of a server's 400.
[[nodiscard]] core::Result<search::Query> localTree(const IssueQuery& query);

/// A part of what is found, from the beginning or from SearchPart::next of the part before. A scope without
/// an organization means the first one of its account in `accounts`. Errors: Usage, Storage.
[[nodiscard]] QFuture<core::Result<store::SearchPart>> searchLocally(store::CacheDatabase& cache,
    const QList<domain::Account>& accounts, const IssueQuery& query, core::TimePoint now, int limit,
    const std::optional<store::SearchPlace>& from = {});

} // namespace vedette::sync
