// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/tally.h"

#include <algorithm>

#include "app/collector/storage/searchtext.h"

namespace vedette::collector {
namespace {

/// Of a map's node, and of what an issue has beside its face.
constexpr std::size_t bytesOfIssue = 400;

std::int64_t hourOf(std::int64_t ms)
{
    constexpr std::int64_t hourMs = 3'600'000;
    return ms >= 0 ? ms / hourMs : (ms - hourMs + 1) / hourMs;
}

} // namespace

std::size_t CountedEvent::Face::bytes() const
{
    return sizeof *this + title.size() + culprit.size() + level.size() + platform.size() + logger.size() +
           metadata.size() + message.size();
}

void Tally::Seen::add(std::int64_t time)
{
    first = count == 0 ? time : std::min(first, time);
    last = count == 0 ? time : std::max(last, time);
    ++count;
}

void Tally::add(CountedEvent event, KnownTexts& known)
{
    Issue& issue = m_issues[event.issue];
    const bool latest = issue.seen.count == 0 || event.timestamp >= issue.seen.last;
    if (issue.seen.count == 0)
        m_bytes += bytesOfIssue;
    m_bytes += (event.tags.size() + 1) * sizeof(Sighting);
    if (event.release != 0 && (issue.lastRelease == 0 || event.timestamp >= issue.lastReleaseTime)) {
        issue.lastRelease = event.release;
        issue.lastReleaseTime = event.timestamp;
    }
    issue.seen.add(event.timestamp);
    ++issue.hours[{hourOf(event.timestamp), event.environment}];
    if (event.user != 0)
        issue.users.push_back({event.user, event.timestamp});
    for (const std::int64_t tag : event.tags)
        issue.tags.push_back({tag, event.timestamp});
    if (latest)
        issue.lastRow = event.row;
    addBeside(event, known);
    if (latest) {
        m_bytes += event.face.bytes() - issue.face.bytes();
        issue.face = std::move(event.face);
    }
}

void Tally::addRows(std::vector<NewTag> tags, std::vector<NewUser> users)
{
    m_newTags = std::move(tags);
    m_newUsers = std::move(users);
}

void Tally::addBeside(const CountedEvent& event, KnownTexts& known)
{
    ++m_events;
    m_lastRow = std::max(m_lastRow, event.row);
    TextNews news = known.look(
        event.row, event.issue, searchTextOf(event.face.title, event.face.culprit, event.face.message));
    m_bytes +=
        news.whole.size() + news.windows.size() + event.shape.frames.size() + event.shape.aspects.size();
    if (!news.whole.empty() || !news.windows.empty())
        m_texts.push_back(std::move(news));
    if (!event.shape.frames.empty() || !event.shape.aspects.empty())
        m_shapes.push_back(event.shape);

    ++m_projectHours[{event.project, hourOf(event.timestamp)}];
    m_environments[{event.project, event.environment}].add(event.timestamp);
    if (event.release != 0)
        m_releases[{event.release, event.environment}].add(event.timestamp);
    const auto [first, fresh] = m_firstReceived.emplace(event.project, event.received);
    if (!fresh)
        first->second = std::min(first->second, event.received);
}

} // namespace vedette::collector
