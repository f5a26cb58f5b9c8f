// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/aging.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {

int settleNewIssues(SQLite::Database& db, core::TimePoint now)
{
    const auto msOf = [](core::TimePoint time) { return std::int64_t(time.time_since_epoch().count()); };
    const std::int64_t youngest = msOf(now - newFor);
    SQLite::Statement activity(db, "INSERT INTO activity (issue_id, type, data, created) "
                                   "SELECT id, 'auto_set_ongoing', '{\"after_days\":7}', ? FROM issues "
                                   "WHERE substatus = 'new' AND first_seen <= ? AND status = 'unresolved'");
    activity.bind(1, msOf(now));
    activity.bind(2, youngest);
    if (activity.exec() == 0)
        return 0;
    SQLite::Statement update(db, "UPDATE issues SET substatus = 'ongoing' "
                                 "WHERE substatus = 'new' AND first_seen <= ? AND status = 'unresolved'");
    update.bind(1, youngest);
    return update.exec();
}

} // namespace vedette::collector
