// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/http/server.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <string>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/collector/http/exchange.h"
#include "models/core/logging.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {

Completion::~Completion()
{
    if (m_target)
        std::exchange(m_target, nullptr)->answer(Response::detail(500, "Internal Error"));
}

Completion::Completion(Completion&& other) noexcept
    : m_target(std::exchange(other.m_target, nullptr))
{}

Completion& Completion::operator=(Completion&& other) noexcept
{
    if (this != &other) {
        Completion old(std::exchange(m_target, std::exchange(other.m_target, nullptr)));
    }
    return *this;
}

void Completion::operator()(Response response)
{
    if (m_target)
        std::exchange(m_target, nullptr)->answer(std::move(response));
}

class HttpServer::Impl final
{
public:
    Impl(Options options, RequestHandler& handler)
        : m_options(std::move(options))
        , m_handler(handler)
        , m_bodies(std::make_shared<BodyBudget>(m_options.limits.memoryBytes))
    {}
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    core::Result<void> start();

    const Options m_options;
    RequestHandler& m_handler;
    const std::shared_ptr<BodyBudget> m_bodies;
    MHD_Daemon* m_daemon = nullptr;
    std::uint16_t m_port = 0;
    std::string m_urlHost;

private:
    class Exchange;

    core::Result<int> listen();
    MHD_Result step(Exchange& exchange, MHD_Connection* connection, const char* method, const char* version,
        const char* data, size_t* size);
    MHD_Result begin(Exchange& exchange, MHD_Connection* connection, const char* method, const char* version);
    void take(Exchange& exchange, std::string_view bytes);

    /// Suspended connections. Shared, for whoever answers the last one tells so when we may be gone already.
    const std::shared_ptr<std::atomic<std::size_t>> m_waiting = std::make_shared<std::atomic<std::size_t>>(0);
    StreamGates m_streams;
    std::atomic<bool> m_stopping = false; ///< no connection is suspended any more
};

/// One request under way. Lives from the request line until libmicrohttpd is done with the request; while it
/// waits, suspended, whoever holds its Completion owns it alone.
class HttpServer::Impl::Exchange final : public Completion::Target
{
public:
    Exchange(Impl& impl, const char* uri)
        : target(uri)
        , m_impl(impl)
    {}

    void answer(Response made) override
    {
        response = std::move(made);
        const std::shared_ptr<std::atomic<std::size_t>> waiting = m_impl.m_waiting;
        // From here on the server's thread owns this object, and may have deleted it when the call returns.
        MHD_resume_connection(connection);
        waiting->fetch_sub(1);
        waiting->notify_all();
    }

    std::string target;
    Request request;
    MHD_Connection* connection = nullptr;
    std::size_t limit = 0;
    std::size_t received = 0;
    std::chrono::steady_clock::time_point began;
    bool begun = false;
    bool handedOn = false;
    bool closeAfter = false;
    std::optional<Response> response;

private:
    Impl& m_impl;
};

HttpServer::Impl::~Impl()
{
    if (!m_daemon)
        return;
    // New connections wait in the kernel's queue and are refused when the socket closes. The order matters:
    // whoever read m_stopping as false has counted itself in m_waiting before.
    m_stopping = true;
    const MHD_socket listening = MHD_quiesce_daemon(m_daemon);
    for (std::size_t waiting = *m_waiting; waiting > 0; waiting = *m_waiting)
        m_waiting->wait(waiting);
    // An answer may have begun as a stream until here, none does from now on.
    m_streams.closeAll();
    MHD_stop_daemon(m_daemon);
    if (listening != MHD_INVALID_SOCKET)
        ::close(listening);
}

core::Result<int> HttpServer::Impl::listen()
{
    std::string host = m_options.host == "localhost" ? "127.0.0.1" : m_options.host;
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    sockaddr_storage storage{};
    socklen_t size = 0;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);  // NOLINT: how sockets are typed
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage); // NOLINT: how sockets are typed
    if (inet_pton(AF_INET, host.c_str(), &v4->sin_addr) == 1 && isLoopbackHost(host)) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(m_options.port);
        size = sizeof(sockaddr_in);
        m_urlHost = host;
    } else if (inet_pton(AF_INET6, host.c_str(), &v6->sin6_addr) == 1 &&
               IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr)) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(m_options.port);
        size = sizeof(sockaddr_in6);
        m_urlHost = "[" + host + "]";
    } else {
        return core::fail(
            core::ErrorKind::Usage, u"the collector listens on loopback addresses only, not on "_s +
                                        QString::fromStdString(m_options.host));
    }
    auto* address = reinterpret_cast<sockaddr*>(&storage); // NOLINT: how sockets are typed
    const int fd = ::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int on = 1;
    if (fd >= 0)
        ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (fd < 0 || ::bind(fd, address, size) != 0 || ::listen(fd, 1024) != 0 ||
        ::getsockname(fd, address, &size) != 0) {
        const int code = errno;
        if (fd >= 0)
            ::close(fd);
        return core::fail(code == EADDRINUSE ? core::ErrorKind::Busy : core::ErrorKind::Internal,
            u"cannot listen on %1 port %2: %3"_s.arg(QString::fromStdString(m_options.host))
                .arg(m_options.port)
                .arg(QString::fromLocal8Bit(std::strerror(code))));
    }
    m_port = ntohs(storage.ss_family == AF_INET ? v4->sin_port : v6->sin6_port);
    return fd;
}

core::Result<void> HttpServer::Impl::start()
{
    const auto listening = listen();
    if (!listening)
        return core::fail(listening.error());

    // Each connection is a descriptor; the usual soft limit of 1,024 is for select(), which nobody here
    // calls.
    rlimit files{};
    unsigned connections = m_options.limits.connections;
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        const rlim_t wanted = rlim_t(connections) + 256;
        if (files.rlim_cur < wanted) {
            files.rlim_cur = std::min(wanted, files.rlim_max);
            ::setrlimit(RLIMIT_NOFILE, &files);
            ::getrlimit(RLIMIT_NOFILE, &files);
        }
        if (files.rlim_cur < wanted)
            connections = files.rlim_cur > 320 ? static_cast<unsigned>(files.rlim_cur) - 256 : 64;
    }

    const auto access = [](void* closure, MHD_Connection* connection, const char*, const char* method,
                            const char* version, const char* data, size_t* size, void** state) -> MHD_Result {
        auto* exchange = static_cast<Exchange*>(*state);
        return exchange
                   ? static_cast<Impl*>(closure)->step(*exchange, connection, method, version, data, size)
                   : MHD_NO;
    };
    const auto uri = [](void* closure, const char* text, MHD_Connection*) -> void* {
        return new (std::nothrow)
            Exchange(*static_cast<Impl*>(closure), text); // NOLINT: deleted in `completed`
    };
    const auto completed = [](void*, MHD_Connection*, void** state, MHD_RequestTerminationCode) {
        delete static_cast<Exchange*>(*state); // NOLINT: made in `uri`
        *state = nullptr;
    };
    const auto log = [](void*, const char*, va_list) {
        // Its lines are about single connections (resets, timeouts) and may quote what clients sent.
    };
    const auto keepEscapes = [](void*, MHD_Connection*, char* text) -> size_t { return std::strlen(text); };

    m_daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | MHD_USE_ERROR_LOG, 0,
        nullptr, nullptr, +access, this, MHD_OPTION_EXTERNAL_LOGGER, +log, nullptr, MHD_OPTION_LISTEN_SOCKET,
        *listening, MHD_OPTION_URI_LOG_CALLBACK, +uri, this, MHD_OPTION_NOTIFY_COMPLETED, +completed, nullptr,
        MHD_OPTION_UNESCAPE_CALLBACK, +keepEscapes, nullptr, MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(m_options.limits.idle.count()),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, size_t(64 * 1024), MHD_OPTION_CONNECTION_MEMORY_INCREMENT,
        size_t(16 * 1024), MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!m_daemon) {
        ::close(*listening);
        return core::fail(core::ErrorKind::Internal, u"the HTTP server did not start"_s);
    }
    return {};
}

MHD_Result HttpServer::Impl::step(Exchange& exchange, MHD_Connection* connection, const char* method,
    const char* version, const char* data, size_t* size)
{
    try {
        if (!exchange.begun)
            return begin(exchange, connection, method, version);
        if (*size > 0) {
            exchange.received += *size;
            // A client that neither stops nor listens is cut off without an answer.
            if (exchange.received > 2 * m_options.limits.plainBytes ||
                std::chrono::steady_clock::now() - exchange.began > m_options.limits.request)
                return MHD_NO;
            take(exchange, {data, *size});
            *size = 0;
            return MHD_YES;
        }
        if (exchange.response)
            return queue(
                connection, *std::exchange(exchange.response, std::nullopt), exchange.closeAfter, m_streams);
        // Asked again after an answer that libmicrohttpd dropped, because it is being stopped.
        if (exchange.handedOn)
            return MHD_NO;
        exchange.handedOn = true;
        exchange.connection = connection;
        m_waiting->fetch_add(1);
        if (m_stopping) {
            m_waiting->fetch_sub(1);
            m_waiting->notify_all();
            return MHD_NO;
        }
        MHD_suspend_connection(connection);
        m_handler.handle(std::move(exchange.request), Completion(&exchange));
        return MHD_YES;
    } catch (const std::exception& e) {
        qCWarning(core::lcCore, "a request failed: %s", e.what());
        return MHD_NO;
    }
}

MHD_Result HttpServer::Impl::begin(
    Exchange& exchange, MHD_Connection* connection, const char* method, const char* version)
{
    exchange.begun = true;
    exchange.began = std::chrono::steady_clock::now();
    exchange.request = readHead(connection, method, exchange.target);
    exchange.limit = bodyLimit(exchange.request, m_options.limits);
    if (auto fault = faultOf(exchange.request, version, m_options.limits)) {
        m_handler.refused(exchange.request, fault->reason);
        if (!fault->drainFirst)
            return queue(connection, std::move(fault->response), true, m_streams);
        exchange.response = std::move(fault->response);
        exchange.closeAfter = true;
        return MHD_YES;
    }
    if (auto refusal = m_handler.refuse(exchange.request)) {
        if (exchange.request.header("expect")) // who asks first has not sent the body yet
            return queue(connection, std::move(*refusal), true, m_streams);
        exchange.response = std::move(refusal);
        return MHD_YES; // the body is read away, then comes the answer
    }
    exchange.request.body = Body(m_bodies, m_options.limits.spoolAfterBytes, m_options.spoolDir);
    return MHD_YES;
}

void HttpServer::Impl::take(Exchange& exchange, std::string_view bytes)
{
    if (exchange.response)
        return;
    std::string refusal;
    int status = 413;
    if (exchange.received > exchange.limit) {
        refusal = "the body is larger than this collector takes";
    } else if (const auto done = exchange.request.body.append(bytes); !done) {
        status = 503;
        refusal = done.error().detail.toStdString();
    }
    if (refusal.empty())
        return;
    exchange.request.body = Body();
    m_handler.refused(exchange.request, status == 503 ? "overload" : "too_large");
    exchange.response = Response::detail(status, refusal);
    exchange.response->header("X-Sentry-Error", refusal);
    if (status == 503)
        exchange.response->header("Retry-After", "1");
    exchange.closeAfter = status == 413;
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{}

HttpServer::~HttpServer() = default;

core::Result<std::unique_ptr<HttpServer>> HttpServer::start(const Options& options, RequestHandler& handler)
{
    auto impl = std::make_unique<Impl>(options, handler);
    if (const auto started = impl->start(); !started)
        return core::fail(started.error());
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

std::uint16_t HttpServer::port() const
{
    return m_impl->m_port;
}

std::string HttpServer::url() const
{
    return "http://" + m_impl->m_urlHost + ":" + std::to_string(m_impl->m_port);
}

const std::shared_ptr<BodyBudget>& HttpServer::bodies() const
{
    return m_impl->m_bodies;
}

const HttpServer::Options& HttpServer::options() const
{
    return m_impl->m_options;
}

unsigned HttpServer::connections() const
{
    const MHD_DaemonInfo* info = MHD_get_daemon_info(m_impl->m_daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
    return info ? info->num_connections : 0;
}

} // namespace vedette::collector
