// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/store/connection.h"

namespace vedette::store {

/// Indexes some of what was stored before there was an index (migration `search`): issues with their lists'
/// counts, then details, then events. How far it came is kept, so that it goes on after a restart. Answers
/// whether more is left. On the lane; throws SQLite::Exception.
[[nodiscard]] bool indexOldRows(Connection& connection);

} // namespace vedette::store
