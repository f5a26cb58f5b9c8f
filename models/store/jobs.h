// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QPromise>

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>

#include "models/core/lane.h"
#include "models/core/mailbox.h"
#include "models/core/result.h"
#include "models/store/connection.h"

namespace vedette::store {

/// Thrown by a job that looked for something which is not there: becomes ErrorKind::NotFound.
struct NotThere final
{};

/// Thrown by a job that cannot do what it was asked for: becomes that error.
struct Refused final
{
    core::Error error;
};

/// The jobs of one database, run one after the other in their order on a lane of its own. Writes that wait
/// together share one transaction, because the commit is what costs; their futures are finished only after
/// it. A job that fails is undone and reported alone, and the lane goes on. Destroying it finishes what is
/// queued.
class Jobs final
{
public:
    /// Both run on the lane. `open` is called before the first job, and again after a failure. `rescue` is
    /// called when the file turned out to be damaged, with the connection closed already, and opens another.
    struct Policy
    {
        std::function<core::Result<std::unique_ptr<Connection>>()> open;
        std::function<core::Result<std::unique_ptr<Connection>>()> rescue = {};
    };

    /// `home` must outlive it.
    Jobs(std::string name, core::Mailbox& home, Policy policy);
    ~Jobs();
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;

    /// Runs `work(Connection&)`, which returns a value or nothing, outside of a transaction; it must only
    /// read. The future is finished on the mailbox's thread with the value, or with ErrorKind::Storage.
    template<class Work>
    auto read(Work work)
    {
        return post(false, std::move(work));
    }

    /// The same inside a transaction. `work` may be run again when a transaction that it shared was lost, so
    /// it must not use up what it holds.
    template<class Work>
    auto write(Work work)
    {
        return post(true, std::move(work));
    }

    /// Runs `work` as read() does and waits for it. Only for opening: it blocks the caller.
    template<class Work>
    auto readNow(Work work) -> core::Result<std::invoke_result_t<Work&, Connection&>>;

private:
    struct Job
    {
        Job() = default;
        Job(const Job&) = delete;
        Job& operator=(const Job&) = delete;
        virtual ~Job() = default;
        virtual void run(Connection& connection) = 0;
        virtual void fail(core::Error error) = 0;
        virtual void deliver(core::Mailbox& home) = 0;

        bool writes = false;
        bool failed = false;
    };

    template<class Work>
    struct TypedJob;
    template<class Work>
    struct AwaitedJob;

    template<class Work>
    auto post(bool writes, Work work)
    {
        auto job = std::make_unique<TypedJob<Work>>(std::move(work));
        job->writes = writes;
        auto future = job->promise->future();
        enqueue(std::move(job));
        return future;
    }

    using Batch = std::deque<std::unique_ptr<Job>>;

    void enqueue(std::unique_ptr<Job> job);
    void drain();
    Batch take();
    bool ensureOpen(Batch& batch);
    void runRead(Job& job);
    bool runTogether(Batch& batch);
    void noteDamage(const SQLite::Exception& exception);

    core::Mailbox& m_home;
    Policy m_policy;
    std::mutex m_mutex;
    Batch m_waiting;
    // On the lane only.
    std::unique_ptr<Connection> m_connection;
    bool m_damaged = false;
    core::Lane m_lane; // last: starts when all else is there, and ends first
};

template<class Work>
struct Jobs::TypedJob final : Jobs::Job
{
    using Value = std::invoke_result_t<Work&, Connection&>;
    using R = core::Result<Value>;

    explicit TypedJob(Work w)
        : work(std::move(w))
    {
        promise->start();
    }

    void run(Connection& connection) override
    {
        if constexpr (std::is_void_v<Value>) {
            work(connection);
            result.emplace();
        } else {
            result.emplace(work(connection));
        }
        failed = false;
    }
    void fail(core::Error error) override
    {
        result.emplace(core::fail(std::move(error)));
        failed = true;
    }
    void deliver(core::Mailbox& home) override
    {
        home.post([p = std::move(promise), r = std::move(*result)]() mutable {
            p->addResult(std::move(r));
            p->finish();
        });
    }

    Work work;
    std::optional<R> result;
    // On the heap: it is made and finished at home and only carried by the lane.
    std::unique_ptr<QPromise<R>> promise = std::make_unique<QPromise<R>>();
};

template<class Work>
struct Jobs::AwaitedJob final : Jobs::Job
{
    using R = core::Result<std::invoke_result_t<Work&, Connection&>>;

    explicit AwaitedJob(Work w)
        : work(std::move(w))
    {}

    void run(Connection& connection) override { result.emplace(work(connection)); }
    void fail(core::Error error) override { result.emplace(core::fail(std::move(error))); }
    void deliver(core::Mailbox&) override { promise.set_value(std::move(*result)); }

    Work work;
    std::optional<R> result;
    std::promise<R> promise;
};

template<class Work>
auto Jobs::readNow(Work work) -> core::Result<std::invoke_result_t<Work&, Connection&>>
{
    auto job = std::make_unique<AwaitedJob<Work>>(std::move(work));
    auto future = job->promise.get_future();
    enqueue(std::move(job));
    return future.get();
}

} // namespace vedette::store
