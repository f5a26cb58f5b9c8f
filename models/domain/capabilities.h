// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <optional>
#include <utility>

#include "models/core/clock.h"

namespace vedette::domain {

/// What a server may or may not be able to do (contract sections 15 and 16).
enum class Ability
{
    Assign,
    Bookmark,
    MarkSeen,
    SetPriority,
    Comment,
    ArchiveUntil,     ///< substatus and conditions: until escalating, for a time, until n more
    ResolveInRelease, ///< bound to a release or a commit
    ChangeMany,       ///< one request for several issues
    Merge,
    Delete,
    SortByUsers,
    SortByFirstSeen,
    RangeOfCounts,  ///< counts and charts of a window, not only of all time
    SearchLanguage, ///< all of contract section 11
    CountIssues,    ///< `issues-count`
    RowTrends,      ///< series in the rows of a list, or by `issues-stats`
    ProjectTrends,
    TagDistributions,
    FindByShortId,
    FindByEventId,
    Unknown, ///< read from a file that a later version wrote: ignored
};

/// What is known of one ability, and from what.
struct Finding
{
    enum class Reason
    {
        Product, ///< this kind of server never can
        Version, ///< this version cannot
        Scope,   ///< the token may not; `detail` names the scope
        Feature, ///< it is switched off there; `detail` names the feature
        Answer,  ///< a call was answered so, at `at`
    };

    Ability ability = Ability::Unknown;
    bool isAble = false;
    Reason reason = Reason::Product;
    QString detail; ///< the server's own word: show it as plain text only
    std::optional<core::TimePoint> at = {};

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// What an account's server can do, as far as it was asked.
struct Capabilities
{
    bool isHosted = false;   ///< the vendor's own service, with regions
    QStringList scopes;      ///< of the token; empty: the server does not tell
    QStringList features;    ///< of the organizations
    QList<Finding> findings; ///< at most one for each ability; none: not known, so it is tried
    /// By family of routes the one of several that answers.
    QList<std::pair<QString, QString>> routes;
    QString version;                         ///< of the server when it was asked
    std::optional<core::TimePoint> probedAt; ///< nothing: never

    /// What is known of an ability; null: nothing. Valid until the findings change.
    [[nodiscard]] const Finding* find(Ability ability) const
    {
        const auto it = std::find_if(findings.cbegin(), findings.cend(),
            [ability](const Finding& finding) { return finding.ability == ability; });
        return it == findings.cend() ? nullptr : &*it;
    }

    friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

} // namespace vedette::domain
