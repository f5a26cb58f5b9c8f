// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/budget.h"

#include <QRandomGenerator>

#include <algorithm>

namespace vedette::api {
namespace {

using Wait = Budget::Wait;

constexpr qsizetype mostFamilies = 500; ///< more than there are routes; a bound, not a limit that is met
constexpr Wait window{1'000};           ///< of the hosted service, usually
constexpr Wait mostJitter{60'000};

} // namespace

void Budget::began(const QByteArray& family)
{
    forgetOld(m_clock.running());
    State& state = m_families[family];
    ++state.inFlight;
    if (state.left)
        state.left = std::max<qint64>(0, *state.left - 1);
}

void Budget::ended(const QByteArray& family)
{
    const auto it = m_families.find(family);
    if (it != m_families.end())
        it->inFlight = std::max(0, it->inFlight - 1);
}

void Budget::note(const QByteArray& family, int status, const RateLimit& told)
{
    const Wait now = m_clock.running();
    State& state = m_families[family];
    if (status == 429) {
        refuse(told.isOfRoute() ? state : m_all, told, now);
        return;
    }
    if (status == 503 && told.wait) {
        refuse(m_all, told, now);
        return;
    }
    if (status >= 500)
        return; // whoever answered may not know
    state.refusals = 0;
    m_all.refusals = 0;
    enter(state, told, now);
}

void Budget::refuse(State& state, const RateLimit& told, Wait now) const
{
    const Wait wait = told.wait.value_or(
        std::min(std::chrono::seconds(60), std::chrono::seconds(1LL << std::min(state.refusals, 6))));
    ++state.refusals;
    state.pauseUntil = std::max(state.pauseUntil, now + withJitter(wait));
}

void Budget::enter(State& state, const RateLimit& told, Wait now) const
{
    std::optional<qint64> left = told.remaining;
    // Others of the same person hold the places: none of ours until the window is over.
    if (told.concurrentRemaining && *told.concurrentRemaining <= 0)
        left = 0;
    if (!left)
        return;
    const bool isOver = now >= state.windowUntil;
    if (!isOver && told.reset && state.windowEnd && *told.reset < *state.windowEnd)
        return; // an answer of an earlier window, come late
    // What is under way may or may not have been counted: it is not spent twice.
    const qint64 mine = std::max<qint64>(0, *left - state.inFlight);
    const bool isSame = !isOver && state.left && told.reset == state.windowEnd;
    state.left = isSame ? std::min(*state.left, mine) : mine;
    state.windowEnd = told.reset;
    const Wait until = now + (told.wait ? Wait(*told.wait) : window);
    // The later answers of a window are no reason to wait longer.
    state.windowUntil = isSame && told.reset ? std::min(state.windowUntil, until) : until;
}

Budget::Wait Budget::waitFor(const QByteArray& family) const
{
    const Wait now = m_clock.running();
    Wait until = m_all.pauseUntil;
    if (const auto it = m_families.constFind(family); it != m_families.constEnd()) {
        until = std::max(until, it->pauseUntil);
        if (it->left && *it->left <= 0)
            until = std::max(until, it->windowUntil);
    }
    return std::max(Wait(0), until - now);
}

Budget::Wait Budget::pause() const
{
    Wait until = m_all.pauseUntil;
    for (const State& state : m_families)
        until = std::max(until, state.pauseUntil);
    return std::max(Wait(0), until - m_clock.running());
}

void Budget::forgetOld(Wait now)
{
    for (State& state : m_families) {
        if (state.windowUntil <= now)
            state.left.reset();
    }
    if (m_families.size() < mostFamilies)
        return;
    m_families.removeIf([now](QHash<QByteArray, State>::iterator entry) {
        return entry.value().inFlight == 0 && entry.value().pauseUntil <= now && !entry.value().left;
    });
}

Budget::Wait Budget::withJitter(Wait wait)
{
    const Wait most = std::min(wait / 4, mostJitter);
    return wait + Wait(QRandomGenerator::global()->bounded(static_cast<int>(most.count()) + 1));
}

} // namespace vedette::api
