// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTemporaryDir>

namespace vedette::tests {

/// Folders of a test's own for HOME and everything XDG, so that no test sees the user's files or another
/// test's. Made before the application object; gone with it.
class World final
{
    Q_DISABLE_COPY_MOVE(World)

public:
    World();

    /// The folder that holds it all.
    [[nodiscard]] QString path() const { return m_dir.path(); }

private:
    QTemporaryDir m_dir;
};

} // namespace vedette::tests
