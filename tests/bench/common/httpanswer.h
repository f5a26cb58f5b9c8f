// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::bench {

/// An HTTP/1.1 answer at the front of what was received.
struct HttpAnswer
{
    int status = 0;
    std::size_t size = 0;       ///< of all of it
    std::string_view body = {}; ///< as on the wire; of a chunked one with its chunk heads
};

/// Nothing while it is not whole. Content-Length and chunked bodies; throws std::runtime_error for others.
[[nodiscard]] std::optional<HttpAnswer> wholeAnswer(std::string_view in);

/// A connected socket to this machine; throws std::runtime_error.
[[nodiscard]] int connectTo(std::uint16_t port);

/// GETs on one connection, one after the other.
class HttpReader final
{
public:
    HttpReader(std::uint16_t port, std::string token);
    ~HttpReader();
    HttpReader(const HttpReader&) = delete;
    HttpReader& operator=(const HttpReader&) = delete;

    /// The body; throws std::runtime_error where the status is not 200.
    std::string get(const std::string& path);

private:
    int m_fd;
    std::string m_token;
    std::string m_in;
};

/// Percent-encodes all but letters, digits and `-._`.
[[nodiscard]] std::string percentEncoded(std::string_view text);

} // namespace vedette::bench
