// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/rawhttp.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vedette::tests {
namespace {

constexpr int patienceMs = 20'000;

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return text;
}

} // namespace

RawConnection::RawConnection(std::uint16_t port)
{
    m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* generic = reinterpret_cast<const sockaddr*>(&address); // NOLINT: how sockets are typed
    if (m_fd >= 0 && ::connect(m_fd, generic, sizeof address) != 0) {
        ::close(m_fd);
        m_fd = -1;
    }
}

RawConnection::~RawConnection()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

bool RawConnection::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawConnection::fill()
{
    pollfd waiting{m_fd, POLLIN, 0};
    if (m_fd < 0 || ::poll(&waiting, 1, patienceMs) <= 0)
        return false;
    std::array<char, 16'384> piece{};
    const ssize_t got = ::recv(m_fd, piece.data(), piece.size(), 0);
    if (got <= 0)
        return false;
    m_buffer.append(piece.data(), static_cast<std::size_t>(got));
    return true;
}

RawAnswer RawConnection::answer(bool headOnly)
{
    RawAnswer out;
    std::size_t end = 0;
    while ((end = m_buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!fill())
            return out;
    }
    const std::string head = m_buffer.substr(0, end);
    m_buffer.erase(0, end + 4);
    const int status = std::atoi(head.c_str() + std::min<std::size_t>(head.size(), 9));
    for (std::size_t line = head.find("\r\n"); line != std::string::npos;) {
        const std::size_t next = head.find("\r\n", line + 2);
        const std::string text = head.substr(line + 2, next == std::string::npos ? next : next - line - 2);
        if (const std::size_t colon = text.find(": "); colon != std::string::npos)
            out.headers[lowered(text.substr(0, colon))] = text.substr(colon + 2);
        line = next;
    }
    if (status == 100) { // only the word to go on; the answer is still to come
        RawAnswer final = answer(headOnly);
        final.headers["x-continued"] = "yes";
        return final;
    }
    const auto length = out.headers.find("content-length");
    const std::size_t size =
        headOnly || length == out.headers.end() ? 0 : std::strtoul(length->second.c_str(), nullptr, 10);
    while (m_buffer.size() < size) {
        if (!fill())
            return out;
    }
    out.status = status;
    out.body = m_buffer.substr(0, size);
    m_buffer.erase(0, size);
    return out;
}

bool RawConnection::until(std::string_view text)
{
    std::size_t found = 0;
    while ((found = m_buffer.find(text)) == std::string::npos) {
        if (!fill())
            return false;
    }
    m_buffer.erase(0, found + text.size());
    return true;
}

bool RawConnection::isClosedWithin(int milliseconds)
{
    pollfd waiting{m_fd, POLLIN, 0};
    if (!m_buffer.empty() || ::poll(&waiting, 1, milliseconds) <= 0)
        return false;
    char byte = 0;
    return ::recv(m_fd, &byte, 1, 0) <= 0;
}

RawAnswer request(std::uint16_t port, std::string_view bytes)
{
    RawConnection connection(port);
    // An early answer may close the way for the rest of the body: what counts is the answer.
    (void)connection.send(bytes);
    return connection.answer(bytes.starts_with("HEAD "));
}

std::string post(std::string_view target, std::string_view body, std::string_view headers)
{
    std::string out = "POST ";
    out.append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1:1\r\n").append(headers);
    out.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    return out;
}

} // namespace vedette::tests
