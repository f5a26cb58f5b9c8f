// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

namespace vedette::api {

/// The headers of an answer. Names compare without case (RFC 9110 section 5.1).
class Headers final
{
public:
    using Pair = std::pair<QByteArray, QByteArray>;

    Headers() = default;
    explicit Headers(QList<Pair> pairs)
        : m_pairs(std::move(pairs))
    {}

    [[nodiscard]] bool has(QByteArrayView name) const { return find(name) != nullptr; }
    /// The value without surrounding white space, empty where there is none. Of doubled headers the first.
    [[nodiscard]] QByteArray value(QByteArrayView name) const
    {
        const Pair* pair = find(name);
        return pair ? pair->second.trimmed() : QByteArray();
    }

private:
    [[nodiscard]] const Pair* find(QByteArrayView name) const
    {
        for (const Pair& pair : m_pairs) {
            if (name.compare(pair.first, Qt::CaseInsensitive) == 0)
                return &pair;
        }
        return nullptr;
    }

    QList<Pair> m_pairs;
};

} // namespace vedette::api
