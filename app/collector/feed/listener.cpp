// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/feed/listener.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace vedette::collector {

Listener::Listener(std::string reset, std::size_t maxBytes)
    : m_reset(std::move(reset))
    , m_maxBytes(maxBytes)
{}

void Listener::say(std::string_view messages)
{
    std::function<void()> wake;
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting.size() - m_sent + messages.size() > m_maxBytes) {
            // A message may be on its way by half: the empty lines end it, and what it lost does not matter
            // then.
            m_waiting = "\n\n" + m_reset;
            m_sent = 0;
        } else {
            m_waiting += messages;
        }
        wake = m_wake;
    }
    if (wake)
        wake();
}

void Listener::start(std::function<void()> wake)
{
    const std::lock_guard lock(m_mutex);
    m_wake = std::move(wake);
}

BodyStream::Piece Listener::read(char* to, std::size_t room)
{
    const std::lock_guard lock(m_mutex);
    const std::size_t count = std::min(room, m_waiting.size() - m_sent);
    if (count == 0)
        return {State::Later, 0};
    std::memcpy(to, m_waiting.data() + m_sent, count);
    m_sent += count;
    if (m_sent == m_waiting.size()) {
        m_waiting.clear();
        m_sent = 0;
    }
    return {State::Data, count};
}

} // namespace vedette::collector
