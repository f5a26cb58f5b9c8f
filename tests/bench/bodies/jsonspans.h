// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::bench {

struct JsonMember;

/// A JSON value and where it stands in its text: what no parser of ours keeps, and what overwriting it in
/// place needs.
struct JsonSpan
{
    enum class Kind
    {
        Object,
        Array,
        String,
        Number,
        Literal
    };
    Kind kind = Kind::Literal;
    std::size_t begin = 0; ///< of a string: behind its quote
    std::size_t end = 0;   ///< of a string: at its closing quote
    std::vector<JsonMember> members;
    std::vector<JsonSpan> items;

    [[nodiscard]] const JsonSpan* member(std::string_view key) const;
};

struct JsonMember
{
    std::string key; ///< as written, escapes and all
    JsonSpan value;
};

/// Takes apart valid JSON, which begins at `at` of `text`. For our own recordings alone: throws
/// std::runtime_error where it finds no JSON, and goes as deep as the text does.
[[nodiscard]] JsonSpan jsonSpans(std::string_view text, std::size_t at);

} // namespace vedette::bench
