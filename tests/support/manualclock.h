// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>

#include "models/core/clock.h"

namespace vedette::tests {

/// A clock that stands still until the test moves it. Any thread.
class ManualClock final : public core::Clock
{
public:
    explicit ManualClock(core::TimePoint start)
        : m_ms(start.time_since_epoch().count())
    {}

    [[nodiscard]] core::TimePoint now() const override
    {
        return core::TimePoint(std::chrono::milliseconds(m_ms.load()));
    }
    [[nodiscard]] std::chrono::milliseconds running() const override
    {
        return std::chrono::milliseconds(m_runningMs.load());
    }
    void advance(std::chrono::milliseconds by)
    {
        m_ms += by.count();
        m_runningMs += by.count();
    }
    /// Sets the date, as a person or a time server does: no time passes.
    void set(core::TimePoint time) { m_ms = time.time_since_epoch().count(); }

private:
    std::atomic<std::int64_t> m_ms;
    std::atomic<std::int64_t> m_runningMs = 0;
};

} // namespace vedette::tests
