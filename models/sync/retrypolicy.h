// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include "models/core/error.h"

namespace vedette::sync {

/// The server understood and will never do it (contract section 4: only 408, 429, 5xx and network faults are
/// worth another try).
[[nodiscard]] bool isRefusal(const core::Error& error);

/// After this failure the request was certainly not carried out. After all others that are no refusal nobody
/// knows.
[[nodiscard]] bool isCertainlyUndone(const core::Error& error);

/// How long to wait after the n-th attempt failed (from 1): what the server asked for, else 1 s doubling up
/// to 5 minutes; with jitter.
[[nodiscard]] std::chrono::milliseconds waitAfter(const core::Error& error, int attempts);

} // namespace vedette::sync
