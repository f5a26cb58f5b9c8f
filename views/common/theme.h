// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

#include <optional>

#include "models/domain/issue.h"
#include "models/settings/settings.h"

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
inline constexpr int row = 46;        ///< list row of two lines
inline constexpr int compactRow = 28; ///< list row of one line
inline constexpr int radiusSmall = 4;
inline constexpr int radiusControl = 6;
inline constexpr int radiusCard = 8;
inline constexpr int icon = 16;
} // namespace space

/// The look of the whole application: style, palette and style sheet from one set of tokens. Made once by
/// whoever builds the application; changes at run time. Widgets that paint ask tokensOf(palette()) and
/// repaint on QEvent::PaletteChange. GUI thread.
class Theme final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Theme)

public:
    explicit Theme(QApplication& application);

    /// What the person chose; Follow is as the desktop is.
    void setChoice(settings::Theme choice);
    [[nodiscard]] settings::Theme choice() const { return m_choice; }
    /// What the desktop says (the freedesktop portal's color-scheme, for instance); nothing: decide by the
    /// lightness of the platform's palette.
    void setSystemPrefersDark(std::optional<bool> dark);
    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] const Tokens& tokens() const { return m_dark ? Tokens::dark() : Tokens::light(); }

signals:
    void changed();

private:
    void apply();

    QApplication& m_application;
    bool m_platformIsDark;
    std::optional<bool> m_systemPrefersDark;
    settings::Theme m_choice = settings::Theme::Follow;
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

/// The word for a level, for screen readers and tool tips.
[[nodiscard]] QString levelName(domain::Level level);

/// A project's colour by its index, and dark or white for text on any fill, whichever reads better.
[[nodiscard]] QColor projectColour(const Tokens& tokens, int index);
[[nodiscard]] QColor textOn(const QColor& fill);

/// Contrast ratio of two colours, 1 to 21 (WCAG 2.1, relative luminance).
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

} // namespace vedette::views
