// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QPointer>

#include <chrono>
#include <memory>
#include <optional>

#include "models/core/timers.h"
#include "models/domain/account.h"
#include "models/ports/environment.h"

namespace vedette::sync {

class Session;

/// How often servers are asked: one place for the intervals, for whether anybody is looking, and for what the
/// machine goes through. GUI thread.
class Pace final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Pace)

public:
    /// `timers` must outlive it and whoever polls by it.
    Pace(core::Timers& timers, std::chrono::milliseconds visible, std::chrono::milliseconds hidden,
        std::chrono::milliseconds collector, QObject* parent = nullptr);

    [[nodiscard]] core::Timers& timers() const { return m_timers; }

    void setVisible(bool visible);
    /// What the machine goes through counts from now on; must outlive this.
    void setEnvironment(const ports::Environment& environment);
    /// Whether that server can be asked at all: none while the machine sleeps, only those on this machine
    /// while there is no network.
    [[nodiscard]] bool canAsk(const domain::Account& account) const;
    /// `isLive`: the server tells its changes by itself.
    [[nodiscard]] std::chrono::milliseconds interval(domain::ServerKind kind, bool isLive = false) const;
    /// So much time lies between two rounds that changes ask for.
    [[nodiscard]] std::chrono::milliseconds changeInterval() const;

signals:
    void changed();
    /// The machine woke up, or is on another network: everything is to be asked once, not all of it at once.
    void roundWanted();

private:
    core::Timers& m_timers;
    std::chrono::milliseconds m_visibleInterval;
    std::chrono::milliseconds m_hiddenInterval;
    std::chrono::milliseconds m_collectorInterval;
    bool m_visible = true;
    ports::EnvironmentState m_environment;
};

/// The clock of one poller. It rings once and waits to be wound again after the answer, so that a slow server
/// or a suspended machine never makes requests pile up. While the server asked for quiet it rings only
/// afterwards. A server that tells its changes makes it ring soon after each, and seldom otherwise. Intervals
/// of servers that others share are up to a tenth shorter, by chance: never longer than what was promised.
/// After a sleep or on another network it rings once, some seconds later. GUI thread.
class PollTimer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PollTimer)

public:
    explicit PollTimer(const Pace& pace, QObject* parent = nullptr);

    /// Whose interval and quiet times count; null stops it.
    void setSession(Session* session);
    /// Off: it does not ring. On: it rings when an interval has passed since it was last wound, at once if it
    /// never was.
    void setActive(bool active);
    /// It rings by the interval alone, whatever the server tells: for what is not told.
    void setIgnoresChanges();

    /// One interval from now.
    void wind();
    /// A request goes out now: it will bring what was told until here. Winds.
    void begin();

signals:
    void due();

private:
    void start();
    void ring();
    void catchUp();

    const Pace& m_pace;
    QPointer<Session> m_session;
    std::unique_ptr<core::Alarm> m_alarm;
    std::optional<std::chrono::milliseconds> m_wound; ///< Timers::elapsed() then
    std::chrono::milliseconds m_notBefore{0};         ///< Timers::elapsed()
    bool m_active = false;
    bool m_ignoresChanges = false;
    bool m_isBehind = false; ///< something changed since the last request went out
};

} // namespace vedette::sync
