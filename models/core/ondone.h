// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include "models/core/result.h"

namespace vedette::core {

/// Calls `fn(Result<T>)` on the context's thread when the future is done. If the context dies first, nothing
/// is called. A future that ended without a result (its producer died) arrives as ErrorKind::Cancelled. Used
/// in place of QFuture::then(context, ...), which on Qt 6.4 asserts when the context is gone.
template<class T, class Fn>
void onDone(const QFuture<Result<T>>& future, QObject* context, Fn fn)
{
    auto* watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context, [watcher, fn = std::move(fn)]() mutable {
            // Out of the watcher first: `fn` may destroy the context and the watcher with it.
            const QFuture<Result<T>> done = watcher->future();
            watcher->deleteLater();
            if (done.resultCount() > 0)
                fn(done.result());
            else
                fn(Result<T>(fail(ErrorKind::Cancelled)));
        });
    watcher->setFuture(future);
}

/// Calls `fn()` once, on the context's thread, when somebody cancels the future before it is finished: for
/// the producer to give up. The future must be that of the producer's own promise.
template<class T, class Fn>
void onCancel(const QFuture<T>& future, QObject* context, Fn fn)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::canceled, context, [watcher, fn = std::move(fn)]() mutable {
            watcher->disconnect();
            watcher->deleteLater();
            fn();
        });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(future);
}

} // namespace vedette::core
