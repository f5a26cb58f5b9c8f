// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demo/sender.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace vedette::demo {

using core::ErrorKind;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int patienceSeconds = 30;
/// An answer to an envelope is an id or a reason.
constexpr std::size_t mostAnswerBytes = std::size_t(64) * 1'024;

core::Result<void> failedCall(const char* what)
{
    const int code = errno;
    const ErrorKind kind = code == EAGAIN || code == EWOULDBLOCK ? ErrorKind::Timeout : ErrorKind::Offline;
    return core::fail(
        kind, u"%1: %2"_s.arg(QLatin1String(what), QString::fromLocal8Bit(std::strerror(code))));
}

core::Result<void> sendAll(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return failedCall("send");
        bytes.remove_prefix(std::size_t(sent));
    }
    return {};
}

/// The value of a header of an answer's head, without the spaces around it.
std::string_view headerOf(std::string_view head, std::string_view lowerName)
{
    while (!head.empty()) {
        const std::size_t end = head.find("\r\n");
        std::string_view line = head.substr(0, end);
        head.remove_prefix(end == head.npos ? head.size() : end + 2);
        if (line.size() <= lowerName.size() || line[lowerName.size()] != ':')
            continue;
        bool same = true;
        for (std::size_t i = 0; i < lowerName.size() && same; ++i)
            same = char(line[i] >= 'A' && line[i] <= 'Z' ? line[i] + 32 : line[i]) == lowerName[i];
        if (!same)
            continue;
        line.remove_prefix(lowerName.size() + 1);
        while (line.starts_with(' '))
            line.remove_prefix(1);
        return line;
    }
    return {};
}

ErrorKind kindOf(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 413:
        return ErrorKind::TooLarge;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return status >= 500 ? ErrorKind::Server : ErrorKind::Rejected;
    }
}

/// Reads one answer to its last byte, so that the connection can be used again.
core::Result<void> readAnswer(int socket)
{
    std::string bytes;
    std::size_t headEnd = std::string::npos;
    std::size_t whole = 0;
    while (headEnd == std::string::npos || bytes.size() < whole) {
        char buffer[4'096];
        const ssize_t got = ::recv(socket, buffer, sizeof buffer, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failedCall("recv");
        if (got == 0)
            return core::fail(ErrorKind::Offline, u"the collector closed the connection"_s);
        bytes.append(buffer, std::size_t(got));
        if (bytes.size() > mostAnswerBytes)
            return core::fail(ErrorKind::TooLarge, u"an answer without end"_s);
        if (headEnd != std::string::npos)
            continue;
        headEnd = bytes.find("\r\n\r\n");
        if (headEnd == std::string::npos)
            continue;
        const std::string_view text = headerOf(std::string_view(bytes).substr(0, headEnd), "content-length");
        std::size_t length = 0;
        if (std::from_chars(text.data(), text.data() + text.size(), length).ec != std::errc() ||
            length > mostAnswerBytes)
            return core::fail(ErrorKind::Malformed, u"an answer without a length"_s);
        whole = headEnd + 4 + length;
    }
    int status = 0;
    if (!bytes.starts_with("HTTP/1.1 ") ||
        std::from_chars(bytes.data() + 9, bytes.data() + headEnd, status).ec != std::errc())
        return core::fail(ErrorKind::Malformed, u"not an HTTP answer"_s);
    if (status >= 200 && status < 300)
        return {};
    return core::fail(kindOf(status),
        QString::fromUtf8(bytes.data() + headEnd + 4, qsizetype(whole - headEnd - 4)), status);
}

} // namespace

Sender::Sender(std::string host)
    : m_host(std::move(host))
{}

Sender::Sender(Sender&& other) noexcept
    : m_host(std::move(other.m_host))
    , m_sockets(std::exchange(other.m_sockets, {}))
{}

Sender::~Sender()
{
    for (const int socket : m_sockets)
        ::close(socket);
}

core::Result<Sender> Sender::connect(const QUrl& server, std::size_t connections)
{
    if (server.scheme() != "http"_L1 || server.host().isEmpty() || connections == 0)
        return core::fail(ErrorKind::Usage, u"samples go to a collector on this machine, by http"_s);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const std::string host = server.host().toStdString();
    const std::string port = std::to_string(server.port(80));
    if (const int code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found); code != 0)
        return core::fail(ErrorKind::Offline, QString::fromLocal8Bit(::gai_strerror(code)));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> address(found, &::freeaddrinfo);

    Sender sender(server.authority(QUrl::FullyEncoded).toStdString());
    for (std::size_t i = 0; i < connections; ++i) {
        const int socket =
            ::socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC, address->ai_protocol);
        if (socket < 0)
            return core::fail(failedCall("socket").error());
        sender.m_sockets.push_back(socket); // closed with the sender, whatever comes
        const timeval patience{patienceSeconds, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        const int yes = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (::connect(socket, address->ai_addr, address->ai_addrlen) != 0)
            return core::fail(failedCall("connect").error());
    }
    return sender;
}

core::Result<void> Sender::sendTogether(const std::vector<Post>& posts)
{
    if (posts.size() > width())
        return core::fail(ErrorKind::Usage, u"more posts than connections"_s);
    for (std::size_t i = 0; i < posts.size(); ++i) {
        const Post& post = posts[i];
        std::string request = "POST " + post.path + " HTTP/1.1\r\nHost: " + m_host +
                              "\r\nContent-Type: application/x-sentry-envelope\r\nX-Sentry-Auth: Sentry "
                              "sentry_version=7, sentry_client=vedette.samples/1.0, sentry_key=" +
                              post.key + "\r\nContent-Length: " + std::to_string(post.body.size()) +
                              "\r\n\r\n";
        request += post.body;
        if (auto sent = sendAll(m_sockets[i], request); !sent)
            return sent;
    }
    for (std::size_t i = 0; i < posts.size(); ++i) {
        if (auto answered = readAnswer(m_sockets[i]); !answered)
            return answered;
    }
    return {};
}

} // namespace vedette::demo
