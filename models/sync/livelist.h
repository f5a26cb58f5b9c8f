// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QPointer>
#include <QSet>

#include <optional>

#include "models/api/page.h"
#include "models/core/result.h"
#include "models/store/records.h"
#include "models/sync/issuefeed.h"
#include "models/sync/pace.h"
#include "models/sync/surroundings.h"

namespace vedette::sync {

class AccountBook;
class OutboxQueue;
class Session;

/// IssueFeed over cache and server. The rows are, from the top: pages that the server confirmed since the
/// query was set, then what the cache still holds behind them. GUI thread.
class LiveList final : public IssueFeed
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LiveList)

public:
    LiveList(const Surroundings& around, AccountBook& book, OutboxQueue& outbox);
    ~LiveList() override;

    [[nodiscard]] const IssueQuery& query() const override { return m_query; }
    void setQuery(const IssueQuery& query) override;
    [[nodiscard]] QList<domain::Issue> rows() const override;
    [[nodiscard]] FeedState state() const override { return m_state; }
    void refresh() override;
    void fetchMore() override;
    void setFollowed(bool followed) override;

private:
    using Page = api::Page<domain::Issue>;

    void readCache(std::optional<qint64> from, int limit);
    void takeCached(const store::ListPart& part, bool isFirst);
    void searchHere();
    void takeSearched(const store::SearchPart& part);
    void ask();
    void askNext();
    void dropRequest();
    void request(const QString& cursor, bool isFirst);
    void takeHead(const QList<domain::Issue>& fresh, const Page& page);
    void takeNext(const QList<domain::Issue>& fresh, const Page& page);
    void noteAnswer(const Page& page);
    void carryOn();
    QSet<domain::IssueId> vanished(const QList<domain::Issue>& fresh, qsizetype from, bool isLast) const;
    void show(const QList<domain::Issue>& rows);
    void setState(const FeedState& state);
    void takeConfirmed(const domain::Issue& issue);
    [[nodiscard]] Session* session() const;
    [[nodiscard]] store::ListHead head() const;

    const Surroundings& m_around;
    AccountBook& m_book;
    OutboxQueue& m_outbox;
    PollTimer m_timer;
    IssueQuery m_query;
    store::ListKey m_key;
    FeedState m_state;
    QList<domain::Issue> m_rows; ///< as the server has them, nothing laid over
    qsizetype m_confirmed = 0;   ///< how many rows, from the top, the server confirmed
    int m_pages = 0;             ///< pages they came in
    int m_pagesWanted = 0;       ///< a refresh goes on until there are so many
    QString m_nextCursor;
    quint64 m_generation = 0;    ///< of the query: what was read for an older one is dropped
    quint64 m_requestNumber = 0; ///< of the last request: no other answer counts
    bool m_isShown = false;      ///< rowsReset was emitted for this query
    bool m_isAsking = false;
    bool m_wantsMore = false;
    bool m_isFollowed = false;
    core::TimePoint m_headStored; ///< when the list's head was last written to the cache
    QFuture<core::Result<Page>> m_request;
};

} // namespace vedette::sync
