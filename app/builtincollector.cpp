// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/builtincollector.h"

#include <QCoreApplication>
#include <QFile>

#include <thread>

#include "app/allocator.h"
#include "app/collector/collector.h"
#include "app/collector/folder.h"
#include "models/core/runon.h"

namespace vedette::app {

using collector::Collector;
using core::ErrorKind;
using namespace std::chrono_literals;

namespace {

/// Another process that is just starting the collector has this long to get ready.
constexpr auto othersPatience = 5s;
constexpr auto lookAgainAfter = 100ms;

/// A collector of that folder in another process, if it answers already; nothing: there is none.
core::Result<std::optional<BuiltInCollector::Address>> findRunning(const std::string& folder)
{
    const auto holder = Collector::holder(folder);
    if (!holder || holder->url.empty())
        return std::nullopt;
    const auto token = Collector::tokenOf(folder);
    if (!token)
        return core::fail(token.error());
    return BuiltInCollector::Address{
        QUrl(QString::fromStdString(holder->url)), QString::fromStdString(*token), {}, false};
}

core::Result<std::unique_ptr<Collector>> startOurs(
    const std::string& folder, const core::Clock& clock, const BuiltInCollector::Wishes& wishes)
{
    Collector::Options options;
    options.dataDir = folder;
    options.version = QCoreApplication::applicationVersion().toStdString();
    options.tallied = [] { returnMemory(); };
    if (!wishes.firstProject)
        options.firstProjects.clear();
    auto started = Collector::start(options, clock);
    if (started || started.error().kind != ErrorKind::Busy || !wishes.anyPort || Collector::holder(folder))
        return started;
    options.port = std::uint16_t(0);
    return Collector::start(options, clock);
}

} // namespace

BuiltInCollector::BuiltInCollector(const QString& dataFolder, const core::Clock& clock, QObject* parent)
    : QObject(parent)
    , m_dataFolder(dataFolder)
    , m_clock(clock)
    , m_lane("collector")
{}

BuiltInCollector::~BuiltInCollector()
{
    m_lane.post([this] { m_collector.reset(); });
}

bool BuiltInCollector::existsIn(const QString& dataFolder)
{
    const std::string folder = dataFolder.toStdString();
    return QFile::exists(QString::fromStdString(collector::databaseIn(collector::folderOf(folder)))) ||
           Collector::holder(folder).has_value();
}

QFuture<core::Result<BuiltInCollector::Address>> BuiltInCollector::start(const Wishes& wishes)
{
    return core::runOn(m_lane, m_home, [this, wishes]() -> core::Result<Address> {
        const std::string folder = m_dataFolder.toStdString();
        const auto giveUp = std::chrono::steady_clock::now() + othersPatience;
        for (;;) {
            auto running = findRunning(folder);
            if (!running)
                return core::fail(running.error());
            if (*running)
                return **running;
            auto started = startOurs(folder, m_clock, wishes);
            if (started) {
                m_collector = *std::move(started);
                const auto project = m_collector->firstProject();
                return Address{QUrl(QString::fromStdString(m_collector->url())),
                    QString::fromStdString(m_collector->token()),
                    project ? QString::fromStdString(m_collector->dsn(*project)) : QString(), true};
            }
            // Somebody else won the race and is not ready yet: this lane has nothing else to do.
            const bool othersAreStarting =
                started.error().kind == ErrorKind::Busy && Collector::holder(folder).has_value();
            if (!othersAreStarting || std::chrono::steady_clock::now() > giveUp)
                return core::fail(started.error());
            std::this_thread::sleep_for(lookAgainAfter);
        }
    });
}

QFuture<core::Result<void>> BuiltInCollector::with(
    std::function<core::Result<void>(collector::Collector&)> work)
{
    return core::runOn(m_lane, m_home, [this, work = std::move(work)]() -> core::Result<void> {
        if (!m_collector)
            return core::fail(ErrorKind::Unsupported);
        return work(*m_collector);
    });
}

} // namespace vedette::app
