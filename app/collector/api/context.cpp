// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/context.h"

#include <charconv>

namespace vedette::collector::api {

std::string dateText(std::int64_t ms)
{
    return core::formatTime(core::TimePoint(std::chrono::milliseconds(ms)));
}

std::string placeholders(std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += i == 0 ? "?" : ",?";
    return out;
}

std::optional<std::int64_t> decimal(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return {};
    return value;
}

} // namespace vedette::collector::api
