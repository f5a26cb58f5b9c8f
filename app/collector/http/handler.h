// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/collector/http/message.h"

namespace vedette::collector {

/// Whoever answers the web API, `/api/0/...`. The HTTP server calls it on the read lane, never on its own
/// thread, so that a slow query holds up neither ingest nor other connections' bytes. One call at a time.
class ApiHandler
{
public:
    virtual ~ApiHandler() = default;

    /// Answers one request, errors included (token, unknown route: contract section 4). For OPTIONS and HEAD
    /// too: of a HEAD answer only the head is sent. Must not throw; what it throws anyway becomes a 500.
    virtual Response handle(const Request& request) = 0;
};

} // namespace vedette::collector
