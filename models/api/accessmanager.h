// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QString>

#include <optional>

#include "models/api/gate.h"
#include "models/api/transport.h"
#include "models/core/error.h"

namespace vedette::api {

Q_DECLARE_LOGGING_CATEGORY(lcApi)

/// The one door to the network: user agent, no cookies, redirects within one origin only (Qt's default would
/// carry our Authorization header to another one), a backstop timeout, a request id, and one log line per
/// request with method, path without query values, status and duration; never bodies, tokens or keys. One per
/// account: Qt keeps connections per address, and one that was opened with the client certificate of an
/// account must not serve another. GUI thread.
class AccessManager final : public QNetworkAccessManager
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccessManager)

public:
    /// `version` is ours, for the user agent. The clock must outlive it.
    AccessManager(const QString& version, const core::Clock& clock, QObject* parent = nullptr);
    /// The same by the way that `transport` says. Where that way cannot be gone, fault() says why and nothing
    /// goes out.
    AccessManager(const QString& version, const core::Clock& clock, const Transport& transport,
        QObject* parent = nullptr);
    /// Replies that are still open end without a word.
    ~AccessManager() override;

    /// Why nothing can be sent, if so. Errors: Usage.
    [[nodiscard]] const std::optional<core::Error>& fault() const { return m_fault; }
    /// Where requests wait for their turn.
    [[nodiscard]] Gate& gate() { return m_gate; }
    /// Replies that were begun and have not been destroyed.
    [[nodiscard]] int openReplies() const { return m_open; }
    /// Requests to this address go through a proxy.
    [[nodiscard]] bool usesProxyFor(const QUrl& url) const;
    /// What was wrong with the certificate that the server showed, if that is why a reply failed.
    [[nodiscard]] std::optional<core::Error> tlsFault(const QNetworkReply* reply) const;

protected:
    QNetworkReply* createRequest(
        Operation op, const QNetworkRequest& request, QIODevice* outgoingData) override;

private:
    void judge(QNetworkReply* reply, const QList<QSslError>& errors);

    Gate m_gate;
    Passage m_passage;
    std::optional<core::Error> m_fault;
    QHash<const QNetworkReply*, core::Error> m_tlsFaults;
    QHash<QString, core::Error> m_lastTlsFaults; ///< by origin
    QString m_userAgent;
    quint64 m_lastId = 0;
    int m_open = 0;
};

} // namespace vedette::api
