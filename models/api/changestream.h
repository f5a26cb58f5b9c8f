// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkRequest>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>

#include "models/api/serversentevents.h"

class QNetworkReply;

namespace vedette::api {

class AccessManager;

/// What changes on our own collector, told by itself: its server-sent events, held open and taken up again
/// where they broke off (`Last-Event-ID`). Client::followChanges() makes it. GUI thread.
class ChangeStream final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChangeStream)

public:
    /// `request` is complete with address, token and the time after which silence means that the connection
    /// is gone.
    ChangeStream(const QNetworkRequest& request, AccessManager& network, QObject* parent = nullptr);
    ~ChangeStream() override;

    /// The server is telling: what does not come did not happen.
    [[nodiscard]] bool isLive() const { return m_isLive; }

signals:
    /// Something happened: `type` is the event's (issue, project, collector, or reset: much may have).
    void changed(const QByteArray& type);
    void liveChanged(bool isLive);

private:
    void open();
    void read();
    void finish();
    void setLive(bool isLive);

    const QNetworkRequest m_request;
    AccessManager& m_network;
    ServerSentEvents m_events;
    QPointer<QNetworkReply> m_reply; ///< gone when the manager died first
    QTimer m_again;
    std::chrono::milliseconds m_wait{0}; ///< before the next attempt; doubles while there is no answer
    bool m_isLive = false;
};

} // namespace vedette::api
