// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

#include "app/collector/storage/store.h"

namespace vedette::collector {

/// Counts requests that were refused before anybody read their body, by reason, into the table `outcomes`.
/// Nobody waits for that: however fast they come, only so many commits are asked for at a time, and what
/// comes meanwhile goes with a later one. Any thread; returns at once.
class RefusalCounter final
{
public:
    /// `store` must outlive it.
    explicit RefusalCounter(Store& store);
    /// Hands on what is left.
    ~RefusalCounter();
    RefusalCounter(const RefusalCounter&) = delete;
    RefusalCounter& operator=(const RefusalCounter&) = delete;

    /// `project` 0: it could not be told.
    void count(std::int64_t project, std::string_view category, std::string_view reason);

private:
    class Waiter;
    struct Pace ///< outlives us with those that are on their way
    {
        std::mutex mutex;
        int underWay = 0;
    };

    void handOn();

    Store& m_store;
    std::mutex m_mutex;
    std::map<std::tuple<std::int64_t, std::string, std::string>, std::int64_t> m_counts;
    const std::shared_ptr<Pace> m_pace = std::make_shared<Pace>();
};

} // namespace vedette::collector
