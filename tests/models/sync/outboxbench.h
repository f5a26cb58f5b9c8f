// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/models/sync/hubbench.h"

namespace vedette::tests {

constexpr int patience = 20'000;
const domain::Action resolve{domain::Action::Kind::Resolve, {}};
const domain::Action reopen{domain::Action::Kind::Reopen, {}};

[[nodiscard]] inline domain::Action assignTo(const QString& id)
{
    domain::Action action{domain::Action::Kind::Assign, {}};
    action.assignee.id = domain::ActorId(id);
    action.assignee.name = QStringLiteral("Bob");
    return action;
}

/// A signed-in hub before five issues, for the tests of the outbox. Their own init() calls this one's.
class OutboxBench : public QObject
{
protected:
    void begin()
    {
        m_bench = std::make_unique<HubBench>();
        m_bench->acme.addMany(5, m_bench->acme.nowMs);
        m_bench->openWithAccount();
        m_outbox = &m_bench->hub->outbox();
    }
    /// Moves time on until the outbox is empty; false: it does not become so.
    bool settles()
    {
        return QTest::qWaitFor(
            [this] {
                m_bench->clock.advance(std::chrono::seconds(1));
                return m_bench->hub->outbox().pendingCount() == 0;
            },
            patience);
    }
    /// All five issues, from the server.
    QList<domain::Issue> all()
    {
        const auto feed = m_bench->hub->makeIssueFeed();
        feed->setQuery(m_bench->query(QString()));
        const bool isThere = QTest::qWaitFor([&] { return feed->rows().size() == 5; }, patience);
        return isThere ? feed->rows() : QList<domain::Issue>();
    }

    std::unique_ptr<HubBench> m_bench;
    sync::Outbox* m_outbox = nullptr;
};

} // namespace vedette::tests
