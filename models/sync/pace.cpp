// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/pace.h"

#include <QRandomGenerator>

#include <algorithm>

#include "models/sync/session.h"

namespace vedette::sync {
namespace {

/// Polling of a server that tells its changes: only a safety net.
constexpr std::chrono::milliseconds liveInterval{20'000};
constexpr std::chrono::milliseconds shortestChangeInterval{500};

} // namespace

Pace::Pace(core::Timers& timers, std::chrono::milliseconds visible, std::chrono::milliseconds hidden,
    std::chrono::milliseconds collector, QObject* parent)
    : QObject(parent)
    , m_timers(timers)
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

std::chrono::milliseconds Pace::interval(domain::ServerKind kind, bool isLive) const
{
    if (kind == domain::ServerKind::Collector)
        return isLive ? std::max(m_collectorInterval, liveInterval) : m_collectorInterval;
    return m_visible ? m_visibleInterval : m_hiddenInterval;
}

std::chrono::milliseconds Pace::changeInterval() const
{
    return std::min(m_collectorInterval, shortestChangeInterval);
}

PollTimer::PollTimer(const Pace& pace, QObject* parent)
    : QObject(parent)
    , m_pace(pace)
    , m_alarm(pace.timers().make([this] { ring(); }))
{
    connect(&pace, &Pace::changed, this, &PollTimer::start);
}

void PollTimer::setSession(Session* session)
{
    if (m_session == session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (session != nullptr) {
        connect(session, &Session::liveChanged, this, &PollTimer::start);
        connect(session, &Session::changedThere, this, [this] {
            m_isBehind = true;
            start();
        });
    }
    m_wound.reset();
    start();
}

void PollTimer::setIgnoresChanges()
{
    m_ignoresChanges = true;
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
    m_wound = m_pace.timers().elapsed();
    start();
}

void PollTimer::begin()
{
    m_isBehind = false;
    wind();
}

void PollTimer::start()
{
    if (!m_active || !m_session) {
        m_alarm->stop();
        return;
    }
    const bool hearsChanges = !m_ignoresChanges && m_session->isLive();
    std::chrono::milliseconds interval = m_pace.interval(m_session->account().kind, hearsChanges);
    if (hearsChanges && m_isBehind)
        interval = m_pace.changeInterval();
    if (m_session->account().kind != domain::ServerKind::Collector)
        interval += interval * QRandomGenerator::global()->bounded(100) / 1'000;
    const std::chrono::milliseconds passed = m_wound ? m_pace.timers().elapsed() - *m_wound : interval;
    m_alarm->start(std::max(std::chrono::milliseconds(0), interval - passed));
}

void PollTimer::ring()
{
    if (!m_session)
        return;
    if (const std::chrono::milliseconds quiet = m_session->quietFor(); quiet.count() > 0) {
        m_alarm->start(quiet);
        return;
    }
    emit due();
    // Whoever heard it was busy with an older request: again when that is through, or after a while.
    if (m_isBehind && m_active && !m_alarm->isActive())
        m_alarm->start(m_pace.changeInterval());
}

} // namespace vedette::sync
