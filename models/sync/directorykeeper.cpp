// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/directorykeeper.h"

#include <QTimer>

#include <algorithm>

#include "models/core/ondone.h"
#include "models/store/cachedatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/projectcolours.h"
#include "models/sync/session.h"

namespace vedette::sync {
namespace {

/// Yourself first, then by name.
void arrange(QList<domain::Actor>& actors, const std::optional<domain::Actor>& me)
{
    if (me) {
        for (domain::Actor& actor : actors)
            actor.isMe = actor.isMe || actor.id == me->id;
    }
    std::stable_partition(
        actors.begin(), actors.end(), [](const domain::Actor& actor) { return actor.isMe; });
}

} // namespace

DirectoryKeeper::DirectoryKeeper(const Surroundings& around, AccountBook& book, QObject* parent)
    : Directory(parent)
    , m_around(around)
    , m_book(book)
{
    for (const Session* session : m_book.sessions()) {
        if (const domain::Scope first = named(session->account().id); !first.organization.isEmpty())
            load(first);
    }
    connect(&m_book, &AccountBook::sessionReady, this, [this](const Session* session) {
        for (const domain::Organization& organization : session->account().organizations) {
            const domain::Scope scope(session->account().id, organization.id);
            if (m_entries.contains(scope) || scope.organization == session->organization())
                refresh(scope);
        }
    });
    connect(&m_book, &AccountBook::sessionCameBack, this, [this](const Session* session) {
        for (const domain::Organization& organization : session->account().organizations) {
            const domain::Scope scope(session->account().id, organization.id);
            if (m_entries.value(scope).state.error)
                refresh(scope);
        }
    });
    connect(&m_book, &AccountBook::sessionRemoved, this, [this](const domain::AccountId& id) {
        m_entries.removeIf([&](const auto& it) { return it.key().account == id; });
    });
}

domain::Scope DirectoryKeeper::named(const domain::Scope& scope) const
{
    const Session* session = m_book.session(scope.account);
    return session != nullptr ? domain::Scope(scope.account, session->organization(scope.organization))
                              : scope;
}

const DirectoryKeeper::Entry* DirectoryKeeper::entry(const domain::Scope& scope) const
{
    const domain::Scope name = named(scope);
    if (const auto it = m_entries.constFind(name); it != m_entries.cend())
        return &*it;
    // Asked from a const getter: later, and from outside of it.
    if (!name.organization.isEmpty()) {
        auto* self = const_cast<DirectoryKeeper*>(this);
        QTimer::singleShot(0, self, [self, name] { self->open(name); });
    }
    return nullptr;
}

/// Somebody asked about an organization that was of no interest until now.
void DirectoryKeeper::open(const domain::Scope& scope)
{
    const Session* session = m_book.session(scope.account);
    if (session == nullptr || m_entries.contains(scope))
        return;
    const QList<domain::Organization>& all = session->account().organizations;
    const bool isOurs = std::any_of(all.cbegin(), all.cend(),
        [&](const domain::Organization& organization) { return organization.id == scope.organization; });
    if (!isOurs)
        return;
    load(scope);
    refresh(scope);
}

QList<domain::Project> DirectoryKeeper::projects(const domain::Scope& scope) const
{
    const Entry* known = entry(scope);
    return known != nullptr ? known->data.projects : QList<domain::Project>();
}

QStringList DirectoryKeeper::environments(const domain::Scope& scope) const
{
    const Entry* known = entry(scope);
    return known != nullptr ? known->data.environments : QStringList();
}

QList<domain::Actor> DirectoryKeeper::assignees(
    const domain::Scope& scope, const domain::ProjectId& project) const
{
    const Entry* known = entry(scope);
    if (known == nullptr)
        return {};
    if (!project.isEmpty()) {
        // As above: later.
        if (!known->asked.contains(project)) {
            auto* self = const_cast<DirectoryKeeper*>(this);
            const domain::Scope name = named(scope);
            QTimer::singleShot(0, self, [self, name, project] { self->askAssignees(name, project); });
        }
        for (const auto& [id, actors] : known->data.assignees) {
            if (id == project)
                return actors;
        }
    }
    return known->data.people;
}

std::optional<domain::Actor> DirectoryKeeper::me(const domain::AccountId& account) const
{
    const Entry* known = entry(account);
    return known != nullptr ? known->data.me : std::nullopt;
}

FeedState DirectoryKeeper::state(const domain::Scope& scope) const
{
    const Entry* known = entry(scope);
    return known != nullptr ? known->state : FeedState();
}

void DirectoryKeeper::load(const domain::Scope& scope)
{
    m_entries[scope];
    core::onDone(m_around.cache.directory(scope), this,
        [this, scope](const core::Result<store::Dated<store::DirectoryData>>& cached) {
            const auto it = m_entries.find(scope);
            if (it == m_entries.end() || !cached || it->state.asOf)
                return;
            it->data = cached->value;
            it->state.asOf = cached->asOf;
            it->state.fromCache = true;
            emit changed(scope.account);
        });
}

void DirectoryKeeper::refresh(const domain::Scope& asked)
{
    const domain::Scope scope = named(asked);
    Session* session = m_book.session(scope.account);
    if (session == nullptr || !session->isReady())
        return;
    Entry& entry = m_entries[scope];
    if (entry.open > 0) {
        entry.isAskedAgain = true;
        return;
    }
    const domain::OrganizationId organization = scope.organization;
    entry.open = 4;
    entry.state.loading = true;
    entry.state.error.reset();
    entry.asked.clear();
    api::Client& client = *session->client();
    session->receive(client.whoAmI(), this, [this, scope](const core::Result<api::Identity>& identity) {
        take(scope, identity, [](Entry& e, const api::Identity& value) { e.data.me = value.user; });
    });
    session->receive(client.projects(organization), this,
        [this, scope](const core::Result<QList<domain::Project>>& projects) {
            take(scope, projects, [](Entry& e, const QList<domain::Project>& value) {
                e.data.projects = value;
                assignColours(e.data.projects);
            });
        });
    session->receive(client.environments(organization), this,
        [this, scope](const core::Result<QStringList>& environments) {
            take(
                scope, environments, [](Entry& e, const QStringList& value) { e.data.environments = value; });
        });
    session->receive(client.assignees(organization), this,
        [this, scope](const core::Result<QList<domain::Actor>>& people) {
            take(scope, people, [](Entry& e, const QList<domain::Actor>& value) { e.data.people = value; });
        });
    emit changed(scope.account);
}

template<class T, class Fn>
void DirectoryKeeper::take(const domain::Scope& scope, const core::Result<T>& result, Fn set)
{
    const auto it = m_entries.find(scope);
    if (it == m_entries.end())
        return;
    Entry& entry = *it;
    --entry.open;
    if (result)
        set(entry, *result);
    else if (!entry.state.error && result.error().kind != core::ErrorKind::Cancelled)
        entry.state.error = result.error();
    if (entry.open > 0)
        return;
    entry.state.loading = false;
    arrange(entry.data.people, entry.data.me);
    if (!entry.state.error) {
        entry.state.asOf = m_around.clock.now();
        entry.state.fromCache = false;
        keep(scope);
    }
    const bool isAskedAgain = std::exchange(entry.isAskedAgain, false);
    emit changed(scope.account);
    if (isAskedAgain)
        refresh(scope);
}

void DirectoryKeeper::askAssignees(const domain::Scope& scope, const domain::ProjectId& project)
{
    Session* session = m_book.session(scope.account);
    const auto it = m_entries.find(scope);
    if (session == nullptr || !session->isReady() || it == m_entries.end() || it->asked.contains(project))
        return;
    const auto known = std::find_if(it->data.projects.cbegin(), it->data.projects.cend(),
        [&](const domain::Project& candidate) { return candidate.id == project; });
    if (known == it->data.projects.cend())
        return;
    it->asked.insert(project);
    session->receive(session->client()->assignees(scope.organization, {known->id, known->slug, known->name}),
        this, [this, scope, project](const core::Result<QList<domain::Actor>>& actors) {
            const auto entry = m_entries.find(scope);
            if (entry == m_entries.end())
                return;
            if (!actors) {
                // The list of all people is shown; the next look asks again.
                entry->asked.remove(project);
                return;
            }
            QList<domain::Actor> arranged = *actors;
            arrange(arranged, entry->data.me);
            auto& lists = entry->data.assignees;
            lists.removeIf([&](const auto& pair) { return pair.first == project; });
            lists.append({project, arranged});
            keep(scope);
            emit changed(scope.account);
        });
}

void DirectoryKeeper::keep(const domain::Scope& scope)
{
    const Entry& entry = m_entries[scope];
    m_around.cache.saveDirectory(scope, entry.data, entry.state.asOf.value_or(m_around.clock.now()));
}

} // namespace vedette::sync
