// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/core/error.h"

namespace vedette {

/// What the program ends with: a contract with scripts, design section 7.
enum ExitCode : int
{
    ExitOk = 0,
    ExitFailed = 1,
    ExitUsage = 2,
    ExitBusy = 3,
    ExitNotFound = 4,
    ExitNotAllowed = 5
};

/// The exit code of a failure.
[[nodiscard]] constexpr ExitCode exitCodeOf(core::ErrorKind kind)
{
    switch (kind) {
    case core::ErrorKind::Usage:
        return ExitUsage;
    case core::ErrorKind::Busy:
        return ExitBusy;
    case core::ErrorKind::NotFound:
    case core::ErrorKind::Gone:
        return ExitNotFound;
    case core::ErrorKind::Unauthorized:
    case core::ErrorKind::Forbidden:
        return ExitNotAllowed;
    default:
        return ExitFailed;
    }
}

} // namespace vedette
