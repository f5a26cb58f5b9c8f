// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/connectionlight.h"

#include <QPainter>
#include <QStyle>

#include "views/common/errortext.h"
#include "views/common/format.h"
#include "views/common/icons.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace vedette::views {
namespace {

using Phase = sync::ConnectionState::Phase;

constexpr int dot = 8;

} // namespace

ConnectionLight::ConnectionLight(const core::Clock& clock, QWidget* parent)
    : QAbstractButton(parent)
    , m_clock(clock)
{
    setObjectName(u"connectionLight"_s);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible())
            showText();
    });
    m_timer.start(1s);
    showText();
}

void ConnectionLight::setState(const sync::ConnectionState& state)
{
    m_state = state;
    showText();
}

void ConnectionLight::showText()
{
    QString text;
    switch (m_state.phase) {
    case Phase::Unknown:
        text = tr("not asked yet");
        break;
    case Phase::Online:
        text = m_state.lastChecked
                   ? tr("checked %1", "%1 is how long ago").arg(longAge(*m_state.lastChecked, m_clock.now()))
                   : tr("online");
        break;
    case Phase::Blind:
        text = m_state.since
                   ? tr("cannot see it since %1", "time of day").arg(asOfTime(*m_state.since, m_clock.now()))
                   : tr("cannot see it");
        break;
    case Phase::NeedsToken:
        text = tr("needs a token");
        break;
    }
    const QString reason = m_state.error ? errorText(*m_state.error) : tr("Click to look again.");
    if (text == this->text() && toolTip() == toolTipText(reason))
        return;
    const bool resized = text.size() != this->text().size();
    setText(text);
    setToolTip(toolTipText(reason));
    setAccessibleName(tr("Connection: %1").arg(text));
    setAccessibleDescription(reason);
    if (resized)
        updateGeometry();
    update();
}

QSize ConnectionLight::sizeHint() const
{
    // Seconds come and go; the search box should not breathe with them.
    const int usual = fontMetrics().horizontalAdvance(tr("checked %1").arg(tr("59 min ago")));
    return {std::max(usual, fontMetrics().horizontalAdvance(text())) + space::icon + space::s,
        fontMetrics().height() + space::m};
}

void ConnectionLight::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& tokens = tokensOf(palette());
    const bool trouble = m_state.phase == Phase::Blind || m_state.phase == Phase::NeedsToken;
    const int width = fontMetrics().horizontalAdvance(text());
    const QRect words = QStyle::visualRect(
        layoutDirection(), rect(), QRect(rect().right() - width - space::xs, 0, width + space::xs, height()));
    const QRect sign = QStyle::visualRect(layoutDirection(), rect(),
        QRect(rect().right() - width - space::xs - space::icon - 2, (height() - space::icon) / 2, space::icon,
            space::icon));
    if (trouble) {
        paintIcon(painter, sign, m_state.phase == Phase::Blind ? u"blind"_s : u"key"_s, tokens.error);
    } else {
        const QRectF circle(sign.center().x() - dot / 2.0 + 1, sign.center().y() - dot / 2.0 + 1, dot, dot);
        painter.setPen(m_state.phase == Phase::Online ? QPen(Qt::NoPen) : QPen(tokens.secondary, 1.4));
        painter.setBrush(m_state.phase == Phase::Online ? QBrush(tokens.good) : QBrush(Qt::NoBrush));
        painter.drawEllipse(circle);
    }
    painter.setPen(trouble ? tokens.error : tokens.secondary);
    painter.drawText(words, int(Qt::AlignVCenter | Qt::AlignLeft), text());
    if (hasFocus()) {
        painter.setPen(tokens.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(
            QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::radiusControl, space::radiusControl);
    }
}

} // namespace vedette::views
