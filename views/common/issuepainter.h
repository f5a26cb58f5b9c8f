// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QRect>
#include <QString>

#include <optional>

#include "models/domain/account.h"
#include "models/domain/issue.h"

class QPainter;
class QFont;

namespace vedette::views {

struct Tokens;

/// The small drawings that lists, head and tray share. Each paints within its rectangle and restores the
/// painter.

/// The square with the letter of a level.
void paintLevel(QPainter& painter, const QRect& rect, domain::Level level, const Tokens& tokens);
/// Initials on a circle, or a dashed empty one for nobody.
void paintAssignee(
    QPainter& painter, const QRect& rect, const std::optional<domain::Actor>& actor, const Tokens& tokens);
/// Bars of a series; those that end after `spikeFrom` in the spike colour. Nothing counted is a line of one
/// pixel.
void paintTrend(QPainter& painter, const QRect& rect, const domain::Series& series,
    const std::optional<core::TimePoint>& spikeFrom, const Tokens& tokens);
/// A tick box in the theme's colours.
void paintCheckBox(QPainter& painter, const QRect& rect, bool checked, const Tokens& tokens);

/// A word on a tinted ground beside a row's second line.
struct Badge
{
    QString text;
    bool spike = false;
};
[[nodiscard]] std::optional<Badge> badgeOf(const domain::Issue& issue, bool spiking);
[[nodiscard]] int badgeWidth(const Badge& badge, const QFont& font);
void paintBadge(
    QPainter& painter, const QRect& rect, const Badge& badge, const QFont& font, const Tokens& tokens);

} // namespace vedette::views
