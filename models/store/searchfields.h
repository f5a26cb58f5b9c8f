// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/core/result.h"
#include "models/search/query.h"
#include "models/store/searchparts.h"
#include "models/store/searchsql.h"

namespace vedette::store {

/// Filters about the issue itself: `is`, `assigned`, dates, numbers, projects. Nothing where the cache cannot
/// tell. Errors: Usage.

[[nodiscard]] core::Result<MaybeTerm> stateTerm(const search::Filter& filter);
[[nodiscard]] MaybeTerm assigneeTerm(const search::Filter& filter, const SearchContext& context);
[[nodiscard]] MaybeTerm bookmarkTerm(const search::Filter& filter);
/// `issue.category` and `issue.type`.
[[nodiscard]] core::Result<MaybeTerm> categoryTerm(const search::Filter& filter);
[[nodiscard]] core::Result<MaybeTerm> priorityTerm(const search::Filter& filter);
[[nodiscard]] core::Result<MaybeTerm> idTerm(const search::Filter& filter);

/// Filters about events, as far as tags and opened events tell.

[[nodiscard]] SearchTerm tagTerm(const QString& key, const search::Filter& filter);
[[nodiscard]] SearchTerm hasTagTerm(const QString& key);
/// A tag that an issue's own `column` tells as well, of its newest event.
[[nodiscard]] SearchTerm ownTagTerm(
    const QString& key, const std::string& column, const search::Filter& filter);
[[nodiscard]] SearchTerm aspectTerm(const QString& key, const search::Filter& filter);
[[nodiscard]] SearchTerm ownAspectTerm(
    const QString& key, const std::string& column, const search::Filter& filter);
[[nodiscard]] SearchTerm aspectOrTagTerm(const QString& key, const search::Filter& filter);
[[nodiscard]] SearchTerm hasAspectTerm(const QString& key);
/// `column` of issue_user; `prefix` is how the tag `user` writes it.
[[nodiscard]] SearchTerm userTerm(
    const std::string& column, const QString& prefix, const search::Filter& filter);
/// `error.handled`, and with `wanted` false `error.unhandled`.
[[nodiscard]] core::Result<MaybeTerm> handledTerm(const search::Filter& filter, bool wanted);
[[nodiscard]] core::Result<MaybeTerm> eventTimeTerm(const search::Filter& filter, core::TimePoint now);
[[nodiscard]] SearchTerm eventIdTerm(const QString& hex);
/// Contained in title, culprit or a message.
[[nodiscard]] SearchTerm messageTerm(const search::Filter& filter);
/// The same, in tags and people as well.
[[nodiscard]] SearchTerm freeTextTerm(const QString& phrase);

} // namespace vedette::store
