// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/sharedfixtures.h"

#include <QDir>
#include <QFile>

namespace vedette::tests {

QString sharedFixtures()
{
#ifdef VEDETTE_SHARED_FIXTURES
    return QStringLiteral(VEDETTE_SHARED_FIXTURES);
#else
    return {};
#endif
}

QStringList sharedFiles(const QString& folder, const QString& wildcard)
{
    const QDir dir(sharedFixtures() + QLatin1Char('/') + folder);
    QStringList out;
    const QStringList names = dir.entryList({wildcard}, QDir::Files, QDir::Name);
    for (const QString& name : names)
        out << dir.filePath(name);
    return out;
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s: %s", qPrintable(path), qPrintable(file.errorString()));
    return file.readAll();
}

} // namespace vedette::tests
