// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCryptographicHash>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/event/frame.h"
#include "app/collector/event/groupingcomponent.h"

namespace vedette::collector {

/// MD5 over parts that cannot run into each other. Not for secrets: it only has to tell groups apart, and 32
/// hex digits are the form that Sentry's API shows.
class GroupingDigest final
{
public:
    explicit GroupingDigest(std::string_view kind) { part(kind); }

    void part(std::string_view text)
    {
        m_hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
        m_hash.addData(QByteArrayView("\0", 1));
    }
    [[nodiscard]] std::string hex()
    {
        const QByteArray digest = m_hash.result().toHex();
        return {digest.constData(), static_cast<std::size_t>(digest.size())};
    }

private:
    QCryptographicHash m_hash{QCryptographicHash::Md5};
};

/// Whose frames count: the application's, or all.
enum class StackVariant
{
    App,
    System
};

/// The stacks of an event, each frame's contribution computed once for both variants. Contract section 13, 3
/// to 6.
class GroupingStacks final
{
public:
    explicit GroupingStacks(const std::vector<Frame>& frames);

    /// Adds the frames of one stack to the digest, and its tree to `into`, where there is one.
    void add(GroupingDigest& digest, StackVariant variant, std::size_t first, std::size_t count,
        GroupingComponent* into) const;

    [[nodiscard]] bool any(StackVariant variant) const { return any(variant, 0, m_frames.size()); }
    [[nodiscard]] bool any(StackVariant variant, std::size_t first, std::size_t count) const;
    /// Both variants would say the same.
    [[nodiscard]] bool isAllApp() const;

private:
    [[nodiscard]] bool counts(std::size_t i, StackVariant variant) const
    {
        return !m_texts[i].empty() && (variant == StackVariant::System || m_frames[i].inApp == true);
    }

    const std::vector<Frame>& m_frames;
    std::vector<std::string> m_texts; ///< what each frame adds; empty for nothing
};

} // namespace vedette::collector
