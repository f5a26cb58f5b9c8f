// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/schema.h"

#include <QDir>
#include <QFile>
#include <QtEndian>

using namespace Qt::Literals::StringLiterals;

// Resources of a static library have to be asked for by name, outside of any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(store);
}

namespace vedette::store {

std::vector<Migration> migrationsOf(const QString& database)
{
    initResources();
    std::vector<Migration> migrations;
    const QDir folder(u":/store/migrations/"_s + database);
    const QStringList names = folder.entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString& name : names) {
        QFile file(folder.filePath(name));
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        migrations.push_back({name.left(4).toInt(), file.readAll().toStdString()});
        Q_ASSERT(migrations.back().number == int(migrations.size()));
    }
    Q_ASSERT(!migrations.empty());
    return migrations;
}

core::Result<void> migrate(Connection& connection, const std::vector<Migration>& migrations)
{
    SQLite::Database& database = connection.database();
    const int present = database.execAndGet("PRAGMA user_version").getInt();
    if (present > int(migrations.size())) {
        return core::fail(core::ErrorKind::NewerData,
            u"schema %1, this program knows %2"_s.arg(present).arg(migrations.size()));
    }
    for (const Migration& migration : migrations) {
        if (migration.number <= present)
            continue;
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        database.exec(migration.sql);
        database.exec("PRAGMA user_version = " + std::to_string(migration.number));
        transaction.commit();
    }
    // Into the file itself, so that schemaNumberOf() sees it even if this program is killed now.
    if (present < int(migrations.size()))
        static_cast<void>(database.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)"));
    return {};
}

int schemaNumberOf(const QString& file)
{
    // SQLite file format, section 1.3: "SQLite format 3\0" opens the file, the user version is the big-endian
    // number at offset 60.
    QFile header(file);
    if (!header.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray bytes = header.read(100);
    if (bytes.size() < 100 || !bytes.startsWith("SQLite format 3"))
        return 0;
    return qFromBigEndian<qint32>(bytes.constData() + 60);
}

} // namespace vedette::store
