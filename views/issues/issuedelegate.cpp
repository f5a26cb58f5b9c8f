// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/issuedelegate.h"

#include <QPainter>

#include <cmath>

#include "views/common/format.h"
#include "views/common/issuepainter.h"
#include "views/common/tabular.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

using items::IssueListModel;

namespace {

constexpr int stripe = 3;
constexpr int lineGap = 2;
constexpr int circle = 22;
constexpr int trendHeight = 20;
constexpr int keptTexts = 4000;

/// `inner` is written as for left to right.
QRect mirrored(Qt::LayoutDirection direction, const QRect& outer, const QRect& inner)
{
    return QStyle::visualRect(direction, outer, inner);
}

} // namespace

IssueDelegate::IssueDelegate(const core::Clock& clock, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_clock(clock)
    , m_texts(keptTexts)
{}

int IssueDelegate::textIndent() const
{
    const int box = m_choosing ? space::icon + space::s : 0;
    return stripe + space::m + box + space::icon + space::m;
}

QRect IssueDelegate::checkBoxRect(const QRect& cell, Qt::LayoutDirection direction) const
{
    if (!m_choosing)
        return {};
    return mirrored(direction, cell,
        QRect(cell.left() + stripe + space::m, cell.top() + (cell.height() - space::icon) / 2, space::icon,
            space::icon));
}

QSize IssueDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    ensureFonts(option.font);
    // Two lines and their air; grows with the text scale.
    const int lines = m_fonts.boldMetrics.height() + lineGap + m_fonts.smallMetrics.height();
    return {60, std::max(space::row, lines + space::m)};
}

void IssueDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = qobject_cast<const IssueListModel*>(index.model());
    const IssueListModel::Row* row = model ? model->rowAt(index.row()) : nullptr;
    if (!row)
        return;
    ensureFonts(option.font);
    const Tokens& tokens = tokensOf(option.palette);
    const domain::Issue& issue = row->issue;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, selected ? tokens.selection : tokens.surface);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.border);
    painter->setFont(m_fonts.base);
    painter->setPen(tokens.text);
    const QRect cell = option.rect.adjusted(space::xs, 0, -space::xs, -1);
    switch (IssueListModel::Column(index.column())) {
    case IssueListModel::Title:
        painter->fillRect(mirrored(option.direction, option.rect,
                              QRect(option.rect.topLeft(), QSize(stripe, option.rect.height()))),
            projectColour(tokens, m_colours.value(issue.project.id, 7)));
        paintTitle(*painter, option, *row, model->isChecked(index.row()), tokens);
        break;
    case IssueListModel::Trend: {
        const auto since = m_spiking.constFind(keyOf(issue));
        const int top = cell.top() + (cell.height() - trendHeight) / 2;
        paintTrend(*painter, QRect(cell.left(), top, cell.width(), trendHeight), issue.trend,
            since == m_spiking.constEnd() ? std::nullopt : std::optional(*since), tokens);
        break;
    }
    case IssueListModel::Events:
        painter->setFont(m_fonts.bold);
        drawNumber(*painter, cell, compactCount(issue.count));
        break;
    case IssueListModel::Users:
        drawNumber(*painter, cell, compactCount(issue.userCount));
        break;
    case IssueListModel::Age:
        painter->setPen(tokens.secondary);
        drawNumber(*painter, cell, ageText(issue.firstSeen));
        break;
    case IssueListModel::Seen:
        painter->setPen(tokens.secondary);
        drawNumber(*painter, cell, ageText(issue.lastSeen));
        break;
    case IssueListModel::Assignee:
        paintAssignee(*painter,
            QRect(cell.left() + (cell.width() - circle) / 2, cell.top() + (cell.height() - circle) / 2,
                circle, circle),
            issue.assignedTo, tokens);
        break;
    case IssueListModel::ColumnCount:
        break;
    }
    painter->restore();
}

void IssueDelegate::paintTitle(QPainter& painter, const QStyleOptionViewItem& option,
    const IssueListModel::Row& row, bool checked, const Tokens& tokens) const
{
    const QRect& outer = option.rect;
    const domain::Issue& issue = row.issue;
    if (m_choosing)
        paintCheckBox(painter, checkBoxRect(outer, option.direction), checked, tokens);
    const int left = outer.left() + textIndent();
    const QRect glyph(left - space::m - space::icon, outer.top() + (outer.height() - space::icon) / 2 + 1,
        space::icon, space::icon);
    paintLevel(painter, mirrored(option.direction, outer, glyph), issue.level, tokens);

    const int width = std::max(0, outer.right() - space::s - left);
    const int first = metricsAt(BoldFont).height();
    const int second = metricsAt(SmallFont).height();
    const int top = outer.top() + (outer.height() - 1 - first - lineGap - second) / 2;
    painter.setPen(tokens.text);
    drawLine(painter, mirrored(option.direction, outer, QRect(left, top, width, first)), row.title,
        issue.hasSeen ? BaseFont : BoldFont, option.direction);

    QRect culprit(left, top + first + lineGap, width, second);
    // The badge keeps its width; the culprit takes what is left, so a badge is never cut.
    const bool spiking = m_spiking.contains(keyOf(issue));
    if (const auto badge = badgeOf(issue, spiking)) {
        const int badgeRoom = badgeWidth(*badge, m_fonts.small);
        // Rounded advances may fall short of what elision counts: a little more than the text.
        const int full = row.culprit.isEmpty() ? 0 : metricsAt(SmallFont).horizontalAdvance(row.culprit) + 3;
        const int room = std::clamp(width - badgeRoom - space::s, 0, full);
        const int at = left + room + (room > 0 ? space::s : 0);
        paintBadge(painter,
            mirrored(option.direction, outer, QRect(at, culprit.top() - 1, badgeRoom, second + 2)), *badge,
            m_fonts.small, tokens);
        culprit.setWidth(room);
    }
    painter.setPen(tokens.secondary);
    drawLine(painter, mirrored(option.direction, outer, culprit), row.culprit, SmallFont, option.direction);
}

void IssueDelegate::drawLine(QPainter& painter, const QRect& rect, const QString& text, FontIndex font,
    Qt::LayoutDirection direction) const
{
    if (rect.width() < 4 || text.isEmpty())
        return;
    const TextKey key{text, rect.width(), int(font)};
    QStaticText* laidOut = m_texts.object(key);
    if (!laidOut) {
        laidOut = new QStaticText(metricsAt(font).elidedText(text, Qt::ElideRight, rect.width()));
        laidOut->setTextFormat(Qt::PlainText);
        laidOut->setPerformanceHint(QStaticText::AggressiveCaching);
        laidOut->prepare(painter.transform(), fontAt(font));
        m_texts.insert(key, laidOut);
    }
    painter.setFont(fontAt(font));
    const int x = direction == Qt::RightToLeft ? rect.right() + 1 - int(std::ceil(laidOut->size().width()))
                                               : rect.left();
    painter.drawStaticText(x, rect.top(), *laidOut);
}

void IssueDelegate::ensureFonts(const QFont& base) const
{
    if (m_fonts.base == base && m_fonts.bold.bold())
        return;
    m_fonts.base = base;
    m_fonts.bold = boldFont(base);
    m_fonts.small = smallFont(base);
    m_fonts.baseMetrics = QFontMetrics(m_fonts.base);
    m_fonts.boldMetrics = QFontMetrics(m_fonts.bold);
    m_fonts.smallMetrics = QFontMetrics(m_fonts.small);
    m_texts.clear();
}

const QFont& IssueDelegate::fontAt(FontIndex font) const
{
    return font == BaseFont ? m_fonts.base : font == BoldFont ? m_fonts.bold : m_fonts.small;
}

const QFontMetrics& IssueDelegate::metricsAt(FontIndex font) const
{
    return font == BaseFont   ? m_fonts.baseMetrics
           : font == BoldFont ? m_fonts.boldMetrics
                              : m_fonts.smallMetrics;
}

QString IssueDelegate::ageText(const std::optional<core::TimePoint>& time) const
{
    return time ? shortAge(*time, m_clock.now()) : QString();
}

} // namespace vedette::views
