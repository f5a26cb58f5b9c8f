// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QRandomGenerator>

#include "models/domain/event.h"
#include "models/domain/issue.h"
#include "models/domain/project.h"
#include "models/store/records.h"

namespace vedette::tests {

/// Values with something in every field, the same for the same seed. A field that is added to a type and not
/// here keeps its default, so add it here too.
class RandomValues final
{
public:
    explicit RandomValues(quint32 seed)
        : m_random(seed)
    {}

    [[nodiscard]] QString text();
    [[nodiscard]] qint64 number() { return qint64(m_random.generate64() >> 2); }
    [[nodiscard]] int small() { return int(m_random.bounded(1, 1'000)); }
    [[nodiscard]] bool flag() { return m_random.bounded(2) == 0; }
    [[nodiscard]] core::TimePoint time();
    [[nodiscard]] QJsonValue json(int depth = 2);
    [[nodiscard]] domain::NamedValues named();
    [[nodiscard]] domain::Series series();
    [[nodiscard]] domain::Actor actor();
    [[nodiscard]] domain::StatusDetails statusDetails();
    [[nodiscard]] domain::Activity activity();
    [[nodiscard]] domain::NetworkSettings network();
    [[nodiscard]] domain::Capabilities capabilities();
    /// An empty organization becomes one of many.
    [[nodiscard]] domain::Issue issue(const domain::Scope& scope, const QString& id);
    [[nodiscard]] domain::IssueDetail detail(const domain::Scope& scope, const QString& id);
    [[nodiscard]] domain::Event event(const QString& id, const QString& issue);
    [[nodiscard]] store::DirectoryData directory();
    [[nodiscard]] QList<domain::ProjectSummary> overview();
    [[nodiscard]] store::AlertRecord alert(const domain::AccountId& account);
    [[nodiscard]] core::Error error();
    [[nodiscard]] store::OutboxRow outboxRow(const domain::AccountId& account, qint64 id);
    [[nodiscard]] domain::Account account(const QString& id);

    template<class T>
    std::optional<T> maybe(T value)
    {
        return flag() ? std::optional<T>(std::move(value)) : std::nullopt;
    }

private:
    domain::Stacktrace stacktrace();
    domain::Project project();
    QList<std::pair<QString, QString>> pairs();

    QRandomGenerator m_random;
};

} // namespace vedette::tests
