// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/common/sender.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <deque>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/common/httpanswer.h"

namespace vedette::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection
{
    int fd = -1;
    std::string out;
    std::string in;
    Clock::time_point began;
};

class Sender final
{
public:
    Sender(const BodyMaker& bodies, const SendPlan& plan)
        : m_bodies(bodies)
        , m_plan(plan)
        , m_head("POST " + plan.path +
                 " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench/1.0\r\nContent-Type: "
                 "application/x-sentry-envelope\r\nContent-Length: ")
        , m_next(plan.first)
        , m_end(plan.first + plan.count)
        , m_poll(::epoll_create1(EPOLL_CLOEXEC))
        , m_connections(plan.connections)
    {
        m_result.latenciesMs.reserve(plan.count);
        for (std::uint32_t i = 0; i < m_connections.size(); ++i) {
            m_connections[i].fd = connectTo(plan.port);
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u32 = i;
            ::epoll_ctl(m_poll, EPOLL_CTL_ADD, m_connections[i].fd, &event);
            m_idle.push_back(i);
        }
    }
    ~Sender()
    {
        for (const Connection& connection : m_connections)
            ::close(connection.fd);
        ::close(m_poll);
    }
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    Sent run()
    {
        m_began = Clock::now();
        std::array<epoll_event, 64> events{};
        while (m_result.accepted + m_result.refused < m_plan.count) {
            const std::chrono::nanoseconds wait = sendDue();
            timespec most{};
            most.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(wait).count();
            most.tv_nsec = (wait % std::chrono::seconds(1)).count();
            const int ready =
                ::epoll_pwait2(m_poll, events.data(), static_cast<int>(events.size()), &most, nullptr);
            if (ready == 0 && wait == silence)
                throw std::runtime_error("no answer for 30 s");
            for (int i = 0; i < ready; ++i)
                receive(events[static_cast<std::size_t>(i)].data.u32);
        }
        m_result.seconds = std::chrono::duration<double>(Clock::now() - m_began).count();
        return std::move(m_result);
    }

private:
    static constexpr std::chrono::nanoseconds silence = std::chrono::seconds(30);

    /// Sends what is due on idle connections; answers for how long there is nothing to do but to wait.
    std::chrono::nanoseconds sendDue()
    {
        while (m_next < m_end && !m_idle.empty()) {
            Clock::time_point due = Clock::now();
            if (m_plan.rate > 0) {
                due = m_began + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(
                                    double(m_next - m_plan.first) / m_plan.rate));
                const auto left = due - Clock::now();
                if (left > Clock::duration::zero())
                    return left;
            }
            const std::uint32_t index = m_idle.front();
            m_idle.pop_front();
            start(m_connections[index], due);
        }
        return silence;
    }

    void start(Connection& connection, Clock::time_point due)
    {
        const Body body = m_bodies.make(m_next++, m_body);
        m_result.bytes += body.event.size();
        connection.out = m_head;
        connection.out += std::to_string(m_body.size());
        connection.out += "\r\n\r\n";
        connection.out += m_body;
        connection.began = due;
        for (std::size_t sent = 0; sent < connection.out.size();) { // a blocking socket: 30 KB fit its buffer
            const ssize_t n = ::send(
                connection.fd, connection.out.data() + sent, connection.out.size() - sent, MSG_NOSIGNAL);
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0)
                throw std::runtime_error("a connection broke while sending");
            sent += static_cast<std::size_t>(n);
        }
    }

    void receive(std::uint32_t index)
    {
        Connection& connection = m_connections[index];
        std::array<char, 4096> piece{};
        const ssize_t got = ::recv(connection.fd, piece.data(), piece.size(), 0);
        if (got <= 0)
            throw std::runtime_error("a connection was closed");
        connection.in.append(piece.data(), static_cast<std::size_t>(got));
        const auto answer = wholeAnswer(connection.in);
        if (!answer)
            return;
        m_result.latenciesMs.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - connection.began).count());
        if (answer->status / 100 == 2) {
            ++m_result.accepted;
        } else {
            ++m_result.refused;
            m_result.refusal = answer->status;
        }
        connection.in.erase(0, answer->size);
        m_idle.push_back(index);
    }

    const BodyMaker& m_bodies;
    const SendPlan m_plan;
    const std::string m_head;
    std::uint64_t m_next;
    const std::uint64_t m_end;
    int m_poll;
    std::vector<Connection> m_connections;
    std::deque<std::uint32_t> m_idle;
    std::string m_body;
    Clock::time_point m_began;
    Sent m_result;
};

} // namespace

Sent sendAll(const BodyMaker& bodies, const SendPlan& plan)
{
    return Sender(bodies, plan).run();
}

} // namespace vedette::bench
