// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vedette::bench {

/// An event as a real SDK sent it, see README.md beside this file.
struct RecordedEvent
{
    std::string program; ///< which of our programs broke: tickets, planner, clinic, freight, library
    std::string name;    ///< what its fault is called, unique within the program
    /// The SDK posted the bare event to `/store/`; the envelope was put around it afterwards. Else it posted
    /// the envelope to `/envelope/`, with just this framing.
    bool bare = false;
    std::string envelope;      ///< header, item header, event, each with its newline
    std::size_t eventAt = 0;   ///< where the event's JSON begins in `envelope`
    std::size_t eventSize = 0; ///< its bytes

    [[nodiscard]] std::string_view event() const
    {
        return std::string_view(envelope).substr(eventAt, eventSize);
    }
    /// `sdk.name` of the event, as sentry.javascript.node; empty if it has none.
    [[nodiscard]] std::string sdk() const;
};

/// All recordings of a folder (*.gz, as record.py writes them), in the order of the files' names. Throws
/// std::runtime_error if there are none or one is damaged: a bench without its bodies measures nothing.
[[nodiscard]] std::vector<RecordedEvent> loadRecordings(const std::string& folder);

} // namespace vedette::bench
