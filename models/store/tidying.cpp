// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/tidying.h"

#include "models/core/ondone.h"
#include "models/store/jobs.h"

namespace vedette::store {
namespace {

/// A step that never says it is done must not keep the disk busy for ever.
constexpr int mostRounds = 10'000;

} // namespace

Tidying::Tidying(Jobs& jobs)
    : m_jobs(jobs)
{}

Tidying::~Tidying()
{
    if (m_isRunning)
        finish(core::fail(core::ErrorKind::Cancelled, {}));
}

QFuture<core::Result<void>> Tidying::run(std::vector<Step> steps)
{
    if (m_isRunning)
        return m_promise.future();
    m_isRunning = true;
    m_promise = QPromise<core::Result<void>>();
    m_promise.start();
    m_steps = std::move(steps);
    m_at = 0;
    m_rounds = 0;
    const QFuture<core::Result<void>> future = m_promise.future();
    runNext();
    return future;
}

void Tidying::runNext()
{
    if (m_at >= m_steps.size()) {
        finish({});
        return;
    }
    core::onDone(m_jobs.write(m_steps[m_at]), this, [this](const core::Result<bool>& hasMore) {
        if (!hasMore) {
            finish(core::fail(hasMore.error()));
            return;
        }
        if (!*hasMore || ++m_rounds >= mostRounds) {
            ++m_at;
            m_rounds = 0;
        }
        runNext();
    });
}

void Tidying::finish(core::Result<void> result)
{
    m_isRunning = false;
    m_promise.addResult(std::move(result));
    m_promise.finish();
}

} // namespace vedette::store
