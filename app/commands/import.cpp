// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/import.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <algorithm>
#include <cstdio>

#include "app/builtincollector.h"
#include "app/commands/exitcodes.h"
#include "models/api/accessmanager.h"
#include "models/api/client.h"
#include "models/core/ondone.h"

namespace vedette::app {

using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;

namespace {

/// The collector takes no larger body uncompressed.
constexpr qint64 mostFileBytes = 100'000'000;

bool isObject(const QByteArray& line)
{
    return QJsonDocument::fromJson(line).isObject();
}

} // namespace

bool isEnvelope(const QByteArray& bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    if (end < 0)
        return false;
    const qsizetype second = bytes.indexOf('\n', end + 1);
    const QByteArray item = bytes.mid(end + 1, second < 0 ? -1 : second - end - 1);
    return isObject(bytes.left(end)) && QJsonDocument::fromJson(item).object().contains("type"_L1);
}

Import::Import(
    const QString& dataFolder, const QStringList& files, const QString& project, Print print, QObject* parent)
    : QObject(parent)
    , m_dataFolder(dataFolder)
    , m_files(files)
    , m_project(project)
    , m_print(print)
    , m_lane("import")
{}

Import::~Import() = default;

void Import::start()
{
    m_network = std::make_unique<api::AccessManager>(QCoreApplication::applicationVersion(), m_clock);
    m_collector = std::make_unique<BuiltInCollector>(m_dataFolder, m_clock);
    core::onDone(m_collector->start({.anyPort = true}), this,
        [this](const core::Result<BuiltInCollector::Address>& at) {
            if (!at) {
                stop(at.error());
                return;
            }
            m_client = std::make_unique<api::Client>(
                api::Client::Options{at->url, at->token}, *m_network, m_lane, m_home, m_clock);
            core::onDone(m_client->organizations(), this,
                [this](const core::Result<QList<domain::Organization>>& organizations) {
                    if (!organizations) {
                        stop(organizations.error());
                    } else if (organizations->isEmpty()) {
                        stop({ErrorKind::NotFound, 0, u"the collector has no organization"_s, {}});
                    } else {
                        m_organization = organizations->first().id.value();
                        findProjects();
                    }
                });
        });
}

void Import::findProjects()
{
    core::onDone(m_client->projects(domain::OrganizationId(m_organization)), this,
        [this](const core::Result<QList<domain::Project>>& projects) {
            if (!projects) {
                stop(projects.error());
                return;
            }
            const auto it = std::find_if(projects->begin(), projects->end(),
                [this](const auto& project) { return m_project.isEmpty() || project.slug == m_project; });
            if (it == projects->end())
                stop({ErrorKind::NotFound, 0, u"there is no project \"%1\""_s.arg(m_project), {}});
            else
                findKey(it->slug);
        });
}

void Import::findKey(const QString& slug)
{
    core::onDone(m_client->keys(domain::OrganizationId(m_organization), slug), this,
        [this, slug](const core::Result<QList<domain::ProjectKey>>& keys) {
            if (!keys) {
                stop(keys.error());
                return;
            }
            const auto it = std::find_if(
                keys->begin(), keys->end(), [](const domain::ProjectKey& key) { return key.isActive; });
            if (it == keys->end()) {
                stop({ErrorKind::NotFound, 0, u"project \"%1\" has no active key"_s.arg(slug), {}});
                return;
            }
            m_dsn = QUrl(it->dsn);
            sendNext();
        });
}

void Import::sendNext()
{
    if (m_files.isEmpty()) {
        emit finished(m_anyFailed ? ExitFailed : ExitOk);
        return;
    }
    const QString path = m_files.takeFirst();
    QFile file(path);
    QString fault;
    if (!file.open(QIODevice::ReadOnly))
        fault = file.errorString();
    else if (file.size() > mostFileBytes)
        fault = u"larger than the collector takes"_s;
    if (!fault.isEmpty()) {
        m_anyFailed = true;
        std::fprintf(stderr, "vedette import: %s: %s\n", qPrintable(path), qPrintable(fault));
        QMetaObject::invokeMethod(this, &Import::sendNext, Qt::QueuedConnection);
        return;
    }
    const QByteArray bytes = file.readAll();
    const bool envelope = isEnvelope(bytes);
    QUrl url = m_dsn;
    url.setUserInfo({});
    url.setPath(u"/api"_s + m_dsn.path() + (envelope ? u"/envelope/"_s : u"/store/"_s));
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader,
        envelope ? u"application/x-sentry-envelope"_s : u"application/json"_s);
    request.setRawHeader(
        "X-Sentry-Auth", "Sentry sentry_version=7, sentry_key=" + m_dsn.userName().toLatin1());
    QNetworkReply* reply = m_network->post(request, bytes);
    connect(reply, &QNetworkReply::finished, this, [this, path, reply] { onSent(path, reply); });
}

void Import::onSent(const QString& file, QNetworkReply* reply)
{
    reply->deleteLater();
    const QJsonObject answer = QJsonDocument::fromJson(reply->readAll()).object();
    if (reply->error() == QNetworkReply::NoError) {
        const QString id = answer.value("id"_L1).toString();
        if (m_print == Print::Json)
            std::printf("%s\n", QJsonDocument(QJsonObject{{u"file"_s, file}, {u"id"_s, id}})
                                    .toJson(QJsonDocument::Compact)
                                    .constData());
        else
            std::printf("%s: %s\n", qPrintable(file), qPrintable(id));
    } else {
        m_anyFailed = true;
        const QString detail = answer.value("detail"_L1).toString();
        std::fprintf(stderr, "vedette import: %s: %s\n", qPrintable(file),
            qPrintable(detail.isEmpty() ? reply->errorString() : detail));
    }
    sendNext();
}

void Import::stop(const core::Error& error)
{
    std::fprintf(stderr, "vedette import: %s\n", qPrintable(error.detail));
    emit finished(exitCodeOf(error.kind));
}

} // namespace vedette::app
