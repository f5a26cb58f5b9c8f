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
    for (const Session* session : m_book.sessions())
        load(session->account().id);
    connect(&m_book, &AccountBook::sessionReady, this,
        [this](const Session* session) { refresh(session->account().id); });
    connect(&m_book, &AccountBook::sessionCameBack, this, [this](const Session* session) {
        if (m_entries.value(session->account().id).state.error)
            refresh(session->account().id);
    });
    connect(&m_book, &AccountBook::sessionRemoved, this,
        [this](const domain::AccountId& id) { m_entries.remove(id); });
}

QList<domain::Project> DirectoryKeeper::projects(const domain::AccountId& account) const
{
    return m_entries.value(account).data.projects;
}

QStringList DirectoryKeeper::environments(const domain::AccountId& account) const
{
    return m_entries.value(account).data.environments;
}

QList<domain::Actor> DirectoryKeeper::assignees(
    const domain::AccountId& account, const domain::ProjectId& project) const
{
    const auto it = m_entries.constFind(account);
    if (it == m_entries.cend())
        return {};
    if (!project.isEmpty()) {
        // Asked from a const getter: later, and from outside of it.
        if (!it->asked.contains(project)) {
            auto* self = const_cast<DirectoryKeeper*>(this);
            QTimer::singleShot(0, self, [self, account, project] { self->askAssignees(account, project); });
        }
        for (const auto& [id, actors] : it->data.assignees) {
            if (id == project)
                return actors;
        }
    }
    return it->data.people;
}

std::optional<domain::Actor> DirectoryKeeper::me(const domain::AccountId& account) const
{
    return m_entries.value(account).data.me;
}

FeedState DirectoryKeeper::state(const domain::AccountId& account) const
{
    return m_entries.value(account).state;
}

void DirectoryKeeper::load(const domain::AccountId& account)
{
    core::onDone(m_around.cache.directory(account), this,
        [this, account](const core::Result<store::Dated<store::DirectoryData>>& cached) {
            Entry& entry = m_entries[account];
            if (!cached || entry.state.asOf)
                return;
            entry.data = cached->value;
            entry.state.asOf = cached->asOf;
            entry.state.fromCache = true;
            emit changed(account);
        });
}

void DirectoryKeeper::refresh(const domain::AccountId& account)
{
    Session* session = m_book.session(account);
    Entry& entry = m_entries[account];
    if (session == nullptr || !session->isReady())
        return;
    if (entry.open > 0) {
        entry.isAskedAgain = true;
        return;
    }
    const domain::OrganizationId organization = session->organization();
    entry.open = 4;
    entry.state.loading = true;
    entry.state.error.reset();
    entry.asked.clear();
    api::Client& client = *session->client();
    session->receive(client.whoAmI(), this, [this, account](const core::Result<api::Identity>& identity) {
        take(account, identity, [](Entry& e, const api::Identity& value) { e.data.me = value.user; });
    });
    session->receive(client.projects(organization), this,
        [this, account](const core::Result<QList<domain::Project>>& projects) {
            take(account, projects, [](Entry& e, const QList<domain::Project>& value) {
                e.data.projects = value;
                assignColours(e.data.projects);
            });
        });
    session->receive(client.environments(organization), this,
        [this, account](const core::Result<QStringList>& environments) {
            take(account, environments,
                [](Entry& e, const QStringList& value) { e.data.environments = value; });
        });
    session->receive(client.assignees(organization), this,
        [this, account](const core::Result<QList<domain::Actor>>& people) {
            take(account, people, [](Entry& e, const QList<domain::Actor>& value) { e.data.people = value; });
        });
    emit changed(account);
}

template<class T, class Fn>
void DirectoryKeeper::take(const domain::AccountId& account, const core::Result<T>& result, Fn set)
{
    const auto it = m_entries.find(account);
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
        keep(account);
    }
    const bool isAskedAgain = std::exchange(entry.isAskedAgain, false);
    emit changed(account);
    if (isAskedAgain)
        refresh(account);
}

void DirectoryKeeper::askAssignees(const domain::AccountId& account, const domain::ProjectId& project)
{
    Session* session = m_book.session(account);
    const auto it = m_entries.find(account);
    if (session == nullptr || !session->isReady() || it == m_entries.end() || it->asked.contains(project))
        return;
    const auto known = std::find_if(it->data.projects.cbegin(), it->data.projects.cend(),
        [&](const domain::Project& candidate) { return candidate.id == project; });
    if (known == it->data.projects.cend())
        return;
    it->asked.insert(project);
    session->receive(
        session->client()->assignees(session->organization(), {known->id, known->slug, known->name}), this,
        [this, account, project](const core::Result<QList<domain::Actor>>& actors) {
            const auto entry = m_entries.find(account);
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
            keep(account);
            emit changed(account);
        });
}

void DirectoryKeeper::keep(const domain::AccountId& account)
{
    const Entry& entry = m_entries[account];
    m_around.cache.saveDirectory(account, entry.data, entry.state.asOf.value_or(m_around.clock.now()));
}

} // namespace vedette::sync
