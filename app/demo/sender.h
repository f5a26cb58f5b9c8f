// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QUrl>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "models/core/result.h"

namespace vedette::demo {

/// One request: where to and what.
struct Post
{
    std::string path;
    std::string key; ///< of the project, for X-Sentry-Auth
    std::string body;
};

/// Posts envelopes over several keep-alive connections, as SDKs do, but with plain blocking sockets: it is
/// meant for a lane. A post goes out on each connection before the first answer is read, so that the server
/// can commit them together. Not thread-safe.
class Sender final
{
public:
    /// To the origin of `server` (http, an address of this machine). Errors: Offline, Usage.
    static core::Result<Sender> connect(const QUrl& server, std::size_t connections = 24);
    ~Sender();
    Sender(Sender&& other) noexcept;
    Sender& operator=(Sender&&) = delete;
    Sender(const Sender&) = delete;

    /// How many posts sendTogether() takes at once.
    [[nodiscard]] std::size_t width() const { return m_sockets.size(); }

    /// Sends up to width() posts and waits for all their answers. Errors: Offline, Timeout, Malformed, and by
    /// status Unauthorized, Forbidden, TooLarge, RateLimited, Server, Rejected; some of the posts may have
    /// been taken nevertheless. After an error the connections are of no use any more.
    core::Result<void> sendTogether(const std::vector<Post>& posts);

private:
    explicit Sender(std::string host);

    std::string m_host; ///< for the Host header
    std::vector<int> m_sockets;
};

} // namespace vedette::demo
