// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/collector/storage/gathering.h"
#include "app/collector/storage/incoming.h"

namespace vedette::collector {

class Journal;

/// A request's part on its way into the database.
struct Arrival
{
    Incoming incoming;
    std::unique_ptr<CommitWaiter> waiter; ///< null: it was acknowledged already
    std::uint64_t number = 0;             ///< in the journal; 0: it is not there
    std::size_t bytes = 0;                ///< there
};

/// Acknowledges arrivals: writes those that come at about the same time into the journal with one sync, hands
/// them on to be filed, and answers their waiters, on a thread of its own. What the journal cannot take is
/// handed on with its waiter, so that the database says whether it can. Where filing does not keep up, those
/// who send wait.
class Intake final
{
public:
    /// Called on the intake's thread, in the order of arrival, before the waiters are answered.
    using HandOn = std::function<void(std::vector<Arrival>&&)>;

    /// So many may be acknowledged and not filed: some 10 KB each, what is known of them included.
    static constexpr std::size_t mostUnfiled = 1'536;
    /// And so much.
    static constexpr std::size_t mostUnfiledBytes = 32 << 20;

    /// `unfiled` of that size were found in the journal and handed on already. `journal` must outlive it.
    Intake(Journal& journal, std::size_t unfiled, std::size_t unfiledBytes, HandOn handOn);
    ~Intake() { stop(); }
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;

    /// Any thread; isJournalled() ones only.
    void submit(Incoming incoming, std::unique_ptr<CommitWaiter> waiter);
    /// So many that were handed on with a number are filed, of that size. Any thread.
    void filed(std::size_t count, std::size_t bytes);
    /// Takes in what waits, and ends. submit() may not be called any more.
    void stop();
    /// While the database cannot store, nothing more is promised: all is handed on with its waiter. Any
    /// thread.
    void setBlocked(bool blocked);

private:
    struct Waiting
    {
        Arrival arrival;
        std::string record;
    };

    void run();
    void take(std::vector<Waiting> batch);
    void handOnUnwritten(std::vector<Waiting> batch);
    [[nodiscard]] bool mayTake() const;

    Journal& m_journal;
    const HandOn m_handOn;
    bool m_isComplaining = false; ///< the last append failed

    std::mutex m_mutex; ///< of the rest
    std::condition_variable m_wake;
    std::deque<Waiting> m_waiting;
    std::size_t m_unfiled;
    std::size_t m_unfiledBytes;
    std::size_t m_wakeAt = 1; ///< how many the thread wants to be woken for
    bool m_isBlocked = false;
    bool m_stop = false;
    Gathering m_gathering;

    std::thread m_thread;
};

} // namespace vedette::collector
