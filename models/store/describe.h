// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/domain/account.h"
#include "models/domain/action.h"
#include "models/domain/activity.h"
#include "models/domain/capabilities.h"
#include "models/domain/event.h"
#include "models/domain/issue.h"
#include "models/domain/networksettings.h"
#include "models/domain/project.h"
#include "models/domain/series.h"
#include "models/domain/statusdetails.h"
#include "models/store/archive.h"
#include "models/store/records.h"

namespace vedette::store {

/// What each type consists of, for archive.h. Names stand in files: add, never rename.

template<class A>
void describe(A& a, typename A::template Ref<core::Error> v)
{
    a.field("kind", v.kind);
    a.field("status", v.httpStatus);
    a.field("detail", v.detail);
    a.field("retryAfter", v.retryAfter);
    a.field("cause", v.cause);
    a.field("about", v.about); // a certificate is shown while it is fresh and not kept
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Series::Point> v)
{
    a.field("t", v.start);
    a.field("n", v.count);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Series> v)
{
    a.field("step", v.step);
    a.field("points", v.points);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Actor> v)
{
    a.field("id", v.id);
    a.field("kind", v.kind);
    a.field("name", v.name);
    a.field("email", v.email);
    a.field("isMe", v.isMe);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Credential> v)
{
    a.field("kind", v.kind);
    a.field("clientId", v.clientId);
    a.field("expires", v.expires);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Proxy> v)
{
    a.field("kind", v.kind);
    a.field("host", v.host);
    a.field("port", v.port);
    a.field("user", v.user);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::PinnedCertificate> v)
{
    a.field("sha256", v.sha256);
    a.field("faults", v.faults);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::NetworkSettings> v)
{
    a.field("caCertificates", v.caCertificates);
    a.field("clientCertificate", v.clientCertificate);
    a.field("headerNames", v.headerNames);
    a.field("proxy", v.proxy);
    a.field("pin", v.pin);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Finding> v)
{
    a.field("ability", v.ability);
    a.field("isAble", v.isAble);
    a.field("reason", v.reason);
    a.field("detail", v.detail);
    a.field("at", v.at);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Capabilities> v)
{
    a.field("isHosted", v.isHosted);
    a.field("scopes", v.scopes);
    a.field("features", v.features);
    a.field("findings", v.findings);
    a.field("routes", v.routes);
    a.field("version", v.version);
    a.field("probedAt", v.probedAt);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::CommitRef> v)
{
    a.field("id", v.id);
    a.field("message", v.message);
    a.field("repository", v.repository);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::StatusDetails> v)
{
    a.field("inNextRelease", v.inNextRelease);
    a.field("inUpcomingRelease", v.inUpcomingRelease);
    a.field("inRelease", v.inRelease);
    a.field("inCommit", v.inCommit);
    a.field("ignoreUntil", v.ignoreUntil);
    a.field("ignoreCount", v.ignoreCount);
    a.field("ignoreWindow", v.ignoreWindow);
    a.field("ignoreUserCount", v.ignoreUserCount);
    a.field("ignoreUserWindow", v.ignoreUserWindow);
    a.field("autoResolved", v.autoResolved);
    a.field("actor", v.actor);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Activity> v)
{
    a.field("id", v.id);
    a.field("type", v.type);
    a.field("user", v.user);
    a.field("at", v.at);
    a.field("data", v.data);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::ProjectRef> v)
{
    a.field("id", v.id);
    a.field("slug", v.slug);
    a.field("name", v.name);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Issue> v)
{
    a.field("account", v.account);
    a.field("organization", v.organization);
    a.field("id", v.id);
    a.field("shortId", v.shortId);
    a.field("title", v.title);
    a.field("culprit", v.culprit);
    a.field("type", v.type);
    a.field("errorType", v.errorType);
    a.field("errorValue", v.errorValue);
    a.field("filename", v.filename);
    a.field("function", v.function);
    a.field("platform", v.platform);
    a.field("logger", v.logger);
    a.field("permalink", v.permalink);
    a.field("level", v.level);
    a.field("status", v.status);
    a.field("substatus", v.substatus);
    a.field("statusText", v.statusText);
    a.field("statusDetails", v.statusDetails);
    a.field("project", v.project);
    a.field("count", v.count);
    a.field("userCount", v.userCount);
    a.field("commentCount", v.commentCount);
    a.field("firstSeen", v.firstSeen);
    a.field("lastSeen", v.lastSeen);
    a.field("assignedTo", v.assignedTo);
    a.field("isBookmarked", v.isBookmarked);
    a.field("hasSeen", v.hasSeen);
    a.field("isUnhandled", v.isUnhandled);
    a.field("priority", v.priority);
    a.field("trend", v.trend);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::IssueBasis> v)
{
    a.field("status", v.status);
    a.field("substatus", v.substatus);
    a.field("details", v.details);
    a.field("assignee", v.assignee);
    a.field("priority", v.priority);
    a.field("activity", v.activity);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Conflict> v)
{
    a.field("status", v.status);
    a.field("substatus", v.substatus);
    a.field("assignee", v.assignee);
    a.field("by", v.by);
    a.field("at", v.at);
    a.field("mergedInto", v.mergedInto);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::TagDistribution::Value> v)
{
    a.field("value", v.value);
    a.field("count", v.count);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::TagDistribution> v)
{
    a.field("key", v.key);
    a.field("name", v.name);
    a.field("total", v.total);
    a.field("top", v.top);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::IssueDetail> v)
{
    a.field("issue", v.issue);
    a.field("hourly", v.hourly);
    a.field("daily", v.daily);
    a.field("firstRelease", v.firstRelease);
    a.field("lastRelease", v.lastRelease);
    a.field("tags", v.tags);
    a.field("activity", v.activity);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Project> v)
{
    a.field("id", v.id);
    a.field("slug", v.slug);
    a.field("name", v.name);
    a.field("platform", v.platform);
    a.field("environments", v.environments);
    a.field("firstEvent", v.firstEvent);
    a.field("colour", v.colour);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::ProjectSummary> v)
{
    a.field("project", v.project);
    a.field("unresolved", v.unresolved);
    a.field("trend", v.trend);
}

template<class A>
void describe(A& a, typename A::template Ref<DirectoryData> v)
{
    a.field("projects", v.projects);
    a.field("environments", v.environments);
    a.field("people", v.people);
    a.field("assignees", v.assignees);
    a.field("me", v.me);
}

template<class A>
void describe(A& a, typename A::template Ref<AlertRecord> v)
{
    a.field("kind", v.kind);
    a.field("issue", v.issue);
    a.field("raised", v.raised);
    a.field("count", v.count);
    a.field("expected", v.expected);
    a.field("upper", v.upper);
    a.field("factor", v.factor);
    a.field("since", v.since);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Frame::Line> v)
{
    a.field("n", v.number);
    a.field("text", v.text);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Frame> v)
{
    a.field("function", v.function);
    a.field("rawFunction", v.rawFunction);
    a.field("module", v.module);
    a.field("package", v.package);
    a.field("filename", v.filename);
    a.field("absPath", v.absPath);
    a.field("platform", v.platform);
    a.field("instructionAddr", v.instructionAddr);
    a.field("lineNo", v.lineNo);
    a.field("colNo", v.colNo);
    a.field("inApp", v.inApp);
    a.field("context", v.context);
    a.field("vars", v.vars);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Stacktrace> v)
{
    a.field("frames", v.frames);
    a.field("omitted", v.omitted);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Mechanism> v)
{
    a.field("type", v.type);
    a.field("handled", v.handled);
    a.field("synthetic", v.synthetic);
    a.field("exceptionId", v.exceptionId);
    a.field("parentId", v.parentId);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::ExceptionValue> v)
{
    a.field("type", v.type);
    a.field("value", v.value);
    a.field("module", v.module);
    a.field("threadId", v.threadId);
    a.field("mechanism", v.mechanism);
    a.field("stacktrace", v.stacktrace);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Thread> v)
{
    a.field("id", v.id);
    a.field("name", v.name);
    a.field("crashed", v.crashed);
    a.field("current", v.current);
    a.field("stacktrace", v.stacktrace);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Breadcrumb> v)
{
    a.field("timestamp", v.timestamp);
    a.field("type", v.type);
    a.field("category", v.category);
    a.field("level", v.level);
    a.field("message", v.message);
    a.field("data", v.data);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::HttpRequest> v)
{
    a.field("method", v.method);
    a.field("url", v.url);
    a.field("fragment", v.fragment);
    a.field("query", v.query);
    a.field("headers", v.headers);
    a.field("cookies", v.cookies);
    a.field("env", v.env);
    a.field("data", v.data);
    a.field("contentType", v.contentType);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::EventUser> v)
{
    a.field("id", v.id);
    a.field("email", v.email);
    a.field("username", v.username);
    a.field("ipAddress", v.ipAddress);
    a.field("name", v.name);
    a.field("data", v.data);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Context> v)
{
    a.field("alias", v.alias);
    a.field("type", v.type);
    a.field("values", v.values);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::EventTag> v)
{
    a.field("key", v.key);
    a.field("value", v.value);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::EventProblem> v)
{
    a.field("type", v.type);
    a.field("message", v.message);
    a.field("data", v.data);
}

template<class A>
void describe(A& a, typename A::template Ref<domain::Event> v)
{
    a.field("id", v.id);
    a.field("issue", v.issue);
    a.field("project", v.project);
    a.field("type", v.type);
    a.field("title", v.title);
    a.field("message", v.message);
    a.field("culprit", v.culprit);
    a.field("location", v.location);
    a.field("platform", v.platform);
    a.field("release", v.release);
    a.field("dist", v.dist);
    a.field("environment", v.environment);
    a.field("sdkName", v.sdkName);
    a.field("sdkVersion", v.sdkVersion);
    a.field("level", v.level);
    a.field("dateCreated", v.dateCreated);
    a.field("dateReceived", v.dateReceived);
    a.field("exceptions", v.exceptions);
    a.field("stacktrace", v.stacktrace);
    a.field("threads", v.threads);
    a.field("breadcrumbs", v.breadcrumbs);
    a.field("request", v.request);
    a.field("user", v.user);
    a.field("tags", v.tags);
    a.field("contexts", v.contexts);
    a.field("extra", v.extra);
    a.field("packages", v.packages);
    a.field("errors", v.errors);
    a.field("otherEntries", v.otherEntries);
    a.field("older", v.older);
    a.field("newer", v.newer);
    a.field("sizeBytes", v.sizeBytes);
}

} // namespace vedette::store
