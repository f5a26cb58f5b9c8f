// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

#include <optional>

#include "models/core/clock.h"
#include "models/domain/ids.h"
#include "models/domain/series.h"

namespace vedette::domain {

/// A project as lists show it.
struct Project
{
    ProjectId id;
    QString slug;
    QString name;
    QString platform;
    QStringList environments;
    std::optional<core::TimePoint> firstEvent; ///< nothing: no event has arrived yet
    int colour = 0;                            ///< index into the project palette of the theme

    friend bool operator==(const Project&, const Project&) = default;
};

/// A project's client key with the DSN that SDKs are given.
struct ProjectKey
{
    QString id;
    QString label;
    QString publicKey;
    QString dsn;
    bool isActive = true;

    friend bool operator==(const ProjectKey&, const ProjectKey&) = default;
};

/// One line of the Overview: a project and what happened in it in the last 24 hours.
struct ProjectSummary
{
    Project project;
    qint64 unresolved = 0; ///< unresolved issues
    Series trend;          ///< accepted events, hourly, 24 points

    friend bool operator==(const ProjectSummary&, const ProjectSummary&) = default;
};

} // namespace vedette::domain
