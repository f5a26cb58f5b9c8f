// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/choicebutton.h"

#include <QMenu>
#include <QPainter>
#include <QStyle>

#include "views/common/icons.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr int padding = 10;
constexpr int arrow = 12;
constexpr int widestCharacters = 30;

} // namespace

ChoiceButton::ChoiceButton(const QString& what, const QString& objectName, QWidget* parent)
    : QPushButton(parent)
    , m_what(what)
{
    setObjectName(objectName);
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* choices = new QMenu(this);
    choices->setObjectName(objectName + u"Menu"_s);
    setMenu(choices);
    setToolTip(toolTipText(what));
    setChoice({});
}

void ChoiceButton::setChoice(const QString& text)
{
    m_choice = text;
    setAccessibleName(tr("%1: %2", "a choice, what is chosen").arg(m_what, text));
    updateGeometry();
    update();
}

int ChoiceButton::leftOfText() const
{
    return icon().isNull() ? padding : padding + space::icon + space::xs + 1;
}

QSize ChoiceButton::sizeHint() const
{
    const int text = std::min(
        fontMetrics().horizontalAdvance(m_choice), fontMetrics().averageCharWidth() * widestCharacters);
    return {leftOfText() + text + space::s + arrow + padding - 2, fontMetrics().height() + space::m + 2};
}

QSize ChoiceButton::minimumSizeHint() const
{
    return {leftOfText() + fontMetrics().averageCharWidth() * 6 + arrow + padding, sizeHint().height()};
}

void ChoiceButton::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& tokens = tokensOf(palette());
    painter.setPen(hasFocus() ? tokens.accent : tokens.border);
    painter.setBrush(isDown() ? tokens.accentTint : underMouse() ? tokens.selection : tokens.surface);
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::radiusControl, space::radiusControl);
    const auto place = [this](const QRect& inner) {
        return QStyle::visualRect(layoutDirection(), rect(), inner);
    };
    if (!icon().isNull()) {
        icon().paint(
            &painter, place(QRect(padding - 3, (height() - space::icon) / 2, space::icon, space::icon)));
    }
    paintIcon(painter, place(QRect(width() - padding - arrow + 2, (height() - arrow) / 2 + 1, arrow, arrow)),
        u"chevron-down"_s, tokens.secondary);
    const QRect words(leftOfText(), 0, width() - leftOfText() - padding - arrow, height());
    painter.setPen(tokens.text);
    painter.drawText(place(words),
        int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter |
            Qt::TextSingleLine),
        fontMetrics().elidedText(m_choice, Qt::ElideRight, words.width()));
}

} // namespace vedette::views
