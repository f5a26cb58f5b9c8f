// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QPromise>

#include <memory>
#include <type_traits>

#include "models/core/lane.h"
#include "models/core/mailbox.h"
#include "models/core/result.h"

namespace vedette::core {

/// Runs `work` (returning a Result<T>) on the lane and finishes the future, exactly once, on the mailbox's
/// thread. Call it from the mailbox's thread. The promise is carried along but touched only at home. `work`
/// may throw std::exception: that becomes ErrorKind::Internal.
template<class Work>
auto runOn(Lane& lane, Mailbox& home, Work work) -> QFuture<std::invoke_result_t<Work&>>
{
    using R = std::invoke_result_t<Work&>;
    auto promise = std::make_unique<QPromise<R>>();
    promise->start();
    QFuture<R> future = promise->future();
    lane.post([&home, promise = std::move(promise), work = std::move(work)]() mutable {
        auto result = [&]() -> R {
            try {
                return work();
            } catch (const std::exception& e) {
                return fail(ErrorKind::Internal, QString::fromUtf8(e.what()));
            }
        }();
        home.post([promise = std::move(promise), result = std::move(result)]() mutable {
            promise->addResult(std::move(result));
            promise->finish();
        });
    });
    return future;
}

/// A future that is finished already.
template<class T>
QFuture<Result<T>> finished(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

} // namespace vedette::core
