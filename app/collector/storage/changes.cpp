// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/changes.h"

#include <algorithm>

namespace vedette::collector {

bool Changes::isEmpty() const
{
    return issues.empty() && !manyIssues && !projects && !collector && !events;
}

void Changes::addIssue(std::int64_t id)
{
    if (std::find(issues.begin(), issues.end(), id) != issues.end())
        return;
    if (issues.size() < mostIssues)
        issues.push_back(id);
    else
        manyIssues = true;
}

void Changes::merge(const Changes& other)
{
    for (const std::int64_t id : other.issues)
        addIssue(id);
    manyIssues = manyIssues || other.manyIssues;
    projects = projects || other.projects;
    collector = collector || other.collector;
    events = events || other.events;
}

} // namespace vedette::collector
