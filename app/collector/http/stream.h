// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

namespace vedette::collector {

/// An answer's body that is made while it is sent: what is too large to lie in memory, and what goes on for
/// as long as somebody listens. Put one into Response::stream. The server owns it from then on and destroys
/// it when the answer is through or the client is gone.
class BodyStream
{
public:
    enum class State
    {
        Data,  ///< `size` bytes were written, at least one
        Later, ///< nothing to send now: the function given to start() is called when there is
        End,   ///< the body is complete
        Broken ///< it cannot be completed: the connection is closed, so that the client sees a cut
    };
    struct Piece
    {
        State state = State::End;
        std::size_t size = 0;
    };

    virtual ~BodyStream() = default;

    /// How many bytes there will be; nothing where that is not known (the body is then sent in chunks).
    [[nodiscard]] virtual std::optional<std::uint64_t> size() const { return std::nullopt; }

    /// Called once, before the first read(). `wake` may be called from any thread and at any time, also while
    /// read() runs and when the server is gone; it is cheap and does not call back.
    virtual void start(std::function<void()> wake) = 0;

    /// Writes at most `room` bytes to `to`. Called on the server's thread, so it must not block: it hands out
    /// what is there.
    virtual Piece read(char* to, std::size_t room) = 0;
};

} // namespace vedette::collector
