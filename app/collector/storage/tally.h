// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/collector/storage/eventtags.h"
#include "app/collector/storage/eventusers.h"
#include "app/collector/storage/incoming.h"
#include "app/collector/storage/shapes.h"
#include "app/collector/storage/textindex.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// What the counters need to know of one committed event. Ids are those of the database; 0 is none.
struct CountedEvent
{
    std::int64_t row = 0; ///< events.id
    std::int64_t project = 0;
    std::int64_t issue = 0;
    std::int64_t environment = 0;
    std::int64_t release = 0;
    std::int64_t user = 0;
    std::vector<std::int64_t> tags;
    std::int64_t timestamp = 0; ///< ms
    std::int64_t received = 0;  ///< ms
    NewShape shape;             ///< what its issue has not had before

    /// How the issue looks while this is its latest event.
    struct Face
    {
        std::string title;
        std::string culprit;
        std::string level;
        std::string platform;
        std::string logger;
        std::string metadata;
        std::string message;
        bool unhandled = false;

        [[nodiscard]] std::size_t bytes() const;
    } face;
};

/// Gathers what can be counted from events (issue and project counters, series, users, tags, full text) so
/// that it reaches the database once for many events: on the write lane, a quarter of a millisecond a commit
/// otherwise goes there. Nothing is lost with it: the schema says how a crash is made good. TallyWriter
/// writes it. One thread.
class Tally final
{
public:
    /// Texts that `known` has seen lately are not gathered again.
    void add(CountedEvent event, KnownTexts& known);
    /// Adds an event whose issue is counted already: to all but the issue's counters.
    void addBeside(const CountedEvent& event, KnownTexts& known);
    /// Rows that its events name and that are to be written before them.
    void addRows(std::vector<NewTag> tags, std::vector<NewUser> users);
    [[nodiscard]] std::size_t events() const { return m_events; }
    /// About how much memory it takes: hundreds of events of one issue are little, one each of hundreds much.
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

private:
    friend class TallyWriter;

    struct Seen
    {
        std::int64_t count = 0;
        std::int64_t first = 0;
        std::int64_t last = 0;

        void add(std::int64_t time);
    };
    struct Sighting ///< of a user or a tag
    {
        std::int64_t id = 0;
        std::int64_t time = 0;
    };
    struct Issue
    {
        Seen seen;
        std::int64_t lastRow = 0;
        std::int64_t lastRelease = 0;
        std::int64_t lastReleaseTime = 0;
        CountedEvent::Face face;
        std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> hours; ///< (hour, environment)
        std::vector<Sighting> users, tags; ///< as they came: sorted once, when they are written
    };

    std::unordered_map<std::int64_t, Issue> m_issues;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> m_projectHours;
    std::map<std::pair<std::int64_t, std::int64_t>, Seen> m_environments; ///< (project, environment)
    std::map<std::pair<std::int64_t, std::int64_t>, Seen> m_releases;     ///< (release, environment)
    std::map<std::int64_t, std::int64_t> m_firstReceived;                 ///< of projects
    std::vector<NewTag> m_newTags;
    std::vector<NewUser> m_newUsers;
    std::vector<TextNews> m_texts;
    std::vector<NewShape> m_shapes;
    std::int64_t m_lastRow = 0;
    std::size_t m_events = 0;
    std::size_t m_bytes = 0;
};

} // namespace vedette::collector
