// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

namespace vedette::core {

/// Text safety: every string from a server is hostile. What these return can be shown as plain text without
/// moving other text about, hiding part of it, or growing past its place.

/// One line of at most `maxLength` UTF-16 units: line breaks and tabs become spaces, other control characters
/// U+FFFD, direction overrides and zero-width characters are dropped (Unicode TR 36 section 2.5 names the
/// bidi ones). A cut never splits a surrogate pair and ends in an ellipsis.
[[nodiscard]] QString singleLine(QStringView text, qsizetype maxLength = 500);

/// The same for a block of text: line breaks and tabs stay.
[[nodiscard]] QString multiLine(QStringView text, qsizetype maxLength = 100'000);

} // namespace vedette::core
