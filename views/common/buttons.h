// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QString>

class QAction;
class QPushButton;
class QToolButton;

namespace vedette::views {

/// The buttons of the program. `objectName` is what tests find it by; the text is its accessible name.

/// A bordered button on the surface colour.
[[nodiscard]] QPushButton* makeButton(const QString& text, const QString& objectName);
/// The one button of a place that people usually want: filled with the accent.
[[nodiscard]] QPushButton* makePrimaryButton(const QString& text, const QString& objectName);
/// No border until the pointer is over it.
[[nodiscard]] QPushButton* makeQuietButton(const QString& text, const QString& objectName);
/// Looks like a link.
[[nodiscard]] QPushButton* makeLinkButton(const QString& text, const QString& objectName);
/// An icon alone; `name` is said by screen readers and shown as the tool tip.
[[nodiscard]] QToolButton* makeIconButton(const QIcon& icon, const QString& name, const QString& objectName);
/// Makes a button do what an action does: text, icon, tip with the key, enabled or not.
void follow(QPushButton* button, QAction* action);

} // namespace vedette::views
