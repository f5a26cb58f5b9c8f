// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/pace.h"

#include <QRandomGenerator>

#include <algorithm>
#include <limits>

#include "models/sync/session.h"

namespace vedette::sync {

Pace::Pace(std::chrono::milliseconds visible, std::chrono::milliseconds hidden,
    std::chrono::milliseconds collector, QObject* parent)
    : QObject(parent)
    , m_visibleInterval(visible)
    , m_hiddenInterval(hidden)
    , m_collectorInterval(collector)
{}

void Pace::setVisible(bool visible)
{
    if (m_visible == visible)
        return;
    m_visible = visible;
    emit changed();
}

std::chrono::milliseconds Pace::interval(domain::ServerKind kind) const
{
    if (kind == domain::ServerKind::Collector)
        return m_collectorInterval;
    return m_visible ? m_visibleInterval : m_hiddenInterval;
}

PollTimer::PollTimer(const Pace& pace, QObject* parent)
    : QObject(parent)
    , m_pace(pace)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PollTimer::ring);
    connect(&pace, &Pace::changed, this, &PollTimer::start);
}

void PollTimer::setSession(Session* session)
{
    if (m_session == session)
        return;
    m_session = session;
    m_wound.invalidate();
    start();
}

void PollTimer::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    start();
}

void PollTimer::wind()
{
    m_wound.start();
    start();
}

void PollTimer::start()
{
    if (!m_active || !m_session) {
        m_timer.stop();
        return;
    }
    std::chrono::milliseconds interval = m_pace.interval(m_session->account().kind);
    if (m_session->account().kind != domain::ServerKind::Collector)
        interval += interval * QRandomGenerator::global()->bounded(100) / 1'000;
    const std::chrono::milliseconds passed(m_wound.isValid() ? m_wound.elapsed() : interval.count());
    // A QTimer counts milliseconds in an int: 24 days and no more.
    m_timer.start(std::clamp(interval - passed, std::chrono::milliseconds(0),
        std::chrono::milliseconds(std::numeric_limits<int>::max())));
}

void PollTimer::ring()
{
    if (!m_session)
        return;
    if (const std::chrono::milliseconds quiet = m_session->quietFor(); quiet.count() > 0) {
        m_timer.start(quiet);
        return;
    }
    emit due();
}

} // namespace vedette::sync
