// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace vedette::tests {

/// From now on the process kills itself, as by SIGKILL, after so many writes, truncates and syncs of
/// databases that are opened later; 0: never. What was written before is in the files. Nothing is synced to
/// the real disk, which a killed process does not need. Once in a process, before the first one opens.
void killAfterCalls(long calls);

} // namespace vedette::tests
