// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/faultproxy.h"

#include <QHostAddress>
#include <QUrl>

namespace vedette::tests {

FaultProxy::FaultProxy(Mood mood, QObject* parent)
    : QObject(parent)
    , m_mood(mood)
{
    connect(&m_server, &QTcpServer::pendingConnectionAvailable, this, [this] {
        while (QTcpSocket* socket = m_server.nextPendingConnection()) {
            m_buffers.insert(socket, {});
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    if (!m_server.listen(QHostAddress::LocalHost, 0))
        qFatal("the proxy cannot listen");
}

void FaultProxy::setPassword(const QByteArray& user, const QByteArray& password)
{
    m_right = "basic " + (user + ':' + password).toBase64();
}

void FaultProxy::read(QTcpSocket* from)
{
    const auto it = m_buffers.find(from);
    if (it == m_buffers.end())
        return; // a tunnel by now
    *it += from->readAll();
    const qsizetype end = it->indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = it->left(end + 2);
    const QByteArray rest = it->mid(end + 4);
    it->clear();
    m_heads.append(head);
    switch (m_mood) {
    case Mood::Passes:
        break;
    case Mood::WantsPassword: {
        QByteArray given;
        for (const QByteArray& line : head.split('\n')) {
            if (line.toLower().startsWith("proxy-authorization:"))
                given = line.mid(line.indexOf(':') + 1).trimmed();
        }
        if (m_right.isEmpty() || given.left(6).toLower() + given.mid(6) != m_right)
            return refuse(
                from, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"gate\"\r\n");
        break;
    }
    case Mood::Refuses:
        return refuse(from, "403 Forbidden");
    case Mood::HangsUp:
        from->disconnectFromHost();
        return;
    }
    pass(from, head, rest);
}

void FaultProxy::refuse(QTcpSocket* from, const QByteArray& status, const QByteArray& headers)
{
    const QByteArray page = "<html>not through here</html>";
    from->write("HTTP/1.1 " + status + "\r\n" + headers + "Content-Type: text/html\r\nContent-Length: " +
                QByteArray::number(page.size()) + "\r\nConnection: close\r\n\r\n" + page);
    from->disconnectFromHost();
}

void FaultProxy::pass(QTcpSocket* from, const QByteArray& head, const QByteArray& rest)
{
    ++m_passed;
    const QList<QByteArray> words = head.left(head.indexOf('\r')).split(' ');
    const bool isTunnel = words.value(0) == "CONNECT";
    const QUrl target(QString::fromLatin1(isTunnel ? "tunnel://" + words.value(1) : words.value(1)));
    auto* to = new QTcpSocket(from);
    m_buffers.remove(from);
    connect(to, &QTcpSocket::readyRead, from, [from, to] { from->write(to->readAll()); });
    connect(to, &QTcpSocket::disconnected, from, [from] { from->disconnectFromHost(); });
    connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
    connect(to, &QTcpSocket::connected, from, [from, to, isTunnel, head, rest] {
        if (isTunnel) {
            from->write("HTTP/1.1 200 Connection established\r\n\r\n");
            to->write(rest);
            return;
        }
        to->write(head + "\r\n" + rest);
    });
    to->connectToHost(target.host(), static_cast<quint16>(target.port(80)));
}

} // namespace vedette::tests
