// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHashFunctions>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

#include "models/core/clock.h"
#include "models/domain/account.h"
#include "models/domain/activity.h"
#include "models/domain/actor.h"
#include "models/domain/ids.h"
#include "models/domain/series.h"
#include "models/domain/statusdetails.h"

namespace vedette::domain {

enum class Level
{
    Fatal,
    Error,
    Warning,
    Info,
    Debug,
    Sample,
    Other
};

enum class IssueStatus
{
    Unresolved,
    Resolved,
    Archived, ///< `ignored` on the wire
    Other,    ///< pending_deletion, reprocessing, and what comes later: shown by its text
};

enum class Substatus
{
    None,
    New,
    Ongoing,
    Escalating,
    Regressed,
    ArchivedUntilEscalating,
    ArchivedUntilConditionMet,
    ArchivedForever,
    Other,
};

/// The words of the protocol for these (contract section 6); unknown ones give Other.
[[nodiscard]] Level levelFromText(QStringView text);
[[nodiscard]] QString levelText(Level level);
[[nodiscard]] IssueStatus issueStatusFromText(QStringView text);
[[nodiscard]] QString issueStatusText(IssueStatus status);
[[nodiscard]] Substatus substatusFromText(QStringView text);
[[nodiscard]] QString substatusText(Substatus substatus);

/// The project an issue belongs to, as its row names it.
struct ProjectRef
{
    ProjectId id;
    QString slug;
    QString name;

    friend bool operator==(const ProjectRef&, const ProjectRef&) = default;
};

/// One row of an issue list (contract section 6). Counts refer to the window and the environments that were
/// asked for; the asker knows which.
struct Issue
{
    AccountId account;           ///< whose server it came from; set by sync
    OrganizationId organization; ///< which was asked for it; set by sync. Empty: the account's first one
    IssueId id;
    QString shortId;
    QString title;
    QString culprit;
    QString type;       ///< error, default, csp, ...
    QString errorType;  ///< metadata.type
    QString errorValue; ///< metadata.value
    QString filename;   ///< metadata.filename: the crash location
    QString function;   ///< metadata.function
    QString platform;
    QString logger;
    QString permalink; ///< as sent: check before opening
    Level level = Level::Error;
    IssueStatus status = IssueStatus::Unresolved;
    Substatus substatus = Substatus::None;
    QString statusText; ///< the server's own word: of the substatus where that is what we do not know
    StatusDetails statusDetails;
    ProjectRef project;
    qint64 count = 0;
    qint64 userCount = 0;
    qint64 commentCount = 0;
    std::optional<core::TimePoint> firstSeen;
    std::optional<core::TimePoint> lastSeen;
    std::optional<Actor> assignedTo;
    bool isBookmarked = false;
    bool hasSeen = true;
    bool isUnhandled = false;
    QString priority; ///< low, medium, high, or empty
    Series trend;     ///< the series that the list was asked for

    friend bool operator==(const Issue&, const Issue&) = default;
};

/// Names an issue over all accounts. Ids alone do not: organizations of one account may be in different
/// regions, which number their issues by themselves.
struct IssueKey
{
    AccountId account;
    OrganizationId organization;
    IssueId id;

    friend bool operator==(const IssueKey&, const IssueKey&) = default;
    friend bool operator<(const IssueKey& a, const IssueKey& b)
    {
        if (a.account != b.account)
            return a.account < b.account;
        return a.organization == b.organization ? a.id < b.id : a.organization < b.organization;
    }
    friend size_t qHash(const IssueKey& key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.account, key.organization, key.id);
    }
};
[[nodiscard]] inline Scope scopeOf(const Issue& issue)
{
    return {issue.account, issue.organization};
}
[[nodiscard]] inline IssueKey keyOf(const Issue& issue)
{
    return {issue.account, issue.organization, issue.id};
}

/// One tag key of an issue with its most frequent values.
struct TagDistribution
{
    struct Value
    {
        QString value; ///< empty text means "(empty)"
        qint64 count = 0;

        friend bool operator==(const Value&, const Value&) = default;
    };

    QString key;
    QString name;
    qint64 total = 0;
    QList<Value> top;

    friend bool operator==(const TagDistribution&, const TagDistribution&) = default;
};

/// What the detail pane adds to a row.
struct IssueDetail
{
    Issue issue;
    Series hourly; ///< `stats.24h`, or what the server gives nearest to it
    Series daily;  ///< `stats.30d`; a feed that wants 14 days takes its end
    QString firstRelease;
    QString lastRelease;
    QList<TagDistribution> tags;
    QList<Activity> activity; ///< newest first

    friend bool operator==(const IssueDetail&, const IssueDetail&) = default;
};

} // namespace vedette::domain

Q_DECLARE_METATYPE(vedette::domain::Issue)
