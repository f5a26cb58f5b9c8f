// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

#include <chrono>
#include <optional>

namespace vedette::api {

/// One message of a text/event-stream.
struct ServerSentEvent
{
    QByteArray type = "message";
    QByteArray id; ///< the last id told so far: an event without one keeps its predecessor's
    QByteArray data;

    friend bool operator==(const ServerSentEvent&, const ServerSentEvent&) = default;
};

/// Reads a text/event-stream piece by piece, by the rules of the HTML standard, section 9.2.6 "Interpreting
/// an event stream": lines end in CR, LF or both, a byte order mark is passed over, unknown fields and
/// comments too. A line, and an event's data, are bounded: what is longer is dropped as a whole, and the
/// stream goes on behind it.
class ServerSentEvents final
{
public:
    explicit ServerSentEvents(qsizetype maxBytes = 1'000'000)
        : m_maxBytes(maxBytes)
    {}

    /// Takes the next bytes, cut anywhere, and returns the events that they complete.
    [[nodiscard]] QList<ServerSentEvent> read(const QByteArray& bytes);

    /// What to name when connecting again; empty: nothing was told.
    [[nodiscard]] const QByteArray& lastId() const { return m_lastId; }
    /// How long the server wants us to wait before that, where it says so.
    [[nodiscard]] std::optional<std::chrono::milliseconds> retry() const { return m_retry; }
    /// Forgets the event that was begun: the connection ended within it. The last id stays.
    void restart();

private:
    void takeLine(QList<ServerSentEvent>& out);
    void takeField(const QByteArray& name, const QByteArray& value);

    qsizetype m_maxBytes;
    QByteArray m_line;
    QByteArray m_type;
    QByteArray m_data;
    QByteArray m_lastId;
    std::optional<std::chrono::milliseconds> m_retry;
    bool m_atStart = true;
    bool m_afterReturn = false;
    bool m_hasData = false;
    bool m_isTooLong = false;  ///< the line
    bool m_dropsEvent = false; ///< a line of this event was, or its data are
};

} // namespace vedette::api
