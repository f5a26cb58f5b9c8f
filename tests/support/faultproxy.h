// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

namespace vedette::tests {

/// An HTTP proxy on 127.0.0.1: tunnels (CONNECT) and passes plain requests on, or refuses, and remembers what
/// it was told in clear. What it has let through once goes on
/// as it comes.
class FaultProxy final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FaultProxy)

public:
    enum class Mood
    {
        Passes,
        WantsPassword, ///< 407 until the right Proxy-Authorization comes
        Refuses,       ///< 403 with a page for people
        HangsUp,       ///< closes without a word
    };

    explicit FaultProxy(Mood mood = Mood::Passes, QObject* parent = nullptr);

    [[nodiscard]] int port() const { return m_server.serverPort(); }
    /// What WantsPassword lets pass.
    void setPassword(const QByteArray& user, const QByteArray& password);

    /// The heads of all requests to the proxy itself, as they came; of tunnels the CONNECT only.
    [[nodiscard]] const QList<QByteArray>& heads() const { return m_heads; }
    /// How many it let through.
    [[nodiscard]] int passed() const { return m_passed; }

private:
    void read(QTcpSocket* from);
    void pass(QTcpSocket* from, const QByteArray& head, const QByteArray& rest);
    static void refuse(QTcpSocket* from, const QByteArray& status, const QByteArray& headers = {});

    QTcpServer m_server;
    Mood m_mood;
    QByteArray m_right;
    QHash<QTcpSocket*, QByteArray> m_buffers;
    QList<QByteArray> m_heads;
    int m_passed = 0;
};

} // namespace vedette::tests
