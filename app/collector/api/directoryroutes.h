// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>

#include "app/collector/api/route.h"
#include "app/collector/api/routes.h"

namespace vedette::collector::api {

/// Who and what there is: identity, organization, people, teams, projects, keys, environments, searches.
inline constexpr std::array directoryRoutes = {
    Route{"GET", "auth", Access::Read, auth},
    Route{"GET", "users/me", Access::Read, currentUser},
    Route{"GET", "users/me/regions", Access::Read, regions},
    Route{"GET", "organizations", Access::Read, organizations},
    Route{"GET", "organizations/{org}", Access::Read, organization},
    Route{"PUT", "organizations/{org}", Access::Write, changeOrganization},
    Route{"GET", "organizations/{org}/members", Access::Read, members},
    Route{"POST", "organizations/{org}/members", Access::Write, addMember},
    Route{"GET", "organizations/{org}/members/{}", Access::Read, member},
    Route{"PUT", "organizations/{org}/members/{}", Access::Write, changeMember},
    Route{"DELETE", "organizations/{org}/members/{}", Access::Write, removeMember},
    Route{"POST", "organizations/{org}/members/{}/teams/{}", Access::Write, joinTeam},
    Route{"DELETE", "organizations/{org}/members/{}/teams/{}", Access::Write, leaveTeam},
    Route{"GET", "organizations/{org}/users", Access::Read, users},
    Route{"GET", "organizations/{org}/environments", Access::Read, environments},
    Route{"GET", "organizations/{org}/teams", Access::Read, teams},
    Route{"POST", "organizations/{org}/teams", Access::Write, addTeam},
    Route{"GET", "organizations/{org}/user-teams", Access::Read, userTeams},
    Route{"GET", "teams/{org}/{}", Access::Read, team},
    Route{"PUT", "teams/{org}/{}", Access::Write, changeTeam},
    Route{"DELETE", "teams/{org}/{}", Access::Write, removeTeam},
    Route{"GET", "teams/{org}/{}/members", Access::Read, teamMembers},
    Route{"GET", "teams/{org}/{}/projects", Access::Read, teamProjectList},
    Route{"POST", "teams/{org}/{}/projects", Access::Write, addTeamProject},
    Route{"GET", "organizations/{org}/projects", Access::Read, projects},
    Route{"POST", "organizations/{org}/projects", Access::Write, addProject},
    Route{"GET", "organizations/{org}/project-keys", Access::Read, organizationKeys},
    Route{"GET", "projects", Access::Read, projects},
    Route{"GET", "projects/{org}/{}", Access::Read, project},
    Route{"PUT", "projects/{org}/{}", Access::Write, changeProject},
    Route{"DELETE", "projects/{org}/{}", Access::Write, removeProject},
    Route{"GET", "projects/{org}/{}/keys", Access::Read, keys},
    Route{"POST", "projects/{org}/{}/keys", Access::Write, addKey},
    Route{"GET", "projects/{org}/{}/keys/{}", Access::Read, key},
    Route{"PUT", "projects/{org}/{}/keys/{}", Access::Write, changeKey},
    Route{"DELETE", "projects/{org}/{}/keys/{}", Access::Write, removeKey},
    Route{"GET", "projects/{org}/{}/members", Access::Read, projectMembers},
    Route{"GET", "projects/{org}/{}/teams", Access::Read, projectTeams},
    Route{"POST", "projects/{org}/{}/teams/{}", Access::Write, joinProject},
    Route{"DELETE", "projects/{org}/{}/teams/{}", Access::Write, leaveProject},
    Route{"GET", "projects/{org}/{}/environments", Access::Read, projectEnvironments},
    Route{"GET", "projects/{org}/{}/environments/{}", Access::Read, projectEnvironment},
    Route{"PUT", "projects/{org}/{}/environments/{}", Access::Write, changeProjectEnvironment},
    Route{"GET", "organizations/{org}/searches", Access::Read, savedSearches},
    Route{"POST", "organizations/{org}/searches", Access::Write, addSavedSearch},
    Route{"GET", "organizations/{org}/searches/{}", Access::Read, savedSearch},
    Route{"PUT", "organizations/{org}/searches/{}", Access::Write, changeSavedSearch},
    Route{"DELETE", "organizations/{org}/searches/{}", Access::Write, removeSavedSearch},
    Route{"GET", "organizations/{org}/recent-searches", Access::Read, recentSearches},
    Route{"POST", "organizations/{org}/recent-searches", Access::Write, addRecentSearch},
};

} // namespace vedette::collector::api
