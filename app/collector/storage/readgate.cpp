// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/readgate.h"

namespace vedette::collector {

ReadGate::Pass::Pass(ReadGate& gate)
    : m_gate(gate)
{
    std::unique_lock lock(gate.m_mutex);
    gate.m_changed.wait(lock, [&gate] { return !gate.m_closed; });
    ++gate.m_inside;
}

ReadGate::Pass::~Pass()
{
    {
        const std::lock_guard lock(m_gate.m_mutex);
        --m_gate.m_inside;
    }
    m_gate.m_changed.notify_all();
}

bool ReadGate::close(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    m_closed = true;
    return m_changed.wait_for(lock, patience, [this] { return m_inside == 0; });
}

void ReadGate::open()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = false;
    }
    m_changed.notify_all();
}

} // namespace vedette::collector
