// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/changestream.h"

#include <QNetworkReply>

#include <algorithm>

#include "models/api/accessmanager.h"

namespace vedette::api {
namespace {

constexpr std::chrono::milliseconds firstWait{1'000};
constexpr std::chrono::milliseconds longestWait{60'000};

} // namespace

ChangeStream::ChangeStream(const QNetworkRequest& request, AccessManager& network, QObject* parent)
    : QObject(parent)
    , m_request(request)
    , m_network(network)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ChangeStream::open);
    open();
}

ChangeStream::~ChangeStream()
{
    if (m_reply) {
        disconnect(m_reply, nullptr, this, nullptr);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

void ChangeStream::open()
{
    QNetworkRequest request = m_request;
    if (!m_events.lastId().isEmpty())
        request.setRawHeader("Last-Event-ID", m_events.lastId());
    m_events.restart();
    m_reply = m_network.get(request);
    connect(m_reply, &QNetworkReply::readyRead, this, &ChangeStream::read);
    connect(m_reply, &QNetworkReply::finished, this, &ChangeStream::finish);
}

void ChangeStream::read()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray bytes = m_reply->readAll();
    const QByteArray type = m_reply->header(QNetworkRequest::ContentTypeHeader).toByteArray();
    if (status != 200 || !type.startsWith("text/event-stream"))
        return;
    const QList<ServerSentEvent> events = m_events.read(bytes);
    m_wait = {};
    setLive(true);
    // A listener may end us.
    const QPointer<ChangeStream> self = this;
    for (const ServerSentEvent& event : events) {
        emit changed(event.type);
        if (!self)
            return;
    }
}

void ChangeStream::finish()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    disconnect(m_reply, nullptr, this, nullptr);
    m_reply->deleteLater();
    m_reply.clear();
    setLive(false);
    // A server without this feed will not grow one while it runs: polling does without.
    if (status == 404 || status == 405 || status == 410)
        return;
    const std::chrono::milliseconds shortest = std::min(m_events.retry().value_or(firstWait), longestWait);
    m_wait = std::clamp(m_wait * 2, shortest, longestWait);
    m_again.start(m_wait);
}

void ChangeStream::setLive(bool isLive)
{
    if (m_isLive == isLive)
        return;
    m_isLive = isLive;
    emit liveChanged(isLive);
}

} // namespace vedette::api
