// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace vedette::tests {

/// An answer as it came over the wire.
struct RawAnswer
{
    int status = 0;                             ///< 0: the connection ended without an answer
    std::map<std::string, std::string> headers; ///< names in lower case, the last of doubled ones
    std::string body;

    /// The header of that lower-case name, or an empty text.
    [[nodiscard]] std::string header(const std::string& name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

/// A TCP connection to 127.0.0.1 that sends exactly the bytes it is told to: what an HTTP library would not
/// let a test send. Blocking, with an end to its patience. One thread.
class RawConnection final
{
public:
    explicit RawConnection(std::uint16_t port);
    ~RawConnection();
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    /// False when the other side has closed.
    bool send(std::string_view bytes);
    /// Reads one answer by its Content-Length; `headOnly` for answers to HEAD, which have none in spite of
    /// it.
    RawAnswer answer(bool headOnly = false);
    /// Reads on until the text has come, head and framing included; what was read is gone then. False where
    /// the connection ends before, or patience does.
    bool until(std::string_view text);
    /// True when the other side closes within the time, saying nothing more.
    bool isClosedWithin(int milliseconds);

private:
    bool fill();

    int m_fd = -1;
    std::string m_buffer;
};

/// One request on a connection of its own.
RawAnswer request(std::uint16_t port, std::string_view bytes);

/// A POST with Host, Content-Length and the given further header lines (each ending in \r\n).
std::string post(std::string_view target, std::string_view body, std::string_view headers = {});

} // namespace vedette::tests
