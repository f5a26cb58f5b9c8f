// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/singleinstance.h"

#include <QCryptographicHash>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLoggingCategory>
#include <QStandardPaths>
#include <QTimer>

#include <memory>

#include "app/desktop/applicationadaptor.h"

namespace vedette::desktop {

using namespace Qt::Literals::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcInstance, "vedette.instance")

/// The first one answers at once or is hung.
constexpr int answerTimeoutMs = 5'000;
constexpr qint64 mostMessageBytes = 100'000;

QString folderMark(const QString& folder)
{
    const QString canonical = QDir(folder).canonicalPath();
    return QString::fromLatin1(QCryptographicHash::hash(
        (canonical.isEmpty() ? folder : canonical).toUtf8(), QCryptographicHash::Sha256)
                                   .toHex()
                                   .first(16));
}

QStringList textsOf(const QJsonValue& value)
{
    QStringList out;
    const QJsonArray given = value.toArray();
    for (const auto& each : given)
        out << each.toString();
    return out;
}

/// What a launcher hands to a program that it starts (startup notification, xdg-activation).
QString ownActivationToken()
{
    const QString token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
    return token.isEmpty() ? qEnvironmentVariable("DESKTOP_STARTUP_ID") : token;
}

} // namespace

SingleInstance::SingleInstance(const QString& dataFolder, const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_lock(QDir(dataFolder).filePath(u"desktop.lock"_s))
    , m_bus(bus)
{
    const QString mark = folderMark(dataFolder);
    // An element of a bus name must not begin with a digit.
    m_busName = u"org.vedette.Vedette.f"_s + mark;
    m_objectPath = u"/org/vedette/Vedette"_s;
    m_socketName = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u"/vedette-"_s + mark;
    m_lock.setStaleLockTime(0); // stale means that its process is gone, never that it is old
}

SingleInstance::~SingleInstance()
{
    if (m_server && m_use == Use::Desktop && m_bus.isConnected())
        m_bus.unregisterService(m_busName);
}

bool SingleInstance::claim(Use use)
{
    if (!m_lock.tryLock(0))
        return false;
    m_use = use;
    if (m_bus.isConnected() && use == Use::Desktop) {
        auto* adaptor = new ApplicationAdaptor(*this);
        const bool registered = m_bus.registerObject(m_objectPath, this, QDBusConnection::ExportAdaptors) &&
                                m_bus.registerService(m_busName);
        if (!registered) {
            qCWarning(lcInstance) << "no name on the session bus:" << m_bus.lastError().message();
            delete adaptor;
        }
    }
    m_server = new QLocalServer(this);
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
    // The lock says that whoever left a socket there is gone.
    QLocalServer::removeServer(m_socketName);
    if (!m_server->listen(m_socketName))
        qCWarning(lcInstance) << "no local socket:" << m_server->errorString();
    return true;
}

void SingleInstance::raiseFirst(const QStringList& uris)
{
    if (!m_bus.isConnected()) {
        raiseBySocket(uris);
        return;
    }
    const QVariantMap platformData{
        {u"activation-token"_s, ownActivationToken()}, {u"desktop-startup-id"_s, ownActivationToken()}};
    QDBusMessage message = QDBusMessage::createMethodCall(m_busName, m_objectPath,
        u"org.freedesktop.Application"_s, uris.isEmpty() ? u"Activate"_s : u"Open"_s);
    if (!uris.isEmpty())
        message << uris;
    message << platformData;
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, answerTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, uris] {
        watcher->deleteLater();
        if (watcher->isError())
            raiseBySocket(uris); // it may live on another bus
        else
            emit raised(true);
    });
}

void SingleInstance::raiseBySocket(const QStringList& uris)
{
    auto* socket = new QLocalSocket(this);
    auto answered = std::make_shared<bool>(false);
    const auto finish = [this, socket, answered](bool ok) {
        if (std::exchange(*answered, true))
            return;
        socket->deleteLater();
        emit raised(ok);
    };
    connect(socket, &QLocalSocket::connected, this, [socket, uris] {
        const QJsonObject message{
            {u"uris"_s, QJsonArray::fromStringList(uris)}, {u"activationToken"_s, ownActivationToken()}};
        socket->write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
    });
    connect(socket, &QLocalSocket::readyRead, this,
        [socket, finish] { finish(socket->readAll().startsWith("ok")); });
    connect(socket, &QLocalSocket::errorOccurred, this, [finish] { finish(false); });
    QTimer::singleShot(answerTimeoutMs, socket, [finish] { finish(false); });
    socket->connectToServer(m_socketName);
}

void SingleInstance::onConnection()
{
    while (QLocalSocket* socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onMessage(socket); });
        if (socket->bytesAvailable() > 0)
            onMessage(socket);
    }
}

void SingleInstance::askFirst(const QStringList& words)
{
    auto* socket = new QLocalSocket(this);
    auto isOver = std::make_shared<bool>(false);
    const auto fail = [this, socket, isOver] {
        if (std::exchange(*isOver, true))
            return;
        socket->deleteLater();
        emit unanswered();
    };
    connect(socket, &QLocalSocket::connected, this, [socket, words] {
        const QJsonObject message{{u"command"_s, QJsonArray::fromStringList(words)}};
        socket->write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
    });
    connect(socket, &QLocalSocket::readyRead, this, [this, socket, isOver, fail] {
        if (!socket->canReadLine() || *isOver)
            return; // an answer may be long
        const QJsonDocument answer = QJsonDocument::fromJson(socket->readLine());
        if (!answer.isObject()) {
            fail();
            return;
        }
        *isOver = true;
        socket->deleteLater();
        emit answered(answer.object());
    });
    connect(socket, &QLocalSocket::disconnected, this, fail);
    connect(socket, &QLocalSocket::errorOccurred, this, fail);
    socket->connectToServer(m_socketName);
}

void SingleInstance::answer(quint64 number, const QJsonObject& answer)
{
    const QPointer<QLocalSocket> socket = m_asking.take(number);
    if (!socket)
        return; // it went away
    socket->write(QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n');
    socket->disconnectFromServer();
}

void SingleInstance::onMessage(QLocalSocket* socket)
{
    if (socket->bytesAvailable() > mostMessageBytes) {
        socket->abort();
        return;
    }
    if (!socket->canReadLine())
        return;
    const QJsonObject message = QJsonDocument::fromJson(socket->readLine()).object();
    if (m_use == Use::Command) {
        socket->write("busy\n");
        socket->disconnectFromServer();
        return;
    }
    const QStringList words = textsOf(message.value("command"_L1));
    if (!words.isEmpty()) {
        m_asking.insert(++m_lastNumber, socket);
        emit commandRequested(m_lastNumber, words);
        return;
    }
    const QStringList uris = textsOf(message.value("uris"_L1));
    const QString token = message.value("activationToken"_L1).toString();
    socket->write("ok\n");
    if (uris.isEmpty())
        emit activated(token);
    else
        emit openRequested(uris, token);
}

} // namespace vedette::desktop
