// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/door/ratelimit.h"

#include <algorithm>

namespace vedette::collector {
namespace {

constexpr std::int64_t finest = 4'096; ///< entries that a log has at most

} // namespace

std::int64_t RateWindow::timeOf(core::TimePoint now)
{
    std::int64_t time = now.time_since_epoch().count() + m_shift;
    if (time < m_last) {
        m_shift += m_last - time;
        time = m_last;
    }
    m_last = time;
    return time;
}

std::int64_t RateWindow::step() const
{
    return m_limit.count <= finest ? 1 : std::max<std::int64_t>(1, m_limit.window * 1'000 / finest);
}

std::chrono::milliseconds RateWindow::wait(core::TimePoint now)
{
    const std::int64_t time = timeOf(now);
    const std::int64_t windowMs = m_limit.window * 1'000;
    while (!m_log.empty() && m_log.front().first + windowMs <= time) {
        m_sum -= m_log.front().second;
        m_log.pop_front();
    }
    if (m_sum < m_limit.count)
        return std::chrono::milliseconds(0);
    return std::chrono::milliseconds(m_log.front().first + windowMs - time);
}

void RateWindow::add(core::TimePoint now)
{
    const std::int64_t width = step();
    // To the end of its step: it leaves the window no sooner than it may.
    const std::int64_t time = (timeOf(now) + width - 1) / width * width;
    if (m_log.empty() || m_log.back().first != time)
        m_log.emplace_back(time, 0);
    ++m_log.back().second;
    ++m_sum;
}

template<class Id>
RateWindow* RateLimiter::windowOf(std::map<Id, RateWindow>& windows, const Id& id, const RateLimit& limit)
{
    if (!limit.isOn()) {
        windows.erase(id);
        return nullptr;
    }
    const auto [found, fresh] = windows.try_emplace(id, limit);
    if (!fresh && found->second.limit() != limit)
        found->second = RateWindow(limit);
    return &found->second;
}

std::optional<RateLimiter::Limited> RateLimiter::take(
    std::int64_t project, const RateLimit& projectLimit, const std::string& key, const RateLimit& keyLimit)
{
    const std::lock_guard lock(m_mutex);
    RateWindow* const ofProject = windowOf(m_projects, project, projectLimit);
    RateWindow* const ofKey = key.empty() ? nullptr : windowOf(m_keys, key, keyLimit);
    const core::TimePoint now = m_clock.now();
    const auto limited = [](bool byKey, std::chrono::milliseconds wait) {
        return Limited{
            byKey, std::max(std::chrono::seconds(1), std::chrono::ceil<std::chrono::seconds>(wait))};
    };
    const auto projectWait = ofProject ? ofProject->wait(now) : std::chrono::milliseconds(0);
    const auto keyWait = ofKey ? ofKey->wait(now) : std::chrono::milliseconds(0);
    // Whoever waits for the longer of the two finds both open.
    if (projectWait.count() > 0 && projectWait >= keyWait)
        return limited(false, projectWait);
    if (keyWait.count() > 0)
        return limited(true, keyWait);
    if (ofProject)
        ofProject->add(now);
    if (ofKey)
        ofKey->add(now);
    return std::nullopt;
}

} // namespace vedette::collector
