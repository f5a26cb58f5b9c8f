// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace vedette::core {

/// Rings once after a time. It belongs to whoever made it and never rings after that is gone. It may be
/// started, stopped and destroyed while it rings. One thread, with an event loop.
class Alarm
{
public:
    Alarm() = default;
    virtual ~Alarm() = default;
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    /// Rings once after that time, in place of what it was started for before. Times below zero are zero;
    /// what is longer than 24 days is cut to that.
    virtual void start(std::chrono::milliseconds after) = 0;
    virtual void stop() = 0;
    [[nodiscard]] virtual bool isActive() const = 0;
    /// Until it rings; zero while it is not active.
    [[nodiscard]] virtual std::chrono::milliseconds remaining() const = 0;
};

/// Where alarms and durations come from, so that tests own them as they own the Clock. Durations do not
/// follow the wall clock: setting it back or forth changes nothing.
class Timers
{
public:
    Timers() = default;
    virtual ~Timers() = default;
    Timers(const Timers&) = delete;
    Timers& operator=(const Timers&) = delete;

    /// An alarm that is not started. It must not outlive these timers.
    [[nodiscard]] virtual std::unique_ptr<Alarm> make(std::function<void()> ring) = 0;
    /// Time since some moment, never going back.
    [[nodiscard]] virtual std::chrono::milliseconds elapsed() const = 0;
};

/// The machine's.
class SystemTimers final : public Timers
{
public:
    [[nodiscard]] std::unique_ptr<Alarm> make(std::function<void()> ring) override;
    [[nodiscard]] std::chrono::milliseconds elapsed() const override;
};

} // namespace vedette::core
