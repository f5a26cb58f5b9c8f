// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QList>

#include <map>
#include <memory>
#include <optional>

#include "models/alerts/engine.h"
#include "models/api/page.h"
#include "models/store/records.h"
#include "models/sync/alertwatch.h"
#include "models/sync/pace.h"
#include "models/sync/surroundings.h"

namespace vedette::sync {

class AccountBook;
class OutboxQueue;
class Session;

/// AlertWatch by polling: per round and organization two pages of issues with their hourly counts, the latest
/// seen (also resolved ones, whose return is a regression) and the most frequent unresolved ones. What the
/// engine remembers is kept in user.sqlite, at once when it raised something. Its rounds also tell whether a
/// server can be seen at all. GUI thread.
class Lookout final : public AlertWatch
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Lookout)

public:
    Lookout(const Surroundings& around, AccountBook& book, OutboxQueue& outbox, QObject* parent = nullptr);
    ~Lookout() override;

    [[nodiscard]] QList<alerts::Alert> current() const override;
    [[nodiscard]] QList<alerts::Alert> history() const override { return m_history; }
    [[nodiscard]] QList<domain::Issue> topFive() const override { return m_topFive; }
    void snooze(const domain::Issue& issue, core::TimePoint until) override;
    void checkNow() override;

private:
    using Page = api::Page<domain::Issue>;

    /// What is going on with one organization.
    struct Post
    {
        std::unique_ptr<PollTimer> timer;
        std::optional<core::TimePoint> began; ///< when its first round was done, ever
        QList<domain::Issue> latest;
        QList<domain::Issue> frequent;
        int open = 0;           ///< answers of this round that are still to come
        bool hasFailed = false; ///< one of them was none
        bool isAskedAgain = false;
    };

    void man(Session* session);
    void nameOrganization(const Session& session);
    void look(const domain::Scope& scope);
    void askPage(Session& session, const domain::Scope& scope, bool latest);
    void roundDone(const domain::Scope& scope, Post& post);
    void raise(const alerts::Alert& alert);
    void tellTopFive();
    void saveState(bool isUrgent);

    const Surroundings& m_around;
    AccountBook& m_book;
    OutboxQueue& m_outbox;
    alerts::AlertEngine m_engine;
    std::map<domain::Scope, Post> m_posts; ///< a PollTimer does not move
    QHash<domain::Scope, core::TimePoint> m_marks;
    QList<alerts::Alert> m_history;
    QList<alerts::Alert> m_current;
    QList<domain::Issue> m_topFive;
    core::TimePoint m_saved;
};

} // namespace vedette::sync
