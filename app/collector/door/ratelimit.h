// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "app/collector/storage/settings.h"
#include "models/core/clock.h"

namespace vedette::collector {

/// How many events came within a window that slides: at no moment do the last `window` seconds hold more than
/// `count`. To the millisecond up to 4,096 events; above that in steps of window / 4,096, which makes it wait
/// by so much longer and never lets in more. One thread.
class RateWindow final
{
public:
    explicit RateWindow(RateLimit limit)
        : m_limit(limit)
    {}

    [[nodiscard]] const RateLimit& limit() const { return m_limit; }
    /// How long until there is room for one more at `now`; 0: there is.
    [[nodiscard]] std::chrono::milliseconds wait(core::TimePoint now);
    /// Counts one at `now`. A clock that was set back stands still here until it has caught up.
    void add(core::TimePoint now);

private:
    [[nodiscard]] std::int64_t timeOf(core::TimePoint now);
    [[nodiscard]] std::int64_t step() const;

    RateLimit m_limit;
    std::deque<std::pair<std::int64_t, std::int64_t>> m_log; ///< time in milliseconds, events
    std::int64_t m_sum = 0;
    std::int64_t m_last = 0;
    std::int64_t m_shift = 0; ///< added to the clock so that time never runs backwards
};

/// The limits of projects and keys. They live as long as the program: a restart begins anew. Any thread.
class RateLimiter final
{
public:
    explicit RateLimiter(const core::Clock& clock)
        : m_clock(clock)
    {}

    struct Limited
    {
        bool byKey = false;                 ///< else by the project
        std::chrono::seconds retryAfter{1}; ///< whole seconds, at least one
    };

    /// Counts one event against both limits if both have room; else nothing is counted and the answer tells
    /// which one has none.
    [[nodiscard]] std::optional<Limited> take(std::int64_t project, const RateLimit& projectLimit,
        const std::string& key, const RateLimit& keyLimit);

private:
    template<class Id>
    static RateWindow* windowOf(std::map<Id, RateWindow>& windows, const Id& id, const RateLimit& limit);

    const core::Clock& m_clock;
    std::mutex m_mutex;
    std::map<std::int64_t, RateWindow> m_projects; ///< those that have a limit
    std::map<std::string, RateWindow> m_keys;
};

} // namespace vedette::collector
