// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "models/core/mailbox.h"
#include "models/core/result.h"
#include "models/domain/event.h"
#include "models/domain/issue.h"
#include "models/search/query.h"
#include "models/store/records.h"

namespace vedette::store {

class Jobs;
class Tidying;

/// cache.sqlite: what the servers said last, each with its age, so that a page has something to show before
/// the network answers. A file that is damaged or was written by a newer Vedette is set aside and a fresh one
/// is begun. Opens in the background with the first job. Futures end with the value or with
/// ErrorKind::Storage, on the GUI thread; a cache that cannot be used costs nothing but speed. What is kept
/// is kept under the organization that it is said to be of, also where that is empty.
class CacheDatabase final
{
public:
    /// How much may be kept per account.
    struct Limits
    {
        qint64 bytes =
            256'000'000; ///< of the file, indexes included; the list used last stays whatever it takes
        std::chrono::hours age{24 * 30};
        int lists = 50;
    };

    /// `setAside` is called on the mailbox's thread with the file's new name when it had to be. `home` must
    /// outlive it.
    CacheDatabase(QString file, core::Mailbox& home, std::function<void(const QString&)> setAside = {});
    ~CacheDatabase();
    CacheDatabase(const CacheDatabase&) = delete;
    CacheDatabase& operator=(const CacheDatabase&) = delete;

    /// A part of a list, from its beginning or from ListPart::next of the part before.
    QFuture<core::Result<ListPart>> list(
        const ListKey& key, int limit, const std::optional<qint64>& from = {});
    /// Puts a fresh first page before whatever else the list holds, without the issues named in `gone`.
    QFuture<core::Result<void>> saveHead(const ListKey& key, const ListHead& head,
        const QList<domain::Issue>& rows, const QSet<domain::IssueId>& gone);
    /// Puts a later page behind all that the list holds.
    QFuture<core::Result<void>> append(
        const ListKey& key, const ListHead& head, const QList<domain::Issue>& rows);
    /// Replaces a whole list.
    QFuture<core::Result<void>> saveList(
        const ListKey& key, const ListHead& head, const QList<domain::Issue>& rows);
    /// Says that a list is as it was, at a later time.
    QFuture<core::Result<void>> touchList(const ListKey& key, const ListHead& head);
    /// One issue as read from its server: for all lists in which it stands; their counts stay.
    QFuture<core::Result<void>> saveIssue(const domain::Issue& issue, core::TimePoint asOf);

    /// Searches all that is here of those scopes (without an organization: of the whole account), whatever
    /// list it came with, in the language of contract section 11. `me` is whoever the directory says. From
    /// the beginning or from SearchPart::next of the part before. Errors: Usage, in the server's words.
    QFuture<core::Result<SearchPart>> search(const QList<domain::Scope>& scopes, const search::Query& query,
        SearchSort sort, core::TimePoint now, int limit, const std::optional<SearchPlace>& from = {});

    /// Errors: NotFound.
    QFuture<core::Result<Dated<domain::IssueDetail>>> detail(const domain::IssueKey& issue);
    QFuture<core::Result<void>> saveDetail(const domain::IssueDetail& detail, core::TimePoint asOf);

    /// Errors: NotFound.
    QFuture<core::Result<Dated<domain::Event>>> event(
        const domain::Scope& scope, const domain::EventId& event);
    /// The newest event of an issue that is here. Errors: NotFound.
    QFuture<core::Result<Dated<domain::Event>>> latestEvent(const domain::IssueKey& issue);
    QFuture<core::Result<void>> saveEvent(
        const domain::Scope& scope, const domain::Event& event, core::TimePoint asOf);

    /// Errors: NotFound.
    QFuture<core::Result<Dated<DirectoryData>>> directory(const domain::Scope& scope);
    QFuture<core::Result<void>> saveDirectory(
        const domain::Scope& scope, const DirectoryData& data, core::TimePoint asOf);
    /// Errors: NotFound.
    QFuture<core::Result<Dated<QList<domain::ProjectSummary>>>> overview(const domain::Scope& scope);
    QFuture<core::Result<void>> saveOverview(
        const domain::Scope& scope, const QList<domain::ProjectSummary>& summaries, core::TimePoint asOf);

    /// Forgets everything of an account.
    QFuture<core::Result<void>> removeAccount(const domain::AccountId& account);
    /// Indexes what waits for it, brings every account within the limits, the oldest going first, and gives
    /// free pages back to the disk: in steps, others have their turn in between. `pinned` are issues that
    /// stay whatever their age: those that somebody acted on while the server was away.
    QFuture<core::Result<void>> trim(
        const Limits& limits, core::TimePoint now, const QList<domain::IssueKey>& pinned = {});
    /// What each account takes of the file.
    QFuture<core::Result<QHash<domain::AccountId, qint64>>> usage();

private:
    std::unique_ptr<Jobs> m_jobs;
    std::unique_ptr<Tidying> m_tidying; // after what it works on: goes first
};

} // namespace vedette::store
