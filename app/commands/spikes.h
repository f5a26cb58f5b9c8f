// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include "models/core/result.h"

namespace vedette::app {

/// `vedette spikes`: the detector over rows of `timestamp,value` (ISO 8601, UTC where no zone is given, with
/// or without a header line) as CSV: for each hour from the first to the last its count, the expected count,
/// the upper bound and whether it fires. Errors: Malformed, the detail naming the line.
[[nodiscard]] core::Result<QByteArray> spikesOf(const QByteArray& csv);

/// The same from a file. Errors: NotFound, Storage, Malformed.
[[nodiscard]] core::Result<QByteArray> spikesOfFile(const QString& path);
/// Those rows as JSON: `[{"timestamp": "...", "count": 1, "expected": 0.5, "upper": 4, "firing": false},
/// ...]`.
[[nodiscard]] QByteArray spikesAsJson(const QByteArray& csv);

} // namespace vedette::app
