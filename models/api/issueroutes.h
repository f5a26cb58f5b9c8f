// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

#include "models/domain/ids.h"

namespace vedette::api {

/// `organizations/{org}/issues/{issue}/...`: what Sentry and the collector serve.
[[nodiscard]] inline QStringList issueSegments(
    const domain::OrganizationId& organization, const domain::IssueId& issue, const QStringList& below = {})
{
    return QStringList{QStringLiteral("0"), QStringLiteral("organizations"), organization.value(),
               QStringLiteral("issues"), issue.value()} +
           below;
}

/// `issues/{issue}/...`: the twin without the organization. All that GlitchTip has for most reads; being
/// retired on the hosted service (contract section 1, rule 9).
[[nodiscard]] inline QStringList bareIssueSegments(
    const domain::IssueId& issue, const QStringList& below = {})
{
    return QStringList{QStringLiteral("0"), QStringLiteral("issues"), issue.value()} + below;
}

} // namespace vedette::api
