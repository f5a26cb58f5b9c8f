// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/banner.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include "views/common/buttons.h"
#include "views/common/icons.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

MessageBanner::MessageBanner(QWidget* parent)
    : QFrame(parent)
    , m_sign(new PlainLabel)
    , m_label(new PlainLabel)
    , m_actions(new QHBoxLayout)
{
    setProperty("role", u"note"_s);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::m, space::s, space::s, space::s);
    layout->setSpacing(space::s);
    m_sign->setFixedSize(space::icon, space::icon);
    m_label->setWordWrap(true);
    m_label->setObjectName(u"bannerText"_s);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_actions->setSpacing(space::xs);
    QToolButton* close = makeIconButton(icon(u"close"_s), tr("Dismiss"), u"bannerDismiss"_s);
    layout->addWidget(m_sign, 0, Qt::AlignVCenter);
    layout->addWidget(m_label, 1);
    layout->addLayout(m_actions);
    layout->addWidget(close);
    connect(close, &QToolButton::clicked, this, &MessageBanner::dismiss);
    hide();
}

void MessageBanner::showMessage(Tone tone, const QString& text, const QList<Action>& actions)
{
    m_tone = tone;
    setProperty("role", tone == Tone::Note ? u"note"_s : u"banner"_s);
    style()->unpolish(this);
    style()->polish(this);
    m_label->setText(text);
    setAccessibleName(text);
    while (QLayoutItem* item = m_actions->takeAt(0)) {
        if (item->widget()) {
            item->widget()->setObjectName({}); // the name is the next one's
            item->widget()->hide();
            item->widget()->deleteLater(); // it may be the one that was just pressed
        }
        delete item;
    }
    for (const Action& action : actions) {
        QPushButton* button = makeButton(action.text, u"bannerAction"_s);
        m_actions->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, run = action.run] {
            const auto copy = run; // dismissing may replace the button that owns this
            dismiss();
            if (copy)
                copy();
        });
    }
    showSign();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBanner::showMessage(const QString& text, const QString& actionText, std::function<void()> action)
{
    if (actionText.isEmpty())
        showMessage(Tone::Warning, text);
    else
        showMessage(Tone::Warning, text, {{actionText, std::move(action)}});
}

void MessageBanner::dismiss()
{
    hide();
}

QString MessageBanner::text() const
{
    return m_label->text();
}

void MessageBanner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showSign();
}

void MessageBanner::showSign()
{
    const bool note = m_tone == Tone::Note;
    const IconTone tone = note ? IconTone::Accent : m_tone == Tone::Error ? IconTone::Error : IconTone::Spike;
    m_sign->setPixmap(icon(note ? u"info"_s : u"warning"_s, tone)
                          .pixmap(QSize(space::icon, space::icon), devicePixelRatioF()));
}

} // namespace vedette::views
