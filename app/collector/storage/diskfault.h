// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <exception>
#include <string>

namespace vedette::collector {

/// Why a database cannot be written, as far as it is not the fault of what was to be written.
enum class DiskFault
{
    None,       ///< the disk is well: this one statement could not be carried out
    Full,       ///< no space, or past a quota
    ReadOnly,   ///< the file or its file system takes no writes
    Damaged,    ///< pages of the database are not what they should be
    Held,       ///< another program keeps the database locked
    Unwritable, ///< the system refuses for another reason
    Memory      ///< not the disk: there is too little memory
};

/// What a failed statement says about the disk. `systemErrno` is what the system said, 0 where that is not
/// known.
[[nodiscard]] DiskFault diskFaultOf(const std::exception& fault, int systemErrno);

/// The same in words for people, as part of a sentence; the system's own words stand in it.
[[nodiscard]] std::string describe(DiskFault kind, const std::exception& fault, int systemErrno);

} // namespace vedette::collector
