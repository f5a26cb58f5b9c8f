// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/alerts/alertrow.h"

#include <QPainter>
#include <QStyle>

#include "models/core/text.h"
#include "views/alerts/alertspage.h"
#include "views/common/format.h"
#include "views/common/icons.h"
#include "views/common/issuepainter.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

QString iconOf(alerts::Alert::Kind kind)
{
    switch (kind) {
    case alerts::Alert::Kind::NewIssue:
        return u"plus"_s;
    case alerts::Alert::Kind::Regression:
        return u"regressed"_s;
    case alerts::Alert::Kind::Spike:
        return u"spike"_s;
    }
    return {};
}

} // namespace

AlertRow::AlertRow(const alerts::Alert& alert, const core::Clock& clock, QWidget* parent)
    : QAbstractButton(parent)
    , m_alert(alert)
    , m_clock(clock)
    , m_title(core::singleLine(alert.issue.title, 300))
    , m_reason(tr("%1 · %2", "short id of an issue, why it was raised")
                   .arg(core::singleLine(alert.issue.shortId, 60), alertSentence(alert)))
{
    setObjectName(u"alertRow"_s);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(
        tr("%1: %2. %3", "kind of alert, title, reason").arg(alertKindText(alert.kind), m_title, m_reason));
    setToolTip(toolTipText(fullTime(alert.raised)).replace(u'\n', u"<br>"_s));
}

QSize AlertRow::sizeHint() const
{
    const int lines = fontMetrics().height() + QFontMetrics(smallFont(font())).height() + 2;
    return {400, std::max(space::row, lines + space::m)};
}

void AlertRow::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const Tokens& tokens = tokensOf(palette());
    if (underMouse() || isDown())
        painter.fillRect(rect(), tokens.selection);
    if (hasFocus()) {
        painter.setPen(tokens.accent);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    const auto place = [this](const QRect& inner) {
        return QStyle::visualRect(layoutDirection(), rect(), inner);
    };
    const bool spike = m_alert.kind == alerts::Alert::Kind::Spike;
    const int middle = height() / 2;
    paintIcon(painter, place(QRect(space::m, middle - space::icon / 2, space::icon, space::icon)),
        iconOf(m_alert.kind), spike ? tokens.spike : tokens.accent);
    paintLevel(painter, place(QRect(space::m + 28, middle - space::icon / 2, space::icon, space::icon)),
        m_alert.issue.level, tokens);

    const QFont small = smallFont(font());
    const QString when = longAge(m_alert.raised, m_clock.now());
    const int whenWidth = std::max(80, QFontMetrics(small).horizontalAdvance(when) + space::s);
    const Badge badge{alertKindText(m_alert.kind), spike};
    const int badgeRoom = badgeWidth(badge, small);
    const int right = width() - space::m;
    const int left = space::m + 56;
    painter.setFont(small);
    painter.setPen(tokens.secondary);
    painter.drawText(place(QRect(right - whenWidth, 0, whenWidth, height())),
        int(QStyle::visualAlignment(layoutDirection(), Qt::AlignRight) | Qt::AlignVCenter), when);
    const int badgeHeight = QFontMetrics(small).height() + 2;
    paintBadge(painter,
        place(QRect(
            right - whenWidth - space::s - badgeRoom, middle - badgeHeight / 2, badgeRoom, badgeHeight)),
        badge, small, tokens);

    const int room = right - whenWidth - 2 * space::s - badgeRoom - left;
    const QFont bold = boldFont(font());
    const QFontMetrics first(bold);
    const QFontMetrics second(small);
    const int top = middle - (first.height() + second.height() + 2) / 2;
    const int alignment = int(
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine);
    painter.setFont(bold);
    painter.setPen(tokens.text);
    painter.drawText(place(QRect(left, top, room, first.height())), alignment,
        first.elidedText(m_title, Qt::ElideRight, room));
    painter.setFont(small);
    painter.setPen(tokens.secondary);
    painter.drawText(place(QRect(left, top + first.height() + 2, room, second.height())), alignment,
        second.elidedText(m_reason, Qt::ElideRight, room));
}

} // namespace vedette::views
