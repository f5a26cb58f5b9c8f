// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scriptedhub.h"

#include <QPromise>

using namespace Qt::Literals::StringLiterals;

namespace vedette::tests {
namespace {

template<class T>
QFuture<core::Result<T>> finished(const core::Result<T>& result)
{
    QPromise<core::Result<T>> promise;
    promise.start();
    promise.addResult(result);
    promise.finish();
    return promise.future();
}

} // namespace

std::optional<domain::Account> ScriptedAccounts::account(const domain::AccountId& id) const
{
    for (const domain::Account& account : all) {
        if (account.id == id)
            return account;
    }
    return {};
}

sync::ConnectionState ScriptedAccounts::state(const domain::AccountId& id) const
{
    return states.value(id);
}

QFuture<core::Result<sync::ServerInfo>> ScriptedAccounts::inspect(
    const QUrl& url, const sync::NetworkWay& /*way*/)
{
    calls << u"inspect "_s + url.toString();
    return finished(inspected);
}

QFuture<core::Result<sync::TokenReach>> ScriptedAccounts::examine(
    const QUrl& url, const QString& token, const sync::NetworkWay& /*way*/)
{
    calls << u"examine %1 %2"_s.arg(url.toString(), token);
    return finished(examined);
}

QFuture<core::Result<domain::Account>> ScriptedAccounts::signIn(const sync::SignInWish& wish)
{
    calls << u"add %1 %2 %3"_s.arg(wish.url.toString(), wish.token, wish.name);
    if (added)
        setAccounts(all + QList<domain::Account>{*added});
    return finished(added);
}

QFuture<core::Result<domain::Account>> ScriptedAccounts::renewToken(
    const domain::AccountId& id, const QString& token)
{
    calls << u"renew %1 %2"_s.arg(id.value(), token);
    return finished(added);
}

QFuture<core::Result<domain::Account>> ScriptedAccounts::setNetwork(
    const domain::AccountId& id, const sync::NetworkWay& way)
{
    calls << u"network %1 %2"_s.arg(id.value(), way.settings.pin.sha256);
    return finished(added);
}

void ScriptedAccounts::remove(const domain::AccountId& id)
{
    calls << u"remove "_s + id.value();
    all.removeIf([&id](const domain::Account& account) { return account.id == id; });
    emit accountsChanged();
}

void ScriptedAccounts::setAccounts(const QList<domain::Account>& accounts)
{
    all = accounts;
    emit accountsChanged();
}

void ScriptedAccounts::setState(const domain::AccountId& id, const sync::ConnectionState& state)
{
    states.insert(id, state);
    emit stateChanged(id);
}

QList<domain::Project> ScriptedDirectory::projects(const domain::Scope& scope) const
{
    return projectsOf.value(scope.account);
}

QStringList ScriptedDirectory::environments(const domain::Scope& scope) const
{
    return environmentsOf.value(scope.account);
}

QList<domain::Actor> ScriptedDirectory::assignees(
    const domain::Scope& /*scope*/, const domain::ProjectId& /*project*/) const
{
    return people;
}

std::optional<domain::Actor> ScriptedDirectory::me(const domain::AccountId& /*account*/) const
{
    return self;
}

sync::FeedState ScriptedDirectory::state(const domain::Scope& /*scope*/) const
{
    return feedState;
}

void ScriptedDirectory::refresh(const domain::Scope& scope)
{
    ++refreshes;
    emit changed(scope.account);
}

void ScriptedOutbox::submit(const QList<domain::Issue>& issues, const domain::Action& action)
{
    submitted.append({issues, action});
    for (const domain::Issue& issue : issues)
        emit issueChanged(domain::applied(issue, action));
}

void ScriptedOutbox::setEntries(const QList<Entry>& entries)
{
    rows = entries;
    emit entriesChanged();
}

void ScriptedOutbox::setPending(int count)
{
    pending = count;
    emit pendingCountChanged(count);
}

void ScriptedOutbox::refuseLast(const core::Error& error)
{
    const Submitted last = submitted.takeLast();
    for (const domain::Issue& issue : last.issues)
        emit issueChanged(issue);
    emit refused(last.issues, last.action, error);
}

void ScriptedAlertWatch::snooze(const domain::Issue& issue, core::TimePoint until)
{
    snoozed.append({issue.id, until});
}

void ScriptedAlertWatch::setCurrent(const QList<alerts::Alert>& alerts)
{
    inAlarm = alerts;
    emit currentChanged();
}

void ScriptedAlertWatch::raise(const alerts::Alert& alert)
{
    raised.prepend(alert);
    emit alertRaised(alert);
}

void ScriptedIssueFeed::setQuery(const sync::IssueQuery& query)
{
    m_query = query;
    ++queries;
    if (!m_hub.answersAtOnce) {
        m_state = {};
        m_state.loading = true;
        m_rows.clear();
        emit rowsReset(m_rows);
        emit stateChanged(m_state);
        return;
    }
    m_state = m_hub.listState;
    emitReset(m_hub.rowsFor.value(query.text, m_hub.rows));
    emit stateChanged(m_state);
}

void ScriptedIssueFeed::emitReset(const QList<domain::Issue>& rows)
{
    m_rows = rows;
    emit rowsReset(rows);
}

void ScriptedIssueFeed::emitMerged(const QList<domain::Issue>& rows)
{
    m_rows = rows;
    emit rowsMerged(rows);
}

void ScriptedIssueFeed::setState(const sync::FeedState& state)
{
    m_state = state;
    emit stateChanged(state);
}

void ScriptedDetailFeed::open(const domain::Issue& issue)
{
    calls << u"open "_s + issue.id.value();
    domain::IssueDetail detail = m_hub.detail;
    detail.issue = issue;
    emitDetail(detail);
    if (m_hub.event)
        emitEvent(*m_hub.event);
    else
        emit eventCleared();
}

void ScriptedDetailFeed::close()
{
    calls << u"close"_s;
    m_detail = {};
    emit eventCleared();
}

void ScriptedDetailFeed::emitDetail(const domain::IssueDetail& detail)
{
    m_detail = detail;
    emit detailChanged(detail);
}

void ScriptedDetailFeed::emitEvent(const domain::Event& event)
{
    emit eventChanged(event);
}

void ScriptedDetailFeed::setIssueState(const sync::FeedState& state)
{
    issueFeedState = state;
    emit issueStateChanged(state);
}

void ScriptedDetailFeed::setEventState(const sync::FeedState& state)
{
    eventFeedState = state;
    emit eventStateChanged(state);
}

void ScriptedOverviewFeed::setScope(const domain::Scope& scope)
{
    account = scope.account;
    emitSummaries();
}

QList<domain::ProjectSummary> ScriptedOverviewFeed::summaries() const
{
    return m_hub.summaries;
}

void ScriptedOverviewFeed::emitSummaries()
{
    emit summariesChanged(m_hub.summaries);
}

void ScriptedOverviewFeed::setState(const sync::FeedState& state)
{
    m_state = state;
    emit stateChanged(state);
}

namespace {

template<class T>
QFuture<core::Result<T>> answered(const ScriptedHub& hub, const T& value)
{
    if (hub.collectorRefusal)
        return finished(core::Result<T>(core::fail(*hub.collectorRefusal)));
    return finished(core::Result<T>(value));
}

} // namespace

bool ScriptedCollectorFeed::isAvailable() const
{
    return m_hub.hasCollector;
}

domain::CollectorStatus ScriptedCollectorFeed::status() const
{
    return m_hub.collectorStatus;
}

QList<sync::CollectorFeed::ProjectWithKeys> ScriptedCollectorFeed::projects() const
{
    return m_hub.collectorProjects;
}

QList<domain::Actor> ScriptedCollectorFeed::members() const
{
    return m_hub.scriptedDirectory.people;
}

QFuture<core::Result<domain::Actor>> ScriptedCollectorFeed::addMember(
    const QString& /*name*/, const QString& /*email*/)
{
    if (m_hub.memberAdded) {
        m_hub.scriptedDirectory.people.append(*m_hub.memberAdded);
        emit changed();
    }
    return finished(m_hub.memberAdded);
}

QFuture<core::Result<domain::Project>> ScriptedCollectorFeed::addProject(
    const QString& /*name*/, const QString& /*platform*/)
{
    if (m_hub.projectAdded) {
        m_hub.collectorProjects.append({*m_hub.projectAdded, {}});
        emit changed();
    }
    return finished(m_hub.projectAdded);
}

QFuture<core::Result<domain::Project>> ScriptedCollectorFeed::renameProject(
    const QString& slug, const QString& name)
{
    m_hub.collectorCalls.append(u"rename %1 %2"_s.arg(slug, name));
    domain::Project project;
    project.slug = slug;
    project.name = name;
    return answered(m_hub, project);
}

QFuture<core::Result<domain::ProjectKey>> ScriptedCollectorFeed::addKey(
    const QString& slug, const QString& label)
{
    m_hub.collectorCalls.append(u"key %1 %2"_s.arg(slug, label));
    domain::ProjectKey key;
    key.id = u"new"_s;
    key.label = label;
    key.dsn = u"http://new@127.0.0.1:8969/1"_s;
    return answered(m_hub, key);
}

QFuture<core::Result<domain::ProjectKey>> ScriptedCollectorFeed::setKeyActive(
    const QString& slug, const QString& keyId, bool isActive)
{
    m_hub.collectorCalls.append(u"active %1 %2 %3"_s.arg(slug, keyId).arg(isActive));
    domain::ProjectKey key;
    key.id = keyId;
    key.isActive = isActive;
    return answered(m_hub, key);
}

QFuture<core::Result<domain::ProjectSettings>> ScriptedCollectorFeed::projectSettings(const QString& /*slug*/)
{
    return finished(m_hub.projectSettings);
}

QFuture<core::Result<domain::ProjectSettings>> ScriptedCollectorFeed::setProjectSettings(
    const QString& slug, const domain::ProjectSettings& settings)
{
    m_hub.collectorCalls.append(u"settings "_s + slug);
    if (!m_hub.collectorRefusal)
        m_hub.projectSettings = settings;
    return answered(m_hub, settings);
}

QFuture<core::Result<domain::CollectorSettings>> ScriptedCollectorFeed::settings()
{
    return finished(m_hub.collectorSettings);
}

QFuture<core::Result<domain::CollectorSettings>> ScriptedCollectorFeed::setSettings(
    const domain::CollectorSettings& settings)
{
    m_hub.collectorCalls.append(u"collector"_s);
    if (!m_hub.collectorRefusal)
        m_hub.collectorSettings = settings;
    return answered(m_hub, settings);
}

void ScriptedCollectorFeed::setState(const sync::FeedState& state)
{
    m_state = state;
    emit stateChanged(state);
}

void ScriptedHub::attachCollector(const QUrl& /*url*/, const QString& /*token*/)
{
    hasCollector = true;
}

std::unique_ptr<sync::IssueFeed> ScriptedHub::makeIssueFeed()
{
    auto feed = std::make_unique<ScriptedIssueFeed>(*this);
    issueFeeds.append(feed.get());
    connect(feed.get(), &QObject::destroyed, this, [this, gone = feed.get()] { issueFeeds.removeAll(gone); });
    return feed;
}

std::unique_ptr<sync::DetailFeed> ScriptedHub::makeDetailFeed()
{
    auto feed = std::make_unique<ScriptedDetailFeed>(*this);
    detailFeed = feed.get();
    return feed;
}

std::unique_ptr<sync::OverviewFeed> ScriptedHub::makeOverviewFeed()
{
    auto feed = std::make_unique<ScriptedOverviewFeed>(*this);
    overviewFeed = feed.get();
    return feed;
}

std::unique_ptr<sync::CollectorFeed> ScriptedHub::makeCollectorFeed()
{
    auto feed = std::make_unique<ScriptedCollectorFeed>(*this);
    collectorFeed = feed.get();
    return feed;
}

} // namespace vedette::tests
