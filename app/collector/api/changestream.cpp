// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/routes.h"
#include "app/collector/feed/changefeed.h"

namespace vedette::collector::api {

Response changeStream(const Call& call)
{
    Response response;
    response.stream =
        call.context.feed ? call.context.feed->listen(call.request.header("last-event-id")) : nullptr;
    if (!response.stream)
        return Response::detail(503, "Too many clients follow the changes").header("Retry-After", "10");
    response.header("Content-Type", "text/event-stream").header("Cache-Control", "no-store");
    return response;
}

} // namespace vedette::collector::api
