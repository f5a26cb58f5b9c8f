// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include "models/core/error.h"

namespace vedette::sync {

/// What becomes of an action after a failure (contract section 4: only 408, 429, 5xx and network faults are
/// worth another try by itself).
enum class Retry
{
    Again,  ///< later, by itself
    Token,  ///< as soon as the account has a valid token
    Person, ///< when somebody says so: trying again meets the same certificate, redirect or web page
    Never,  ///< the server understood and will never do it
};
[[nodiscard]] Retry retryOf(const core::Error& error);

/// After this failure the request was certainly not carried out. After all others that are no refusal nobody
/// knows.
[[nodiscard]] bool isCertainlyUndone(const core::Error& error);

/// How long to wait after the n-th attempt failed (from 1): what the server asked for, however long, else 1 s
/// doubling up to 5 minutes; with jitter, never less.
[[nodiscard]] std::chrono::milliseconds waitAfter(const core::Error& error, int attempts);

} // namespace vedette::sync
