// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/packing.h"

#include <utility>

#include <QCryptographicHash>

#include "app/collector/storage/attachments.h"

namespace vedette::collector {
namespace {

/// Packed parts one behind the other in a Body.
class BodyParts final : public PackedParts
{
public:
    explicit BodyParts(const PackingRoom& room)
        : m_body(room.bodies, room.spoolAfter, room.spoolDir)
    {}

    core::Result<void> add(std::string_view packed)
    {
        m_sizes.push_back(packed.size());
        return m_body.append(packed);
    }
    /// Call after the last add(). Errors: Storage (the file cannot be read back).
    core::Result<void> close()
    {
        m_bytes = m_body.bytes();
        if (m_bytes.size() != m_body.size())
            return core::fail(
                core::ErrorKind::Storage, QStringLiteral("the spooled attachment cannot be read"));
        std::size_t at = 0;
        for (const std::size_t size : m_sizes) {
            m_parts.push_back(m_bytes.substr(at, size));
            at += size;
        }
        return {};
    }

    [[nodiscard]] std::size_t count() const override { return m_parts.size(); }
    [[nodiscard]] std::string_view part(std::size_t number) const override { return m_parts.at(number); }

private:
    Body m_body;
    std::vector<std::size_t> m_sizes;
    std::string_view m_bytes;
    std::vector<std::string_view> m_parts;
};

} // namespace

core::Result<void> packAttachments(
    std::vector<SentAttachment> attachments, const PackingRoom& room, IncomingItems& items)
{
    for (SentAttachment& attachment : attachments) {
        auto parts = std::make_shared<BodyParts>(room);
        QCryptographicHash sum(QCryptographicHash::Sha1);
        for (std::string_view rest = attachment.bytes; !rest.empty();) {
            const std::string_view plain = rest.substr(0, attachmentPartBytes);
            rest.remove_prefix(plain.size());
            sum.addData(QByteArrayView(plain.data(), static_cast<qsizetype>(plain.size())));
            if (auto added = parts->add(packPart(plain)); !added)
                return added;
        }
        if (auto closed = parts->close(); !closed)
            return closed;
        attachment.about.size = static_cast<std::int64_t>(attachment.bytes.size());
        attachment.about.sha1 = sum.result().toHex().toStdString();
        attachment.about.parts = std::move(parts);
        items.attachments.push_back(std::move(attachment.about));
    }
    return {};
}

} // namespace vedette::collector
