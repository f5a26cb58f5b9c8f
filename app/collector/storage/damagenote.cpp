// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/damagenote.h"

#include <fcntl.h>
#include <unistd.h>

namespace vedette::collector {
namespace {

std::string noteOf(const std::string& path)
{
    return path + ".damaged";
}

} // namespace

void leaveDamageNote(const std::string& path, std::string_view what)
{
    const int fd = ::open(noteOf(path).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return; // the next start may find it out late, as this one did
    // Its being there is what counts; the words are for people who look into the folder.
    [[maybe_unused]] const ssize_t written = ::write(fd, what.data(), what.size());
    ::fsync(fd);
    ::close(fd);
}

bool hasDamageNote(const std::string& path)
{
    return ::access(noteOf(path).c_str(), F_OK) == 0;
}

void removeDamageNote(const std::string& path)
{
    ::unlink(noteOf(path).c_str());
}

} // namespace vedette::collector
