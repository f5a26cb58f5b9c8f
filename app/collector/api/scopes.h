// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/json/writer.h"

namespace vedette::collector::api {

/// The list of scopes that the collector's token has: it may do all that there is (contract section 2).
void writeScopes(json::Writer& out);

} // namespace vedette::collector::api
