// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace vedette::collector {

/// A message with what differs from event to event replaced by its kind (contract section 13, step 8):
/// `User 7 from 10.0.0.1` is `User <int> from <ip>`. Only the first line counts.
[[nodiscard]] std::string parameterised(std::string_view message);

} // namespace vedette::collector
