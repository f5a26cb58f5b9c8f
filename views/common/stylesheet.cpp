// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/stylesheet.h"

#include <QHash>

#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

// @name stands for a token.
const QString& sheet()
{
    static const QString text = uR"(
QToolTip { color: @text; background: @surface; border: 1px solid @border; padding: 4px 6px; }
QMainWindow, QDialog { background: @window; }
QMenuBar { background: @window; border-bottom: 1px solid @border; }
QMenuBar::item { padding: 3px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @selection; }
QMenu { background: @surface; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @secondary; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 6px; }
QStatusBar { background: @window; border-top: 1px solid @border; color: @secondary; }
QStatusBar::item { border: none; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QPushButton, QToolButton[role="button"] { background: @surface; color: @text; border: 1px solid @border;
    border-radius: 6px; padding: 5px 12px; }
QPushButton:hover, QToolButton[role="button"]:hover { background: @selection; }
QPushButton:pressed, QToolButton[role="button"]:pressed { background: @accentTint; }
QPushButton:focus, QToolButton[role="button"]:focus { border: 1px solid @accent; }
QPushButton:disabled, QToolButton[role="button"]:disabled { color: @secondary; background: @window; }
QPushButton[role="primary"], QToolButton[role="primary"] { background: @accent; color: @onFill;
    border: 1px solid @accent; border-radius: 6px; padding: 5px 12px; font-weight: 600; }
QPushButton[role="primary"]:focus, QToolButton[role="primary"]:focus { border: 1px solid @text; }
QPushButton[role="primary"]:disabled, QToolButton[role="primary"]:disabled { background: @window; color: @secondary;
    border: 1px solid @border; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border: 1px solid transparent;
    border-radius: 6px; padding: 4px 8px; color: @secondary; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: @selection; color: @text; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 1px solid @accent; }
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked { color: @accent; font-weight: 600; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent; padding: 2px 4px;
    text-align: left; }
QPushButton[role="link"]:focus { border: 1px solid @accent; border-radius: 4px; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: none; }
QToolButton { color: @text; }

QComboBox { background: @surface; color: @text; border: 1px solid @border; border-radius: 6px;
    padding: 4px 22px 4px 10px; min-height: 18px; }
QComboBox:hover { background: @selection; }
QComboBox:focus { border: 1px solid @accent; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(:/icons/chevron-down@themeSuffix.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; selection-background-color: @selection;
    selection-color: @text; padding: 4px; outline: none; }
QLineEdit, QPlainTextEdit, QTextEdit { background: @surface; color: @text; border: 1px solid @border;
    border-radius: 6px; padding: 5px 8px; selection-background-color: @accent; selection-color: @onFill; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid @accent; }
QPlainTextEdit[role="code"] { background: @code; }

QAbstractItemView { background: @surface; border: none; outline: none; }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @secondary; border: none; border-bottom: 1px solid @border;
    padding: 4px 6px; }
QTreeView::item, QTableView::item, QListView::item { border: none; }
QTableView { gridline-color: @border; selection-background-color: @selection; selection-color: @text; }
QTreeView { selection-background-color: @selection; selection-color: @text; }

QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 8px; }
QFrame[role="line"] { background: @border; border: none; max-height: 1px; min-height: 1px; }
QWidget[role="sidebar"] { background: @sidebar; }
QWidget[role="page"] { background: @window; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="page"] { background: @window; }
QLabel[role="secondary"] { color: @secondary; }
QLabel[role="error"] { color: @error; }
QLabel[role="chip"] { background: @accentTint; color: @accent; border-radius: 4px; padding: 1px 6px; font-weight: 600; }
QLabel[role="spike"] { background: @spikeTint; color: @spike; border-radius: 4px; padding: 1px 6px; font-weight: 600; }
QLabel[role="good"] { color: @good; }
QFrame[role="banner"] { background: @spikeTint; border: 1px solid @border; border-radius: 6px; }
QFrame[role="banner"] QLabel { color: @text; }
QFrame[role="note"] { background: @accentTint; border: 1px solid @border; border-radius: 6px; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @secondary; padding: 7px 2px; margin-right: 18px;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; font-weight: 600; }
QTabBar::tab:focus { color: @text; }
QTabWidget::pane { border: none; border-top: 1px solid @border; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @border; border-radius: 4px; min-height: 28px; margin: 1px; }
QScrollBar::handle:vertical:hover { background: @secondary; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @border; border-radius: 4px; min-width: 28px; margin: 1px; }
QScrollBar::handle:horizontal:hover { background: @secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @window; border: 1px solid @border; border-radius: 4px; height: 6px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
)"_s;
    return text;
}

} // namespace

QString styleSheet(const Tokens& t)
{
    const bool dark = t.window.lightness() < 128;
    // Longer names first: @accentTint holds @accent.
    const QList<std::pair<QString, QString>> values = {
        {u"@themeSuffix"_s, dark ? u"-dark"_s : u"-light"_s},
        {u"@accentTint"_s, t.accentTint.name()},
        {u"@accent"_s, t.accent.name()},
        {u"@secondary"_s, t.secondary.name()},
        {u"@selection"_s, t.selection.name()},
        {u"@spikeTint"_s, t.spikeTint.name()},
        {u"@spike"_s, t.spike.name()},
        {u"@surface"_s, t.surface.name()},
        {u"@sidebar"_s, t.sidebar.name()},
        {u"@window"_s, t.window.name()},
        {u"@border"_s, t.border.name()},
        {u"@onFill"_s, t.onFill.name()},
        {u"@error"_s, t.error.name()},
        {u"@text"_s, t.text.name()},
        {u"@code"_s, t.code.name()},
        {u"@good"_s, t.good.name()},
    };
    QString out = sheet();
    for (const auto& [name, value] : values)
        out.replace(name, value);
    return out;
}

} // namespace vedette::views
