// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHashFunctions>
#include <QString>

namespace vedette::domain {

/// An identifier that cannot be mistaken for another kind. Held as text: Sentry's ids exceed 32 bits and come
/// as numbers or texts (contract section 1, rule 2).
template<class Tag>
class Id final
{
public:
    Id() = default;
    explicit Id(QString value)
        : m_value(std::move(value))
    {}

    [[nodiscard]] const QString& value() const { return m_value; }
    [[nodiscard]] bool isEmpty() const { return m_value.isEmpty(); }

    friend bool operator==(const Id&, const Id&) = default;
    friend bool operator<(const Id& a, const Id& b) { return a.m_value < b.m_value; }
    friend size_t qHash(const Id& id, size_t seed = 0) noexcept { return ::qHash(id.m_value, seed); }

private:
    QString m_value;
};

using AccountId = Id<struct AccountTag>;           ///< our own uuid for a server identity
using OrganizationId = Id<struct OrganizationTag>; ///< the slug: what every route takes
using ProjectId = Id<struct ProjectTag>;           ///< the server's numeric id
using IssueId = Id<struct IssueTag>;               ///< the server's numeric id
using EventId = Id<struct EventTag>;               ///< 32 hex digits
using ActorId = Id<struct ActorTag>;               ///< `user:1` or `team:2`, as `assignedTo` takes it

} // namespace vedette::domain
