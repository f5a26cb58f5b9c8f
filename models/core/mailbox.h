// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <mutex>
#include <vector>

#include "models/core/uniquefunction.h"

namespace vedette::core {

/// Brings results home: any thread posts a call, and it runs on the thread the mailbox lives in.
/// The payload crosses under a std::mutex, because ThreadSanitizer cannot see into Debian's Qt and would
/// report it as a race. The wake-up goes through a descriptor of our own on Linux: Qt's event queue grows in
/// whichever thread posts to it, which is reported too. The mailbox must outlive the lanes that post to it.
class Mailbox final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Mailbox)

public:
    explicit Mailbox(QObject* parent = nullptr);
    ~Mailbox() override;

    /// Queues `letter` to run at home, in posting order. Any thread. Letters that were not delivered when the
    /// mailbox dies are dropped.
    void post(UniqueFunction letter);

protected:
    bool event(QEvent* event) override;

private:
    void wake();
    void deliver();

    int m_wakeUp = -1; ///< an eventfd; -1: there is none, and Qt's event queue does it
    std::mutex m_mutex;
    std::vector<UniqueFunction> m_letters;
    bool m_woken = false;
};

} // namespace vedette::core
