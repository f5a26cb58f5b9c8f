// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QStringList>

#include <csignal>
#include <cstdio>

#include <sqlite3.h>

#include "app/allocator.h"
#include "app/cli.h"
#include "app/commands/clientcommand.h"
#include "app/commands/collect.h"
#include "app/commands/desktop.h"
#include "app/commands/exitcodes.h"
#include "app/commands/import.h"
#include "app/commands/issuecommand.h"
#include "app/commands/spikes.h"
#include "app/commands/upkeep.h"
#include "app/paths.h"

using namespace Qt::Literals::StringLiterals;
using namespace vedette;

namespace {

bool write(const QByteArray& bytes, std::FILE* to)
{
    return std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), to) == std::size_t(bytes.size()) &&
           std::fflush(to) == 0;
}

int runSpikes(const QString& path, bool wantsJson)
{
    auto out = app::spikesOfFile(path);
    if (!out) {
        std::fprintf(stderr, "vedette spikes: %s\n", qPrintable(out.error().detail));
        return exitCodeOf(out.error().kind);
    }
    if (wantsJson)
        out = app::spikesAsJson(*out);
    return write(*out, stdout) ? ExitOk : ExitFailed;
}

int runImport(int argc, char** argv, const app::Invocation& invocation, const app::Paths& paths)
{
    const QCoreApplication application(argc, argv);
    app::Import import(paths.data, invocation.arguments, invocation.options.value(u"--project"_s),
        invocation.has(u"--json"_s) ? app::Import::Print::Json : app::Import::Print::Text);
    QObject::connect(&import, &app::Import::finished, &application,
        [](int exitCode) { QCoreApplication::exit(exitCode); });
    QMetaObject::invokeMethod(&import, &app::Import::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

int runClient(int argc, char** argv, const app::Invocation& invocation, const QStringList& words,
    const app::Paths& paths)
{
    std::signal(SIGPIPE, SIG_IGN); // `| head` is no reason to leave an action half done
    const QCoreApplication application(argc, argv);
    app::ClientCommand command(invocation, words, paths);
    QObject::connect(
        &command, &app::ClientCommand::finished, &application, [](const app::CommandAnswer& answer) {
            write(answer.err, stderr);
            const bool isWritten = write(answer.out, stdout);
            QCoreApplication::exit(isWritten || answer.exitCode != ExitOk ? answer.exitCode : ExitFailed);
        });
    command.start();
    return QCoreApplication::exec();
}

} // namespace

/// Finds the command and hands over. Commands that need no window start before any application object.
int main(int argc, char** argv)
{
    app::boundAllocator();
    QCoreApplication::setApplicationName(u"Vedette"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(VEDETTE_VERSION));
    // A line per request is for those who ask: QT_LOGGING_RULES="vedette.*=true" wins over this.
    QLoggingCategory::setFilterRules(u"vedette.*.info=false\nvedette.*.debug=false"_s);
    // A file that may not grow (ulimit -f) is a full disk to the databases, not a reason to die.
    std::signal(SIGXFSZ, SIG_IGN);
    // SQLite's statistics about its memory, which nobody reads, lock each of its allocations.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); // NOLINT(cppcoreguidelines-pro-type-vararg)
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words << QString::fromLocal8Bit(argv[i]);
    const auto invocation = app::parseCli(words);
    if (!invocation) {
        std::fprintf(
            stderr, "vedette: %s\n\n%s", qPrintable(invocation.error().detail), qPrintable(app::cliHelp()));
        return ExitUsage;
    }
    if (invocation->has(u"--help"_s)) {
        std::fputs(qPrintable(app::cliHelp(invocation->command)), stdout);
        return ExitOk;
    }
    if (invocation->has(u"--version"_s)) {
        std::printf("vedette %s\n", VEDETTE_VERSION);
        return ExitOk;
    }
    const app::Paths paths = app::Paths::find(invocation->options.value(u"--data-dir"_s));
    if (invocation->command == u"collect" && isUpkeep(*invocation))
        return upkeep(*invocation, paths.data);
    if (invocation->command == u"collect")
        return collect(argc, argv, invocation->options.value(u"--listen"_s), paths.data);
    if (invocation->command == u"spikes")
        return runSpikes(invocation->arguments.first(), invocation->has(u"--json"_s));
    if (invocation->command == u"import")
        return runImport(argc, argv, *invocation, paths);
    if (app::isIssueCommand(*invocation))
        return runClient(argc, argv, *invocation, words, paths);
    return app::runDesktop(argc, argv, *invocation);
}
