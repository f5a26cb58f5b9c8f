// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/issuerow.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/scopes.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
void writeScopes(json::Writer& out)
{
    out.beginArray();
    for (const char* scope : {"org:read", "org:write", "org:admin", "project:read", "project:write",
             "project:admin", "project:releases", "team:read", "team:write", "team:admin", "member:read",
             "member:write", "member:admin", "event:read", "event:write", "event:admin"})
        out.string(scope);
    out.endArray();
}

Response root(const Call& call, bool withToken)
{
    json::Writer out;
    out.beginObject().field("version", "0");
    const auto user = withToken ? loadUser(call.db, call.self) : std::nullopt;
    out.key("auth");
    if (withToken) {
        out.beginObject().key("scopes");
        writeScopes(out);
        out.endObject();
    } else {
        out.null();
    }
    out.key("user");
    if (user)
        writeUser(out, *user);
    else
        out.null();
    out.endObject();
    Response response = Response::json(200, out.take());
    // How a client tells us from other servers: sentry.io and GlitchTip send no such header.
    response.header("X-Vedette-Collector", call.context.version.empty() ? "0" : call.context.version);
    return response;
}

Response auth(const Call& call)
{
    return currentUser(call);
}

Response currentUser(const Call& call)
{
    const auto user = loadUser(call.db, call.self);
    if (!user)
        return notFound();
    json::Writer out;
    writeUser(out, *user);
    return Response::json(200, out.take());
}

Response regions(const Call& call)
{
    // Sentry on one machine names itself as the only region; npm's sentry signs in with that call.
    json::Writer out;
    out.beginObject().key("regions").beginArray().beginObject();
    out.field("name", "local").field("url", call.context.baseUrl).endObject().endArray().endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
