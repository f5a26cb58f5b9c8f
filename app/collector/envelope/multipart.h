// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/core/result.h"

namespace vedette::collector {

/// One field of a form. `data` is a view into the body.
struct FormPart
{
    std::string name;     ///< UTF-8, mended
    std::string filename; ///< likewise; empty for what is no file
    std::string contentType;
    bool isFile = false;
    std::string_view data;
};

/// True for the content type `multipart/form-data`.
[[nodiscard]] bool isMultipart(std::string_view contentType);

/// Takes a multipart/form-data body apart (RFC 7578). Pure: a function of the bytes, which must outlive the
/// result. Errors: Malformed (no boundary, cut short), TooLarge (more than 1,000 parts).
[[nodiscard]] core::Result<std::vector<FormPart>> parseMultipart(
    std::string_view contentType, std::string_view body);

} // namespace vedette::collector
