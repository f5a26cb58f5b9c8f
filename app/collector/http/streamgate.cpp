// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/http/streamgate.h"

#include <algorithm>
#include <utility>

namespace vedette::collector {
namespace {

/// What libmicrohttpd asks the reader for at once.
constexpr std::size_t blockBytes = 16UL * 1024;

} // namespace

StreamGate::StreamGate(std::shared_ptr<BodyStream> stream, MHD_Connection* connection)
    : m_stream(std::move(stream))
    , m_connection(connection)
{}

MHD_Response* StreamGate::makeResponse(const std::shared_ptr<StreamGate>& gate)
{
    const auto reader = [](void* closure, std::uint64_t, char* to, size_t room) -> ssize_t {
        return (*static_cast<std::shared_ptr<StreamGate>*>(closure))->read(to, room);
    };
    const auto done = [](void* closure) {
        const std::unique_ptr<std::shared_ptr<StreamGate>> own(
            static_cast<std::shared_ptr<StreamGate>*>(closure));
        (*own)->forget();
    };
    gate->m_stream->start([weak = std::weak_ptr(gate)] {
        if (const auto alive = weak.lock())
            alive->wake();
    });
    auto own = std::make_unique<std::shared_ptr<StreamGate>>(gate);
    const std::uint64_t size = gate->m_stream->size().value_or(MHD_SIZE_UNKNOWN);
    MHD_Response* response = MHD_create_response_from_callback(size, blockBytes, +reader, own.get(), +done);
    if (response)
        (void)own.release(); // NOLINT(bugprone-unused-return-value): `done` deletes it
    return response;
}

ssize_t StreamGate::read(char* to, std::size_t room)
{
    for (;;) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_isClosing)
                return MHD_CONTENT_READER_END_WITH_ERROR;
            m_phase = Phase::Running;
        }
        const BodyStream::Piece piece = m_stream->read(to, room);
        switch (piece.state) {
        case BodyStream::State::Data:
            return static_cast<ssize_t>(piece.size);
        case BodyStream::State::End:
            return MHD_CONTENT_READER_END_OF_STREAM;
        case BodyStream::State::Broken:
            return MHD_CONTENT_READER_END_WITH_ERROR;
        case BodyStream::State::Later:
            break;
        }
        const std::lock_guard lock(m_mutex);
        if (m_phase == Phase::Woken || m_isClosing)
            continue;
        m_phase = Phase::Suspended;
        MHD_suspend_connection(m_connection);
        return 0;
    }
}

void StreamGate::wake()
{
    const std::lock_guard lock(m_mutex);
    if (m_phase == Phase::Suspended) {
        m_phase = Phase::Running;
        MHD_resume_connection(m_connection);
    } else if (m_phase == Phase::Running) {
        m_phase = Phase::Woken;
    }
}

void StreamGate::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
    }
    wake();
}

void StreamGate::forget()
{
    {
        const std::lock_guard lock(m_mutex);
        m_phase = Phase::Over;
    }
    // Not under the lock: the stream may tell others that it goes, and they may be about to wake it.
    m_stream.reset();
}

bool StreamGates::add(const std::shared_ptr<StreamGate>& gate)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return false;
    std::erase_if(m_gates, [](const auto& known) { return known.expired(); });
    m_gates.push_back(gate);
    return true;
}

void StreamGates::closeAll()
{
    std::vector<std::weak_ptr<StreamGate>> gates;
    {
        const std::lock_guard lock(m_mutex);
        m_isClosed = true;
        gates.swap(m_gates);
    }
    for (const auto& known : gates) {
        if (const auto gate = known.lock())
            gate->close();
    }
}

} // namespace vedette::collector
