// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

#include "models/alerts/alert.h"
#include "models/alerts/detector.h"
#include "models/core/clock.h"
#include "models/domain/issue.h"

namespace vedette::alerts {

/// What a poll saw of one issue.
struct Observation
{
    domain::Issue issue;
    /// Its counts by hour or finer, oldest first, the more days the better; empty: no spike can be told.
    domain::Series hourly;
    /// Its events were imported or are samples: learnt, never raised.
    bool isHistory = false;
};

/// How much of the truth a poll brought.
enum class Sync
{
    First,     ///< the first look at this account: everything is history
    Following, ///< a later look
};

/// Decides what is worth a notification: a new issue, a regression, a spike; each once per issue and kind
/// until it has ended. It knows nothing of servers or the desktop: observations in, alerts out. Its state
/// can be kept, so that a restart repeats nothing. Lives on one thread.
class AlertEngine final
{
public:
    explicit AlertEngine(const core::Clock& clock, DetectorOptions options = {});

    /// Takes in what a poll of one organization saw, in any order, and returns what is to be raised now.
    /// Issues that a poll does not mention keep their state. An organization that was never seen before is
    /// treated as Sync::First whatever the caller says.
    [[nodiscard]] QList<Alert> observe(
        const domain::Scope& scope, const QList<Observation>& observations, Sync sync);

    /// Issues in alarm now, largest factor first; new issues count for an hour, regressions until they are
    /// dealt with or for a day. Snoozed ones are left out.
    [[nodiscard]] QList<Alert> current() const;

    /// Nothing of this issue is raised before `until`; what begins in the meantime is not made up for.
    void snooze(const domain::Issue& issue, core::TimePoint until);
    [[nodiscard]] std::optional<core::TimePoint> snoozedUntil(const domain::Issue& issue) const;

    /// What was kept of an account without naming an organization, as former versions did, is of this one.
    void nameOrganization(const domain::AccountId& account, const domain::OrganizationId& organization);
    /// The account is gone, and all that was known of its issues.
    void forget(const domain::AccountId& account);

    /// The state as bytes (JSON), and back. What cannot be read is refused: false, and nothing changes.
    [[nodiscard]] QByteArray save() const;
    bool restore(const QByteArray& saved);

private:
    /// What is remembered of one issue.
    struct Memory
    {
        core::TimePoint lastObserved;
        core::TimePoint firstSeen;
        bool resolved = false;                           ///< resolved or archived when last seen
        bool regressed = false;                          ///< the regression that is going on has been told
        std::optional<core::TimePoint> resolvedLastSeen; ///< lastSeen while it was resolved
        std::optional<core::TimePoint> spikeSince;       ///< first hour of the spike that is going on
        std::optional<core::TimePoint> spikeLast;        ///< its last firing hour so far
        std::optional<core::TimePoint> snoozedUntil;
    };

    /// Of one organization: ids of issues do not meet in it.
    struct ScopeState
    {
        std::optional<core::TimePoint> lastLook; ///< nothing: only a snooze is known of it
        QHash<domain::IssueId, Memory> issues;
        QHash<std::pair<domain::IssueId, int>, Alert> current; ///< by issue and kind
    };

    [[nodiscard]] std::optional<Alert> observeNew(
        const ScopeState& state, const Observation& seen, core::TimePoint lastLook) const;
    std::optional<Alert> observeRegression(
        Memory& memory, const Observation& seen, core::TimePoint lastLook) const;
    std::optional<Alert> observeSpike(ScopeState& state, Memory& memory, const Observation& seen) const;
    [[nodiscard]] static bool isOver(const Alert& alert, core::TimePoint now);
    void prune(ScopeState& state) const;

    const core::Clock* m_clock;
    DetectorOptions m_options;
    QHash<domain::Scope, ScopeState> m_scopes;
};

} // namespace vedette::alerts
