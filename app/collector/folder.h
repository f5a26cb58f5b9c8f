// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::collector {

/// Who runs the collector of a data folder.
struct Holder
{
    std::int64_t pid = 0;
    std::string url;   ///< empty while it is still starting
    std::string since; ///< when it took the folder, ISO 8601 UTC
};

/// Where a collector keeps what it keeps, within the program's data folder.
[[nodiscard]] std::string folderOf(const std::string& dataDir);
/// Its database.
[[nodiscard]] std::string databaseIn(const std::string& folder);
/// Makes the folders that are missing, for their owner alone (0700). Errors: Storage.
[[nodiscard]] core::Result<void> makeFolder(const std::string& path);

/// The lock on a collector's folder: one collector for each. Held until destroyed, or until the process dies.
class FolderLock final
{
public:
    FolderLock() = default;
    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&& other) noexcept;

    /// Errors: Busy (somebody holds it; the detail says who), Storage.
    static core::Result<FolderLock> take(const std::string& folder, const core::Clock& clock);
    /// Leaves a note for others about where we are to be found.
    void publish(const std::string& url);

private:
    explicit FolderLock(int fd)
        : m_fd(fd)
    {}
    int m_fd = -1;
    std::string m_since;
};

/// Who holds the lock on that folder right now, if anybody does.
[[nodiscard]] std::optional<Holder> folderHolder(const std::string& folder);

/// The token of the web API, 64 hex digits: read from the folder, or made at the first start. The file is for
/// its owner alone (0600), whatever it was before. Errors: Storage.
[[nodiscard]] core::Result<std::string> readOrMakeToken(const std::string& folder);

/// Whether the two are equal, in a time that does not tell how much of them is.
[[nodiscard]] bool sameToken(std::string_view given, std::string_view token);

} // namespace vedette::collector
