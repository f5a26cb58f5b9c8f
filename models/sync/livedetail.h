// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QHash>

#include <optional>

#include "models/core/result.h"
#include "models/sync/detailfeed.h"
#include "models/sync/surroundings.h"

namespace vedette::sync {

class AccountBook;
class OutboxQueue;
class Session;

/// DetailFeed over cache and server. Events do not change once they happened, only their neighbours do: one
/// that is in the cache is shown from there, and the two beside the shown one are fetched ahead. GUI thread.
class LiveDetail final : public DetailFeed
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LiveDetail)

public:
    LiveDetail(const Surroundings& around, AccountBook& book, OutboxQueue& outbox);
    ~LiveDetail() override;

    void open(const domain::Issue& issue) override;
    void close() override;
    [[nodiscard]] domain::IssueDetail detail() const override;
    [[nodiscard]] FeedState issueState() const override { return m_issueState; }
    [[nodiscard]] FeedState eventState() const override { return m_eventState; }
    void refresh() override;
    void showOlder() override;
    void showNewer() override;
    void showLatest() override;

private:
    void reset();
    void nameOrganization();
    [[nodiscard]] domain::Scope scope() const;
    void tellWaiting();
    void readCache();
    void askIssue();
    void askTags();
    void askLatest();
    void showEvent(const domain::EventId& id);
    void askEvent(const domain::EventId& id);
    void takeEvent(const domain::Event& event, core::TimePoint asOf, bool isCached);
    void failEvent(const core::Error& error);
    void prefetch(const domain::EventId& id);
    void takeConfirmed(const domain::Issue& issue);
    void setIssueState(const FeedState& state);
    void setEventState(const FeedState& state);
    /// The session, if it can be asked now.
    [[nodiscard]] Session* readySession() const;
    /// Wraps a continuation so that it is dropped once another issue is open.
    template<class Fn>
    auto forThisIssue(Fn fn);
    /// The same for another event of the same issue.
    template<class Fn>
    auto forThisEvent(Fn fn);

    const Surroundings& m_around;
    AccountBook& m_book;
    OutboxQueue& m_outbox;
    bool m_isOpen = false;
    domain::IssueDetail m_detail; ///< nothing laid over
    std::optional<domain::Event> m_event;
    bool m_isAtLatest = true; ///< the newest event is wanted, whichever that is
    domain::EventId m_wanted; ///< else this one
    FeedState m_issueState;
    FeedState m_eventState;
    quint64 m_issueGeneration = 0;
    quint64 m_eventGeneration = 0;
    QHash<domain::EventId, domain::Event> m_near; ///< the neighbours, fetched ahead
    QFuture<core::Result<domain::Event>> m_eventRequest;
};

} // namespace vedette::sync
