// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QUrl>

#include <optional>

#include "models/core/error.h"
#include "models/domain/account.h"

class QWidget;

namespace vedette::sync {
class Hub;
}

namespace vedette::views {

/// Opens what a person needs after an error of an account: a page for another token, its certificate, its
/// network settings, the server's own page in the browser. False where there is no such way: looking again is
/// all that is left.
bool openWayOut(sync::Hub& hub, const domain::AccountId& account, const core::Error& error, QWidget* parent);

/// A page of an account's own server, and of no other: `about` where it lies there, else the first page.
/// Nothing for what no browser should be given.
[[nodiscard]] std::optional<QUrl> pageThere(const domain::Account& account, const QString& about);

} // namespace vedette::views
