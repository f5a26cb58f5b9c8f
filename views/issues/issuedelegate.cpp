// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/issuedelegate.h"

#include <QApplication>
#include <QPainter>

#include "models/items/issuelistmodel.h"
#include "views/common/format.h"
#include "views/common/issuepainter.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

using items::IssueListModel;

IssueDelegate::IssueDelegate(const core::Clock& clock, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_clock(clock)
{}

QSize IssueDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    // Two lines and their air; grows with the text scale.
    return {60, std::max(space::row, option.fontMetrics.height() * 2 + space::m)};
}

void IssueDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = qobject_cast<const IssueListModel*>(index.model());
    const domain::Issue* issue = model ? model->issueAt(index.row()) : nullptr;
    if (!issue)
        return;
    const Tokens& tokens = tokensOf(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, selected ? tokens.selection : tokens.surface);
    painter->setPen(tokens.border);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->setFont(option.font);
    painter->setPen(tokens.text);
    const QRect cell = option.rect.adjusted(space::xs, 0, -space::xs, -1);
    const bool spiking = m_spiking.contains(issue->id);
    switch (IssueListModel::Column(index.column())) {
    case IssueListModel::Title: {
        const QRect stripe(option.rect.left(), option.rect.top(), 3, option.rect.height());
        painter->fillRect(stripe, projectColour(tokens, m_colours.value(issue->project.id, 0)));
        paintTitle(*painter, option.rect.adjusted(3 + space::m, 0, -space::s, -1), *issue,
            model->data(index, IssueListModel::CheckedRole).toBool());
        break;
    }
    case IssueListModel::Trend:
        paintTrend(*painter, cell.adjusted(0, space::m, 0, -space::m), issue->trend, spiking ? 2 : 0, tokens);
        break;
    case IssueListModel::Events:
        paintNumber(*painter, cell, compactCount(issue->count), true);
        break;
    case IssueListModel::Users:
        paintNumber(*painter, cell, compactCount(issue->userCount), false);
        break;
    case IssueListModel::Age:
        painter->setPen(tokens.secondary);
        paintNumber(
            *painter, cell, issue->firstSeen ? shortAge(*issue->firstSeen, m_clock.now()) : QString(), false);
        break;
    case IssueListModel::Seen:
        painter->setPen(tokens.secondary);
        paintNumber(
            *painter, cell, issue->lastSeen ? shortAge(*issue->lastSeen, m_clock.now()) : QString(), false);
        break;
    case IssueListModel::Assignee: {
        const int size = std::min(24, cell.height() - space::s);
        paintAssignee(*painter,
            QRect(
                cell.left() + (cell.width() - size) / 2, cell.top() + (cell.height() - size) / 2, size, size),
            issue->assignedTo, tokens);
        break;
    }
    case IssueListModel::ColumnCount:
        break;
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && index.column() == 0) {
        painter->fillRect(
            QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), tokens.accent);
    }
    painter->restore();
}

void IssueDelegate::paintNumber(QPainter& painter, const QRect& rect, const QString& text, bool strong) const
{
    if (strong)
        painter.setFont(boldFont(painter.font()));
    painter.drawText(rect, int(Qt::AlignVCenter) | int(Qt::AlignRight), text);
}

void IssueDelegate::paintTitle(
    QPainter& painter, const QRect& rect, const domain::Issue& issue, bool checked) const
{
    const Tokens& tokens = tokensOf(QApplication::palette());
    QRect glyph(rect.left(), rect.top() + (rect.height() - space::icon) / 2, space::icon, space::icon);
    if (m_choosing) {
        QStyleOptionButton box;
        box.rect = glyph;
        box.state = QStyle::State_Enabled | (checked ? QStyle::State_On : QStyle::State_Off);
        box.palette = QApplication::palette();
        QApplication::style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter);
        glyph.translate(space::icon + space::s, 0);
    }
    paintLevel(painter, glyph, issue.level, tokens);
    const int left = glyph.right() + space::m;
    const QFont base = painter.font();
    const QFont first = issue.hasSeen ? base : boldFont(base);
    const QFont second = smallFont(base);
    const QFontMetrics firstMetrics(first);
    const QFontMetrics secondMetrics(second);
    const int lines = firstMetrics.height() + secondMetrics.height() + 2;
    const int top = rect.top() + (rect.height() - lines) / 2;
    const QRect titleRect(left, top, rect.right() - left, firstMetrics.height());
    painter.setFont(first);
    painter.setPen(tokens.text);
    painter.drawText(titleRect, int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
        firstMetrics.elidedText(issue.title, Qt::ElideRight, titleRect.width()));

    QRect culpritRect(left, top + firstMetrics.height() + 2, rect.right() - left, secondMetrics.height());
    // The badge keeps its width; the culprit takes what is left.
    if (const auto badge = badgeOf(issue, m_spiking.contains(issue.id))) {
        const int width = badgeWidth(*badge, second);
        // Two pixels more than it measures: the font's fractions add up.
        const int culprit = std::min(secondMetrics.horizontalAdvance(issue.culprit) + 2,
            std::max(0, culpritRect.width() - width - space::s));
        paintBadge(painter,
            QRect(left + culprit + (culprit > 0 ? space::s : 0), culpritRect.top(), width,
                culpritRect.height()),
            *badge, second, tokens);
        culpritRect.setWidth(culprit);
    }
    painter.setFont(second);
    painter.setPen(tokens.secondary);
    painter.drawText(culpritRect, int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
        secondMetrics.elidedText(issue.culprit, Qt::ElideRight, culpritRect.width()));
}

} // namespace vedette::views
