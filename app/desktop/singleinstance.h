// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QJsonObject>
#include <QLockFile>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QVariantMap>

class QLocalServer;
class QLocalSocket;

namespace vedette::desktop {

/// One desktop program per data folder. A lock file decides who is the first; a later start raises it, by
/// D-Bus where there is a session bus (org.freedesktop.Application of the Desktop Entry Specification, with
/// an activation token for Wayland), else by a local socket. GUI thread; nothing here waits.
class SingleInstance final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SingleInstance)

public:
    /// The data folder must exist.
    SingleInstance(const QString& dataFolder, const QDBusConnection& bus, QObject* parent = nullptr);
    ~SingleInstance() override;

    /// What we want the folder for.
    enum class Use
    {
        Desktop,
        Command ///< one command: later starts are told to wait
    };

    /// True: we are the first of that folder, and hear of later ones from now on. False: somebody else is.
    [[nodiscard]] bool claim(Use use = Use::Desktop);
    /// Asks the first one to show itself, or to open something; raised() tells whether it did.
    void raiseFirst(const QStringList& uris = {});
    /// Lets the first one carry out a command: the words after the program's name. answered() or unanswered()
    /// follows.
    void askFirst(const QStringList& words);
    /// Answers commandRequested() of that number.
    void answer(quint64 number, const QJsonObject& answer);

    /// The well-known name on the session bus.
    [[nodiscard]] QString busName() const { return m_busName; }

signals:
    /// Somebody started the program again. `activationToken` may be empty.
    void activated(const QString& activationToken);
    /// Somebody wants this shown: URLs or files.
    void openRequested(const QStringList& uris, const QString& activationToken);
    void raised(bool ok);
    /// Another process wants a command carried out here: to be answered.
    void commandRequested(quint64 number, const QStringList& words);
    void answered(const QJsonObject& answer);
    /// There is nobody (any more), or it is itself busy with a command.
    void unanswered();

private:
    friend class ApplicationAdaptor;
    void raiseBySocket(const QStringList& uris);
    void onConnection();
    void onMessage(QLocalSocket* socket);

    QLockFile m_lock;
    QDBusConnection m_bus;
    QString m_busName;
    QString m_objectPath;
    QString m_socketName;
    QLocalServer* m_server = nullptr;
    Use m_use = Use::Desktop;
    QHash<quint64, QPointer<QLocalSocket>> m_asking; ///< whose command is being carried out
    quint64 m_lastNumber = 0;
};

} // namespace vedette::desktop
