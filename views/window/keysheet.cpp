// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/keysheet.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr int rowsPerColumn = 12;

struct Line
{
    QString keys;
    QString text;
};

QString withoutMnemonic(QString text)
{
    return text.remove(u'&');
}

/// What the menu shows of an action: after a tab stand the keys, where there are several.
Line lineOf(const QAction* action)
{
    const QString label = withoutMnemonic(action->text());
    const qsizetype tab = label.indexOf(u'\t');
    if (tab >= 0)
        return {label.mid(tab + 1), label.left(tab)};
    QString text = label;
    text.remove(u" …"_s);
    return {action->shortcut().toString(QKeySequence::NativeText), text};
}

} // namespace

KeySheet::KeySheet(const QMenuBar* menus, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(u"keySheet"_s);
    setWindowTitle(tr("Keys"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, space::l);
    layout->setSpacing(space::l);
    auto* note = new PlainLabel(
        tr("Single letters act while the list or the detail has the focus, never while text is typed."),
        "secondary");
    layout->addWidget(note);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::m);
    grid->setVerticalSpacing(6);
    int row = 0;
    int column = 0;
    const QList<QAction*> tops = menus->actions();
    for (const QAction* top : tops) {
        if (!top->menu())
            continue;
        QList<Line> lines;
        const QList<QAction*> actions = top->menu()->actions();
        for (const QAction* action : actions) {
            const Line line = lineOf(action);
            if (!action->isSeparator() && !line.keys.isEmpty())
                lines << line;
        }
        if (lines.isEmpty())
            continue;
        if (row > 0 && row + lines.size() > rowsPerColumn) {
            grid->setColumnMinimumWidth(column + 2, 24);
            row = 0;
            column += 3;
        }
        auto* heading = new PlainLabel(withoutMnemonic(top->text()), "secondary");
        heading->setFont(capsFont(font()));
        heading->setContentsMargins(0, row > 0 ? space::s : 0, 0, 0);
        grid->addWidget(heading, row++, column, 1, 2);
        for (const Line& line : std::as_const(lines)) {
            auto* key = new PlainLabel(line.keys, "chip");
            grid->addWidget(key, row, column, Qt::AlignLeft);
            grid->addWidget(new PlainLabel(line.text), row++, column + 1);
        }
    }
    layout->addLayout(grid);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setObjectName(u"keySheetClose"_s);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

} // namespace vedette::views
