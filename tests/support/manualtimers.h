// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "models/core/timers.h"

namespace vedette::tests {

/// Timers that stand still until the test moves them.
class ManualTimers final : public core::Timers
{
public:
    [[nodiscard]] std::unique_ptr<core::Alarm> make(std::function<void()> ring) override
    {
        return std::make_unique<ManualAlarm>(*this, std::move(ring));
    }
    [[nodiscard]] std::chrono::milliseconds elapsed() const override { return m_now; }

    /// Lets time pass; alarms ring in the order of their moments, also those that are started on the way.
    void advance(std::chrono::milliseconds by)
    {
        const std::chrono::milliseconds end = m_now + by;
        while (ManualAlarm* next = earliest(end)) {
            m_now = std::max(m_now, next->due);
            next->active = false;
            // A copy: ringing may end the alarm.
            const std::function<void()> ring = next->ring;
            ring();
        }
        m_now = end;
    }
    /// Alarms that are started.
    [[nodiscard]] int active() const
    {
        return int(std::count_if(m_alarms.begin(), m_alarms.end(), [](const auto* a) { return a->active; }));
    }

private:
    class ManualAlarm final : public core::Alarm
    {
    public:
        ManualAlarm(ManualTimers& timers, std::function<void()> ringing)
            : ring(std::move(ringing))
            , m_timers(timers)
        {
            m_timers.m_alarms.push_back(this);
        }
        ~ManualAlarm() override { std::erase(m_timers.m_alarms, this); }

        void start(std::chrono::milliseconds after) override
        {
            due = m_timers.m_now + std::max(std::chrono::milliseconds(0), after);
            active = true;
        }
        void stop() override { active = false; }
        [[nodiscard]] bool isActive() const override { return active; }
        [[nodiscard]] std::chrono::milliseconds remaining() const override
        {
            return active ? due - m_timers.m_now : std::chrono::milliseconds(0);
        }

        std::function<void()> ring;
        std::chrono::milliseconds due{0};
        bool active = false;

    private:
        ManualTimers& m_timers;
    };

    ManualAlarm* earliest(std::chrono::milliseconds end) const
    {
        ManualAlarm* found = nullptr;
        for (ManualAlarm* alarm : m_alarms) {
            if (alarm->active && alarm->due <= end && (found == nullptr || alarm->due < found->due))
                found = alarm;
        }
        return found;
    }

    std::vector<ManualAlarm*> m_alarms;
    std::chrono::milliseconds m_now{0};
};

} // namespace vedette::tests
