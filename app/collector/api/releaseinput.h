// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/collector/api/context.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/storage/releases.h"

namespace vedette::collector::api {

/// What a POST or PUT says of a release. Absent members stay as they are.
struct ReleaseInput
{
    std::optional<std::string> ref, url, status;
    std::optional<std::int64_t> released;       ///< ms
    std::optional<std::vector<Commit>> commits; ///< all commits of the release, newest first
    std::vector<Commit> heads;                  ///< of `refs`: where each repository stands
};

/// Reads the body of the call; what is wrong with it goes to `errors`.
[[nodiscard]] ReleaseInput readReleaseInput(const Call& call, FieldErrors& errors);

/// The release's name in the body's `version`: required, at most 250 characters, none that a path or a log
/// line would trip over.
[[nodiscard]] std::optional<std::string> readVersion(const Call& call, FieldErrors& errors);

/// Writes it to these rows of `releases`.
void applyReleaseInput(
    const Call& call, const std::vector<std::int64_t>& releases, const ReleaseInput& input);

} // namespace vedette::collector::api
