// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

#include <tl/expected.hpp>

#include "models/search/query.h"

namespace vedette::search {

/// Why a text is no issue search, and where.
struct SyntaxError
{
    QString message; ///< English, in the server's words where it has some (contract section 11)
    Span span;
};

/// Reads the issue search language of contract section 11. Parentheses are free text, `OR` and `AND` are
/// refused, unknown keys are left to the caller. Pure, linear.
[[nodiscard]] tl::expected<Query, SyntaxError> parse(QStringView text);

} // namespace vedette::search
