// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/issuelistcommand.h"

#include <QTimer>

#include <algorithm>

#include "models/core/text.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::app {
namespace {

constexpr int usualLimit = 25;
constexpr int mostRows = 1'000;
/// The lists have so long to come; their requests give up sooner by themselves.
constexpr std::chrono::seconds readingTime{60};
/// And the cache, where a server cannot be asked.
constexpr std::chrono::seconds cacheTime{2};

const QString usualQuery = u"is:unresolved"_s;

std::optional<sync::IssueSort> sortOf(const QString& word)
{
    using sync::IssueSort;
    if (word.isEmpty() || word == u"events")
        return IssueSort::Events;
    if (word == u"users")
        return IssueSort::Users;
    if (word == u"last-seen")
        return IssueSort::LastSeen;
    if (word == u"first-seen")
        return IssueSort::FirstSeen;
    return std::nullopt;
}

std::optional<sync::Range> rangeOf(const QString& word)
{
    using sync::Range;
    if (word.isEmpty())
        return Range::Days14;
    for (const Range range :
        {Range::Hours1, Range::Hours24, Range::Days7, Range::Days14, Range::Days30, Range::Days90}) {
        if (sync::periodText(range) == word)
            return range;
    }
    return std::nullopt;
}

/// Before the other, in a list that several accounts share.
bool comesBefore(const domain::Issue& a, const domain::Issue& b, sync::IssueSort sort)
{
    switch (sort) {
    case sync::IssueSort::Users:
        return a.userCount > b.userCount;
    case sync::IssueSort::LastSeen:
        return a.lastSeen > b.lastSeen;
    case sync::IssueSort::FirstSeen:
        return a.firstSeen > b.firstSeen;
    case sync::IssueSort::Events:
        break;
    }
    return a.count > b.count;
}

} // namespace

/// The list of one account.
struct IssueListCommand::List
{
    domain::AccountId account;
    std::unique_ptr<sync::IssueFeed> feed;
    bool isDone = false;
    bool isCacheGivenUp = false;
};

IssueListCommand::IssueListCommand(const Invocation& invocation, sync::Hub& hub)
    : IssueCommand(invocation, hub)
{}

IssueListCommand::~IssueListCommand() = default;

void IssueListCommand::run()
{
    const auto sort = sortOf(invocation().options.value(u"--sort"_s));
    const auto range = rangeOf(invocation().options.value(u"--period"_s));
    const auto limit = number(u"--limit"_s, usualLimit, 1, mostRows);
    if (!sort)
        complain(u"--sort is events, users, last-seen or first-seen"_s, ExitUsage);
    if (!range)
        complain(u"--period is 1h, 24h, 7d, 14d, 30d or 90d"_s, ExitUsage);
    if (!sort || !range || !limit) {
        end();
        return;
    }
    m_sort = *sort;
    m_limit = *limit;
    sync::IssueQuery query;
    query.text = invocation().arguments.isEmpty() ? usualQuery : invocation().arguments.join(u' ');
    query.sort = *sort;
    query.range = *range;
    allow(readingTime);
    for (const domain::AccountId& account : accounts())
        m_lists.push_back(std::make_unique<List>(List{account, hub().makeIssueFeed()}));
    for (const auto& each : m_lists) {
        connect(each->feed.get(), &sync::IssueFeed::stateChanged, this,
            [this, list = each.get()] { look(*list); });
        query.scopes = {each->account};
        each->feed->setQuery(query);
    }
}

void IssueListCommand::look(List& list)
{
    const sync::FeedState state = list.feed->state();
    const bool isAnswered = state.error || (state.asOf && !state.fromCache);
    if (isOver() || list.isDone || state.loading || !isAnswered)
        return;
    // A server that refuses is quicker than the cache, which may have the rows, or can be searched for them.
    const bool isRefused = state.error && state.error->kind == core::ErrorKind::Rejected;
    if (state.error && !isRefused && !state.asOf && !state.isSearchedHere && !list.isCacheGivenUp) {
        QTimer::singleShot(cacheTime, this, [this, &list] {
            list.isCacheGivenUp = true;
            look(list);
        });
        return;
    }
    if (!state.error && state.hasMore && list.feed->rows().size() < m_limit) {
        list.feed->fetchMore();
        return;
    }
    list.isDone = true;
    if (std::all_of(m_lists.begin(), m_lists.end(), [](const auto& each) { return each->isDone; }))
        finish();
}

void IssueListCommand::finish()
{
    const AccountNames known = names();
    QList<domain::Issue> rows;
    QList<ListedAccount> sources;
    for (const auto& each : m_lists) {
        const sync::FeedState state = each->feed->state();
        ListedAccount source{
            known.value(each->account), state.asOf, state.fromCache || !each->isDone, state.error};
        if (!source.error && !each->isDone)
            source.error = core::Error{core::ErrorKind::Timeout, 0, {}, {}};
        if (source.error)
            complain(*source.error, source.name);
        if (source.error && state.asOf)
            complain(u"what is shown of %1 is as of %2"_s.arg(
                         source.name, QString::fromStdString(core::formatTime(*state.asOf))),
                exitCodeOf(source.error->kind));
        rows += each->feed->rows();
        sources << source;
    }
    std::stable_sort(rows.begin(), rows.end(),
        [this](const domain::Issue& a, const domain::Issue& b) { return comesBefore(a, b, m_sort); });
    if (rows.size() > m_limit)
        rows.resize(m_limit);
    say(wantsJson() ? issuesAsJson(rows, known, sources) : issuesAsText(rows));
    end();
}

} // namespace vedette::app
