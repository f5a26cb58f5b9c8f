// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/gate.h"

#include <algorithm>

#include "models/api/exchange.h"

namespace vedette::api {
namespace {

/// How often a held request looks again at most: the machine may have slept meanwhile.
constexpr Budget::Wait look{250};

} // namespace

Gate::Gate(const core::Clock& clock)
    : m_budget(clock)
{
    m_again.setSingleShot(true);
    QObject::connect(&m_again, &QTimer::timeout, &m_again, [this] { pump(); });
}

void Gate::enter(Exchange* exchange)
{
    auto place = m_waiting.end();
    if (exchange->priority() == Priority::Person) {
        place = std::find_if(m_waiting.begin(), m_waiting.end(),
            [](const Exchange* other) { return other->priority() == Priority::Background; });
    }
    m_waiting.insert(place, exchange);
    pump();
}

void Gate::leave(Exchange* exchange, const std::optional<Told>& told)
{
    m_waiting.removeOne(exchange);
    if (!m_open.removeOne(exchange))
        return;
    m_budget.ended(exchange->family());
    if (told)
        m_budget.note(exchange->family(), told->status, told->limits);
    pump();
}

void Gate::close(const void* client)
{
    m_waiting.removeIf([client](const Exchange* exchange) { return exchange->client() == client; });
}

int Gate::size(const void* client) const
{
    const auto isOfIt = [client](const Exchange* exchange) { return exchange->client() == client; };
    return static_cast<int>(std::count_if(m_open.begin(), m_open.end(), isOfIt) +
                            std::count_if(m_waiting.begin(), m_waiting.end(), isOfIt));
}

bool Gate::hasPlaceFor(Priority priority) const
{
    if (m_open.size() >= mostAtOnce)
        return false;
    return priority == Priority::Person ||
           std::count_if(m_open.begin(), m_open.end(), [](const Exchange* exchange) {
               return exchange->priority() == Priority::Background;
           }) < mostInBackground;
}

void Gate::pump()
{
    Budget::Wait next = Budget::Wait::max();
    // Nobody is called back from here, so the list changes only by our own hand.
    for (qsizetype i = 0; i < m_waiting.size();) {
        Exchange* exchange = m_waiting.at(i);
        const Budget::Wait wait = m_budget.waitFor(exchange->family());
        if (wait > patience) {
            m_waiting.removeAt(i);
            exchange->holdBack(wait);
        } else if (wait.count() == 0 && hasPlaceFor(exchange->priority())) {
            m_waiting.removeAt(i);
            m_open.append(exchange);
            m_budget.began(exchange->family());
            exchange->start();
        } else {
            if (wait.count() > 0)
                next = std::min(next, wait);
            ++i;
        }
    }
    if (next != Budget::Wait::max())
        m_again.start(std::min(next, look));
}

} // namespace vedette::api
