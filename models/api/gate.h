// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QTimer>

#include <optional>

#include "models/api/budget.h"

namespace vedette::api {

class Exchange;

/// Who waits for an answer.
enum class Priority
{
    Person,     ///< somebody looks at the place where it will appear
    Background, ///< polls, prefetch, counts
};

/// Lets a few requests of one account onto the wire at once, and each no earlier than the server's limits
/// allow: who is here cannot forget them. A person's go before those in the background, which leave one place
/// free for a person; otherwise in the order they came. GUI thread.
class Gate final
{
    Q_DISABLE_COPY_MOVE(Gate)

public:
    static constexpr int mostAtOnce = 4;
    static constexpr int mostInBackground = 3;
    /// Who would have to wait longer for the server's limits is turned away (RateLimited, HeldBack) and told
    /// how long.
    static constexpr Budget::Wait patience{10'000};

    /// The clock must outlive it.
    explicit Gate(const core::Clock& clock);

    void enter(Exchange* exchange);
    /// It is over, or nobody wants it any more. `told` is what the answer said, with its status.
    struct Told
    {
        int status;
        RateLimit limits;
    };
    void leave(Exchange* exchange, const std::optional<Told>& told = {});
    /// Starts nothing more of a client: it is going.
    void close(const void* client);
    /// Requests of a client on the wire and waiting.
    [[nodiscard]] int size(const void* client) const;

    [[nodiscard]] const Budget& budget() const { return m_budget; }

private:
    void pump();
    [[nodiscard]] bool hasPlaceFor(Priority priority) const;

    Budget m_budget;
    QList<Exchange*> m_open;
    QList<Exchange*> m_waiting;
    QTimer m_again;
};

} // namespace vedette::api
