// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

#include "models/json/value.h"

namespace vedette::collector {

/// A message template with its parameters put in, the way the loggers of Python, PHP (`%s`, `%(name)s`), .NET
/// and Java (`{}`, `{0}`, `{name}`) write them. What has no parameter stays as it is.
[[nodiscard]] std::string interpolated(std::string_view messageTemplate, json::Value params);

} // namespace vedette::collector
