// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "app/collector/http/stream.h"

namespace vedette::collector {

/// One client's end of a stream of server-sent events (HTML standard, section 9.2): what was said and not yet
/// sent. Bounded: who does not read gets a `reset` in place of what it missed. Any thread.
class Listener final : public BodyStream
{
public:
    /// `reset` is said when more than `maxBytes` wait; it must be a whole message.
    Listener(std::string reset, std::size_t maxBytes);

    /// Queues whole messages.
    void say(std::string_view messages);

    void start(std::function<void()> wake) override;
    Piece read(char* to, std::size_t room) override;

private:
    const std::string m_reset;
    const std::size_t m_maxBytes;
    std::mutex m_mutex; ///< of what follows
    std::string m_waiting;
    std::size_t m_sent = 0; ///< of m_waiting
    std::function<void()> m_wake;
};

} // namespace vedette::collector
