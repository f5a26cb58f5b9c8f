// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/freedesktopnotifier.h"

#include <QCoreApplication>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>
#include <QLoggingCategory>
#include <QVariantMap>

#include "models/core/text.h"

namespace vedette::desktop {

using namespace Qt::Literals::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcNotifier, "vedette.notifier")

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;

/// A daemon that takes longer than this is hung; its notices are given up.
constexpr int callTimeoutMs = 10'000;

constexpr qsizetype mostTitle = 200;
constexpr qsizetype mostBody = 1000;

uchar urgencyByte(ports::Notice::Urgency urgency)
{
    switch (urgency) {
    case ports::Notice::Urgency::Low:
        return 0;
    case ports::Notice::Urgency::Normal:
        return 1;
    case ports::Notice::Urgency::Critical:
        return 2;
    }
    return 1;
}

} // namespace

FreedesktopNotifier::FreedesktopNotifier(
    const QDBusConnection& bus, const QString& desktopEntry, QObject* parent)
    : DesktopNotifier(parent)
    , m_bus(bus)
    , m_desktopEntry(desktopEntry)
{
    if (!m_bus.isConnected())
        return;
    auto* watcher = new QDBusServiceWatcher(service, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
        [this](const QString&, const QString&, const QString& newOwner) { onOwnerChanged(newOwner); });
    // Normalised as QMetaObject::normalizedSignature() writes them, without blanks.
    // clang-format off
    m_bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(onActionInvoked(uint,QString)));
    m_bus.connect(
        service, path, service, u"NotificationClosed"_s, this, SLOT(onNotificationClosed(uint,uint)));
    m_bus.connect(service, path, service, u"ActivationToken"_s, this, SLOT(onActivationToken(uint,QString)));
    // clang-format on
}

FreedesktopNotifier::~FreedesktopNotifier()
{
    // Buttons of a program that has ended do nothing: take them off the screen. Nobody waits for the answer.
    for (const Shown& shown : std::as_const(m_shown)) {
        if (shown.id == 0)
            continue;
        QDBusMessage message = call(u"CloseNotification"_s);
        message << shown.id;
        m_bus.send(message);
    }
}

void FreedesktopNotifier::show(const ports::Notice& notice)
{
    if (!m_bus.isConnected()) {
        giveUp(notice.key, u"no session bus"_s);
        return;
    }
    if (!m_capabilities) {
        m_waiting.removeIf([&notice](const ports::Notice& waiting) { return waiting.key == notice.key; });
        m_waiting.append(notice);
        askCapabilities();
        return;
    }
    notify(notice);
}

void FreedesktopNotifier::close(const QString& key)
{
    m_waiting.removeIf([&key](const ports::Notice& waiting) { return waiting.key == key; });
    const auto it = m_shown.find(key);
    if (it == m_shown.end())
        return;
    it->next.reset();
    if (it->isUnderWay) {
        it->closeWhenKnown = true;
        return;
    }
    QDBusMessage message = call(u"CloseNotification"_s);
    message << it->id;
    m_bus.asyncCall(message, callTimeoutMs);
    // NotificationClosed tells when it is gone.
}

void FreedesktopNotifier::askCapabilities()
{
    if (m_asking)
        return;
    m_asking = true;
    auto* watcher =
        new QDBusPendingCallWatcher(m_bus.asyncCall(call(u"GetCapabilities"_s), callTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_asking = false;
        const QDBusMessage reply = watcher->reply();
        if (reply.type() == QDBusMessage::ReplyMessage) {
            m_capabilities = reply.arguments().value(0).toStringList();
            flush();
            return;
        }
        qCInfo(lcNotifier) << "no notification daemon:" << reply.errorName();
        const QList<ports::Notice> waiting = std::exchange(m_waiting, {});
        for (const ports::Notice& notice : waiting)
            giveUp(notice.key, reply.errorMessage());
    });
}

void FreedesktopNotifier::flush()
{
    const QList<ports::Notice> waiting = std::exchange(m_waiting, {});
    for (const ports::Notice& notice : waiting)
        notify(notice);
}

void FreedesktopNotifier::notify(const ports::Notice& notice)
{
    Shown& shown = m_shown[notice.key];
    if (shown.isUnderWay) {
        shown.next = notice;
        shown.closeWhenKnown = false;
        return;
    }
    shown.isUnderWay = true;
    const QStringList& can = *m_capabilities;
    QString title = core::singleLine(notice.title, mostTitle);
    QString body = core::multiLine(notice.body, mostBody);
    if (!can.contains(u"body"_s)) {
        title = core::singleLine(title + u" - "_s + body, mostTitle);
        body.clear();
    } else if (can.contains(u"body-markup"_s)) {
        body = body.toHtmlEscaped();
    }
    QStringList actions;
    if (can.contains(u"actions"_s)) {
        for (const ports::Notice::Action& action : notice.actions)
            actions << action.key << action.label;
    }
    const QVariantMap hints{
        {u"desktop-entry"_s, m_desktopEntry},
        {u"urgency"_s, QVariant::fromValue(urgencyByte(notice.urgency))},
        {u"category"_s, notice.category},
    };
    QDBusMessage message = call(u"Notify"_s);
    message << QCoreApplication::applicationName() << shown.id << m_desktopEntry << title << body << actions
            << hints << -1;
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, callTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key = notice.key] {
        watcher->deleteLater();
        onNotified(key, watcher->reply());
    });
}

void FreedesktopNotifier::onNotified(const QString& key, const QDBusMessage& reply)
{
    const auto it = m_shown.find(key);
    if (it == m_shown.end())
        return;
    if (reply.type() != QDBusMessage::ReplyMessage) {
        m_shown.erase(it);
        giveUp(key, reply.errorMessage());
        return;
    }
    it->isUnderWay = false;
    it->id = reply.arguments().value(0).toUInt();
    const auto next = std::exchange(it->next, {});
    if (std::exchange(it->closeWhenKnown, false))
        close(key);
    else if (next)
        show(*next);
}

void FreedesktopNotifier::giveUp(const QString& key, const QString& reason)
{
    qCWarning(lcNotifier) << "a notice could not be shown:" << reason;
    emit undeliverable(key, reason);
}

void FreedesktopNotifier::onOwnerChanged(const QString& newOwner)
{
    // Another daemon: other capabilities, and it knows none of our notices.
    m_capabilities.reset();
    m_tokens.clear();
    QStringList gone;
    for (auto it = m_shown.begin(); it != m_shown.end();) {
        if (it->isUnderWay) {
            it->id = 0; // its call ends by itself, one way or the other
            ++it;
            continue;
        }
        gone << it.key();
        it = m_shown.erase(it);
    }
    if (!newOwner.isEmpty() && !m_waiting.isEmpty())
        askCapabilities();
    for (const QString& key : std::as_const(gone))
        emit closed(key);
}

void FreedesktopNotifier::onActionInvoked(uint id, const QString& action)
{
    // The signal goes to everybody on the bus: other programs' notices are none of our business.
    const QString key = keyOf(id);
    if (!key.isEmpty())
        emit actionInvoked(key, action, m_tokens.take(id));
}

void FreedesktopNotifier::onActivationToken(uint id, const QString& token)
{
    if (!keyOf(id).isEmpty())
        m_tokens.insert(id, token);
}

void FreedesktopNotifier::onNotificationClosed(uint id, uint)
{
    const QString key = keyOf(id);
    m_tokens.remove(id);
    if (key.isEmpty())
        return;
    Shown& shown = m_shown[key];
    if (shown.isUnderWay) {
        shown.id = 0; // a replacement is on its way and gets a new one
        return;
    }
    m_shown.remove(key);
    emit closed(key);
}

QString FreedesktopNotifier::keyOf(uint id) const
{
    if (id == 0)
        return {};
    for (auto it = m_shown.constBegin(); it != m_shown.constEnd(); ++it) {
        if (it->id == id)
            return it.key();
    }
    return {};
}

QDBusMessage FreedesktopNotifier::call(const QString& method) const
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

} // namespace vedette::desktop
