// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/collector/collectorworld.h"

#include <SQLiteCpp/Database.h>

using namespace vedette::collector;

namespace vedette::tests {

CollectorWorld::CollectorWorld()
    : clock(*core::parseTime("2026-11-20T10:00:00Z"))
{
    options.dataDir = dataDir();
    options.port = 0;
    start();
}

void CollectorWorld::start()
{
    m_collector.reset();
    auto started = Collector::start(options, clock);
    if (!started)
        qFatal("the collector did not start: %s", qPrintable(started.error().detail));
    m_collector = std::move(*started);
    const auto project = m_collector->firstProject();
    if (!project || project->project != 1)
        qFatal("the first project is missing");
    m_key = project->key;
}

std::uint16_t CollectorWorld::port() const
{
    const std::string url = m_collector->url();
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

std::int64_t CollectorWorld::number(const std::string& sql) const
{
    const auto out =
        m_collector->store().read([&](SQLite::Database& db) { return db.execAndGet(sql).getInt64(); });
    if (!out)
        qFatal("%s: %s", sql.c_str(), qPrintable(out.error().detail));
    return *out;
}

std::string CollectorWorld::text(const std::string& sql) const
{
    const auto out =
        m_collector->store().read([&](SQLite::Database& db) { return db.execAndGet(sql).getString(); });
    if (!out)
        qFatal("%s: %s", sql.c_str(), qPrintable(out.error().detail));
    return *out;
}

std::string eventEnvelope(const std::string& id, const std::string& message)
{
    return "{\"event_id\":\"" + id + "\"}\n{\"type\":\"event\"}\n{\"message\":\"" + message + "\"}\n";
}

} // namespace vedette::tests
