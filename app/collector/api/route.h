// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

#include "app/collector/api/context.h"

namespace vedette::collector::api {

enum class Access
{
    Read,
    Write
};

/// One route: the path below /api/0/, where a part in braces takes any text. `{org}` must be ours.
struct Route
{
    std::string_view method;
    std::string_view path;
    Access access;
    Response (*handler)(const Call&);
};

} // namespace vedette::collector::api
