// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include "models/api/gate.h"
#include "models/core/result.h"

namespace vedette::api {

/// What is under way for somebody: all requests of one call have one priority.
class Errand : public QObject
{
    Q_DISABLE_COPY_MOVE(Errand)

public:
    Errand(Priority priority, QObject* parent)
        : QObject(parent)
        , m_priority(priority)
    {}
    [[nodiscard]] Priority priority() const { return m_priority; }

private:
    const Priority m_priority;
};

/// One call of the client, of one or several requests: the promise behind the future that the caller holds,
/// and the owner of everything that is under way for it. Finishes exactly once: by finish(), or with
/// Cancelled when it is destroyed before (with its client). A cancel by the caller destroys it.
template<class T>
class Task final : public Errand
{
    Q_DISABLE_COPY_MOVE(Task)

public:
    Task(Priority priority, QObject* parent)
        : Errand(priority, parent)
    {
        m_promise.start();
        connect(&m_watcher, &QFutureWatcherBase::canceled, this, [this] {
            // What we own aborts now; the promise is finished by our destructor, and the caller's future
            // holds no result.
            qDeleteAll(findChildren<QObject*>(QString(), Qt::FindDirectChildrenOnly));
            end();
            deleteLater();
        });
        m_watcher.setFuture(m_promise.future());
    }

    ~Task() override
    {
        if (!m_ended)
            m_promise.addResult(core::Result<T>(core::fail(core::ErrorKind::Cancelled)));
        end();
    }

    [[nodiscard]] QFuture<core::Result<T>> future() { return m_promise.future(); }

    void finish(core::Result<T> result)
    {
        if (m_ended)
            return;
        m_promise.addResult(std::move(result));
        end();
        deleteLater();
    }

private:
    void end()
    {
        if (!std::exchange(m_ended, true))
            m_promise.finish();
    }

    QPromise<core::Result<T>> m_promise;
    QFutureWatcher<core::Result<T>> m_watcher;
    bool m_ended = false;
};

} // namespace vedette::api
