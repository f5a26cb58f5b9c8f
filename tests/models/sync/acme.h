// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QString>

#include "tests/support/faultserver.h"

namespace vedette::tests {

/// A server with issues that remember what was done to them, on a fault server: real sockets, and whatever is
/// to go wrong on top. It speaks as much of the API as the client asks of a Sentry server.
class Acme final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Acme)

public:
    struct Row
    {
        QString id;
        QString title;
        QString status = QStringLiteral("unresolved");
        QString substatus = QStringLiteral("ongoing");
        QString assignee; ///< `user:1`, or empty
        qint64 count = 1;
        qint64 firstSeenMs = 0;
        qint64 lastSeenMs = 0;
        bool hasSeen = false;
        bool isBookmarked = false;
        QList<qint64> hourly = {}; ///< 24 numbers, the last for the running hour; empty: all 0
        QStringList events = {};   ///< oldest first
        QString organization = QStringLiteral("acme");
        QJsonObject statusDetails = {};
        QJsonArray activity = {}; ///< newest first
        QString priority = {};

        /// What a change refers to, for comparing: not its history, counts and dates.
        [[nodiscard]] QString state() const;
    };

    /// What becomes of one PUT. Before: the change is not made; after: it is made, and then this.
    struct Fate
    {
        FaultServer::Reply reply;
        bool isApplied = false;
    };

    Acme();

    [[nodiscard]] QUrl url() const { return server.url(); }
    [[nodiscard]] Row& row(const QString& id, const QString& organization = QStringLiteral("acme"));
    void add(const Row& row);
    /// `n` rows with ids from 1 and falling counts.
    void addMany(int n, qint64 nowMs);

    /// The next PUTs fare so; then they are carried out.
    void putFates(const QList<Fate>& fates) { m_fates = fates; }
    /// Every connection is reset while true.
    void setOffline(bool offline) { m_isOffline = offline; }
    /// The next GETs of the issue list get this instead.
    void listReplies(const QList<FaultServer::Reply>& replies) { m_listReplies = replies; }
    /// List answers wait for FaultServer::release().
    void holdLists(bool hold) { m_holdsLists = hold; }
    void refuseTokens(bool refuse) { m_refusesTokens = refuse; }

    /// Somebody else does the same as a PUT with that body.
    void changeAs(const QString& userId, const QString& userName, Row& row, const QJsonObject& change);
    /// An issue is another one from now on: it answers as that one.
    void mergeInto(const QString& child, const QString& parent) { m_mergedInto.insert(child, parent); }
    /// Bulk PUTs fare so, as putFates().
    void bulkFates(const QList<Fate>& fates) { m_bulkFates = fates; }
    /// Bulk PUTs that arrived, as `ids body`.
    [[nodiscard]] QStringList bulks() const { return m_bulks; }
    /// Issues that were changed by a bulk PUT which did not name them: what a missing guard does.
    [[nodiscard]] QStringList strays() const { return m_strays; }
    /// Starts over with other issues.
    void reset();

    /// PUTs that arrived, as `id body`, in order; the id with its organization before it, except acme.
    [[nodiscard]] QStringList puts() const { return m_puts; }
    /// PUTs that were carried out.
    [[nodiscard]] QStringList applied() const { return m_applied; }
    [[nodiscard]] int listRequests() const { return m_listRequests; }
    [[nodiscard]] int detailRequests() const { return m_detailRequests; }

    FaultServer server;
    QStringList organizations{QStringLiteral("acme")};
    qint64 nowMs = 0;            ///< what the server takes for the time
    QByteArray collectorVersion; ///< not empty: it says that it is a Vedette collector

private:
    void handle();
    FaultServer::Reply answer(const FaultServer::Request& request);
    FaultServer::Reply list(const FaultServer::Request& request, const QString& organization);
    FaultServer::Reply put(Row& row, const QByteArray& body);
    FaultServer::Reply putMany(const FaultServer::Request& request, const QString& organization);
    static void change(Row& row, const QJsonObject& change, qint64 nowMs);
    FaultServer::Reply event(const Row& row, const QString& which) const;
    [[nodiscard]] QJsonObject rowJson(const Row& row) const;

    QList<Row> m_rows;
    QList<Fate> m_fates;
    QList<FaultServer::Reply> m_listReplies;
    QList<Fate> m_bulkFates;
    QStringList m_puts;
    QStringList m_bulks;
    QStringList m_strays;
    QHash<QString, QString> m_mergedInto;
    qint64 m_lastActivity = 100;
    QStringList m_applied;
    bool m_isOffline = false;
    bool m_holdsLists = false;
    bool m_refusesTokens = false;
    int m_listRequests = 0;
    int m_detailRequests = 0;
};

} // namespace vedette::tests
