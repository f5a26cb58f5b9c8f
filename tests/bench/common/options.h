// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "tests/bench/bodies/bodymaker.h"

namespace vedette::bench {

/// `--name value` pairs over their defaults. Ends the program where it meets another name.
class Options final
{
public:
    Options(int count, char** words, std::map<std::string, std::string> defaults);
    [[nodiscard]] const std::string& text(const std::string& name) const { return m_values.at(name); }
    [[nodiscard]] std::uint64_t number(const std::string& name) const { return std::stoull(text(name)); }

private:
    std::map<std::string, std::string> m_values;
};

/// Events of the last `days` days, in order, which the first `events` of them fill up to now; as an SDK with
/// this client key sends them to project 1.
[[nodiscard]] BodyOptions bodiesUntilNow(
    std::uint32_t issues, std::uint32_t users, int days, std::uint64_t events, const std::string& key);

} // namespace vedette::bench
