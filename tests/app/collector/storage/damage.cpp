// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/collector/storage/damage.h"

#include <QFile>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::tests {
namespace {

constexpr std::int64_t pageBytes = 4'096; // SQLite's default, which the collector leaves alone

} // namespace

std::int64_t rootPage(const std::string& path, const std::string& name)
{
    SQLite::Database db(path);
    SQLite::Statement query(db, "SELECT rootpage FROM sqlite_master WHERE name = ?");
    query.bind(1, name);
    if (!query.executeStep())
        qFatal("there is no %s", name.c_str());
    return query.getColumn(0).getInt64();
}

std::string spoilPage(const std::string& path, std::int64_t page)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly) || !file.seek((page - 1) * pageBytes))
        qFatal("cannot read the page");
    const std::string before = file.read(pageBytes).toStdString();
    file.close();
    std::string rubbish(std::size_t(pageBytes), '\0');
    for (std::size_t i = 0; i < rubbish.size(); ++i)
        rubbish[i] = static_cast<char>(i * 131 + 17);
    writePage(path, page, rubbish);
    return before;
}

void writePage(const std::string& path, std::int64_t page, const std::string& bytes)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadWrite) || !file.seek((page - 1) * pageBytes) ||
        file.write(bytes.data(), qint64(bytes.size())) != qint64(bytes.size()))
        qFatal("cannot write the page");
}

std::string fileBytes(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", path.c_str());
    return file.readAll().toStdString();
}

} // namespace vedette::tests
