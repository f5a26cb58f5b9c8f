// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <optional>

#include "models/api/ratelimit.h"
#include "models/core/clock.h"

namespace vedette::api {

/// How much may be asked of one account's server and when, by what its own answers say (contract section 4):
/// its limits are per caller and route, in fixed windows. Keeps count of what is under way, so that four
/// requests do not share one that is left. Time is the clock's running time: setting the date changes
/// nothing. A server that says nothing is not held back from. GUI thread.
class Budget final
{
    Q_DISABLE_COPY_MOVE(Budget)

public:
    using Wait = std::chrono::milliseconds;

    /// The clock must outlive it.
    explicit Budget(const core::Clock& clock)
        : m_clock(clock)
    {}

    /// A request of a route family goes out, and is over (answered, failed or given up).
    void began(const QByteArray& family);
    void ended(const QByteArray& family);

    /// What an answer said, after ended(). `status` is its HTTP status.
    ///  - Remaining or ConcurrentRemaining of 0 hold the family back until Reset, else for a second.
    ///  - 429 does until Reset, else Retry-After, else for 1 s doubling to 60 s; with up to a quarter more,
    ///  so
    ///    that several clients of one person do not come back together. Where it does not speak of a route
    ///    (GlitchTip, a proxy), everything of the account waits.
    ///  - 503 with Retry-After holds back everything.
    void note(const QByteArray& family, int status, const RateLimit& told);

    /// How long a request of the family has to wait before it goes out; zero: not at all.
    [[nodiscard]] Wait waitFor(const QByteArray& family) const;
    /// How long the server wants to be left alone after it turned somebody away: the longest of all pauses
    /// that it asked for by 429 or 503; zero: not at all.
    [[nodiscard]] Wait pause() const;
    /// Route families that something is known of.
    [[nodiscard]] qsizetype routes() const { return m_families.size(); }

private:
    struct State
    {
        int inFlight = 0;
        int refusals = 0;                ///< 429s in a row
        Wait pauseUntil{0};              ///< of the clock's running time
        Wait windowUntil{0};             ///< `left` holds until then
        std::optional<qint64> left;      ///< requests that may still go out in the window
        std::optional<qint64> windowEnd; ///< the server's Reset, which tells its windows apart
    };

    void refuse(State& state, const RateLimit& told, Wait now) const;
    void enter(State& state, const RateLimit& told, Wait now) const;
    void forgetOld(Wait now);
    [[nodiscard]] static Wait withJitter(Wait wait);

    const core::Clock& m_clock;
    State m_all;
    QHash<QByteArray, State> m_families;
};

} // namespace vedette::api
