// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

#include "models/json/value.h"
#include "models/json/writer.h"

namespace vedette::collector {

/// The data of the entries that hold stacks (contract section 9), frames oldest call first.
void writeExceptionData(json::Writer& out, json::Value exception, std::string_view platform);
void writeStacktrace(json::Writer& out, json::Value stacktrace, std::string_view platform);
void writeThreadsData(json::Writer& out, json::Value threads, std::string_view platform);

} // namespace vedette::collector
