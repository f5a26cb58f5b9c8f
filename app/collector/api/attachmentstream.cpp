// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/attachmentstream.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <string>
#include <utility>

#include "app/collector/storage/attachments.h"
#include "app/collector/storage/store.h"

namespace vedette::collector::api {

struct AttachmentStream::Part
{
    std::mutex mutex; ///< of all that follows
    std::function<void()> wake;
    std::string bytes;
    std::size_t at = 0; ///< what of them was sent
    bool loading = false;
    bool failed = false;
};

AttachmentStream::AttachmentStream(Store& store, Later later, std::int64_t attachment, std::int64_t size)
    : m_store(store)
    , m_later(std::move(later))
    , m_attachment(attachment)
    , m_size(static_cast<std::uint64_t>(std::max<std::int64_t>(size, 0)))
    , m_part(std::make_shared<Part>())
{}

void AttachmentStream::start(std::function<void()> wake)
{
    const std::lock_guard lock(m_part->mutex);
    m_part->wake = std::move(wake);
}

BodyStream::Piece AttachmentStream::read(char* to, std::size_t room)
{
    const std::lock_guard lock(m_part->mutex);
    Part& part = *m_part;
    if (m_sent == m_size)
        return {State::End, 0};
    if (part.failed)
        return {State::Broken, 0};
    if (part.at < part.bytes.size()) {
        const std::size_t size = std::min(room, part.bytes.size() - part.at);
        std::memcpy(to, part.bytes.data() + part.at, size);
        part.at += size;
        m_sent += size;
        return {State::Data, size};
    }
    if (part.loading)
        return {State::Later, 0};
    part.loading = true;
    m_later([&store = m_store, attachment = m_attachment, number = m_next++, shared = m_part] {
        auto bytes = store.read([&](SQLite::Database& db) { return readPart(db, attachment, number); });
        std::function<void()> wake;
        {
            const std::lock_guard inner(shared->mutex);
            shared->loading = false;
            shared->failed = !bytes || bytes->empty();
            shared->bytes = bytes ? std::move(*bytes) : std::string();
            shared->at = 0;
            wake = shared->wake;
        }
        if (wake)
            wake();
    });
    return {State::Later, 0};
}

} // namespace vedette::collector::api
