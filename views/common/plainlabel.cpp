// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/plainlabel.h"

#include <QPainter>
#include <QStyle>

#include "models/core/text.h"

namespace vedette::views {

PlainLabel::PlainLabel(const QString& text, QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setText(text);
}

PlainLabel::PlainLabel(const QString& text, const char* role, QWidget* parent)
    : PlainLabel(text, parent)
{
    setRole(role);
}

void PlainLabel::setRole(const char* role)
{
    setProperty("role", QLatin1StringView(role));
    style()->unpolish(this);
    style()->polish(this);
}

ElidedLabel::ElidedLabel(const QString& text, QWidget* parent)
    : PlainLabel({}, parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFullText(text);
}

void ElidedLabel::setFullText(const QString& text)
{
    m_full = core::singleLine(text, 2000);
    setAccessibleName(m_full);
    setToolTip(toolTipText(m_full));
    updateGeometry();
    update();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 6, fontMetrics().height() + 2};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_full) + 2, fontMetrics().height() + 2};
}

void ElidedLabel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(rect(), int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
        fontMetrics().elidedText(m_full, Qt::ElideRight, width()));
}

QString toolTipText(const QString& text)
{
    return core::multiLine(text, 1000).toHtmlEscaped();
}

} // namespace vedette::views
