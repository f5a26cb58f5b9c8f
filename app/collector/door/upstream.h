// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "models/core/result.h"

namespace vedette::collector {

/// A DSN as the address of somebody who takes envelopes; contract section 12.
struct Upstream
{
    std::string dsn; ///< without the secret
    std::string key, project;
    std::string endpoint; ///< `https://host[:port][/path]/api/PROJECT/`
    std::string host;     ///< lower case
    std::uint16_t port = 0;
};

/// Reads a DSN that envelopes are to be passed on to. Errors: Malformed, in words fit for people.
[[nodiscard]] core::Result<Upstream> parseUpstream(std::string_view dsn);

/// True where it leads back to the collector that listens on `ownPort` of this machine. By another name it
/// may still do so: then the collector's name in the requests' head ends the circle (forwarding.h).
[[nodiscard]] bool leadsTo(const Upstream& upstream, std::uint16_t ownPort);

} // namespace vedette::collector
