// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QPainter;
class QRect;

namespace vedette::views {

/// In which token an icon is drawn. It is looked up when painting, so icons follow a change of the theme.
enum class IconTone
{
    Secondary, ///< beside text, in quiet buttons
    Text,
    Accent,
    OnFill, ///< on accent, error and spike fills
    Error,
    Spike,
    Good,
};

/// One of our own line drawings in resources/icons, by its file name without the ending; sharp at every
/// scale. A name that is not there gives an empty drawing (and a test that walks all names fails).
[[nodiscard]] QIcon icon(const QString& name, IconTone tone = IconTone::Secondary);
/// Draws it in a colour of the caller's: for delegates.
void paintIcon(QPainter& painter, const QRect& rect, const QString& name, const QColor& colour);

/// The program's own icon, and the simpler one that stays legible at 16 px in a tray.
[[nodiscard]] QIcon programIcon();
[[nodiscard]] QIcon trayBaseIcon();

} // namespace vedette::views
