// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/core/result.h"

namespace vedette::collector {

/// Where an SDK may have put its key; contract section 12. Views into the request.
struct AuthSources
{
    std::optional<std::string_view> sentryAuth;    ///< X-Sentry-Auth
    std::optional<std::string_view> authorization; ///< Authorization; counts only if it begins with `Sentry`
    std::optional<std::string_view> queryKey;      ///< ?sentry_key=
    std::string_view dsn;                          ///< of the envelope header, may be empty
    std::string_view project;                      ///< of the path, empty for the tunnel
};

/// Who sends, by all accounts given. Not yet checked against the store.
struct Credentials
{
    std::string key;     ///< public key, lower case
    std::string project; ///< decimal text
    std::string client;  ///< sentry_client, where told
};

/// Brings the sources together. Errors: Unauthorized (none given), Rejected (they disagree), Malformed (a
/// form that cannot be read).
[[nodiscard]] core::Result<Credentials> readCredentials(const AuthSources& sources);

} // namespace vedette::collector
