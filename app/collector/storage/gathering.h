// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstddef>

namespace vedette::collector {

/// Whether a commit should wait a moment for company. A commit costs about the same however much it holds,
/// and whoever was answered by the last one often sends the next request at once: a commit that starts with
/// the first of them leaves the others to wait for the one after it. So as many are waited for as were there
/// the last time, at most about as long as a commit takes. A lone sender never waits. Of one thread; pure.
class Gathering final
{
public:
    using Duration = std::chrono::steady_clock::duration;

    /// Never more than so long, however slow the disk is.
    static constexpr std::chrono::milliseconds maxPatience{5};

    /// A commit is done: how many it held, how many came meanwhile, how long it took.
    void committed(std::size_t held, std::size_t waiting, Duration took);

    /// How many are worth waiting for; 1 is nobody.
    [[nodiscard]] std::size_t expected() const { return m_expected; }
    /// How long, from the first one on.
    [[nodiscard]] Duration patience() const { return m_patience; }

private:
    std::size_t m_expected = 1;
    Duration m_cost{0}; ///< of a commit, smoothed
    Duration m_patience{0};
};

} // namespace vedette::collector
