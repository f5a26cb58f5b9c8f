// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace vedette::tests {

/// The fixtures that lie beside the project, read in place and never copied. Empty where they are not there:
/// a test labelled `shared` then skips with `sharedFixturesAbsent`.
[[nodiscard]] QString sharedFixtures();

inline constexpr const char* sharedFixturesAbsent = "the shared fixtures are not beside this checkout";

/// Files below the shared fixtures' folder `folder` that match the wildcard, sorted; absolute paths.
[[nodiscard]] QStringList sharedFiles(const QString& folder, const QString& wildcard);

/// The bytes of a file; ends the test program if it cannot be read.
[[nodiscard]] QByteArray readFile(const QString& path);

} // namespace vedette::tests
