// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "app/collector/storage/changes.h"
#include "app/collector/storage/incoming.h"
#include "models/core/clock.h"
#include "models/core/result.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

class Health;

namespace detail {
template<class T>
struct AsResult
{
    using type = core::Result<T>;
};
template<class T>
struct AsResult<core::Result<T>>
{
    using type = core::Result<T>;
};
} // namespace detail

/// The collector's database (migrations/0001_first.sql tells the schema): WAL, synchronous=FULL, one write
/// lane that commits whatever waits together in one transaction, and readers beside it. With a journal before
/// it, plain events are acknowledged there and filed by the lane in larger transactions soon after. Functions
/// handed in run on a connection and may throw SQLite::Exception: that becomes ErrorKind::Storage. Members
/// from any thread but the write lane.
class Store final
{
public:
    struct Options
    {
        std::string path;
        FactsReader readFacts = {};  ///< for events that a crash left uncounted; without it their issues keep
                                     ///< the logger and the metadata of their first event
        std::string vfs = {};        ///< SQLite's file system layer, for tests that let it fail
        ChangeObserver changed = {}; ///< told of every commit, on the write lane
        bool journal = false; ///< plain events are acknowledged by the journal (journal.h) and filed later;
                              ///< needs readFacts. Their waiters are not told what became of them.
        std::function<void()> tallied = {}; ///< called after counters were written, on the write lane: much
                                            ///< of what was in use is free now
        ForwardLimits forwards = {};
        std::size_t batch = 256;                   ///< at most so many requests in one commit
        std::size_t tallyEvents = 12'288;          ///< counters are written after so many events
        std::size_t tallyBytes = 8 << 20;          ///< or when they take so much memory
        std::chrono::milliseconds tallyAge{2'000}; ///< or after so long
        std::chrono::milliseconds sliceBeside{1};  ///< how long counters may be written within a commit of
                                                   ///< events
        std::chrono::milliseconds sliceAlone{5};   ///< and at once while no event waits
        std::chrono::milliseconds sliceJournalled{45}; ///< and between commits behind a journal
        std::chrono::milliseconds moveStep{10}; ///< events may wait so long for what was merged or deleted
        std::chrono::milliseconds choresPeriod{
            60'000}; ///< what is too old or too much is looked for so often
        std::chrono::milliseconds retryPeriod{
            2'000}; ///< while nothing can be stored and nobody sends, it is tried so often whether it can
    };

    /// Opens or creates the file, brings its schema up to date and counts what was acknowledged but not
    /// counted yet. Errors: NewerData (written by a newer Vedette; nothing touched), Storage.
    static core::Result<std::unique_ptr<Store>> open(const Options& options, const core::Clock& clock);
    /// Commits what waits, writes the counters, closes.
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// Queues one request's part for the next commit. `waiter` is called on a thread of the store's when it
    /// is safe on disk or has failed; it must be quick and must not call back into the store.
    void submit(Incoming incoming, std::unique_ptr<CommitWaiter> waiter);

    /// Runs `fn(SQLite::Database&)` on a reading connection, on the calling thread, in one read transaction
    /// that sees every event acknowledged before the call, counters included (unless the disk refuses them).
    /// `fn` returns T or Result<T>. Errors: Storage, and those of `fn`.
    template<class Fn>
    auto read(Fn fn)
    {
        return run(fn, [this](const Work& work) { return readWith(work); });
    }

    /// The same without waiting for counters: they may lag behind the events.
    template<class Fn>
    auto readCommitted(Fn fn)
    {
        return run(fn, [this](const Work& work) { return readWith(work, false); });
    }

    /// Runs `fn(SQLite::Database&)` on the write lane in one transaction and returns after its commit. An
    /// error that `fn` returns, and an exception, roll all of it back. Errors: Storage, and those of `fn`.
    template<class Fn>
    auto write(Fn fn)
    {
        return run(fn, [this](const Work& work) { return writeWith(work); });
    }

    /// Rises with each write() that was committed, so that what was looked up can be looked up again.
    [[nodiscard]] std::uint64_t generation() const;

    /// Whether it can store at present, and why not.
    [[nodiscard]] const Health& health() const;

private:
    using Work = std::function<core::Result<void>(SQLite::Database&)>;

    class Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    core::Result<void> readWith(const Work& work, bool counted = true);
    core::Result<void> writeWith(const Work& work);

    template<class Fn, class Runner>
    static auto run(Fn& fn, const Runner& runner) ->
        typename detail::AsResult<std::invoke_result_t<Fn&, SQLite::Database&>>::type
    {
        using Given = std::invoke_result_t<Fn&, SQLite::Database&>;
        using Answer = typename detail::AsResult<Given>::type;
        std::optional<Answer> answer;
        const core::Result<void> done = runner([&](SQLite::Database& db) -> core::Result<void> {
            if constexpr (std::is_void_v<Given>) {
                fn(db);
                answer = Answer();
            } else {
                answer = Answer(fn(db));
                if constexpr (!std::is_same_v<Given, core::Result<void>> && std::is_same_v<Given, Answer>) {
                    if (!*answer)
                        return core::fail(answer->error());
                } else if constexpr (std::is_same_v<Given, core::Result<void>>) {
                    return *answer;
                }
            }
            return {};
        });
        if (!done)
            return core::fail(done.error());
        return std::move(*answer);
    }

    std::unique_ptr<Impl> m_impl;
};

} // namespace vedette::collector
