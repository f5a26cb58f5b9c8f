// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "models/core/result.h"

namespace vedette::collector {

/// True for bytes that begin a msgpack map. Neither JSON, base64 nor zlib can begin so: the map's three
/// markers are not ASCII, and are no byte of a UTF-8 byte order mark.
[[nodiscard]] bool isMsgpackMap(std::string_view bytes);

/// One msgpack value as compact JSON, by the format's specification (msgpack.org). Binary data becomes text
/// (older encoders know no other kind of text), a timestamp extension epoch seconds, any other extension
/// null; a key that is a number or a boolean becomes its text. NaN and infinities are null, broken UTF-8 is
/// left as it is: json::Document mends it. Errors: Malformed (cut off, bytes behind the value, a map or list
/// as a key, deeper than 1,000 levels), TooLarge (more than `maxJsonBytes` of JSON). Memory is bounded by
/// `maxJsonBytes`, whatever sizes the bytes claim. Any thread.
[[nodiscard]] core::Result<std::string> jsonOfMsgpack(std::string_view bytes, std::size_t maxJsonBytes);

/// Values that stand one after the other, as a JSON list.
struct MsgpackValues
{
    std::string json;
    bool isWhole = true; ///< false: some at the end are left out, damaged or past the bound
};

/// Any number of msgpack values as jsonOfMsgpack() reads each, up to the first that it would refuse: what is
/// appended to such a file may be cut off at its end. `maxJsonBytes` bounds the list. Any thread.
[[nodiscard]] MsgpackValues jsonOfMsgpackValues(std::string_view bytes, std::size_t maxJsonBytes);

} // namespace vedette::collector
