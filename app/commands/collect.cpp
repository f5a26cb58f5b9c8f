// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/collect.h"

#include <csignal>
#include <cstdio>

#include <pthread.h>

#include <QCoreApplication>
#include <QDir>

#include "app/allocator.h"
#include "app/collector/collector.h"
#include "app/commands/exitcodes.h"
#include "models/json/writer.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette {
namespace {

/// `127.0.0.1:8969`, `localhost:0`, `[::1]:8969`.
bool readAddress(const QString& text, collector::Collector::Options& options)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool isNumber = false;
    const uint port = text.mid(colon + 1).toUInt(&isNumber);
    if (colon <= 0 || !isNumber || port > 65'535)
        return false;
    options.host = text.left(colon).toStdString();
    options.port = static_cast<std::uint16_t>(port);
    return true;
}

bool printReady(collector::Collector& running)
{
    const auto project = running.firstProject();
    json::Writer line;
    line.beginObject()
        .field("url", running.url())
        .field("dsn", project ? running.dsn(*project) : std::string())
        .field("token", running.token())
        .field("organization", running.organization())
        .field("project", project ? project->slug : std::string())
        .endObject();
    return std::printf("%s\n", line.text().c_str()) > 0 && std::fflush(stdout) == 0;
}

} // namespace

int collect(int argc, char** argv, const QString& listen, const QString& dataDir)
{
    collector::Collector::Options options;
    if (!listen.isEmpty() && !readAddress(listen, options)) {
        std::fprintf(stderr, "vedette collect: \"%s\" is not HOST:PORT\n", qPrintable(listen));
        return ExitUsage;
    }
    options.dataDir = QDir(dataDir).absolutePath().toStdString();
    options.version = QCoreApplication::applicationVersion().toStdString();
    options.tallied = [] { app::returnMemory(); };

    // Waited for below; the collector's threads inherit the mask and never see them.
    sigset_t endings;
    sigemptyset(&endings);
    sigaddset(&endings, SIGTERM);
    sigaddset(&endings, SIGINT);
    sigaddset(&endings, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &endings, nullptr);

    // The forwarder's thread runs Qt's network, which does nothing without one; its events are nobody's.
    const QCoreApplication application(argc, argv);
    const core::SystemClock clock;
    auto running = collector::Collector::start(options, clock);
    if (!running) {
        std::fprintf(stderr, "vedette collect: %s\n", qPrintable(running.error().detail));
        return exitCodeOf(running.error().kind);
    }
    if (!printReady(**running))
        return ExitFailed; // whoever started us is gone
    int signal = 0;
    while (sigwait(&endings, &signal) != 0) {
    }
    running->reset();
    return ExitOk;
}

} // namespace vedette
