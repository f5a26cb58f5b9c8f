// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/emptystate.h"

#include <QEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/common/icons.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_sign(new PlainLabel)
    , m_headline(new PlainLabel)
    , m_sentence(new PlainLabel({}, "secondary"))
    , m_action(new QPushButton)
{
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(space::s);
    layout->addStretch(2);
    m_headline->setFont(titleFont(font()));
    m_headline->setAlignment(Qt::AlignCenter);
    m_headline->setObjectName(u"emptyHeadline"_s);
    m_headline->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_action->setObjectName(u"emptyAction"_s);
    m_action->hide();
    m_sign->setAlignment(Qt::AlignCenter);
    m_sign->hide();
    layout->addWidget(m_sign);
    layout->addWidget(m_headline);
    layout->addWidget(m_sentence);
    layout->addSpacing(space::s);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::setTexts(const QString& headline, const QString& sentence, const QString& actionText)
{
    setTexts({}, headline, sentence, actionText);
}

void EmptyState::setTexts(
    const QString& iconName, const QString& headline, const QString& sentence, const QString& actionText)
{
    m_iconName = iconName;
    showSign();
    m_headline->setText(headline);
    m_sentence->setText(sentence);
    m_action->setText(actionText);
    m_action->setVisible(!actionText.isEmpty());
    setAccessibleName(headline);
}

void EmptyState::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showSign();
}

void EmptyState::showSign()
{
    m_sign->setVisible(!m_iconName.isEmpty());
    if (!m_iconName.isEmpty())
        m_sign->setPixmap(icon(m_iconName).pixmap(QSize(32, 32), devicePixelRatioF()));
}

} // namespace vedette::views
