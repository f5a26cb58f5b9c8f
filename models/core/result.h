// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <tl/expected.hpp>

#include "models/core/error.h"

namespace vedette::core {

/// What a function that can fail returns: the value, or an Error that the caller has to unpack.
/// One alias in one place, so that it can become std::expected where the compiler has it.
template<class T>
using Result = tl::expected<T, Error>;

/// Builds the failed side of any Result: `return fail(ErrorKind::Malformed, u"no id"_s);`
inline tl::unexpected<Error> fail(ErrorKind kind, QString detail = {}, int httpStatus = 0)
{
    return tl::unexpected<Error>(Error{kind, httpStatus, std::move(detail), {}});
}

/// Passes an Error on: `if (!page) return fail(page.error());`
inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace vedette::core
