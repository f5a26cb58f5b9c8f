// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/issuepainter.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/core/text.h"
#include "models/items/issuelistmodel.h"
#include "views/common/format.h"
#include "views/common/icons.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// The texts of this file, for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(vedette::views::IssueBadge)
};

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
    // Of the colours those that carry white letters.
    constexpr std::array<int, 4> fills = {1, 2, 0, 5};
    const QColor fill = projectColour(tokens, fills[qHash(actor->id.value(), 7) % fills.size()]);
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

void paintTrend(QPainter& painter, const QRect& rect, const domain::Series& series,
    const std::optional<core::TimePoint>& spikeFrom, const Tokens& tokens)
{
    const auto bars = series.points.size();
    if (bars == 0 || rect.isEmpty())
        return;
    qint64 highest = 1;
    for (const domain::Series::Point& point : series.points)
        highest = std::max(highest, point.count);
    // Edges fall on pixels of the screen, so that bars are sharp and gaps even at any scale.
    const double ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    const auto snap = [ratio](double x) { return std::round(x * ratio) / ratio; };
    const double step = double(rect.width()) / double(bars);
    const double gap = step >= 2.5 ? snap(1.0) : 0.0;
    const double bottom = rect.bottom() + 1;
    for (qsizetype i = 0; i < bars; ++i) {
        const domain::Series::Point& point = series.points[i];
        const double left = snap(rect.left() + double(i) * step);
        const double width = std::max(1.0, snap(rect.left() + double(i + 1) * step) - left - gap);
        const double share = double(point.count) / double(highest);
        const double height = point.count == 0 ? 1.0 : std::max(2.0, snap(rect.height() * share));
        const bool hot = spikeFrom && point.start + series.step > *spikeFrom;
        const QColor& fill = point.count == 0 ? tokens.border : hot ? tokens.spike : tokens.bar;
        painter.fillRect(QRectF(left, bottom - height, width, height), fill);
    }
}

void paintCheckBox(QPainter& painter, const QRect& rect, bool checked, const Tokens& tokens)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(checked ? tokens.accent : tokens.secondary, 1));
    painter.setBrush(checked ? tokens.accent : tokens.surface);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.restore();
    if (checked)
        paintIcon(painter, rect, u"check"_s, tokens.onFill);
}

std::optional<Badge> badgeOf(const domain::Issue& issue, bool spiking)
{
    const bool open = issue.status == domain::IssueStatus::Unresolved;
    const bool rising = open && (spiking || issue.substatus == domain::Substatus::Escalating);
    const QString text = open && spiking ? Text::tr("spiking", "badge of an issue")
                                         : core::singleLine(items::issueStateText(issue), 24);
    if (text.isEmpty())
        return {};
    return Badge{rising ? u"▲ "_s + text : text, rising};
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
