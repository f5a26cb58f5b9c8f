// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/domain/account.h"
#include "models/domain/action.h"
#include "models/domain/issue.h"
#include "models/domain/project.h"

namespace vedette::store {

/// What is known of one organization's people and projects.
struct DirectoryData
{
    QList<domain::Project> projects;
    QStringList environments;
    QList<domain::Actor> people; ///< all who can be assigned somewhere
    /// Who can be assigned in one project, for the projects that were asked for.
    QList<std::pair<domain::ProjectId, QList<domain::Actor>>> assignees;
    std::optional<domain::Actor> me;

    friend bool operator==(const DirectoryData&, const DirectoryData&) = default;
};

/// One action on one issue.
struct OutboxRow
{
    qint64 id = 0;        ///< given by the outbox: later actions have larger ones
    qint64 batch = 0;     ///< actions taken by one command share it
    domain::Issue before; ///< with its account and organization
    domain::Action action;
    domain::ActionState state = domain::ActionState::Queued;
    core::TimePoint created;
    core::TimePoint changed; ///< when the state was last written
    int attempts = 0;
    std::optional<core::Error> error;
    /// What the server's issue was when this was last looked at: before it is sent what the action is based
    /// on, afterwards what it left. Nothing: whatever is met is taken for it.
    std::optional<domain::IssueBasis> known = {};
    std::optional<domain::Conflict> conflict = {};
    qint64 undoes = 0; ///< the batch that this one takes back

    friend bool operator==(const OutboxRow&, const OutboxRow&) = default;
};

/// One alert as it was raised; sync turns it into alerts::Alert.
struct AlertRecord
{
    QString kind; ///< new, regression, spike
    domain::Issue issue;
    core::TimePoint raised;
    qint64 count = 0;
    double expected = 0;
    double upper = 0;
    double factor = 0;
    core::TimePoint since;

    friend bool operator==(const AlertRecord&, const AlertRecord&) = default;
};

/// A moment that sync remembers of an account.
struct Mark
{
    domain::AccountId account;
    QString name;
    core::TimePoint at;

    friend bool operator==(const Mark&, const Mark&) = default;
};

/// Which list of issues: an account's, by the canonical text of everything that makes up the query.
struct ListKey
{
    domain::AccountId account;
    QString query;

    friend bool operator==(const ListKey&, const ListKey&) = default;
};

/// What a list is besides its rows.
struct ListHead
{
    core::TimePoint asOf; ///< when its first page left the server
    bool hasMore = false; ///< the server had more rows than the list holds
    std::optional<qint64> total;
    bool totalIsLowerBound = false;

    friend bool operator==(const ListHead&, const ListHead&) = default;
};

/// A part of a cached list.
struct ListPart
{
    std::optional<ListHead> head; ///< nothing: this list was never stored
    QList<domain::Issue> rows;    ///< in the list's order
    std::optional<qint64> next;   ///< hand it back for the next part; nothing: this was the last one
};

/// A cached value with its age.
template<class T>
struct Dated
{
    T value;
    core::TimePoint asOf;

    friend bool operator==(const Dated&, const Dated&) = default;
};

/// The order of what a search finds; always descending. Counts are of all time where that is known.
enum class SearchSort
{
    Events,
    LastSeen,
    FirstSeen,
    Users
};

/// Where a part of a search ended.
struct SearchPlace
{
    qint64 rank = 0;
    qint64 row = 0;

    friend bool operator==(const SearchPlace&, const SearchPlace&) = default;
};

/// A part of what a search over the cache found, and how far it can be trusted.
struct SearchPart
{
    QList<Dated<domain::Issue>> rows; ///< each with its age; counts are of all time where that is known
    qint64 total = 0;                 ///< of all parts together
    std::optional<SearchPlace> next;  ///< hand it back for the next part; nothing: this was the last one
    /// Filters that the cache cannot answer, as `key` or `key:value`: they were left out, so that the rows
    /// are too many.
    QStringList unknown;
    /// Keys that are known only of issues that were opened: rows may be missing, or too many where negated.
    QStringList inPart;
    bool isApart = false;         ///< filters about events may each be met by another event of the issue
    bool hasWindowCounts = false; ///< `timesSeen` was compared with counts of a window
};

} // namespace vedette::store
