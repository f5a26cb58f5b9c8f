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
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMenuBar { background: @window; spacing: 0; padding: 2px 8px; }
QMenuBar::item { padding: 3px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @selection; }
QMenu { background: @surface; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 6px; }
QMenu::indicator:checked { image: url(:/icons/menu-check.svg); }
QStatusBar { background: @window; border-top: 1px solid @border; color: @secondary; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @secondary; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QPushButton, QToolButton[role="button"] { background: @surface; color: @text; border: 1px solid @border;
    border-radius: 6px; padding: 5px 12px; }
QPushButton:hover, QToolButton[role="button"]:hover { background: @selection; }
QPushButton:pressed, QToolButton[role="button"]:pressed { background: @accentTint; }
QPushButton:focus, QToolButton[role="button"]:focus { border: 1px solid @accent; }
QPushButton:disabled, QToolButton[role="button"]:disabled { color: @disabled; background: @window; }
QPushButton::menu-indicator, QToolButton[role="button"]::menu-indicator { image: url(:/icons/combo-arrow.svg);
    subcontrol-origin: padding; subcontrol-position: right center; right: 6px; width: 12px; height: 12px; }
QToolButton#moreButton::menu-indicator { image: none; }
QPushButton[role="combo"] { padding: 5px 24px 5px 10px; text-align: left; }
QPushButton[role="primary"], QToolButton[role="primary"] { background: @accent; color: @onFill;
    border: 1px solid @accent; border-radius: 6px; padding: 5px 12px; font-weight: 600; }
QPushButton[role="primary"]:hover, QToolButton[role="primary"]:hover { background: @accentStrong; }
QPushButton[role="primary"]:focus, QToolButton[role="primary"]:focus { border: 1px solid @text; }
QPushButton[role="primary"]:disabled, QToolButton[role="primary"]:disabled { background: @window;
    color: @disabled; border: 1px solid @border; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border: 1px solid transparent;
    border-radius: 6px; padding: 4px 8px; color: @secondary; }
QToolButton[role="quiet"] { padding: 4px; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: @selection; color: @text; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 1px solid @accent; }
QPushButton[role="quiet"]:disabled { color: @disabled; }
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked { color: @accent; font-weight: 600; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent;
    padding: 2px 4px; text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="fold"] { background: transparent; border: none; border-top: 1px solid @border; border-radius: 0;
    color: @accent; padding: 5px 12px; text-align: left; }
QPushButton[role="fold"]:hover { text-decoration: underline; }
QPushButton[role="fold"]:focus { border: 1px solid @accent; }
QPushButton[role="statuslink"] { background: transparent; border: 1px solid transparent; border-radius: 4px;
    color: @secondary; padding: 1px 8px; }
QPushButton[role="statuslink"]:hover { color: @accent; }
QPushButton[role="statuslink"]:focus { border: 1px solid @accent; }
QPushButton[role="link"]:focus { border: 1px solid @accent; border-radius: 4px; }
QToolButton { color: @text; border: none; background: transparent; }

QComboBox { background: @surface; color: @text; border: 1px solid @border; border-radius: 6px;
    padding: 4px 22px 4px 10px; min-height: 18px; }
QComboBox:hover { background: @selection; }
QComboBox:focus { border: 1px solid @accent; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(:/icons/combo-arrow.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; padding: 4px; outline: none;
    selection-background-color: @selection; selection-color: @text; }
QLineEdit, QPlainTextEdit, QTextEdit { background: @surface; color: @text; border: 1px solid @border;
    border-radius: 6px; padding: 5px 8px; selection-background-color: @accent; selection-color: @onFill; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid @accent; }
QLineEdit:disabled { background: @window; color: @disabled; }
QPlainTextEdit[role="code"], QLineEdit[role="code"] { background: @code; }
QLineEdit[role="bare"] { background: transparent; border: none; padding: 0; }

QAbstractItemView { background: @surface; border: none; outline: none; }
QAbstractItemView[role="sidebar"] { background: @sidebar; }
QHeaderView, QHeaderView::section { background: @surface; color: @secondary; border: none; }
QHeaderView::section { border-bottom: 1px solid @border; padding: 4px 6px; }
QTreeView::item, QTableView::item, QListView::item { border: none; }
QTableView { gridline-color: @border; selection-background-color: @selection; selection-color: @text; }
QTreeView, QListView { selection-background-color: @selection; selection-color: @text; }
QListWidget::item { padding: 4px 8px; border-radius: 4px; }
QListWidget::item:selected { background: @selection; color: @text; }

QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 8px; }
QFrame[role="field"] { background: @surface; border: 1px solid @border; border-radius: 6px; }
QFrame[role="field"][focus="true"] { border: 1px solid @accent; }
QFrame[role="field"][fault="true"] { border: 1px solid @error; }
QFrame[role="edge"] { background: @border; border: none; }
QFrame[role="line"] { background: @border; border: none; max-height: 1px; min-height: 1px; }
QWidget[role="sidebar"] { background: @sidebar; }
QWidget[role="page"] { background: @window; }
QWidget[role="surface"] { background: @surface; }
QWidget[role="topbar"] { background: @window; border-bottom: 1px solid @border; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="page"] { background: @window; }
QLabel[role="secondary"] { color: @secondary; }
QLabel[role="error"] { color: @error; }
QLabel[role="warning"] { color: @warning; }
QLabel[role="chip"] { background: @accentTint; color: @accent; border-radius: 4px; padding: 1px 6px;
    font-weight: 600; }
QLabel[role="spike"] { background: @spikeTint; color: @spike; border-radius: 4px; padding: 1px 6px;
    font-weight: 600; }
QLabel[role="good"] { color: @good; }
QFrame[role="banner"] { background: @spikeTint; border: none; border-bottom: 1px solid @border; }
QFrame[role="note"] { background: @accentTint; border: none; border-bottom: 1px solid @border; }
QFrame[role="banner"] QLabel, QFrame[role="note"] QLabel { color: @text; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @secondary; padding: 7px 2px; margin-right: 18px;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; font-weight: 600; }
QTabBar::tab:hover { color: @text; }
QTabWidget::pane { border: none; border-top: 1px solid @border; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @handle; border-radius: 3px; min-height: 28px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: @secondary; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @handle; border-radius: 3px; min-width: 28px; margin: 2px; }
QScrollBar::handle:horizontal:hover { background: @secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @window; border: 1px solid @border; border-radius: 4px; height: 6px;
    text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
)"_s;
    return text;
}

/// A colour between two: what the tokens need not name.
QColor between(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) { return int(x + (y - x) * share); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace

QString styleSheet(const Tokens& t)
{
    // Longer names first: @accentTint holds @accent.
    const QList<std::pair<QString, QColor>> values = {
        {u"@accentStrong"_s, between(t.accent, t.text, 0.18)},
        {u"@accentTint"_s, t.accentTint},
        {u"@accent"_s, t.accent},
        {u"@disabled"_s, between(t.secondary, t.surface, 0.35)},
        {u"@secondary"_s, t.secondary},
        {u"@selection"_s, t.selection},
        {u"@spikeTint"_s, t.spikeTint},
        {u"@spike"_s, t.spike},
        {u"@surface"_s, t.surface},
        {u"@sidebar"_s, t.sidebar},
        {u"@warning"_s, t.warning},
        {u"@window"_s, t.window},
        {u"@border"_s, t.border},
        {u"@onFill"_s, t.onFill},
        {u"@handle"_s, between(t.border, t.secondary, 0.35)},
        {u"@error"_s, t.error},
        {u"@text"_s, t.text},
        {u"@code"_s, t.code},
        {u"@good"_s, t.good},
    };
    QString out = sheet();
    for (const auto& [name, value] : values)
        out.replace(name, value.name());
    return out;
}

} // namespace vedette::views
