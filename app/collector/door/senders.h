// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

#include "app/collector/storage/directory.h"
#include "models/core/clock.h"

namespace vedette::collector {

/// What such a project is bound to unless people decide otherwise.
inline constexpr std::int64_t senderRateCount = 600;
inline constexpr std::int64_t senderRateWindow = 60;
inline constexpr std::int64_t senderMaxBytes = 268'435'456;
/// So many projects are made by senders alone; whoever comes later lands in `spotlight`.
inline constexpr std::int64_t maxSenderProjects = 20;
inline constexpr const char* commonSender = "spotlight";

/// What a sender without a key is called by its release: `web@1.2` is `web`, `@acme/web@1.2` is `acme-web`,
/// fit to be a slug; `spotlight` for a release that names no program, as a bare version or commit does.
[[nodiscard]] std::string senderOfRelease(std::string_view release);

/// The project of that sender, made if it is missing: of kind `spotlight`, rate- and size-bound. Never a
/// project that somebody else made, even one of that name. On a writing connection; throws.
[[nodiscard]] std::int64_t senderProject(
    SQLite::Database& db, const std::string& sender, core::TimePoint now);

} // namespace vedette::collector
