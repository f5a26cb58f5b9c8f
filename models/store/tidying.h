// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <functional>
#include <vector>

#include "models/core/result.h"
#include "models/store/connection.h"

namespace vedette::store {

class Jobs;

/// Long work on a database in steps, so that whoever waits for a page has its turn between them. A step is a
/// write that answers whether it has to be run again; then comes the next one. GUI thread.
class Tidying final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Tidying)

public:
    using Step = std::function<bool(Connection&)>;

    /// `jobs` must outlive it.
    explicit Tidying(Jobs& jobs);
    /// Ends what runs with ErrorKind::Cancelled.
    ~Tidying() override;

    /// Runs the steps; while it runs, a further call joins in. The future ends with the first error.
    QFuture<core::Result<void>> run(std::vector<Step> steps);

private:
    void runNext();
    void finish(core::Result<void> result);

    Jobs& m_jobs;
    std::vector<Step> m_steps;
    std::size_t m_at = 0;
    int m_rounds = 0; ///< of the present step
    QPromise<core::Result<void>> m_promise;
    bool m_isRunning = false;
};

} // namespace vedette::store
