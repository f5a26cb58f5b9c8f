// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/issueheader.h"

#include <QPainter>

#include "views/common/icons.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr int arrow = 10;

} // namespace

IssueHeader::IssueHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setObjectName(u"issueHeader"_s);
    setAccessibleName(tr("Columns"));
    setHighlightSections(false);
    setSectionsMovable(false);
    setStretchLastSection(false);
}

void IssueHeader::setFirstIndent(int pixels)
{
    if (m_firstIndent == pixels)
        return;
    m_firstIndent = pixels;
    viewport()->update();
}

QString IssueHeader::textOf(int section) const
{
    // While the window is torn down the model goes before its header.
    return model() ? model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString() : QString();
}

int IssueHeader::widthOf(int section) const
{
    const QFontMetrics metrics(boldFont(smallFont(font())));
    const QString text = textOf(section);
    return metrics.horizontalAdvance(text) + arrow + 2 * space::xs + 2;
}

QSize IssueHeader::sectionSizeFromContents(int section) const
{
    const QFontMetrics metrics(boldFont(smallFont(font())));
    return {widthOf(section), metrics.height() + space::m};
}

void IssueHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const Tokens& tokens = tokensOf(palette());
    painter->save();
    painter->fillRect(rect, tokens.surface);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.border);
    const bool sorted = sortIndicatorSection() == section;
    const QFont small = smallFont(font());
    painter->setFont(sorted ? boldFont(small) : small);
    painter->setPen(sorted ? tokens.text : tokens.secondary);
    const QString text = textOf(section);
    const int alignment = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
    QRect cell = rect.adjusted(space::xs, 0, -space::xs, -1);
    if (visualIndex(section) == 0)
        cell.setLeft(rect.left() + m_firstIndent);
    if (sorted) {
        const int width = painter->fontMetrics().horizontalAdvance(text);
        const bool right = (alignment & int(Qt::AlignRight)) != 0;
        const int at = right ? cell.right() + 1 - arrow : cell.left() + width + 2;
        paintIcon(*painter, QRect(at, cell.center().y() - arrow / 2 + 1, arrow, arrow), u"chevron-down"_s,
            tokens.text);
        if (right)
            cell.setRight(cell.right() - arrow - 1);
    }
    painter->drawText(QStyle::visualRect(layoutDirection(), rect, cell),
        int(QStyle::visualAlignment(layoutDirection(), Qt::Alignment(alignment)) | Qt::AlignVCenter), text);
    painter->restore();
}

} // namespace vedette::views
