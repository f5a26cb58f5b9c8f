// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/viewcounts.h"

#include <algorithm>

#include "models/sync/hub.h"
#include "views/common/format.h"
#include "views/window/viewcatalog.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace vedette::views {
namespace {

constexpr auto afterTheList = 1200ms;
constexpr auto collectorPace = 15s; // it is on this machine
constexpr auto serverPace = 5min;

} // namespace

ViewCounts::ViewCounts(sync::Hub& hub, QObject* parent)
    : QObject(parent)
    , m_hub(hub)
{
    const QList<IssueView> views = issueViews();
    for (const IssueView& view : views) {
        if (view.query.isEmpty())
            continue; // known from the alerts
        m_views.push_back({view.key, hub.makeIssueFeed()});
        connect(m_views.back().feed.get(), &sync::IssueFeed::stateChanged, this, &ViewCounts::changed);
    }
    m_soon.setSingleShot(true);
    m_soon.setInterval(afterTheList);
    connect(&m_soon, &QTimer::timeout, this, &ViewCounts::ask);
    connect(&m_regularly, &QTimer::timeout, this, &ViewCounts::ask);
    connect(&hub.outbox(), &sync::Outbox::done, this, [this] {
        if (m_followed)
            m_soon.start();
    });
}

ViewCounts::~ViewCounts() = default;

void ViewCounts::setScope(const sync::IssueQuery& scope)
{
    sync::IssueQuery next = scope;
    next.text.clear();
    next.projects.clear();
    next.sort = sync::IssueSort::LastSeen; // any; the list's own pages stay as they are in the cache
    if (next == m_scope)
        return;
    m_scope = next;
    if (m_followed)
        m_soon.start();
}

void ViewCounts::setFollowed(bool followed)
{
    if (m_followed == followed)
        return;
    m_followed = followed;
    if (followed)
        m_soon.start();
    else
        m_regularly.stop();
}

void ViewCounts::ask()
{
    if (!m_followed || m_scope.single().account.isEmpty())
        return;
    const QList<IssueView> views = issueViews();
    for (const Counted& counted : m_views) {
        const auto view = std::find_if(
            views.begin(), views.end(), [&counted](const IssueView& v) { return v.key == counted.key; });
        sync::IssueQuery query = m_scope;
        query.text = view->query;
        if (counted.feed->query() == query)
            counted.feed->refresh();
        else
            counted.feed->setQuery(query);
    }
    const auto account = m_hub.accounts().account(m_scope.single().account);
    const bool near = account && account->kind == domain::ServerKind::Collector;
    m_regularly.start(
        near ? std::chrono::milliseconds(collectorPace) : std::chrono::milliseconds(serverPace));
}

qint64 ViewCounts::number(const QString& viewKey) const
{
    for (const Counted& counted : m_views) {
        if (counted.key == viewKey)
            return std::max<qint64>(counted.feed->state().total.value_or(0), counted.feed->rows().size());
    }
    return 0;
}

QString ViewCounts::text(const QString& viewKey) const
{
    for (const Counted& counted : m_views) {
        if (counted.key != viewKey)
            continue;
        const sync::FeedState state = counted.feed->state();
        if (!state.asOf)
            return {};
        const qint64 here = number(viewKey);
        if (here == 0)
            return {};
        const bool more = state.totalIsLowerBound || (!state.total && state.hasMore);
        return more ? tr("%1+", "a count, or more").arg(count(here)) : count(here);
    }
    return {};
}

} // namespace vedette::views
