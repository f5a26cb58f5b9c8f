// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/pace.h"

#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>

#include "models/sync/session.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

/// Polling of a server that tells its changes: only a safety net.
constexpr std::chrono::milliseconds liveInterval{20'000};
constexpr std::chrono::milliseconds shortestChangeInterval{500};
/// By so much servers are asked less often.
constexpr int onBatteryFactor = 2;
constexpr int meteredFactor = 3;
/// A network that is just coming up is given so long, and then so long more by chance.
constexpr std::chrono::milliseconds settlingTime{2'000};
constexpr int spreadMs = 4'000;

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
    const bool isWatched = m_visible && !m_environment.isLocked;
    const int factor = m_environment.isMetered     ? meteredFactor
                       : m_environment.isOnBattery ? onBatteryFactor
                                                   : 1;
    return (isWatched ? m_visibleInterval : m_hiddenInterval) * factor;
}

void Pace::setEnvironment(const ports::Environment& environment)
{
    m_environment = environment.state();
    connect(&environment, &ports::Environment::changed, this, [this, &environment] {
        m_environment = environment.state();
        emit changed();
    });
    connect(&environment, &ports::Environment::networkChanged, this, &Pace::roundWanted);
    connect(&environment, &ports::Environment::resumed, this, &Pace::roundWanted);
    emit changed();
}

bool Pace::canAsk(const domain::Account& account) const
{
    static const QRegularExpression loopback(u"^(localhost|127(\\.[0-9]{1,3}){3}|::1)$"_s);
    const bool isHere =
        account.kind == domain::ServerKind::Collector || loopback.match(account.baseUrl.host()).hasMatch();
    return !m_environment.isSuspended && (m_environment.isOnline || isHere);
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
    connect(&pace, &Pace::roundWanted, this, &PollTimer::catchUp);
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
    if (!m_active || !m_session || !m_pace.canAsk(m_session->account())) {
        m_alarm->stop();
        return;
    }
    const bool hearsChanges = !m_ignoresChanges && m_session->isLive();
    std::chrono::milliseconds interval = m_pace.interval(m_session->account().kind, hearsChanges);
    if (hearsChanges && m_isBehind)
        interval = m_pace.changeInterval();
    if (m_session->account().kind != domain::ServerKind::Collector)
        interval -= interval * QRandomGenerator::global()->bounded(100) / 1'000;
    const std::chrono::milliseconds now = m_pace.timers().elapsed();
    const std::chrono::milliseconds passed = m_wound ? now - *m_wound : interval;
    m_alarm->start(std::max({std::chrono::milliseconds(0), interval - passed, m_notBefore - now}));
}

/// However long it slept, and however many changes of network come one after the other: one round.
void PollTimer::catchUp()
{
    m_notBefore = m_pace.timers().elapsed() + settlingTime +
                  std::chrono::milliseconds(QRandomGenerator::global()->bounded(spreadMs));
    m_wound.reset();
    start();
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
