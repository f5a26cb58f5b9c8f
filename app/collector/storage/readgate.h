// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace vedette::collector {

/// Where readers go through, so that the write lane can have a moment without any. SQLite starts its log anew
/// only while no reader uses it: with one reader after the other, overlapping, it would grow for ever. Any
/// thread.
class ReadGate final
{
public:
    /// A reader on its way; leaves when destroyed.
    class Pass final
    {
    public:
        explicit Pass(ReadGate& gate);
        ~Pass();
        Pass(const Pass&) = delete;
        Pass& operator=(const Pass&) = delete;

    private:
        ReadGate& m_gate;
    };

    /// Lets nobody in any more and waits until those within have left. False where they did not within
    /// `patience`. Either way open() must follow soon.
    [[nodiscard]] bool close(std::chrono::milliseconds patience);
    void open();

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_inside = 0;
    bool m_closed = false;
};

} // namespace vedette::collector
