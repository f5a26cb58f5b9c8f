// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/desktop.h"

#include <QApplication>

#include <csignal>
#include <cstdio>

#include <unistd.h>

#include <QMessageBox>
#include <QSocketNotifier>
#include <QTimer>

#include "app/application.h"
#include "app/commands/clientcommand.h"
#include "app/commands/exitcodes.h"
#include "app/demosamples.h"
#include "app/desktopwindow.h"
#include "app/startupreport.h"
#include "translations/translations.h"
#include "views/common/errortext.h"
#include "views/common/icons.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::app {
namespace {

int signalPipe[2] = {-1, -1};

/// SIGTERM and SIGINT end the program as Quit does: a signal handler may only write to a pipe
/// (signal-safety(7)).
void onSignal(int /*number*/)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(signalPipe[1], &byte, 1);
}

void quitOnSignals(QApplication& application)
{
    if (::pipe(signalPipe) != 0)
        return;
    auto* notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application, [] { QCoreApplication::quit(); });
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
}

/// Started from a menu, nobody sees the terminal: a window says why there is no other, and its end is the
/// program's.
int endWithReason(const core::Error& error, const QString& dataFolder)
{
    const QString reason = views::errorText(error, {}, views::Retry::ByHand);
    std::fprintf(stderr, "vedette: %s\n", qPrintable(reason));
    QMessageBox box(QMessageBox::Critical,
        QCoreApplication::translate("vedette::app::Desktop", "Vedette cannot start"), reason,
        QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(
        QCoreApplication::translate("vedette::app::Desktop", "Data folder: %1", "%1 is a path")
            .arg(dataFolder));
    const int code = exitCodeOf(error.kind);
    QObject::connect(&box, &QDialog::finished, &box, [code] { QCoreApplication::exit(code); });
    box.open();
    return QApplication::exec();
}

/// Where nobody could be raised, a command has the folder for a moment (clientcommand.h): it is tried again.
void afterRaising(Application& program, bool isRaised, int tries)
{
    constexpr int mostTries = 20;
    constexpr std::chrono::milliseconds pause{500};
    if (isRaised || tries == mostTries) {
        QCoreApplication::exit(isRaised ? ExitOk : ExitBusy);
        return;
    }
    QTimer::singleShot(pause, &program, [&program] {
        const auto started = program.start();
        if (started)
            return;
        if (started.error().kind == core::ErrorKind::Busy)
            program.raiseOther();
        else
            QCoreApplication::exit(exitCodeOf(started.error().kind));
    });
}

} // namespace

int runDesktop(int argc, char** argv, const Invocation& invocation)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        std::fputs(
            "vedette: there is no display. `vedette collect` runs the collector without one.\n", stderr);
        return ExitFailed;
    }
    QApplication application(argc, argv);
    QApplication::setDesktopFileName(u"vedette"_s);
    QApplication::setQuitOnLastWindowClosed(false);
    installTranslations(application);
    QApplication::setWindowIcon(views::programIcon());
    StartupReport::installIfWanted();
    quitOnSignals(application);
    views::Theme theme(application);
    Application::Options options;
    options.dataDir = invocation.options.value(u"--data-dir"_s);
    options.isDemo = invocation.has(u"--demo"_s);
    options.inBackground = invocation.has(u"--background"_s);
    options.icon = views::trayBaseIcon();
    options.makeWindow = desktopWindow(theme);
    options.runCommand = runBroughtCommand;
    options.loadSamples = loadDemoSamples;
    Application program(std::move(options));
    const auto started = program.start();
    if (started)
        return QApplication::exec();
    if (started.error().kind == core::ErrorKind::Busy) {
        // A second start raises the first, and that is all it does.
        int tries = 0;
        QObject::connect(&program, &Application::raisedOther, &application,
            [&program, &tries](bool ok) { afterRaising(program, ok, ++tries); });
        program.raiseOther();
        return QApplication::exec();
    }
    return endWithReason(started.error(), program.dataFolder());
}

} // namespace vedette::app
