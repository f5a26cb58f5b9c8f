// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/rowparts.h"

namespace vedette::collector::api {

RowParts RowParts::from(const Request& request)
{
    RowParts parts;
    for (const std::string_view name : request.queryValues("collapse")) {
        if (name == "base")
            parts.base = false;
        else if (name == "stats")
            parts.stats = false;
        else if (name == "lifetime")
            parts.lifetime = false;
        else if (name == "filtered")
            parts.filtered = false;
        else if (name == "unhandled")
            parts.unhandled = false;
    }
    for (const std::string_view name : request.queryValues("expand")) {
        if (name == "inbox")
            parts.inbox = true;
        else if (name == "owners")
            parts.owners = true;
        else if (name == "sessions")
            parts.sessions = true;
        else if (name == "integrationIssues")
            parts.integrationIssues = true;
        else if (name == "sentryAppIssues")
            parts.sentryAppIssues = true;
        else if (name == "latestEventHasAttachments")
            parts.attachments = true;
    }
    return parts;
}

} // namespace vedette::collector::api
