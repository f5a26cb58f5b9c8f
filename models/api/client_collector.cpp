// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/accessmanager.h"
#include "models/api/changestream.h"
#include "models/api/clientprivate.h"
#include "models/api/decode/decode.h"
#include "models/json/writer.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {

using domain::OrganizationId;

namespace {

constexpr std::chrono::milliseconds changeSilence{45'000};

void writePatterns(json::Writer& out, const char* name, const QStringList& patterns)
{
    out.key(name).beginArray();
    for (const QString& pattern : patterns)
        out.string(pattern);
    out.endArray();
}

std::string bodyOf(const domain::ProjectSettings& settings)
{
    json::Writer out;
    out.beginObject().field("active", settings.isActive);
    out.key("rateLimit").beginObject().field("count", std::int64_t(settings.rateCount));
    out.field("window", std::int64_t(settings.rateWindow)).endObject();
    out.field("maxBytes", std::int64_t(settings.maxBytes)).field("upstream", settings.upstream);
    out.key("filters").beginObject();
    writePatterns(out, "errorTypes", settings.filters.errorTypes);
    writePatterns(out, "messages", settings.filters.messages);
    writePatterns(out, "releases", settings.filters.releases);
    out.field("browserExtensions", settings.filters.browserExtensions);
    out.field("localhost", settings.filters.localhost).endObject();
    out.endObject();
    return out.take();
}

std::string bodyOf(const domain::CollectorSettings& settings)
{
    json::Writer out;
    out.beginObject().field("spotlight", settings.takesSpotlight);
    out.field("retentionDays", std::int64_t(settings.retentionDays));
    out.field("retentionBytes", std::int64_t(settings.retentionBytes)).endObject();
    return out.take();
}

QStringList settingsPath(const OrganizationId& organization, const QString& project)
{
    return {u"0"_s, u"projects"_s, organization.value(), project, u"vedette"_s, u"settings"_s};
}

const QStringList collectorSettingsPath = {u"0"_s, u"vedette"_s, u"settings"_s};

} // namespace

QFuture<core::Result<domain::CollectorStatus>> Client::collectorStatus()
{
    auto* task = d->begin<domain::CollectorStatus>();
    d->read<domain::CollectorStatus>(task, d->options.baseUrl,
        Route::get({u"0"_s, u"vedette"_s, u"collector"_s}), decode::collectorStatus,
        [task](core::Result<domain::CollectorStatus> status) { task->finish(std::move(status)); });
    return task->future();
}

QFuture<core::Result<domain::CollectorSettings>> Client::collectorSettings()
{
    auto* task = d->begin<domain::CollectorSettings>();
    d->read<domain::CollectorSettings>(task, d->options.baseUrl, Route::get(collectorSettingsPath),
        decode::collectorSettings,
        [task](core::Result<domain::CollectorSettings> settings) { task->finish(std::move(settings)); });
    return task->future();
}

QFuture<core::Result<domain::CollectorSettings>> Client::setCollectorSettings(
    const domain::CollectorSettings& settings)
{
    auto* task = d->begin<domain::CollectorSettings>();
    d->read<domain::CollectorSettings>(task, d->options.baseUrl,
        Route::put(collectorSettingsPath, bodyOf(settings)), decode::collectorSettings,
        [task](core::Result<domain::CollectorSettings> kept) { task->finish(std::move(kept)); });
    return task->future();
}

QFuture<core::Result<domain::ProjectSettings>> Client::projectSettings(
    const OrganizationId& organization, const QString& projectSlug)
{
    auto* task = d->begin<domain::ProjectSettings>();
    d->read<domain::ProjectSettings>(task, d->options.baseUrl,
        Route::get(settingsPath(organization, projectSlug)), decode::projectSettings,
        [task](core::Result<domain::ProjectSettings> settings) { task->finish(std::move(settings)); });
    return task->future();
}

QFuture<core::Result<domain::ProjectSettings>> Client::setProjectSettings(
    const OrganizationId& organization, const QString& projectSlug, const domain::ProjectSettings& settings)
{
    auto* task = d->begin<domain::ProjectSettings>();
    d->read<domain::ProjectSettings>(task, d->options.baseUrl,
        Route::put(settingsPath(organization, projectSlug), bodyOf(settings)), decode::projectSettings,
        [task](core::Result<domain::ProjectSettings> kept) { task->finish(std::move(kept)); });
    return task->future();
}

QFuture<core::Result<domain::Project>> Client::renameProject(
    const OrganizationId& organization, const QString& projectSlug, const QString& name)
{
    auto* task = d->begin<domain::Project>();
    json::Writer body;
    body.beginObject().field("name", name).endObject();
    d->read<domain::Project>(task, d->baseFor(organization),
        Route::put({u"0"_s, u"projects"_s, organization.value(), projectSlug}, body.take()), decode::project,
        [task](core::Result<domain::Project> project) { task->finish(std::move(project)); });
    return task->future();
}

QFuture<core::Result<domain::ProjectKey>> Client::addKey(
    const OrganizationId& organization, const QString& projectSlug, const QString& label)
{
    auto* task = d->begin<domain::ProjectKey>();
    json::Writer body;
    body.beginObject().field("name", label).endObject();
    d->read<domain::ProjectKey>(task, d->baseFor(organization),
        Route::post({u"0"_s, u"projects"_s, organization.value(), projectSlug, u"keys"_s}, body.take()),
        decode::key, [task](core::Result<domain::ProjectKey> key) { task->finish(std::move(key)); });
    return task->future();
}

QFuture<core::Result<domain::ProjectKey>> Client::setKeyActive(
    const OrganizationId& organization, const QString& projectSlug, const QString& keyId, bool isActive)
{
    auto* task = d->begin<domain::ProjectKey>();
    json::Writer body;
    body.beginObject().field("isActive", isActive).endObject();
    d->read<domain::ProjectKey>(task, d->baseFor(organization),
        Route::put({u"0"_s, u"projects"_s, organization.value(), projectSlug, u"keys"_s, keyId}, body.take()),
        decode::key, [task](core::Result<domain::ProjectKey> key) { task->finish(std::move(key)); });
    return task->future();
}

std::unique_ptr<ChangeStream> Client::followChanges(const domain::OrganizationId& organization)
{
    const Route route =
        Route::get({u"0"_s, u"organizations"_s, organization.value(), u"vedette"_s, u"changes"_s});
    const QUrl url = route.url(d->options.baseUrl);
    if (d->refusalOf(route, url))
        return nullptr;
    QNetworkRequest request = d->requestFor(route, url);
    request.setRawHeader("Accept", "text/event-stream");
    // The collector says something every 15 s, if only that it is there.
    request.setTransferTimeout(static_cast<int>(changeSilence.count()));
    return std::make_unique<ChangeStream>(request, d->network);
}

} // namespace vedette::api
