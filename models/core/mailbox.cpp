// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/core/mailbox.h"

#include <QCoreApplication>
#include <QEvent>
#include <QSocketNotifier>

#if defined(Q_OS_LINUX)
#include <sys/eventfd.h>
#include <unistd.h>
#endif

namespace vedette::core {
namespace {

QEvent::Type wakeType()
{
    static const int type = QEvent::registerEventType();
    return static_cast<QEvent::Type>(type);
}

} // namespace

Mailbox::Mailbox(QObject* parent)
    : QObject(parent)
{
    wakeType();
#if defined(Q_OS_LINUX)
    m_wakeUp = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (m_wakeUp >= 0) {
        auto* notifier = new QSocketNotifier(m_wakeUp, QSocketNotifier::Read, this);
        connect(notifier, &QSocketNotifier::activated, this, [this] {
            eventfd_t posted = 0;
            (void)::eventfd_read(m_wakeUp, &posted);
            deliver();
        });
    }
#endif
}

Mailbox::~Mailbox()
{
#if defined(Q_OS_LINUX)
    if (m_wakeUp >= 0) {
        qDeleteAll(findChildren<QSocketNotifier*>()); // before what it watches
        ::close(m_wakeUp);
    }
#endif
}

void Mailbox::post(UniqueFunction letter)
{
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        m_letters.push_back(std::move(letter));
        isFirst = !std::exchange(m_woken, true);
    }
    if (isFirst)
        wake();
}

void Mailbox::wake()
{
#if defined(Q_OS_LINUX)
    // A full counter fails, and then it is readable anyway.
    if (m_wakeUp >= 0) {
        (void)::eventfd_write(m_wakeUp, 1);
        return;
    }
#endif
    QCoreApplication::postEvent(this, new QEvent(wakeType()));
}

bool Mailbox::event(QEvent* event)
{
    if (event->type() != wakeType())
        return QObject::event(event);
    deliver();
    return true;
}

void Mailbox::deliver()
{
    std::vector<UniqueFunction> letters;
    {
        const std::lock_guard lock(m_mutex);
        letters.swap(m_letters);
        m_woken = false;
    }
    for (UniqueFunction& letter : letters)
        letter();
}

} // namespace vedette::core
