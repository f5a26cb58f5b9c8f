// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/upkeep.h"

#include <cstdio>

#include <QDir>
#include <QFile>

#include "app/collector/upkeep.h"
#include "app/commands/exitcodes.h"
#include "models/json/writer.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette {
namespace {

int sayWhy(const core::Error& error)
{
    std::fprintf(stderr, "vedette collect: %s\n", qPrintable(error.detail));
    return exitCodeOf(error.kind);
}

int print(json::Writer& line)
{
    line.endObject();
    return std::printf("%s\n", line.text().c_str()) > 0 && std::fflush(stdout) == 0 ? ExitOk : ExitFailed;
}

void writeFormer(json::Writer& line, const std::string& former)
{
    if (former.empty())
        line.nullField("former");
    else
        line.field("former", former);
}

int runBackup(const std::string& dataDir, const std::string& file)
{
    const auto facts = collector::backUp(dataDir, file);
    if (!facts)
        return sayWhy(facts.error());
    json::Writer line;
    line.beginObject().field("file", file).field("events", facts->events).field("issues", facts->issues);
    line.field("bytes", facts->bytes);
    return print(line);
}

int runRestore(const std::string& dataDir, const std::string& file)
{
    const core::SystemClock clock;
    const auto restored = collector::restore(dataDir, file, clock);
    if (!restored)
        return sayWhy(restored.error());
    json::Writer line;
    line.beginObject().field("events", restored->facts.events).field("issues", restored->facts.issues);
    writeFormer(line, restored->former);
    return print(line);
}

int runSalvage(const std::string& dataDir)
{
    const core::SystemClock clock;
    const auto salvaged = collector::salvage(dataDir, clock);
    if (!salvaged)
        return sayWhy(salvaged.error());
    const collector::SalvageFacts& facts = salvaged->facts;
    json::Writer line;
    line.beginObject().field("events", facts.events).field("issues", facts.issues).field("gaps", facts.gaps);
    line.key("tables").beginArray();
    for (const std::string& table : facts.tables)
        line.string(table);
    line.endArray().field("orphans", facts.orphans);
    writeFormer(line, salvaged->former);
    return print(line);
}

} // namespace

bool isUpkeep(const app::Invocation& invocation)
{
    return invocation.has(u"--backup"_s) || invocation.has(u"--restore"_s) || invocation.has(u"--salvage"_s);
}

int upkeep(const app::Invocation& invocation, const QString& dataDir)
{
    if (invocation.options.size() - (invocation.has(u"--data-dir"_s) ? 1 : 0) != 1) {
        std::fprintf(stderr, "vedette collect: --backup, --restore, --salvage and --listen go alone\n");
        return ExitUsage;
    }
    const std::string folder = QFile::encodeName(QDir(dataDir).absolutePath()).toStdString();
    const auto file = [&invocation](const QString& option) {
        return QFile::encodeName(QDir::current().absoluteFilePath(invocation.options.value(option)))
            .toStdString();
    };
    if (invocation.has(u"--backup"_s))
        return runBackup(folder, file(u"--backup"_s));
    if (invocation.has(u"--restore"_s))
        return runRestore(folder, file(u"--restore"_s));
    return runSalvage(folder);
}

} // namespace vedette
