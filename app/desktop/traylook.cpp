// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/traylook.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPixmap>

#include "models/core/text.h"

namespace vedette::desktop {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(vedette::desktop::Tray)
};

// The tokens `spike` and `debug` of the light theme: a tray has no theme of ours, and both stand out on any.
const QColor attentionFill(0xc0, 0x3d, 0x08);
const QColor blindFill(0x5c, 0x65, 0x73);

QString ago(core::TimePoint then, core::TimePoint now)
{
    using namespace std::chrono;
    const auto passed = std::max(now - then, milliseconds(0));
    if (passed < 2min)
        return Text::tr("%1 s ago").arg(duration_cast<seconds>(passed).count());
    if (passed < 2h)
        return Text::tr("%1 min ago").arg(duration_cast<minutes>(passed).count());
    return Text::tr("at %1", "at a time of day or a date")
        .arg(QLocale().toString(core::toDateTime(then).toLocalTime(), QLocale::ShortFormat));
}

QString clockTime(core::TimePoint time, core::TimePoint now)
{
    const QDateTime local = core::toDateTime(time).toLocalTime();
    if (local.date() == core::toDateTime(now).toLocalTime().date())
        return QLocale().toString(local.time(), QLocale::ShortFormat);
    return QLocale().toString(local, QLocale::ShortFormat);
}

QString blindText(const TrayFacts::Blind& blind, core::TimePoint now)
{
    const QString account = core::singleLine(blind.account, 60);
    if (blind.needsToken)
        return Text::tr("%1 wants a new token", "%1 is an account").arg(account);
    if (!blind.since)
        return Text::tr("cannot see %1", "%1 is an account").arg(account);
    return Text::tr("cannot see %1 since %2", "%1 is an account, %2 a time")
        .arg(account, clockTime(*blind.since, now));
}

void paintBadge(QPainter& painter, int side, TrayMode mode, int count)
{
    // The lower right two thirds, so that a count can still be read at 22 px.
    const qreal size = side * 0.62;
    const QRectF disc(side - size, side - size, size, size);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mode == TrayMode::Attention ? attentionFill : blindFill);
    painter.drawEllipse(disc);
    if (mode == TrayMode::Blind) {
        painter.setPen(QPen(Qt::white, side * 0.09, Qt::SolidLine, Qt::RoundCap));
        const qreal inset = size * 0.28;
        const QRectF inner = disc.adjusted(inset, inset, -inset, -inset);
        painter.drawLine(inner.bottomLeft(), inner.topRight());
        return;
    }
    const QString text = count > 9 ? u"9+"_s : QString::number(count);
    QFont font;
    font.setBold(true);
    font.setPixelSize(std::max(6, int(size * (text.size() > 1 ? 0.6 : 0.78))));
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(disc, Qt::AlignCenter, text);
}

} // namespace

TrayMode trayMode(const TrayFacts& facts)
{
    if (!facts.blind.isEmpty())
        return TrayMode::Blind;
    return facts.inAlarm > 0 ? TrayMode::Attention : TrayMode::Quiet;
}

QString trayToolTip(const TrayFacts& facts, core::TimePoint now)
{
    QStringList lines;
    if (facts.accounts == 0) {
        lines << Text::tr("Vedette watches nothing yet");
    } else if (facts.inAlarm > 0) {
        lines << Text::tr("%n issue(s) want(s) a look", "tray tool tip", facts.inAlarm);
    } else if (facts.blind.isEmpty()) {
        lines << (facts.lastChecked ? Text::tr("All quiet, checked %1", "%1 is how long ago")
                                          .arg(ago(*facts.lastChecked, now))
                                    : Text::tr("Looking for the first time"));
    }
    for (const TrayFacts::Blind& blind : facts.blind)
        lines << blindText(blind, now);
    if (facts.pausedUntil && *facts.pausedUntil > now)
        lines << Text::tr("Notifications are paused until %1", "%1 is a time")
                     .arg(clockTime(*facts.pausedUntil, now));
    // Some trays show the tool tip as rich text.
    return lines.join(u'\n').toHtmlEscaped();
}

QIcon trayIcon(const QIcon& base, TrayMode mode, int count)
{
    if (mode == TrayMode::Quiet)
        return base;
    QIcon out;
    for (const int side : {16, 22, 24, 32, 48, 64}) {
        QPixmap picture(side, side);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        base.paint(&painter, picture.rect());
        paintBadge(painter, side, mode, count);
        painter.end();
        out.addPixmap(picture);
    }
    return out;
}

} // namespace vedette::desktop
