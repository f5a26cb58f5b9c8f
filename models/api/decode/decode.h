// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

#include "models/api/types.h"
#include "models/core/result.h"
#include "models/domain/collector.h"
#include "models/domain/event.h"
#include "models/domain/issue.h"
#include "models/domain/project.h"
#include "models/json/value.h"

/// JSON to domain values, one subject a file. Every decoder is total: each field may be missing, null, of
/// another type or huge, and the others are read all the same; unknown words of an enum become Other with the
/// text kept where there is a place for it. Texts and lists are bounded. A Result is Malformed only where the
/// whole answer is of another shape (not a list, an issue without an id). Any thread.
namespace vedette::api::decode {

/// One row of an issue list (contract section 6).
[[nodiscard]] domain::Issue issue(const json::Value& row);
/// A list of them; rows without an id are left out.
[[nodiscard]] core::Result<QList<domain::Issue>> issues(const json::Value& body);
/// One issue (section 7).
[[nodiscard]] core::Result<domain::IssueDetail> issueDetail(const json::Value& body);

/// `statusDetails` of an issue; nothing set for anything but an object.
[[nodiscard]] domain::StatusDetails statusDetails(const json::Value& value);
/// An issue's history as it comes, newest first; entries with neither id nor type are left out, at most
/// 200 are kept.
[[nodiscard]] QList<domain::Activity> activities(const json::Value& value);

/// A full event (section 9).
[[nodiscard]] core::Result<domain::Event> event(const json::Value& body);
/// Rows of an issue's events, in camelCase or, from GlitchTip, in snake_case.
[[nodiscard]] core::Result<QList<EventSummary>> eventSummaries(const json::Value& body);

/// Stack, exceptions, threads, breadcrumbs, request of an event's entries.
[[nodiscard]] domain::Stacktrace stacktrace(const json::Value& data);
[[nodiscard]] QList<domain::ExceptionValue> exceptions(const json::Value& data);
[[nodiscard]] QList<domain::Thread> threads(const json::Value& data);
[[nodiscard]] QList<domain::Breadcrumb> breadcrumbs(const json::Value& data);
[[nodiscard]] domain::HttpRequest request(const json::Value& data);

/// `assignedTo` of an issue in its shapes; nothing for null.
[[nodiscard]] std::optional<domain::Actor> actor(const json::Value& value);
/// A user object; nothing without an id.
[[nodiscard]] std::optional<domain::Actor> user(const json::Value& value);
/// A membership or a row of `users/`: its user, unless it is pending or inactive. Without a user of its own
/// (a fresh invitation) nothing.
[[nodiscard]] std::optional<domain::Actor> member(const json::Value& value);
[[nodiscard]] core::Result<QList<domain::Actor>> members(const json::Value& body);
[[nodiscard]] core::Result<QList<domain::Actor>> teams(const json::Value& body);
/// `GET /api/0/` with a token, or a bare user object.
[[nodiscard]] core::Result<Identity> identity(const json::Value& body);

[[nodiscard]] core::Result<domain::Project> project(const json::Value& body);
[[nodiscard]] core::Result<QList<domain::Project>> projects(const json::Value& body);
[[nodiscard]] core::Result<QStringList> environments(const json::Value& body);
[[nodiscard]] core::Result<QList<domain::ProjectKey>> keys(const json::Value& body);
[[nodiscard]] core::Result<QList<domain::Organization>> organizations(const json::Value& body);

[[nodiscard]] core::Result<QList<domain::TagDistribution>> tagDistributions(const json::Value& body);

/// A series in any of its shapes (section 10): `[[ts, n]]`, `[[ts, [{count: n}]]]`, `{data: [...]}`,
/// `{timeSeries: [{values: [...]}]}`, stats_v2's `{intervals, groups}`; sorted, doubles added up. Buckets
/// marked incomplete are left out.
[[nodiscard]] domain::Series series(const json::Value& value);
[[nodiscard]] core::Result<domain::Series> seriesAnswer(const json::Value& body);

/// What our own collector tells of itself and how it is set (its routes below `vedette/`).
[[nodiscard]] core::Result<domain::CollectorStatus> collectorStatus(const json::Value& body);
[[nodiscard]] core::Result<domain::ProjectSettings> projectSettings(const json::Value& body);
[[nodiscard]] core::Result<domain::CollectorSettings> collectorSettings(const json::Value& body);
/// One key, as the answer to making or changing it.
[[nodiscard]] core::Result<domain::ProjectKey> key(const json::Value& body);

} // namespace vedette::api::decode
