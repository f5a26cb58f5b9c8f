// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/core/error.h"

namespace vedette::views {

/// What an error means, as a sentence for people that says what to do: the one place where such sentences are
/// made. `server` names whose answer it was, or is empty.
[[nodiscard]] QString errorText(const core::Error& error, const QString& server = {});

} // namespace vedette::views
