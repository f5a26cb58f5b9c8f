// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QFuture>
#include <QFutureWatcher>
#include <QSignalSpy>

#include "models/core/result.h"

namespace vedette::tests {

/// The result of a call, waited for while events run. Fails the program if it does not come.
template<class T>
core::Result<T> outcome(const QFuture<core::Result<T>>& future)
{
    QFutureWatcher<core::Result<T>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    // An event loop, not QTest's polling: a test that makes a thousand calls would mostly sleep.
    if ((finished.isEmpty() && !finished.wait(20'000)) || future.resultCount() != 1)
        qFatal("a call did not end, or not with one result");
    return future.result();
}

} // namespace vedette::tests
