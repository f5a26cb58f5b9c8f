// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/renderevent.h"

#include "app/collector/api/attachments.h"
#include "app/collector/api/eventlookup.h"
#include "app/collector/api/releaserow.h"
#include "app/collector/api/userreports.h"
#include "app/collector/event/render.h"

namespace vedette::collector::api {

std::string renderEvent(const Call& call, const StoredEvent& event, const json::Document& payload,
    const std::string& previous, const std::string& next)
{
    RenderContext context;
    context.issueId = std::to_string(event.issue);
    context.projectId = std::to_string(event.project);
    context.previousId = previous;
    context.nextId = next;
    context.size = event.size;
    if (!event.release.empty()) {
        json::Writer release;
        writeEventRelease(release, call, event.release);
        context.release = release.take();
    }
    context.userReportJson = userReportJson(call.db, event.project, event.eventId);
    context.crashFileJson = crashFileJson(call.db, event.project, event.eventId);
    context.received = arrivalOf(event);
    context.mends = payload.mends();
    return renderFullEvent(payload.root(), context);
}

void writeShortEvent(json::Writer& out, const StoredEvent& event)
{
    out.beginObject().field("id", event.eventId).field("event.type", event.type);
    out.field("groupID", std::to_string(event.issue)).field("eventID", event.eventId);
    out.field("projectID", std::to_string(event.project))
        .field("message", event.message)
        .field("title", event.title);
    out.nullField("location").field("culprit", event.culprit).key("user");
    const std::size_t colon = event.userKey.find(':');
    if (colon == std::string::npos) {
        out.null();
    } else {
        const std::string kind = event.userKey.substr(0, colon);
        const std::string value = event.userKey.substr(colon + 1);
        out.beginObject()
            .fieldOrNull("id", kind == "id" ? value : "")
            .fieldOrNull("email", kind == "email" ? value : "");
        out.fieldOrNull("username", kind == "username" ? value : "");
        out.fieldOrNull("ip_address", kind == "ip" ? value : "").endObject();
    }
    out.key("tags").beginArray();
    for (const auto& [key, value] : event.tags)
        out.beginObject().field("key", key).field("value", value).endObject();
    out.endArray().fieldOrNull("platform", event.platform).field("dateCreated", dateText(event.timestamp));
    out.nullField("crashFile").endObject();
}

} // namespace vedette::collector::api
