// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

#include "models/json/value.h"

namespace vedette::collector {

/// Something in an event that could not be used: what the API's `errors` list tells.
struct Problem
{
    std::string type;   ///< invalid_data, ...
    std::string name;   ///< the attribute
    std::string reason; ///< for people, English
    std::string value;  ///< what was sent instead, short
};

/// Attributes of the wrong type or form: they count as absent.
[[nodiscard]] std::vector<Problem> problemsOf(json::Value payload);

/// The member, or nothing where its type is one that the attribute cannot have.
[[nodiscard]] json::Value checked(json::Value payload, std::string_view name);

} // namespace vedette::collector
