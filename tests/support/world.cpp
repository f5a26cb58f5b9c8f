// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/world.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <array>
#include <utility>

namespace vedette::tests {

World::World()
{
    if (!m_dir.isValid())
        qFatal("no temporary folder for the test: %s", qPrintable(m_dir.errorString()));
    constexpr std::array<std::pair<const char*, const char*>, 6> folders = {{
        {"HOME", "home"},
        {"XDG_DATA_HOME", "data"},
        {"XDG_CONFIG_HOME", "config"},
        {"XDG_CACHE_HOME", "cache"},
        {"XDG_STATE_HOME", "state"},
        {"XDG_RUNTIME_DIR", "runtime"},
    }};
    for (const auto& [variable, name] : folders) {
        const QString folder = m_dir.filePath(QString::fromLatin1(name));
        if (!QDir().mkpath(folder))
            qFatal("cannot make %s", qPrintable(folder));
        qputenv(variable, QFile::encodeName(folder));
    }
    // The base directory specification asks for 0700 there, and Qt warns about anything else.
    QFile::setPermissions(m_dir.filePath(QStringLiteral("runtime")),
        QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QStandardPaths::setTestModeEnabled(true);
}

} // namespace vedette::tests
