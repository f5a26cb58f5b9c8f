// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Client: projects, environments, people and keys (contract section 5).

#include <QSet>

#include "models/api/clientprivate.h"
#include "models/api/decode/decode.h"
#include "models/json/writer.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {

using core::ErrorKind;
using domain::OrganizationId;

namespace {

using Actors = QList<domain::Actor>;

constexpr qint64 pageSize = 100;

Route listOf(const QStringList& segments)
{
    return Route::get(segments).with("per_page", pageSize);
}

/// What is not served, or not for this token, is not there: no fault of the list as a whole.
bool isAbsent(const core::Error& error)
{
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Forbidden ||
           error.kind == ErrorKind::Gone || error.kind == ErrorKind::Unsupported;
}

/// You first, then the others as the server ordered them, each once.
Actors arranged(const Actors& actors, const domain::ActorId& me)
{
    Actors out;
    QSet<domain::ActorId> seen;
    for (domain::Actor actor : actors) {
        if (actor.id.isEmpty() || seen.contains(actor.id))
            continue;
        seen.insert(actor.id);
        actor.isMe = actor.id == me;
        if (actor.isMe)
            out.prepend(actor);
        else
            out.append(actor);
    }
    return out;
}

} // namespace

QFuture<core::Result<QList<domain::Project>>> Client::projects(const OrganizationId& organization)
{
    using List = QList<domain::Project>;
    auto* task = d->begin<List>();
    d->readAll<domain::Project>(task, d->baseFor(organization),
        listOf({u"0"_s, u"organizations"_s, organization.value(), u"projects"_s}), decode::projects,
        [task](core::Result<List> list) { task->finish(std::move(list)); });
    return task->future();
}

QFuture<core::Result<QStringList>> Client::environments(const OrganizationId& organization)
{
    auto* task = d->begin<QStringList>();
    d->read<QStringList>(task, d->baseFor(organization),
        Route::get({u"0"_s, u"organizations"_s, organization.value(), u"environments"_s}),
        decode::environments, [task](core::Result<QStringList> names) { task->finish(std::move(names)); });
    return task->future();
}

QFuture<core::Result<QList<domain::Actor>>> Client::assignees(
    const OrganizationId& organization, const domain::ProjectRef& project)
{
    if (d->isGlitchTip())
        return core::finished(core::Result<Actors>(Actors()));
    auto* task = d->begin<Actors>();
    const QUrl base = d->baseFor(organization);
    const QString& org = organization.value();
    const QString slug = project.slug.isEmpty() ? project.id.value() : project.slug;

    // Teams come after the people, and their absence is no fault.
    const auto addTeams = [this, task, base, org, slug](const Actors& people) {
        const Route route = slug.isEmpty() ? listOf({u"0"_s, u"organizations"_s, org, u"teams"_s})
                                           : listOf({u"0"_s, u"projects"_s, org, slug, u"teams"_s});
        d->readAll<domain::Actor>(
            task, base, route, decode::teams, [this, task, people](core::Result<Actors> teams) {
                if (!teams && !isAbsent(teams.error()))
                    return task->finish(core::fail(teams.error()));
                task->finish(arranged(people + teams.value_or(Actors()), d->me));
            });
    };
    // Older servers lack users/: the project's members serve, else the organization's.
    QList<Route> sources = {
        listOf({u"0"_s, u"organizations"_s, org, u"users"_s}).withSome("project", project.id.value())};
    if (!slug.isEmpty())
        sources << Route::get({u"0"_s, u"projects"_s, org, slug, u"members"_s});
    sources << listOf({u"0"_s, u"organizations"_s, org, u"members"_s});

    // Recursion through the futures, one source after the other.
    struct Ask
    {
        static void next(Private* d, Task<Actors>* task, const QUrl& base, const QList<Route>& sources,
            const std::function<void(const Actors&)>& then)
        {
            d->readAll<domain::Actor>(
                task, base, sources.first(), decode::members, [=](core::Result<Actors> people) {
                    if (people)
                        return then(*people);
                    if (sources.size() > 1 && isAbsent(people.error()))
                        return next(d, task, base, sources.sliced(1), then);
                    task->finish(core::fail(people.error()));
                });
        }
    };
    Ask::next(d.get(), task, base, sources, addTeams);
    return task->future();
}

QFuture<core::Result<domain::Actor>> Client::createMember(
    const OrganizationId& organization, const QString& name, const QString& email)
{
    auto* task = d->begin<domain::Actor>();
    json::Writer body;
    body.beginObject().field("email", email).field("name", name).field("orgRole", "member").endObject();
    const Decoder<domain::Actor> decode = [name, email](const json::Value& answer) {
        // A server that sends an invitation first has no user to name yet: nobody to assign to.
        domain::Actor fresh;
        fresh.name = name;
        fresh.email = email;
        auto known = decode::member(answer);
        return core::Result<domain::Actor>(known ? *known : decode::user(answer["user"]).value_or(fresh));
    };
    d->read<domain::Actor>(task, d->baseFor(organization),
        Route::post({u"0"_s, u"organizations"_s, organization.value(), u"members"_s}, body.take()), decode,
        [task](core::Result<domain::Actor> actor) { task->finish(std::move(actor)); });
    return task->future();
}

QFuture<core::Result<QList<domain::ProjectKey>>> Client::keys(
    const OrganizationId& organization, const QString& projectSlug)
{
    using List = QList<domain::ProjectKey>;
    auto* task = d->begin<List>();
    d->readAll<domain::ProjectKey>(task, d->baseFor(organization),
        listOf({u"0"_s, u"projects"_s, organization.value(), projectSlug, u"keys"_s}), decode::keys,
        [task](core::Result<List> list) { task->finish(std::move(list)); });
    return task->future();
}

QFuture<core::Result<domain::Project>> Client::createProject(
    const OrganizationId& organization, const QString& name, const QString& platform)
{
    auto* task = d->begin<domain::Project>();
    json::Writer body;
    body.beginObject().field("name", name);
    if (!platform.isEmpty())
        body.field("platform", platform);
    body.endObject();
    d->read<domain::Project>(task, d->baseFor(organization),
        Route::post({u"0"_s, u"organizations"_s, organization.value(), u"projects"_s}, body.take()),
        decode::project, [task](core::Result<domain::Project> project) { task->finish(std::move(project)); });
    return task->future();
}

} // namespace vedette::api
