// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/bench/common/figures.h"
#include "tests/bench/common/program.h"

namespace SQLite {
class Database;
}

namespace vedette::bench {

/// A question that clients ask, and how one would ask the database for the least of its answer.
struct Question
{
    std::string name;
    std::vector<std::string>
        paths; ///< asked in turn, below the organization's route unless they begin with /
    std::function<void(SQLite::Database&, std::size_t)>
        plain;                      ///< the same for the n-th path, without the API
    std::optional<double> targetMs; ///< of p99
};

/// Questions about what is stored there, made from it. Deterministic for the same database.
[[nodiscard]] std::vector<Question> questionsAbout(
    const std::string& database, const std::string& organization);

/// Asks each `times` times over one connection and answers p99 beside the median of the plain way, and p50.
[[nodiscard]] std::vector<Figure> ask(
    const Collect& collect, const std::vector<Question>& questions, int times);

} // namespace vedette::bench
