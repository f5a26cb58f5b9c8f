// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>

#include "models/core/error.h"
#include "models/domain/event.h"
#include "models/domain/issue.h"

namespace vedette::app {

/// How commands write issues. Text is for people: columns, local time, and nothing of a server's that could
/// move the cursor of a terminal. JSON is for scripts: its keys are a contract (README), times are ISO 8601
/// in UTC, absent values null. Any thread.

/// By account: the name that people gave it.
using AccountNames = QHash<domain::AccountId, QString>;

/// One of the lists that an answer was made from.
struct ListedAccount
{
    QString name;
    std::optional<core::TimePoint> asOf; ///< when the rows left the server; none: there are none
    bool isStale = false;                ///< from the cache, and the server could not confirm it
    std::optional<core::Error> error;
};

/// One line an issue: id, events, users, when last seen, status where it is not unresolved, title.
[[nodiscard]] QByteArray issuesAsText(const QList<domain::Issue>& issues);
/// `{"issues": [...], "accounts": [...]}`.
[[nodiscard]] QByteArray issuesAsJson(
    const QList<domain::Issue>& issues, const AccountNames& names, const QList<ListedAccount>& accounts);

/// Everything that matters of an issue, and the innermost frames of its latest event.
[[nodiscard]] QByteArray issueAsText(
    const domain::IssueDetail& detail, const QString& account, const std::optional<domain::Event>& event);
/// `{"issue": {...}, "event": {...} or null}`.
[[nodiscard]] QByteArray issueAsJson(
    const domain::IssueDetail& detail, const QString& account, const std::optional<domain::Event>& event);

/// How one issue fared with an action.
struct ActedIssue
{
    domain::Issue issue; ///< as the server has it now
    enum class Outcome
    {
        Done,
        Queued, ///< on disk, and sent as soon as the server can be reached
        Refused
    } outcome = Outcome::Done;
    std::optional<core::Error> error;
};

/// One line an issue.
[[nodiscard]] QByteArray actedAsText(const QList<ActedIssue>& issues);
/// `{"issues": [{..., "outcome": "done" | "queued" | "refused", "error": null | {...}}]}`.
[[nodiscard]] QByteArray actedAsJson(const QList<ActedIssue>& issues, const AccountNames& names);

} // namespace vedette::app
