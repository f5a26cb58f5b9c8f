// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/collector/door/rules.h"
#include "app/collector/forward/retry.h"
#include "app/collector/storage/store.h"
#include "models/core/clock.h"

class QEventLoop;

namespace vedette::collector {

class Courier;
class CourierBox;

struct ForwardOptions
{
    RetryPace pace;
    std::chrono::milliseconds timeout{30'000}; ///< without a byte for so long, an attempt has failed
    std::string version;                       ///< of the program, for those who named no SDK
};

/// Passes on what projects with an upstream have queued (forwarding.h): of each project one at a time and in
/// order, at least once. An envelope leaves the queue in a commit of its own after upstream has taken it, so
/// that whoever is killed in between sends it once more; its event's id tells that it is the same. Network
/// and waiting are on a thread of their own, which begins with the first need.
class Forwarder final
{
public:
    /// `store`, `rules` and `clock` must outlive it. `ownPort` is where this collector listens: what leads
    /// there is not sent.
    Forwarder(Store& store, Rulebook& rules, const core::Clock& clock, ForwardOptions options,
        std::uint16_t ownPort);
    /// Breaks off what is under way.
    ~Forwarder();
    Forwarder(const Forwarder&) = delete;
    Forwarder& operator=(const Forwarder&) = delete;

    /// Something was queued. Any thread, also the write lane; returns at once.
    void wake();
    /// Settings may have changed. Any thread but the write lane: it may read the database.
    void wakeIfNeeded();

private:
    void run();
    [[nodiscard]] bool isRunning();
    [[nodiscard]] bool isStopped();

    Store& m_store;
    Rulebook& m_rules;
    const core::Clock& m_clock;
    const ForwardOptions m_options;
    const std::uint16_t m_ownPort;
    const std::shared_ptr<CourierBox> m_box;
    QEventLoop* m_loop = nullptr; ///< of the thread's stack, used on it alone
    Courier* m_courier = nullptr;
    std::mutex m_mutex; ///< of the thread's beginning and end
    std::thread m_thread;
    bool m_stopped = false;
};

} // namespace vedette::collector
