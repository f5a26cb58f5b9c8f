// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/http/body.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {

bool BodyBudget::take(std::size_t bytes)
{
    std::size_t used = m_used;
    do {
        if (bytes > m_max - used)
            return false;
    } while (!m_used.compare_exchange_weak(used, used + bytes));
    return true;
}

void BodyBudget::give(std::size_t bytes)
{
    m_used -= bytes;
}

Body::Body(std::shared_ptr<BodyBudget> budget, std::size_t spoolAfter, std::string spoolDir)
    : m_budget(std::move(budget))
    , m_spoolAfter(spoolAfter)
    , m_spoolDir(std::move(spoolDir))
{}

Body::~Body()
{
    release();
}

Body::Body(Body&& other) noexcept
{
    *this = std::move(other);
}

Body& Body::operator=(Body&& other) noexcept
{
    if (this == &other)
        return *this;
    release();
    m_budget = std::move(other.m_budget);
    m_spoolAfter = other.m_spoolAfter;
    m_taken = std::exchange(other.m_taken, 0);
    m_spoolDir = std::move(other.m_spoolDir);
    m_memory = std::exchange(other.m_memory, {});
    m_size = std::exchange(other.m_size, 0);
    m_fd = std::exchange(other.m_fd, -1);
    m_map = std::exchange(other.m_map, nullptr);
    m_mapSize = std::exchange(other.m_mapSize, 0);
    return *this;
}

Body Body::of(std::string bytes)
{
    Body body;
    body.m_memory = std::move(bytes);
    body.m_size = body.m_memory.size();
    return body;
}

core::Result<void> Body::append(std::string_view bytes)
{
    if (m_fd < 0 && m_budget && m_memory.size() + bytes.size() > m_spoolAfter) {
        if (auto done = spool(); !done)
            return done;
    }
    if (m_fd >= 0) {
        if (auto done = writeOut(bytes); !done)
            return done;
    } else {
        if (m_budget) {
            if (!m_budget->take(bytes.size()))
                return core::fail(core::ErrorKind::Busy, u"too many request bodies at once"_s);
            m_taken += bytes.size();
        }
        m_memory.append(bytes);
    }
    m_size += bytes.size();
    return {};
}

std::string_view Body::bytes() const
{
    if (m_fd < 0)
        return m_memory;
    if (m_size == 0)
        return {};
    if (!m_map || m_mapSize != m_size) {
        if (m_map)
            ::munmap(m_map, m_mapSize);
        void* map = ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, m_fd, 0);
        m_map = map == MAP_FAILED ? nullptr : map; // NOLINT(performance-no-int-to-ptr)
        m_mapSize = m_size;
    }
    return m_map ? std::string_view(static_cast<const char*>(m_map), m_size) : std::string_view();
}

core::Result<void> Body::spool()
{
    // Unnamed: it is gone with the descriptor, also after a crash.
    m_fd = ::open(m_spoolDir.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (m_fd < 0) {
        // Some file systems know no unnamed files.
        std::string name = m_spoolDir + "/body-XXXXXX";
        m_fd = ::mkostemp(name.data(), O_CLOEXEC);
        if (m_fd >= 0)
            ::unlink(name.c_str());
    }
    if (m_fd < 0)
        return core::fail(
            core::ErrorKind::Storage, u"no spool file: "_s + QString::fromLocal8Bit(std::strerror(errno)));
    const std::string memory = std::exchange(m_memory, {});
    if (auto done = writeOut(memory); !done)
        return done;
    m_budget->give(std::exchange(m_taken, 0));
    return {};
}

core::Result<void> Body::writeOut(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            return core::fail(
                core::ErrorKind::Storage, u"spool file: "_s + QString::fromLocal8Bit(std::strerror(errno)));
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

void Body::release()
{
    if (m_map)
        ::munmap(m_map, m_mapSize);
    m_map = nullptr;
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
    if (m_budget)
        m_budget->give(std::exchange(m_taken, 0));
}

} // namespace vedette::collector
