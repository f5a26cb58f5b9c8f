// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/ingest/sender.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vedette::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection
{
    int fd = -1;
    std::string out;
    std::size_t sent = 0;
    std::string in;
    Clock::time_point began;
};

int connectTo(std::uint16_t port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect to the collector");
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

/// Whether an answer is whole, and its length.
std::size_t answerSize(const std::string& in)
{
    const std::size_t end = in.find("\r\n\r\n");
    if (end == std::string::npos)
        return 0;
    const std::size_t at = in.find("Content-Length: ");
    if (at == std::string::npos || at > end)
        throw std::runtime_error("an answer without a length");
    const std::size_t size = end + 4 + std::strtoul(in.c_str() + at + 16, nullptr, 10);
    return in.size() >= size ? size : 0;
}

} // namespace

Sent sendAll(const Bodies& bodies, std::uint16_t port, const std::string& key, std::uint64_t first,
    std::uint64_t count, unsigned connections)
{
    Sent result;
    result.latenciesMs.reserve(count);
    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<Connection> all(connections);
    const std::string head = "POST /api/1/envelope/?sentry_key=" + key +
                             " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench/1.0\r\nContent-Type: "
                             "application/x-sentry-envelope\r\n"
                             "Content-Length: ";
    std::string body;
    std::uint64_t next = first;
    const std::uint64_t last = first + count;

    const auto pushOut = [](Connection& connection) {
        while (connection.sent < connection.out.size()) {
            const ssize_t n = ::send(connection.fd, connection.out.data() + connection.sent,
                connection.out.size() - connection.sent, MSG_NOSIGNAL);
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0)
                throw std::runtime_error("the collector closed a connection");
            connection.sent += static_cast<std::size_t>(n);
        }
    };
    const auto start = [&](Connection& connection) {
        if (next == last)
            return;
        (void)bodies.make(next++, body);
        connection.out = head;
        connection.out += std::to_string(body.size());
        connection.out += "\r\n\r\n";
        connection.out += body;
        connection.sent = 0;
        connection.began = Clock::now();
        pushOut(connection); // a blocking socket: 30 KB fit its buffer
    };

    for (unsigned i = 0; i < connections; ++i) {
        all[i].fd = connectTo(port);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u32 = i;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, all[i].fd, &event);
    }
    const Clock::time_point began = Clock::now();
    for (Connection& connection : all)
        start(connection);
    std::array<epoll_event, 64> events{};
    std::array<char, 4096> piece{};
    while (result.accepted + result.refused < count) {
        const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 30'000);
        if (ready == 0)
            throw std::runtime_error("the collector did not answer for 30 s");
        for (int i = 0; i < ready; ++i) {
            Connection& connection = all[events[static_cast<std::size_t>(i)].data.u32];
            const ssize_t got = ::recv(connection.fd, piece.data(), piece.size(), 0);
            if (got <= 0)
                throw std::runtime_error("the collector closed a connection");
            connection.in.append(piece.data(), static_cast<std::size_t>(got));
            const std::size_t size = answerSize(connection.in);
            if (size == 0)
                continue;
            result.latenciesMs.push_back(
                std::chrono::duration<double, std::milli>(Clock::now() - connection.began).count());
            ++(connection.in.compare(9, 3, "200") == 0 ? result.accepted : result.refused);
            connection.in.erase(0, size);
            start(connection);
        }
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    for (const Connection& connection : all)
        ::close(connection.fd);
    ::close(poll);
    return result;
}

} // namespace vedette::bench
