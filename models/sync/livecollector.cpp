// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/livecollector.h"

#include "models/core/ondone.h"
#include "models/core/runon.h"
#include "models/sync/accountbook.h"
#include "models/sync/session.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
LiveCollector::LiveCollector(const Surroundings& around, AccountBook& book)
    : m_around(around)
    , m_book(book)
    , m_timer(around.pace)
{
    m_timer.setIgnoresChanges(); // rates and sizes change without a word
    m_timer.setSession(m_book.collector());
    connect(&m_timer, &PollTimer::due, this, &LiveCollector::refresh);
    connect(&m_book, &AccountBook::sessionReady, this, [this](Session* session) {
        if (session != m_book.collector())
            return;
        m_timer.setSession(session);
        emit changed();
        refresh();
    });
    connect(&m_book, &AccountBook::sessionRemoved, this, [this] {
        if (m_book.collector() != nullptr)
            return;
        m_status = {};
        m_projects.clear();
        m_members.clear();
        emit changed();
    });
}

bool LiveCollector::isAvailable() const
{
    return readySession() != nullptr;
}

void LiveCollector::setFollowed(bool followed)
{
    m_timer.setActive(followed);
}

void LiveCollector::refresh()
{
    Session* session = readySession();
    if (session == nullptr)
        return;
    if (m_open > 0) {
        m_isAskedAgain = true;
        return;
    }
    m_timer.wind();
    m_roundError.reset();
    m_open = 3;
    m_state.loading = true;
    emit stateChanged(m_state);
    session->receive(session->client()->collectorStatus(), this,
        [this](const core::Result<domain::CollectorStatus>& status) {
            const Session* current = m_book.collector();
            if (status && current != nullptr) {
                m_status = *status;
                m_status.url = current->account().baseUrl;
            }
            partDone(status ? std::nullopt : std::optional(status.error()));
        });
    session->receive(session->client()->assignees(session->organization()), this,
        [this](const core::Result<QList<domain::Actor>>& people) {
            if (people)
                m_members = *people;
            partDone(people ? std::nullopt : std::optional(people.error()));
        });
    session->receive(session->client()->projects(session->organization()), this,
        [this](const core::Result<QList<domain::Project>>& projects) {
            m_incoming.clear();
            Session* current = readySession();
            if (projects && current != nullptr) {
                for (const domain::Project& project : *projects)
                    m_incoming.append({project, {}});
                askProjects(*current);
            }
            partDone(projects ? std::nullopt : std::optional(projects.error()));
        });
}

void LiveCollector::askProjects(Session& session)
{
    for (qsizetype i = 0; i < m_incoming.size(); ++i) {
        ++m_open;
        session.receive(session.client()->keys(session.organization(), m_incoming.at(i).project.slug), this,
            [this, i](const core::Result<QList<domain::ProjectKey>>& keys) {
                if (keys && i < m_incoming.size())
                    m_incoming[i].keys = *keys;
                partDone(keys ? std::nullopt : std::optional(keys.error()));
            });
    }
}

void LiveCollector::partDone(const std::optional<core::Error>& error)
{
    if (error && !m_roundError)
        m_roundError = error;
    if (--m_open > 0)
        return;
    m_timer.wind();
    m_state.loading = false;
    if (!m_roundError) {
        m_projects = m_incoming;
        m_state.error.reset();
        m_state.asOf = m_around.clock.now();
        emit changed();
    } else if (m_roundError->kind != core::ErrorKind::Cancelled) {
        m_state.error = m_roundError;
    }
    emit stateChanged(m_state);
    if (std::exchange(m_isAskedAgain, false))
        refresh();
}

template<class T, class Call>
QFuture<core::Result<T>> LiveCollector::ask(bool changes, Call call)
{
    Session* session = readySession();
    if (session == nullptr)
        return core::finished<T>(core::fail(core::ErrorKind::NotFound, u"no collector is attached"_s));
    QFuture<core::Result<T>> future = call(*session->client(), session->organization());
    session->receive(future, this, [this, changes](const core::Result<T>& result) {
        if (changes && result)
            refresh();
    });
    return future;
}

QFuture<core::Result<domain::Actor>> LiveCollector::addMember(const QString& name, const QString& email)
{
    return ask<domain::Actor>(true, [&](api::Client& client, const domain::OrganizationId& organization) {
        return client.createMember(organization, name, email);
    });
}

QFuture<core::Result<domain::Project>> LiveCollector::addProject(const QString& name, const QString& platform)
{
    return ask<domain::Project>(true, [&](api::Client& client, const domain::OrganizationId& organization) {
        return client.createProject(organization, name, platform);
    });
}

QFuture<core::Result<domain::Project>> LiveCollector::renameProject(const QString& slug, const QString& name)
{
    return ask<domain::Project>(true, [&](api::Client& client, const domain::OrganizationId& organization) {
        return client.renameProject(organization, slug, name);
    });
}

QFuture<core::Result<domain::ProjectKey>> LiveCollector::addKey(const QString& slug, const QString& label)
{
    return ask<domain::ProjectKey>(
        true, [&](api::Client& client, const domain::OrganizationId& organization) {
            return client.addKey(organization, slug, label);
        });
}

QFuture<core::Result<domain::ProjectKey>> LiveCollector::setKeyActive(
    const QString& slug, const QString& keyId, bool isActive)
{
    return ask<domain::ProjectKey>(
        true, [&](api::Client& client, const domain::OrganizationId& organization) {
            return client.setKeyActive(organization, slug, keyId, isActive);
        });
}

QFuture<core::Result<domain::ProjectSettings>> LiveCollector::projectSettings(const QString& slug)
{
    return ask<domain::ProjectSettings>(
        false, [&](api::Client& client, const domain::OrganizationId& organization) {
            return client.projectSettings(organization, slug);
        });
}

QFuture<core::Result<domain::ProjectSettings>> LiveCollector::setProjectSettings(
    const QString& slug, const domain::ProjectSettings& settings)
{
    return ask<domain::ProjectSettings>(
        true, [&](api::Client& client, const domain::OrganizationId& organization) {
            return client.setProjectSettings(organization, slug, settings);
        });
}

QFuture<core::Result<domain::CollectorSettings>> LiveCollector::settings()
{
    return ask<domain::CollectorSettings>(
        false, [](api::Client& client, const domain::OrganizationId&) { return client.collectorSettings(); });
}

QFuture<core::Result<domain::CollectorSettings>> LiveCollector::setSettings(
    const domain::CollectorSettings& settings)
{
    return ask<domain::CollectorSettings>(true, [&](api::Client& client, const domain::OrganizationId&) {
        return client.setCollectorSettings(settings);
    });
}

Session* LiveCollector::readySession() const
{
    Session* session = m_book.collector();
    return session != nullptr && session->isReady() ? session : nullptr;
}

} // namespace vedette::sync
