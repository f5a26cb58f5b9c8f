// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include "models/alerts/alert.h"

namespace vedette::views {

/// A list of issues that has a name: a search to begin with. The same search language on every server.
struct IssueView
{
    QString key;   ///< for settings and tests
    QString label; ///< for people
    QString icon;
    QString query;
};

inline const QString inboxKey = QStringLiteral("inbox");
inline const QString spikingKey = QStringLiteral("spiking");

/// In the order of the sidebar.
[[nodiscard]] QList<IssueView> issueViews();

/// What spikes is known here, not on the server: the search names the issues in alarm. Without any, it asks
/// for what the server itself holds for escalating.
[[nodiscard]] QString spikingQuery(const QList<alerts::Alert>& current, const domain::AccountId& account);

} // namespace vedette::views
