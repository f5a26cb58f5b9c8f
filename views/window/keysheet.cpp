// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/keysheet.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QMenu>
#include <QMenuBar>
#include <QVBoxLayout>

#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

QString withoutMnemonic(QString text)
{
    return text.remove(u'&');
}

} // namespace

KeySheet::KeySheet(const QMenuBar* menus, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(u"keySheet"_s);
    setWindowTitle(tr("Keys"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(space::xs);
    int row = 0;
    int column = 0;
    const QList<QAction*> tops = menus->actions();
    for (const QAction* top : tops) {
        if (!top->menu())
            continue;
        auto* heading = new PlainLabel(withoutMnemonic(top->text()), "secondary");
        heading->setFont(capsFont(font()));
        grid->addWidget(heading, row++, column, 1, 2);
        const QList<QAction*> actions = top->menu()->actions();
        for (const QAction* action : actions) {
            if (action->shortcut().isEmpty())
                continue;
            auto* key = new PlainLabel(action->shortcut().toString(QKeySequence::NativeText), "chip");
            key->setFont(codeFont(font()));
            grid->addWidget(key, row, column, Qt::AlignLeft);
            grid->addWidget(new PlainLabel(withoutMnemonic(action->text())), row++, column + 1);
        }
        if (row > 16) {
            row = 0;
            column += 2;
        }
    }
    layout->addLayout(grid);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

} // namespace vedette::views
