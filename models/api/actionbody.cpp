// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/actionbody.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "models/json/writer.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {

using core::ErrorKind;
using domain::Action;
using domain::StatusDetails;
using domain::Substatus;

namespace {

// What servers take for a window (contract section 8).
constexpr std::int64_t longestWindowMinutes = 10'080;

bool hasCondition(const StatusDetails& details)
{
    return details.ignoreUntil || details.ignoreCount || details.ignoreUserCount;
}

void writeResolution(json::Writer& body, const StatusDetails& details)
{
    const bool isBound = details.inNextRelease || details.inUpcomingRelease || !details.inRelease.isEmpty() ||
                         details.inCommit;
    body.field("status", "resolved");
    if (!isBound)
        return;
    body.key("statusDetails").beginObject();
    if (!details.inRelease.isEmpty()) {
        body.field("inRelease", details.inRelease);
    } else if (details.inCommit) {
        body.key("inCommit").beginObject();
        body.field("commit", details.inCommit->id).field("repository", details.inCommit->repository);
        body.endObject();
    } else if (details.inUpcomingRelease) {
        body.field("inUpcomingRelease", true);
    } else {
        body.field("inNextRelease", true);
    }
    body.endObject();
}

void writeConditions(json::Writer& body, const StatusDetails& details, core::TimePoint now)
{
    if (details.ignoreUntil) {
        const auto left = std::chrono::ceil<std::chrono::minutes>(*details.ignoreUntil - now);
        body.field("ignoreDuration", std::max<std::int64_t>(1, left.count()));
    }
    if (details.ignoreCount)
        body.field("ignoreCount", std::max<std::int64_t>(1, *details.ignoreCount));
    if (details.ignoreCount && details.ignoreWindow)
        body.field("ignoreWindow", std::clamp<std::int64_t>(*details.ignoreWindow, 1, longestWindowMinutes));
    if (details.ignoreUserCount)
        body.field("ignoreUserCount", std::max<std::int64_t>(1, *details.ignoreUserCount));
    if (details.ignoreUserCount && details.ignoreUserWindow)
        body.field(
            "ignoreUserWindow", std::clamp<std::int64_t>(*details.ignoreUserWindow, 1, longestWindowMinutes));
}

void writeArchiving(json::Writer& body, const Action& action, core::TimePoint now)
{
    Substatus substatus = domain::applied({}, action).substatus;
    // Without its condition there is nothing that could end it.
    if (substatus == Substatus::ArchivedUntilConditionMet && !hasCondition(action.details))
        substatus = Substatus::ArchivedUntilEscalating;
    body.field("status", "ignored").field("substatus", domain::substatusText(substatus));
    body.key("statusDetails").beginObject();
    if (substatus == Substatus::ArchivedUntilConditionMet)
        writeConditions(body, action.details, now);
    body.endObject();
}

/// The status alone.
core::Result<std::string> plainBody(Action::Kind kind)
{
    json::Writer body;
    body.beginObject();
    switch (kind) {
    case Action::Kind::Resolve:
        body.field("status", "resolved");
        break;
    case Action::Kind::Archive: // knows no conditions
        body.field("status", "ignored");
        break;
    case Action::Kind::Reopen:
        body.field("status", "unresolved");
        break;
    default:
        // A PUT without a status would set an empty one there.
        return core::fail(ErrorKind::Unsupported,
            u"GlitchTip can resolve, archive and reopen issues, but not assign, bookmark or mark them"_s);
    }
    body.endObject();
    return body.take();
}

} // namespace

core::Result<std::string> actionBody(const Action& action, bool isGlitchTip, core::TimePoint now)
{
    if (isGlitchTip)
        return plainBody(action.kind);
    json::Writer body;
    body.beginObject();
    switch (action.kind) {
    case Action::Kind::Resolve:
        writeResolution(body, action.details);
        break;
    case Action::Kind::Archive:
        writeArchiving(body, action, now);
        break;
    case Action::Kind::Reopen:
        body.field("status", "unresolved");
        if (action.substatus != Substatus::None)
            body.field("substatus", domain::substatusText(action.substatus));
        break;
    case Action::Kind::Assign:
        if (action.assignee.id.isEmpty())
            return core::fail(ErrorKind::Usage, u"nobody to assign to"_s);
        body.field("assignedTo", action.assignee.id.value());
        break;
    case Action::Kind::Unassign:
        body.field("assignedTo", "");
        break;
    case Action::Kind::MarkSeen:
        body.field("hasSeen", true);
        break;
    case Action::Kind::Bookmark:
        body.field("isBookmarked", true);
        break;
    case Action::Kind::Unbookmark:
        body.field("isBookmarked", false);
        break;
    }
    if (!action.priority.isEmpty())
        body.field("priority", action.priority);
    body.endObject();
    return body.take();
}

} // namespace vedette::api
