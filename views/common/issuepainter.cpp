// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/issuepainter.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

#include "views/common/format.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

QString tr(const char* text, const char* comment)
{
    return QCoreApplication::translate("IssueBadge", text, comment);
}

} // namespace

void paintLevel(QPainter& painter, const QRect& rect, domain::Level level, const Tokens& tokens)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor fill = levelColour(tokens, level);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect), space::radiusSmall, space::radiusSmall);
    QFont font = painter.font();
    font.setPixelSize(std::max(8, rect.height() * 11 / 16));
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(textOn(fill));
    painter.drawText(rect, Qt::AlignCenter, levelLetter(level));
    painter.restore();
}

void paintAssignee(
    QPainter& painter, const QRect& rect, const std::optional<domain::Actor>& actor, const Tokens& tokens)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF circle = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (!actor) {
        QPen pen(tokens.border, 1.2, Qt::DashLine);
        pen.setDashPattern({2.5, 2.5});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(circle);
        painter.restore();
        return;
    }
    // The same person has the same colour everywhere: by the id, not by the row.
    const QColor fill = projectColour(tokens, int(qHash(actor->id.value(), 7) % 6) + 1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    if (actor->kind == domain::Actor::Kind::Team)
        painter.drawRoundedRect(circle, space::radiusControl, space::radiusControl);
    else
        painter.drawEllipse(circle);
    QFont font = painter.font();
    font.setPixelSize(std::max(7, rect.height() * 10 / 24));
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(textOn(fill));
    painter.drawText(rect, Qt::AlignCenter, initials(actor->name));
    painter.restore();
}

void paintTrend(
    QPainter& painter, const QRect& rect, const domain::Series& series, int spikeBars, const Tokens& tokens)
{
    const auto bars = series.points.size();
    if (bars == 0)
        return;
    qint64 highest = 1;
    for (const domain::Series::Point& point : series.points)
        highest = std::max(highest, point.count);
    painter.save();
    painter.setPen(Qt::NoPen);
    const double step = double(rect.width()) / double(bars);
    const double width = std::max(1.0, step - 1.0);
    for (qsizetype i = 0; i < bars; ++i) {
        const qint64 count = series.points[i].count;
        // A line of one pixel for nothing: the axis.
        const double height =
            count == 0 ? 1.0 : std::max(2.0, double(rect.height()) * double(count) / double(highest));
        painter.setBrush(count == 0 ? tokens.border : i >= bars - spikeBars ? tokens.spike : tokens.bar);
        painter.drawRect(QRectF(rect.left() + double(i) * step, rect.bottom() + 1 - height, width, height));
    }
    painter.restore();
}

std::optional<Badge> badgeOf(const domain::Issue& issue, bool spiking)
{
    if (issue.status == domain::IssueStatus::Resolved)
        return Badge{tr("resolved", "badge of an issue"), false};
    if (issue.status == domain::IssueStatus::Archived)
        return Badge{tr("archived", "badge of an issue"), false};
    if (issue.status == domain::IssueStatus::Other)
        return Badge{issue.statusText.left(24), false};
    if (spiking)
        return Badge{u"▲ "_s + tr("spiking", "badge of an issue"), true};
    switch (issue.substatus) {
    case domain::Substatus::New:
        return Badge{tr("new", "badge of an issue"), false};
    case domain::Substatus::Regressed:
        return Badge{tr("regressed", "badge of an issue"), false};
    case domain::Substatus::Escalating:
        return Badge{u"▲ "_s + tr("escalating", "badge of an issue"), true};
    default:
        return {};
    }
}

int badgeWidth(const Badge& badge, const QFont& font)
{
    return QFontMetrics(font).horizontalAdvance(badge.text) + 12;
}

void paintBadge(
    QPainter& painter, const QRect& rect, const Badge& badge, const QFont& font, const Tokens& tokens)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(badge.spike ? tokens.spikeTint : tokens.accentTint);
    painter.drawRoundedRect(QRectF(rect), space::radiusSmall, space::radiusSmall);
    painter.setFont(font);
    painter.setPen(badge.spike ? tokens.spike : tokens.accent);
    painter.drawText(rect, Qt::AlignCenter, badge.text);
    painter.restore();
}

} // namespace vedette::views
