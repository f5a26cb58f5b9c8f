// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "app/collector/http/stream.h"
#include "models/core/uniquefunction.h"

namespace vedette::collector {
class Store;
}

namespace vedette::collector::api {

/// The bytes of a stored attachment, one part after the other: each is read on the lane that `later` posts to
/// and waits in memory until it is sent. One that is deleted on the way, or damaged, ends the body early.
class AttachmentStream final : public BodyStream
{
public:
    using Later = std::function<void(core::UniqueFunction)>;

    /// `store` and the lane must outlive the server. `size` is the attachment's, in bytes.
    AttachmentStream(Store& store, Later later, std::int64_t attachment, std::int64_t size);

    [[nodiscard]] std::optional<std::uint64_t> size() const override { return m_size; }
    void start(std::function<void()> wake) override;
    Piece read(char* to, std::size_t room) override;

private:
    struct Part; ///< shared with the job that reads it

    Store& m_store;
    const Later m_later;
    const std::int64_t m_attachment;
    const std::uint64_t m_size;
    std::int64_t m_next = 0;  ///< part to be read
    std::uint64_t m_sent = 0; ///< bytes
    const std::shared_ptr<Part> m_part;
};

} // namespace vedette::collector::api
