// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/collector/http/limits.h"
#include "app/collector/http/message.h"
#include "models/core/result.h"

namespace vedette::collector {

/// The way back to one waiting client. Call it once, from any thread; dropped without a call it answers 500.
/// It may not outlive the server.
class Completion final
{
public:
    class Target
    {
    public:
        virtual ~Target() = default;
        virtual void answer(Response response) = 0;
    };

    explicit Completion(Target* target)
        : m_target(target)
    {}
    ~Completion();
    Completion(Completion&& other) noexcept;
    Completion& operator=(Completion&& other) noexcept;

    void operator()(Response response);

private:
    Target* m_target = nullptr;
};

/// Who gets the requests. Both are called on the server's own thread and must return at once.
class RequestHandler
{
public:
    virtual ~RequestHandler() = default;

    /// Asked when the head is there and the body is not: an answer here spares reading the body.
    virtual std::optional<Response> refuse(const Request& head) = 0;
    /// Takes a whole request; the connection waits, suspended, until `done` is called.
    virtual void handle(Request request, Completion done) = 0;
    /// Told of a request that the server itself refuses, as far as its head is there: `framing`,
    /// `foreign_host`, `too_large`, `overload` (no room for its body).
    virtual void refused(const Request& head, std::string_view reason)
    {
        (void)head;
        (void)reason;
    }
};

/// HTTP/1.1 on loopback over libmicrohttpd: one thread with epoll, connections suspended while their answer
/// is being made. Refuses what no honest client sends: a Host that is not this machine (DNS rebinding), heads
/// that two servers could read in two ways (request smuggling, RFC 9112 section 6.3), bodies past the limits.
class HttpServer final
{
public:
    struct Options
    {
        std::string host = "127.0.0.1"; ///< a loopback address or `localhost`
        std::uint16_t port = 0;         ///< 0 picks a free one
        std::string spoolDir = "/tmp";  ///< where large bodies wait
        HttpLimits limits = {};
    };

    /// Errors: Usage (the host is not loopback), Busy (the port is taken), Internal. `handler` must outlive
    /// the server.
    static core::Result<std::unique_ptr<HttpServer>> start(const Options& options, RequestHandler& handler);
    /// Waits for the answers that are being made, then closes everything. The handler must still be able to
    /// answer.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// `http://127.0.0.1:8969`
    [[nodiscard]] std::string url() const;
    /// The budget of bodies in memory, for what is unpacked after the server handed it over.
    [[nodiscard]] const std::shared_ptr<BodyBudget>& bodies() const;
    [[nodiscard]] const Options& options() const;
    /// Connections that are open now. Any thread.
    [[nodiscard]] unsigned connections() const;

private:
    class Impl;
    explicit HttpServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// True for a Host header (or a listen address) that names this machine over loopback: `localhost`,
/// `*.localhost`, 127.0.0.0/8, `[::1]`, each with any port or none.
[[nodiscard]] bool isLoopbackHost(std::string_view host);

} // namespace vedette::collector
