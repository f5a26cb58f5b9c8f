// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/core/error.h"

namespace vedette::views {

/// Who tries once more after an error that may pass.
enum class Retry
{
    ByItself, ///< a feed or the outbox does
    ByHand    ///< the person has to: a dialog, a form
};

/// What an error means, as sentences for people that say what to do: the one place where such sentences are
/// made. `server` names whose answer it was, or is empty.
[[nodiscard]] QString errorText(
    const core::Error& error, const QString& server = {}, Retry retry = Retry::ByItself);

} // namespace vedette::views
