// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/buttons.h"

#include <QAction>
#include <QPushButton>
#include <QToolButton>

#include "views/common/plainlabel.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

QPushButton* make(const QString& text, const QString& objectName, const QString& role)
{
    auto* button = new QPushButton(text);
    button->setObjectName(objectName);
    button->setProperty("role", role);
    button->setAutoDefault(false);
    return button;
}

} // namespace

QPushButton* makeButton(const QString& text, const QString& objectName)
{
    return make(text, objectName, {});
}

QPushButton* makePrimaryButton(const QString& text, const QString& objectName)
{
    return make(text, objectName, u"primary"_s);
}

QPushButton* makeQuietButton(const QString& text, const QString& objectName)
{
    return make(text, objectName, u"quiet"_s);
}

QPushButton* makeLinkButton(const QString& text, const QString& objectName)
{
    return make(text, objectName, u"link"_s);
}

QToolButton* makeIconButton(const QIcon& icon, const QString& name, const QString& objectName)
{
    auto* button = new QToolButton;
    button->setObjectName(objectName);
    button->setProperty("role", u"quiet"_s);
    button->setIcon(icon);
    button->setAccessibleName(name);
    button->setToolTip(toolTipText(name));
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void follow(QPushButton* button, QAction* action)
{
    const auto update = [button, action] {
        button->setEnabled(action->isEnabled());
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        button->setToolTip(
            toolTipText(key.isEmpty() ? action->statusTip() : u"%1 (%2)"_s.arg(action->statusTip(), key)));
    };
    update();
    QObject::connect(action, &QAction::changed, button, update);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
}

} // namespace vedette::views
