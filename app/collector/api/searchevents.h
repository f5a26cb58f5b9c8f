// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "app/collector/api/searchterm.h"
#include "models/core/result.h"
#include "models/search/query.h"

namespace vedette::collector::api {

/// Filters about events, each by the table that finds them: tags, people, aspects, frames (storage/shapes.h),
/// texts and times. Errors: Usage.

/// `key:value` on a tag. An empty value is an event without the tag; `<`, `>` compare values that are
/// numbers.
[[nodiscard]] SearchTerm tagTerm(
    const std::string& key, const search::Filter& filter, const SearchScope& scope);
/// Events that have the tag at all.
[[nodiscard]] SearchTerm hasTagTerm(const std::string& key, const SearchScope& scope);
/// The environment, empty for events without one.
[[nodiscard]] SearchTerm environmentTerm(const search::Filter& filter, const SearchScope& scope);

/// `column` of event_users: key, email, username, ip; for key with `prefix` before the value (`id:`).
[[nodiscard]] SearchTerm userTerm(
    const std::string& column, const QString& prefix, const search::Filter& filter, const SearchScope& scope);
[[nodiscard]] SearchTerm hasUserTerm(const SearchScope& scope);

/// Aspects are kept for issues: every event of an issue counts as having all of its issue's.
[[nodiscard]] SearchTerm aspectTerm(const std::string& key, const search::Filter& filter);
[[nodiscard]] SearchTerm hasAspectTerm(const std::string& key);
/// An aspect, or a tag of that name.
[[nodiscard]] SearchTerm aspectOrTagTerm(
    const std::string& key, const search::Filter& filter, const SearchScope& scope);
/// `error.handled` and its kin: true and false as texts.
[[nodiscard]] core::Result<SearchTerm> aspectFlagTerm(const std::string& key, const search::Filter& filter);
/// error.handled (`wanted` false: error.unhandled), by the event's own column.
[[nodiscard]] core::Result<SearchTerm> handledTerm(const search::Filter& filter, bool wanted);

/// `column` of frames.
[[nodiscard]] SearchTerm frameTerm(const std::string& column, const search::Filter& filter);
[[nodiscard]] SearchTerm hasFrameTerm(const std::string& column);

/// `column` of events: title, culprit, type.
[[nodiscard]] SearchTerm textTerm(const std::string& column, const search::Filter& filter);
[[nodiscard]] SearchTerm messageTerm(const search::Filter& filter);
/// The text of the outermost exception; of events that are not their issue's latest, the first line of it.
[[nodiscard]] SearchTerm errorValueTerm(const search::Filter& filter);
/// All words that belong to no filter, as one phrase.
[[nodiscard]] SearchTerm freeTextTerm(const QString& text);

[[nodiscard]] core::Result<SearchTerm> eventTimeTerm(const search::Filter& filter, const SearchScope& scope);
[[nodiscard]] SearchTerm traceTerm(const search::Filter& filter);
/// A bare event id.
[[nodiscard]] SearchTerm eventIdTerm(const std::string& bytes);

} // namespace vedette::collector::api
