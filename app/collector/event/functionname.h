// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

#include "app/collector/event/frame.h"

namespace vedette::collector {

/// The part of a function's name that stays the same from build to build and from browser to browser:
/// without parameters, template arguments, clone and lambda numbers, generated suffixes. Empty where the name
/// says nothing (`<anonymous>`, `eval`). Contract section 13, 4 and 5.
[[nodiscard]] std::string stableFunction(std::string_view function, Family family);

/// The same for a module: proxies and lambdas that the JVM generates lose their numbers.
[[nodiscard]] std::string_view stableModule(std::string_view module, Family family);

} // namespace vedette::collector
