// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/core/error.h"

namespace vedette::app {

/// What the program ends with: a contract with scripts.
enum class ExitCode
{
    Ok = 0,
    Failed = 1,
    Usage = 2,
    Busy = 3,
    NotFound = 4,
    NotAllowed = 5
};

[[nodiscard]] constexpr ExitCode exitCodeOf(core::ErrorKind kind)
{
    switch (kind) {
    case core::ErrorKind::Usage:
        return ExitCode::Usage;
    case core::ErrorKind::Busy:
        return ExitCode::Busy;
    case core::ErrorKind::NotFound:
    case core::ErrorKind::Gone:
        return ExitCode::NotFound;
    case core::ErrorKind::Unauthorized:
    case core::ErrorKind::Forbidden:
        return ExitCode::NotAllowed;
    default:
        return ExitCode::Failed;
    }
}

} // namespace vedette::app
