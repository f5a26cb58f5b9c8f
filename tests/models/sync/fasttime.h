// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include "models/core/clock.h"
#include "models/core/timers.h"

namespace vedette::tests {

/// A hundred times as fast as the machine's.
constexpr int haste = 100;

/// From now on.
class FastClock final : public core::Clock
{
public:
    [[nodiscard]] core::TimePoint now() const override
    {
        return m_start + std::chrono::duration_cast<std::chrono::milliseconds>(
                             (std::chrono::steady_clock::now() - m_began) * haste);
    }
    [[nodiscard]] std::chrono::milliseconds running() const override
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            (std::chrono::steady_clock::now() - m_began) * haste);
    }

private:
    core::TimePoint m_start = core::SystemClock().now();
    std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::now();
};

class FastTimers final : public core::Timers
{
public:
    [[nodiscard]] std::unique_ptr<core::Alarm> make(std::function<void()> ring) override
    {
        return std::make_unique<FastAlarm>(m_system.make(std::move(ring)));
    }
    [[nodiscard]] std::chrono::milliseconds elapsed() const override { return m_system.elapsed() * haste; }

private:
    class FastAlarm final : public core::Alarm
    {
    public:
        explicit FastAlarm(std::unique_ptr<core::Alarm> alarm)
            : m_alarm(std::move(alarm))
        {}
        void start(std::chrono::milliseconds after) override
        {
            // Never early: the clock is asked again then.
            m_alarm->start(after / haste + std::chrono::milliseconds(1));
        }
        void stop() override { m_alarm->stop(); }
        [[nodiscard]] bool isActive() const override { return m_alarm->isActive(); }
        [[nodiscard]] std::chrono::milliseconds remaining() const override
        {
            return m_alarm->remaining() * haste;
        }

    private:
        std::unique_ptr<core::Alarm> m_alarm;
    };

    core::SystemTimers m_system;
};

} // namespace vedette::tests
