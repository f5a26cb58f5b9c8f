// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/common/httpanswer.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vedette::bench {

std::optional<HttpAnswer> wholeAnswer(std::string_view in)
{
    const std::size_t end = in.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return {};
    std::string head(in.substr(0, end + 2));
    std::transform(head.begin(), head.end(), head.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    HttpAnswer out;
    out.status =
        static_cast<int>(std::strtol(head.c_str() + std::min<std::size_t>(9, head.size()), nullptr, 10));
    const std::size_t begin = end + 4;
    if (const std::size_t field = head.find("\r\ncontent-length:"); field != std::string::npos) {
        const std::size_t size = std::strtoul(head.c_str() + field + 17, nullptr, 10);
        if (in.size() < begin + size)
            return {};
        out.size = begin + size;
    } else if (head.find("\r\ntransfer-encoding: chunked") != std::string::npos) {
        std::size_t at = begin;
        for (;;) {
            const std::size_t line = in.find("\r\n", at);
            if (line == std::string_view::npos)
                return {};
            const std::size_t size = std::strtoul(std::string(in.substr(at, line - at)).c_str(), nullptr, 16);
            at = line + 2 + size + 2;
            if (at > in.size())
                return {};
            if (size == 0)
                break;
        }
        out.size = at;
    } else if (out.status == 204 || out.status == 304) {
        out.size = begin;
    } else {
        throw std::runtime_error("an answer without a length");
    }
    out.body = in.substr(begin, out.size - begin);
    return out;
}

int connectTo(std::uint16_t port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        if (fd >= 0)
            ::close(fd);
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

HttpReader::HttpReader(std::uint16_t port, std::string token)
    : m_fd(connectTo(port))
    , m_token(std::move(token))
{}

HttpReader::~HttpReader()
{
    ::close(m_fd);
}

std::string HttpReader::get(const std::string& path)
{
    const std::string out =
        "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + m_token + "\r\n\r\n";
    if (::send(m_fd, out.data(), out.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(out.size()))
        throw std::runtime_error("a connection broke while asking");
    m_in.clear();
    std::array<char, 65536> piece{};
    for (;;) {
        const ssize_t got = ::recv(m_fd, piece.data(), piece.size(), 0);
        if (got <= 0)
            throw std::runtime_error("a connection was closed: " + path);
        m_in.append(piece.data(), static_cast<std::size_t>(got));
        const auto answer = wholeAnswer(m_in);
        if (!answer)
            continue;
        if (answer->status != 200)
            throw std::runtime_error(
                path + ": " + std::to_string(answer->status) + " " + std::string(answer->body));
        return std::string(answer->body);
    }
}

std::string percentEncoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
            c == '.' || c == '_') {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

} // namespace vedette::bench
