// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QCoreApplication;

namespace vedette {

/// Installs the words of the user's language, English where there are none, for as long as the application
/// lives. English has its plurals here: without them people would read "1 issue(s)".
void installTranslations(QCoreApplication& application);

} // namespace vedette
