// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/core/mailbox.h"

#include <QCoreApplication>
#include <QEvent>

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
}

Mailbox::~Mailbox() = default;

void Mailbox::post(UniqueFunction letter)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        m_letters.push_back(std::move(letter));
        wake = !std::exchange(m_woken, true);
    }
    if (wake)
        QCoreApplication::postEvent(this, new QEvent(wakeType()));
}

bool Mailbox::event(QEvent* event)
{
    if (event->type() != wakeType())
        return QObject::event(event);
    std::vector<UniqueFunction> letters;
    {
        const std::lock_guard lock(m_mutex);
        letters.swap(m_letters);
        m_woken = false;
    }
    for (UniqueFunction& letter : letters)
        letter();
    return true;
}

} // namespace vedette::core
