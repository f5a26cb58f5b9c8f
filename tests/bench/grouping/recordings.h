// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

namespace vedette::bench {

/// One event as an SDK sent it.
struct Recording
{
    std::string project; ///< what it belongs to: events of two projects never share an issue
    std::string fault;   ///< which fault of its program it is; empty where nobody said
    std::string json;
};

/// Events of one kind of place, each with how the report calls it.
struct RecordingSet
{
    std::string name;
    std::vector<Recording> events;
};

/// The demo's samples, whose index says which templates are one fault.
RecordingSet sampleRecordings();
/// tests/fixtures, events and raw requests.
RecordingSet ownRecordings();
/// The shared fixtures, where they lie; empty where they do not.
RecordingSet sharedRecordings();

} // namespace vedette::bench
