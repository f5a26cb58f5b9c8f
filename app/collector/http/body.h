// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "models/core/result.h"

namespace vedette::collector {

/// How many bytes of bodies are in memory at this moment, over all connections (design section 8: 64 MB). Any
/// thread.
class BodyBudget final
{
public:
    explicit BodyBudget(std::size_t maxBytes)
        : m_max(maxBytes)
    {}

    /// Takes `bytes` or refuses and takes nothing.
    [[nodiscard]] bool take(std::size_t bytes);
    void give(std::size_t bytes);
    [[nodiscard]] std::size_t used() const { return m_used; }

private:
    const std::size_t m_max;
    std::atomic<std::size_t> m_used = 0;
};

/// The bytes of a request, gathered piece by piece: in memory up to a threshold, then in an unnamed file,
/// which is mapped for reading. Move only; gives its memory back to the budget at its end. One thread at a
/// time.
class Body final
{
public:
    Body() = default;
    /// Gathers within `budget`; past `spoolAfter` bytes into a file in the folder `spoolDir`. The budget is
    /// shared: whoever works on a body may let go of it when the server is gone already.
    Body(std::shared_ptr<BodyBudget> budget, std::size_t spoolAfter, std::string spoolDir);
    ~Body();
    Body(Body&& other) noexcept;
    Body& operator=(Body&& other) noexcept;

    /// A body that is in memory already, outside any budget: for tests and for bodies made here.
    static Body of(std::string bytes);

    /// Errors: Busy (the budget is used up; 503 or 429 to the sender), Storage (the spool file cannot be
    /// written).
    [[nodiscard]] core::Result<void> append(std::string_view bytes);

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool isSpooled() const { return m_fd >= 0; }
    /// All bytes in one piece. For a spooled body this maps the file; empty if that fails. Valid while the
    /// body lives and nothing is appended.
    [[nodiscard]] std::string_view bytes() const;

private:
    core::Result<void> spool();
    core::Result<void> writeOut(std::string_view bytes);
    void release();

    std::shared_ptr<BodyBudget> m_budget;
    std::size_t m_spoolAfter = 0;
    std::size_t m_taken = 0;
    std::string m_spoolDir;
    std::string m_memory;
    std::size_t m_size = 0;
    int m_fd = -1;
    mutable void* m_map = nullptr;
    mutable std::size_t m_mapSize = 0;
};

} // namespace vedette::collector
