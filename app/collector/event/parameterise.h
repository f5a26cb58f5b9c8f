// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace vedette::collector {

/// A message with its changing parts replaced by their kind, so that messages which differ only in numbers,
/// ids, addresses and dates are one: `user 42 not found` -> `user <int> not found`. Contract section 13, 8.
/// At most the first 8,192 bytes count. Linear.
[[nodiscard]] std::string parameterised(std::string_view text);

} // namespace vedette::collector
