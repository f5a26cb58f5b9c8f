// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/theme.h"

#include <QApplication>
#include <QCoreApplication>
#include <QFontDatabase>
#include <QProxyStyle>
#include <QStyleFactory>

#include <cmath>

#include "views/common/stylesheet.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// The words for levels, for translators.
struct LevelText
{
    Q_DECLARE_TR_FUNCTIONS(vedette::views::Level)
};

double channel(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) +
           0.0722 * channel(colour.blueF());
}

QList<QColor> projectPalette()
{
    return {QColor(0x3b5bdb), QColor(0x0b7285), QColor(0x9c36b5), QColor(0xe8590c), QColor(0x2b8a3e),
        QColor(0xc2255c), QColor(0x5c7cfa), QColor(0x868e96)};
}

QPalette paletteOf(const Tokens& t)
{
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor& colour) {
        p.setColor(QPalette::All, role, colour);
    };
    set(QPalette::Window, t.window);
    set(QPalette::WindowText, t.text);
    set(QPalette::Base, t.surface);
    set(QPalette::AlternateBase, t.window);
    set(QPalette::Text, t.text);
    set(QPalette::PlaceholderText, t.secondary);
    set(QPalette::Button, t.surface);
    set(QPalette::ButtonText, t.text);
    set(QPalette::BrightText, t.error);
    set(QPalette::ToolTipBase, t.surface);
    set(QPalette::ToolTipText, t.text);
    set(QPalette::Highlight, t.accent);
    set(QPalette::HighlightedText, t.onFill);
    set(QPalette::Link, t.accent);
    set(QPalette::LinkVisited, t.accent);
    set(QPalette::Light, t.surface);
    set(QPalette::Midlight, t.border);
    set(QPalette::Mid, t.border);
    set(QPalette::Dark, t.secondary);
    set(QPalette::Shadow, t.border);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.secondary);
    return p;
}

/// Fusion with our measures: what neither palette nor style sheet can say.
class Style final : public QProxyStyle
{
public:
    Style()
        : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    {}

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
        QStyleHintReturn* returned) const override
    {
        switch (hint) {
        case SH_Widget_Animation_Duration:
            return 100; // at most 120 ms (look/README)
        case SH_ItemView_ActivateItemOnSingleClick:
            return 0;
        default:
            return QProxyStyle::styleHint(hint, option, widget, returned);
        }
    }

    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override
    {
        switch (metric) {
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_ListViewIconSize:
            return space::icon;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
        }
    }
};

QFont scaled(const QFont& base, double factor)
{
    QFont font = base;
    if (base.pointSizeF() > 0)
        font.setPointSizeF(base.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(base.pixelSize() * factor));
    return font;
}

} // namespace

const Tokens& Tokens::light()
{
    static const Tokens tokens{QColor(0xf5f6f8), QColor(0xffffff), QColor(0xeceef2), QColor(0x1b1f27),
        QColor(0x586172), QColor(0xdce0e7), QColor(0x3b5bdb), QColor(0xe7ecfd), QColor(0xe9eefc),
        QColor(0x9c1c4b), QColor(0xc9271f), QColor(0x8f5c00), QColor(0x1769b5), QColor(0x5c6573),
        QColor(0x1f7434), QColor(0xc03d08), QColor(0xfdeadf), QColor(0xdfe6fb), QColor(0x667fe2),
        QColor(0xf7f8fa), QColor(0xffffff), projectPalette()};
    return tokens;
}

const Tokens& Tokens::dark()
{
    static const Tokens tokens{QColor(0x16181d), QColor(0x1c1f26), QColor(0x131519), QColor(0xe4e8ef),
        QColor(0x9aa4b5), QColor(0x2c313b), QColor(0x8ba3ff), QColor(0x26304f), QColor(0x252d45),
        QColor(0xff8fb3), QColor(0xff7b72), QColor(0xe3b341), QColor(0x79b8ff), QColor(0x9aa4b5),
        QColor(0x6fd08c), QColor(0xffa26b), QColor(0x3d2a1f), QColor(0x26304f), QColor(0x6f86d6),
        QColor(0x181b21), QColor(0x11131a), projectPalette()};
    return tokens;
}

Theme::Theme(QApplication& application)
    : m_application(application)
    , m_platformIsDark(application.palette().color(QPalette::Window).lightness() < 128)
{
    m_application.setStyle(new Style);
    apply();
}

void Theme::setChoice(settings::Theme choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::setSystemPrefersDark(std::optional<bool> dark)
{
    if (m_systemPrefersDark == dark)
        return;
    m_systemPrefersDark = dark;
    apply();
}

void Theme::apply()
{
    // Qt 6.4 does not tell the desktop's preference (QStyleHints::colorScheme came with 6.5); its palette
    // does.
    m_dark = m_choice == settings::Theme::Dark ||
             (m_choice == settings::Theme::Follow && m_systemPrefersDark.value_or(m_platformIsDark));
    m_application.setPalette(paletteOf(tokens()));
    m_application.setStyleSheet(styleSheet(tokens()));
    emit changed();
}

const Tokens& tokensOf(const QPalette& palette)
{
    // Not by Window or Base: a style sheet that makes a background transparent puts black there.
    return palette.color(QPalette::AlternateBase).lightness() < 128 ? Tokens::dark() : Tokens::light();
}

QFont smallFont(const QFont& base)
{
    return scaled(base, 0.9);
}

QFont capsFont(const QFont& base)
{
    QFont font = scaled(base, 0.82);
    font.setCapitalization(QFont::AllUppercase);
    font.setLetterSpacing(QFont::PercentageSpacing, 108);
    font.setBold(true);
    return font;
}

QFont titleFont(const QFont& base)
{
    QFont font = scaled(base, 1.25);
    font.setBold(true);
    return font;
}

QFont codeFont(const QFont& base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (base.pointSizeF() > 0)
        font.setPointSizeF(base.pointSizeF() * 0.92);
    else
        font.setPixelSize(qRound(base.pixelSize() * 0.92));
    return font;
}

QFont boldFont(const QFont& base)
{
    QFont font = base;
    font.setBold(true);
    return font;
}

QColor levelColour(const Tokens& tokens, domain::Level level)
{
    switch (level) {
    case domain::Level::Fatal:
        return tokens.fatal;
    case domain::Level::Error:
        return tokens.error;
    case domain::Level::Warning:
        return tokens.warning;
    case domain::Level::Info:
        return tokens.info;
    case domain::Level::Debug:
    case domain::Level::Sample:
    case domain::Level::Other:
        return tokens.debug;
    }
    return tokens.debug;
}

QString levelLetter(domain::Level level)
{
    switch (level) {
    case domain::Level::Fatal:
        return u"F"_s;
    case domain::Level::Error:
        return u"E"_s;
    case domain::Level::Warning:
        return u"W"_s;
    case domain::Level::Info:
        return u"I"_s;
    case domain::Level::Debug:
        return u"D"_s;
    case domain::Level::Sample:
        return u"S"_s;
    case domain::Level::Other:
        return u"?"_s;
    }
    return u"?"_s;
}

QString levelName(domain::Level level)
{
    switch (level) {
    case domain::Level::Fatal:
        return LevelText::tr("Fatal");
    case domain::Level::Error:
        return LevelText::tr("Error");
    case domain::Level::Warning:
        return LevelText::tr("Warning");
    case domain::Level::Info:
        return LevelText::tr("Info");
    case domain::Level::Debug:
        return LevelText::tr("Debug");
    case domain::Level::Sample:
        return LevelText::tr("Sample");
    case domain::Level::Other:
        return LevelText::tr("Unknown level");
    }
    return {};
}

QColor projectColour(const Tokens& tokens, int index)
{
    return tokens.projects.at(
        ((index % tokens.projects.size()) + tokens.projects.size()) % tokens.projects.size());
}

QColor textOn(const QColor& fill)
{
    // White or our ink, whichever reads better; a few colours in the middle (#2b8a3e) need black to
    // reach 4.5:1.
    const QColor ink(0x11131a);
    const QColor best = contrast(fill, Qt::white) >= contrast(fill, ink) ? QColor(Qt::white) : ink;
    return contrast(fill, best) >= 4.5 ? best : QColor(Qt::black);
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace vedette::views
