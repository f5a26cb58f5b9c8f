// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLoggingCategory>
#include <QString>

namespace vedette::core {

Q_DECLARE_LOGGING_CATEGORY(lcCore)

/// Blanks what must never reach a log: bearer and prefixed tokens, DSN and sentry_key values, cookies,
/// long hexadecimal secrets. For texts that come from outside and are about to be logged or shown as a
/// detail.
[[nodiscard]] QString redacted(const QString& text);

} // namespace vedette::core
