// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/tabular.h"

#include <QPainter>

#include <algorithm>

namespace vedette::views {
namespace {

int widestDigit(const QFontMetrics& metrics)
{
    int widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

bool digitsAreEven(const QFontMetrics& metrics, int widest)
{
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        if (metrics.horizontalAdvance(QChar(digit)) != widest)
            return false;
    }
    return true;
}

bool isPlainDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

} // namespace

int numberWidth(const QFontMetrics& metrics, const QString& text)
{
    const int widest = widestDigit(metrics);
    if (digitsAreEven(metrics, widest))
        return metrics.horizontalAdvance(text);
    int width = 0;
    for (const QChar c : text)
        width += isPlainDigit(c) ? widest : metrics.horizontalAdvance(c);
    return width;
}

void drawNumber(QPainter& painter, const QRect& rect, const QString& text)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const int widest = widestDigit(metrics);
    if (digitsAreEven(metrics, widest)) {
        painter.drawText(rect, int(Qt::AlignVCenter | Qt::AlignRight | Qt::AlignAbsolute), text);
        return;
    }
    int right = rect.right() + 1;
    for (qsizetype i = text.size() - 1; i >= 0; --i) {
        const int width = isPlainDigit(text[i]) ? widest : metrics.horizontalAdvance(text[i]);
        right -= width;
        painter.drawText(QRect(right, rect.top(), width, rect.height()), Qt::AlignCenter, QString(text[i]));
    }
}

} // namespace vedette::views
