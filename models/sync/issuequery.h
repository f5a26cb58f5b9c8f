// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include "models/domain/account.h"
#include "models/domain/ids.h"

namespace vedette::sync {

/// The order of an issue list; always descending (contract section 6).
enum class IssueSort
{
    Events,
    LastSeen,
    FirstSeen,
    Users
};

/// The window that counts and charts refer to.
enum class Range
{
    Hours1,
    Hours24,
    Days7,
    Days14,
    Days30,
    Days90
};

/// What an issue list shows: the issues of one organization or of several, of one account or of several, by
/// search text, projects, environments and window.
struct IssueQuery
{
    QList<domain::Scope> scopes;       ///< empty: nothing is shown
    QString text;                      ///< the search language of contract section 11
    QList<domain::ProjectId> projects; ///< empty: all; ids mean something in a single scope only
    QStringList environments;          ///< empty: all
    Range range = Range::Hours24;
    IssueSort sort = IssueSort::Events;

    /// The only scope; an empty one where there are none or several.
    [[nodiscard]] domain::Scope single() const
    {
        return scopes.size() == 1 ? scopes.first() : domain::Scope();
    }

    friend bool operator==(const IssueQuery&, const IssueQuery&) = default;
};

/// `statsPeriod` of a range as the API writes it: 1h, 24h, 7d, 14d, 30d, 90d.
[[nodiscard]] QString periodText(Range range);
/// `sort` of an order as Sentry writes it: freq, date, new, user.
[[nodiscard]] QString sortText(IssueSort sort);

} // namespace vedette::sync
