// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/core/timers.h"

#include <QTimer>

#include <algorithm>

namespace vedette::core {
namespace {

/// A QTimer counts milliseconds in an int, and what remains of nearly its most does not fit.
constexpr std::chrono::milliseconds longest = std::chrono::hours(24 * 24);

class SystemAlarm final : public Alarm
{
public:
    explicit SystemAlarm(std::function<void()> ring)
    {
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, std::move(ring));
    }

    void start(std::chrono::milliseconds after) override
    {
        m_timer.start(std::clamp(after, std::chrono::milliseconds(0), longest));
    }
    void stop() override { m_timer.stop(); }
    [[nodiscard]] bool isActive() const override { return m_timer.isActive(); }
    [[nodiscard]] std::chrono::milliseconds remaining() const override
    {
        return std::max(std::chrono::milliseconds(0), m_timer.remainingTimeAsDuration());
    }

private:
    QTimer m_timer;
};

} // namespace

std::unique_ptr<Alarm> SystemTimers::make(std::function<void()> ring)
{
    return std::make_unique<SystemAlarm>(std::move(ring));
}

std::chrono::milliseconds SystemTimers::elapsed() const
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace vedette::core
