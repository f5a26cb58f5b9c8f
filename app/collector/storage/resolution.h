// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// How an issue was resolved, where that is bound to a release or a commit: a row of issue_resolutions.
struct Resolution
{
    enum class Kind
    {
        InNextRelease,
        InRelease,
        InCommit
    };
    Kind kind = Kind::InRelease;
    std::int64_t release = 0; ///< that release; for the next one: the last at the time; 0 where it is gone
    std::int64_t commit = 0;
    std::int64_t user = 0;
    std::int64_t created = 0; ///< ms

    static std::optional<Resolution> of(SQLite::Database& db, std::int64_t issue);
    /// Replaces what the issue had.
    void save(SQLite::Database& db, std::int64_t issue) const;
    static void remove(SQLite::Database& db, std::int64_t issue);
};

/// Whether an event of `release` (0: it names none) reopens this resolved issue. Contract section 13, 15, in
/// detail and as Sentry does it:
/// - resolved without a release: every event does;
/// - in the next release: events of releases after the one that was last when it was resolved do. That one
///   itself and older ones do not: the mend is not in them;
/// - in a release: events of that release and of later ones do, since the mend should be in them; older do
///   not. The contract's "unless the event's release is not after the resolving release" could be read to
///   spare that release itself. Sentry does not: its GroupResolution.has_resolution (getsentry/sentry,
///   src/sentry/models/groupresolution.py, alike in all stored versions) says of the very release that
///   nothing is resolved in it, by version and by date, and its tests hold that. Where the mend is only in
///   what follows, "in the next release" is what to say;
/// - in a commit: none does until a release with that commit is known; then as "in that release". Where
///   several hold it, the earliest decides, and each of them counts itself;
/// - an event without a release does not reopen what is bound to one, unless that release was deleted.
/// What is later is told by compareReleases(). Throws SQLite::Exception.
[[nodiscard]] bool reopens(SQLite::Database& db, std::int64_t issue, std::int64_t release);

} // namespace vedette::collector
