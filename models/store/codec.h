// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>

#include "models/domain/event.h"
#include "models/domain/issue.h"
#include "models/domain/project.h"
#include "models/domain/series.h"
#include "models/store/records.h"

namespace vedette::store {

/// Values as JSON text. Reading gives nothing for what is no JSON object at all. Any thread.
[[nodiscard]] std::string encode(const domain::Issue& value);
[[nodiscard]] std::string encode(const domain::IssueDetail& value);
[[nodiscard]] std::string encode(const domain::Event& value);
[[nodiscard]] std::string encode(const domain::Actor& value);
[[nodiscard]] std::string encode(const domain::StatusDetails& value);
[[nodiscard]] std::string encode(const domain::Credential& value);
[[nodiscard]] std::string encode(const domain::NetworkSettings& value);
[[nodiscard]] std::string encode(const domain::Capabilities& value);
[[nodiscard]] std::string encode(const DirectoryData& value);
[[nodiscard]] std::string encode(const QList<domain::ProjectSummary>& value);
[[nodiscard]] std::string encode(const AlertRecord& value);
[[nodiscard]] std::string encode(const core::Error& value);
[[nodiscard]] std::string encode(const domain::IssueBasis& value);
[[nodiscard]] std::string encode(const domain::Conflict& value);

/// `T` is one of the above.
template<class T>
[[nodiscard]] std::optional<T> decode(const std::string& json);

/// zstd, as cached details and events are kept. Unpacking gives nothing for broken data and for more than
/// 64 MB.
[[nodiscard]] std::string packed(const std::string& plain);
[[nodiscard]] std::optional<std::string> unpacked(const std::string& bytes);

/// A trend in a few bytes: it stands in every row of every list. Counts are varints, and the times of evenly
/// spaced points are not stored.
[[nodiscard]] std::string encodeSeries(const domain::Series& series);
[[nodiscard]] domain::Series decodeSeries(const std::string& bytes);

} // namespace vedette::store
