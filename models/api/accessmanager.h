// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QString>

namespace vedette::api {

Q_DECLARE_LOGGING_CATEGORY(lcApi)

/// The one door to the network: user agent, no cookies, redirects within one origin only (Qt's default would
/// carry our Authorization header to another one), a backstop timeout, a request id, and one log line per
/// request with method, path without query values, status and duration; never bodies, tokens or keys. One per
/// account, or one for all. GUI thread.
class AccessManager final : public QNetworkAccessManager
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccessManager)

public:
    /// `version` is ours, for the user agent.
    explicit AccessManager(const QString& version, QObject* parent = nullptr);
    /// Replies that are still open end without a word.
    ~AccessManager() override;

    /// Replies that were begun and have not been destroyed.
    [[nodiscard]] int openReplies() const { return m_open; }

protected:
    QNetworkReply* createRequest(
        Operation op, const QNetworkRequest& request, QIODevice* outgoingData) override;

private:
    QString m_userAgent;
    quint64 m_lastId = 0;
    int m_open = 0;
};

} // namespace vedette::api
