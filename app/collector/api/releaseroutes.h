// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>

#include "app/collector/api/route.h"
#include "app/collector/api/routes.h"

namespace vedette::collector::api {

/// Releases, what hangs on them, and repositories.
inline constexpr std::array releaseRoutes = {
    Route{"GET", "organizations/{org}/releases", Access::Read, releases},
    Route{"POST", "organizations/{org}/releases", Access::Write, addRelease},
    Route{"GET", "organizations/{org}/releases/{}", Access::Read, release},
    Route{"PUT", "organizations/{org}/releases/{}", Access::Write, changeRelease},
    Route{"DELETE", "organizations/{org}/releases/{}", Access::Write, deleteRelease},
    Route{"GET", "organizations/{org}/releases/{}/commits", Access::Read, releaseCommitList},
    Route{"GET", "organizations/{org}/releases/{}/commitfiles", Access::Read, releaseCommitFiles},
    Route{"GET", "organizations/{org}/releases/{}/previous-with-commits", Access::Read, previousRelease},
    Route{"GET", "organizations/{org}/releases/{}/deploys", Access::Read, deploys},
    Route{"POST", "organizations/{org}/releases/{}/deploys", Access::Write, addDeploy},
    Route{"GET", "organizations/{org}/repos", Access::Read, repositories},
    Route{"POST", "organizations/{org}/repos", Access::Write, addRepository},
    Route{"DELETE", "organizations/{org}/repos/{}", Access::Write, deleteRepository},
    Route{"GET", "organizations/{org}/repos/{}/commits", Access::Read, repositoryCommits},
    Route{"GET", "projects/{org}/{}/releases", Access::Read, projectReleases},
    Route{"POST", "projects/{org}/{}/releases", Access::Write, addProjectRelease},
    Route{"GET", "projects/{org}/{}/releases/{}", Access::Read, release},
    Route{"PUT", "projects/{org}/{}/releases/{}", Access::Write, changeRelease},
    Route{"DELETE", "projects/{org}/{}/releases/{}", Access::Write, deleteRelease},
    Route{"GET", "projects/{org}/{}/releases/{}/commits", Access::Read, releaseCommitList},
};

} // namespace vedette::collector::api
