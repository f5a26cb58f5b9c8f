// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "models/core/mailbox.h"

namespace vedette::collector {

/// How other threads reach the courier's: work is handed over through a mailbox of that thread, as long as
/// there is one. Any thread.
class CourierBox final
{
public:
    /// On the courier's thread: from now on, or no more.
    void open(core::Mailbox* box)
    {
        const std::lock_guard lock(m_mutex);
        m_box = box;
    }

    /// Drops the letter where nobody is there.
    void post(core::UniqueFunction letter)
    {
        const std::lock_guard lock(m_mutex);
        if (m_box)
            m_box->post(std::move(letter));
    }

private:
    std::mutex m_mutex;
    core::Mailbox* m_box = nullptr;
};

} // namespace vedette::collector
