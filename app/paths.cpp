// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/paths.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace vedette::app {

using namespace Qt::Literals::StringLiterals;

Paths Paths::find(const QString& dataDir)
{
    if (!dataDir.isEmpty()) {
        const QDir dir(QDir(dataDir).absolutePath());
        return {dir.path(), dir.filePath(u"cache"_s), dir.filePath(u"settings.ini"_s)};
    }
    const auto under = [](QStandardPaths::StandardLocation location, const QString& name) {
        return QDir(QStandardPaths::writableLocation(location)).filePath(name);
    };
    return {under(QStandardPaths::GenericDataLocation, u"vedette"_s),
        under(QStandardPaths::GenericCacheLocation, u"vedette"_s),
        under(QStandardPaths::GenericConfigLocation, u"vedette/settings.ini"_s)};
}

core::Result<void> Paths::make() const
{
    for (const QString& folder : {data, cache}) {
        if (QDir(folder).exists())
            continue;
        if (!QDir().mkpath(folder))
            return core::fail(core::ErrorKind::Storage, u"the folder %1 cannot be made"_s.arg(folder));
        QFile::setPermissions(
            folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    }
    return {};
}

} // namespace vedette::app
