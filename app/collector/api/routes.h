// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/collector/api/context.h"

namespace vedette::collector::api {

/// The handlers of the web API, one file a subject. Each answers one call, errors included; contract sections
/// 2 and 5 to 10 say what.

// attachments.cpp
Response eventAttachments(const Call& call);
Response eventAttachment(const Call& call);
Response deleteEventAttachment(const Call& call);
Response issueAttachments(const Call& call);

// userreports.cpp
Response issueUserReports(const Call& call);
Response projectUserReports(const Call& call);
Response addUserReport(const Call& call);

// identity.cpp
Response root(const Call& call, bool withToken);
Response auth(const Call& call);
Response currentUser(const Call& call);
Response regions(const Call& call);

// organization.cpp
Response organizations(const Call& call);
Response organization(const Call& call);
Response changeOrganization(const Call& call);

// members.cpp
Response members(const Call& call);
Response users(const Call& call);
Response projectMembers(const Call& call);
Response member(const Call& call);
Response addMember(const Call& call);
Response changeMember(const Call& call);
Response removeMember(const Call& call);

// teams.cpp
Response teams(const Call& call);
Response userTeams(const Call& call);
Response projectTeams(const Call& call);
Response team(const Call& call);
Response addTeam(const Call& call);
Response changeTeam(const Call& call);
Response removeTeam(const Call& call);
Response teamMembers(const Call& call);
Response joinTeam(const Call& call);
Response leaveTeam(const Call& call);

// environments.cpp
Response environments(const Call& call);
Response projectEnvironments(const Call& call);
Response projectEnvironment(const Call& call);
Response changeProjectEnvironment(const Call& call);

// searches.cpp
Response savedSearches(const Call& call);
Response addSavedSearch(const Call& call);
Response savedSearch(const Call& call);
Response changeSavedSearch(const Call& call);
Response removeSavedSearch(const Call& call);
Response recentSearches(const Call& call);
Response addRecentSearch(const Call& call);

// releaselist.cpp
Response releases(const Call& call);
Response projectReleases(const Call& call);

// releases.cpp: under the organization and, with one more part, under a project
Response release(const Call& call);
Response addRelease(const Call& call);
Response addProjectRelease(const Call& call);
Response changeRelease(const Call& call);
Response deleteRelease(const Call& call);

// releasecommits.cpp
Response releaseCommitList(const Call& call);
Response releaseCommitFiles(const Call& call);
Response previousRelease(const Call& call);

// deploys.cpp
Response deploys(const Call& call);
Response addDeploy(const Call& call);

// repositories.cpp
Response repositories(const Call& call);
Response addRepository(const Call& call);
Response deleteRepository(const Call& call);
Response repositoryCommits(const Call& call);

// projects.cpp
Response projects(const Call& call);
Response teamProjectList(const Call& call);
Response project(const Call& call);
Response addProject(const Call& call);
Response addTeamProject(const Call& call);
Response changeProject(const Call& call);
Response removeProject(const Call& call);
Response joinProject(const Call& call);
Response leaveProject(const Call& call);

// projectkeys.cpp
Response keys(const Call& call);
Response organizationKeys(const Call& call);
Response key(const Call& call);
Response addKey(const Call& call);
Response changeKey(const Call& call);
Response removeKey(const Call& call);

// issuelist.cpp
Response issueList(const Call& call);
Response issuesCount(const Call& call);
Response issuesStats(const Call& call);

// projectissues.cpp
Response projectIssues(const Call& call);
Response changeProjectIssues(const Call& call);
Response deleteProjectIssues(const Call& call);

// issuedetail.cpp
Response issue(const Call& call);
Response shortId(const Call& call);
Response issueStats(const Call& call);

// activities.cpp
Response activities(const Call& call);

// hashes.cpp
Response hashes(const Call& call);
Response unmerge(const Call& call);

// comments.cpp
Response comments(const Call& call);
Response addComment(const Call& call);
Response changeComment(const Call& call);
Response deleteComment(const Call& call);

// externallinks.cpp
Response externalLinks(const Call& call);
Response addExternalLink(const Call& call);
Response changeExternalLink(const Call& call);
Response deleteExternalLink(const Call& call);

// issuereleases.cpp
Response firstLastRelease(const Call& call);
Response currentRelease(const Call& call);

// sharedissue.cpp
Response sharedIssue(const Call& call);

// discarded.cpp
Response discardedIssues(const Call& call);
Response takeBackDiscarded(const Call& call);

// countstats.cpp, outcomestats.cpp
Response projectStats(const Call& call);
Response organizationStats(const Call& call);
Response outcomeStats(const Call& call);

// eventtable.cpp, eventcharts.cpp
Response events(const Call& call);
Response validateEvents(const Call& call);
Response eventsStats(const Call& call);
Response eventsTimeseries(const Call& call);

// tags.cpp
Response issueTags(const Call& call);
Response issueTag(const Call& call);
Response issueTagValues(const Call& call);
Response issueUsers(const Call& call);
Response organizationTags(const Call& call);
Response organizationTagValues(const Call& call);

// similar.cpp
Response similar(const Call& call);

// changes.cpp
Response changeIssue(const Call& call);
Response changeIssues(const Call& call);
Response deleteIssue(const Call& call);
Response deleteIssues(const Call& call);

// events.cpp
Response issueEvents(const Call& call);
Response issueEvent(const Call& call);
Response issueEventJson(const Call& call);
Response projectEvents(const Call& call);
Response projectEvent(const Call& call);
Response projectEventJson(const Call& call);
Response eventId(const Call& call);

// groupinginfo.cpp
Response issueEventGroupingInfo(const Call& call);
Response projectEventGroupingInfo(const Call& call);

// changestream.cpp
Response changeStream(const Call& call);

// status.cpp
Response collectorStatus(const Call& call);

// settings.cpp
Response projectSettings(const Call& call);
Response changeProjectSettings(const Call& call);
Response collectorSettings(const Call& call);
Response changeCollectorSettings(const Call& call);

/// `{"detail": "The requested resource does not exist"}`
[[nodiscard]] Response notFound();

/// The issue that a path part means, by number or short id, also one that was merged into it since; nothing
/// where there is none.
[[nodiscard]] std::optional<std::int64_t> issueByPart(SQLite::Database& db, std::string_view part);
/// The project that a path part means, by number or slug.
[[nodiscard]] std::optional<std::int64_t> projectByPart(SQLite::Database& db, std::string_view part);

} // namespace vedette::collector::api
