// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFontMetrics>
#include <QString>

class QPainter;
class QRect;

namespace vedette::views {

/// Numbers that stand in columns need digits of one width. Qt 6.4 cannot ask a font for its `tnum` feature,
/// so where a font's digits differ, each gets the place of the widest.

/// How wide drawNumber draws the text.
[[nodiscard]] int numberWidth(const QFontMetrics& metrics, const QString& text);
/// Draws one line with the painter's font and pen, right-aligned and centred in height; the start is cut
/// where it does not fit.
void drawNumber(QPainter& painter, const QRect& rect, const QString& text);

} // namespace vedette::views
