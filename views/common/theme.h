// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

#include "models/domain/issue.h"

class QApplication;

namespace vedette::views {

/// Every colour of the program, once for light and once for dark. Text pairs keep 4.5:1, bars 3:1 on their
/// ground; tst_theme computes it.
struct Tokens
{
    QColor window, surface, sidebar, text, secondary, border;
    QColor accent, accentTint, selection;
    QColor fatal, error, warning, info, debug, good;
    QColor spike, spikeTint, band, bar, code;
    QColor onFill; ///< text on accent, error and spike fills
    QList<QColor> projects;

    static const Tokens& light();
    static const Tokens& dark();
};

/// Distances and sizes, in device-independent pixels.
namespace space {
inline constexpr int xs = 4;
inline constexpr int s = 8;
inline constexpr int m = 12;
inline constexpr int l = 16;
inline constexpr int row = 46;
inline constexpr int radiusSmall = 4;
inline constexpr int radiusControl = 6;
inline constexpr int radiusCard = 8;
inline constexpr int icon = 16;
} // namespace space

/// What the user asked for.
enum class ThemeChoice
{
    Follow,
    Light,
    Dark
};

/// The look of the whole application: palette, style sheet and fonts from one set of tokens. Made once by
/// whoever builds the application; widgets ask for the current tokens and repaint on `changed`. GUI thread.
class Theme final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Theme)

public:
    explicit Theme(QApplication& application);

    void setChoice(ThemeChoice choice);
    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] const Tokens& tokens() const { return m_dark ? Tokens::dark() : Tokens::light(); }

signals:
    void changed();

private:
    void apply();

    QApplication& m_application;
    QPalette m_systemPalette;
    ThemeChoice m_choice = ThemeChoice::Follow;
    bool m_dark = false;
};

/// The tokens that the palette of a widget stands for: what painting code asks.
[[nodiscard]] const Tokens& tokensOf(const QPalette& palette);

/// Fonts relative to the system's own.
[[nodiscard]] QFont smallFont(const QFont& base);
[[nodiscard]] QFont capsFont(const QFont& base);
[[nodiscard]] QFont titleFont(const QFont& base);
[[nodiscard]] QFont codeFont(const QFont& base);
[[nodiscard]] QFont boldFont(const QFont& base);

/// The colour of a level, and the letter that stands beside it so that colour never speaks alone.
[[nodiscard]] QColor levelColour(const Tokens& tokens, domain::Level level);
[[nodiscard]] QString levelLetter(domain::Level level);

/// A project's colour by its index, and black or white for text on any fill, whichever reads better.
[[nodiscard]] QColor projectColour(const Tokens& tokens, int index);
[[nodiscard]] QColor textOn(const QColor& fill);

/// Contrast ratio of two colours, 1 to 21 (WCAG 2.1, relative luminance).
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

} // namespace vedette::views
