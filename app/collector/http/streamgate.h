// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include <microhttpd.h>

#include "app/collector/http/stream.h"

namespace vedette::collector {

/// Stands between a BodyStream and the connection that sends it: suspends the connection while the stream has
/// nothing, resumes it when it is woken. Whoever wakes may come too early, too late, or when all is over; the
/// gate makes each of them harmless.
class StreamGate final
{
public:
    StreamGate(std::shared_ptr<BodyStream> stream, MHD_Connection* connection);

    /// The stream as a response, owned by it; null where libmicrohttpd has no memory.
    [[nodiscard]] static MHD_Response* makeResponse(const std::shared_ptr<StreamGate>& gate);

    /// Ends the stream: the server stops. Any thread.
    void close();

private:
    ssize_t read(char* to, std::size_t room);
    void wake();
    void forget();

    enum class Phase
    {
        Running,   ///< the server's thread reads, or will
        Woken,     ///< and there is news that it may not have seen
        Suspended, ///< nobody reads until wake()
        Over
    };

    std::shared_ptr<BodyStream> m_stream; ///< of the server's thread
    MHD_Connection* const m_connection;
    std::mutex m_mutex; ///< of what follows
    Phase m_phase = Phase::Running;
    bool m_isClosing = false;
};

/// The streams of one server, so that none outlives it.
class StreamGates final
{
public:
    /// False when the server stops: then no stream may begin.
    [[nodiscard]] bool add(const std::shared_ptr<StreamGate>& gate);
    void closeAll();

private:
    std::mutex m_mutex;
    std::vector<std::weak_ptr<StreamGate>> m_gates;
    bool m_isClosed = false;
};

} // namespace vedette::collector
