// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "app/collector/api/issuepage.h"

namespace vedette::collector::api {

/// What a score is made of; times in hours.
struct IssueFigures
{
    double sinceLast = 0; ///< since the last event
    double age = 0;       ///< since the first
    double sixHours = 0;  ///< events of the last 6 hours
    double threeDays = 0; ///< and of 3 days
    double decayed = 0;   ///< of 3 days, each weighed by 1/2^(its age / 4 h)
    double events = 0;    ///< of all time
    double users = 0;
    std::string_view level; ///< of the latest event; the worst one is not kept
};

/// Contract section 14c. The weights of the server are options of its operator and not published: here all
/// five count alike. 0 to 5.
[[nodiscard]] double recommendedScore(const IssueFigures& figures);
/// By the half-lives of contract section 14c: 4 hours for events, 12 for the issue; volume counts one part of
/// ten.
[[nodiscard]] double trendsScore(const IssueFigures& figures);

/// The page of issues by their scores at this moment, one row more than asked where there is more.
[[nodiscard]] std::vector<IssuePlace> loadByScore(
    const Call& call, const Sql& condition, IssueSort sort, const IssuePageRequest& request);

} // namespace vedette::collector::api
