// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QIcon>
#include <QJsonObject>
#include <QObject>
#include <QStringList>
#include <QTemporaryDir>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

#include "app/alertnotices.h"
#include "app/builtincollector.h"
#include "app/desktop/freedesktopnotifier.h"
#include "app/desktop/machinestate.h"
#include "app/desktop/singleinstance.h"
#include "app/desktop/tray.h"
#include "app/paths.h"
#include "app/window.h"
#include "models/core/clock.h"
#include "models/secrets/secretstore.h"
#include "models/settings/settings.h"
#include "models/sync/hub.h"

namespace vedette::app {

/// The desktop program, put together: owns everything long-lived, wires it, and takes it down in reverse
/// order. Needs a QApplication. GUI thread.
class Application final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Application)

public:
    struct Options
    {
        QString dataDir = {};      ///< empty: the XDG folders
        bool isDemo = false;       ///< a throw-away folder with sample events; `dataDir` is not used
        bool inBackground = false; ///< no window until somebody asks
        QIcon icon = {};
        WindowFactory makeWindow = {};
        /// How the program ends; the default leaves the event loop.
        std::function<void()> quit = [] { QCoreApplication::quit(); };
        /// Carries out a command that another process brings, on the hub; `done` takes the answer, once.
        std::function<void(
            const QStringList& words, sync::Hub& hub, std::function<void(const QJsonObject&)> done)>
            runCommand = {};
        /// Fills the demo's collector before anybody looks; on the collector's lane.
        std::function<core::Result<void>(collector::Collector&, const core::Clock&)> loadSamples = {};
    };

    explicit Application(Options options);
    ~Application() override;

    /// Opens everything and shows the window. Errors: Busy (another one has this folder and was raised),
    /// NewerData, Storage. Where it fails, the program should end.
    core::Result<void> start();
    /// Asks the one that has this folder to show itself; raisedOther() tells whether it did.
    void raiseOther();

    /// Where everything is kept, also where start() failed.
    [[nodiscard]] const QString& dataFolder() const { return m_paths.data; }
    [[nodiscard]] sync::Hub& hub() { return *m_hub; }
    [[nodiscard]] desktop::Tray& tray() { return *m_tray; }

signals:
    void raisedOther(bool ok);
    /// The collector, ours or another process's, answers and has been attached.
    void collectorReady(const QUrl& url, const QString& dsn);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void wireTray();
    void wireWindow();
    void startCollector();
    void onCollector(const core::Result<BuiltInCollector::Address>& address);
    void attach(const BuiltInCollector::Address& address);
    void raiseWindow(const QString& activationToken);
    void showIssue(const domain::Issue& issue, const QString& activationToken);
    void hintAtTray();
    void updateFacts();
    [[nodiscard]] desktop::TrayFacts facts() const;
    [[nodiscard]] bool mayHide() const;

    // In the order in which one needs the other; destroyed from the last to the first.
    Options m_options;
    core::SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_demoFolder;
    Paths m_paths;
    std::unique_ptr<desktop::SingleInstance> m_instance;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<secrets::SecretStore> m_tokens;
    std::unique_ptr<BuiltInCollector> m_collector;
    QString m_collectorUrl;
    std::unique_ptr<desktop::MachineState> m_machine;
    std::unique_ptr<sync::Hub> m_hub;
    std::unique_ptr<desktop::FreedesktopNotifier> m_notifier;
    std::unique_ptr<AlertNotices> m_notices;
    std::unique_ptr<desktop::Tray> m_tray;
    std::unique_ptr<Window> m_window;
    QTimer m_factsDue;   ///< joins what changes together
    QTimer m_timePasses; ///< "checked 40 s ago" grows old
};

} // namespace vedette::app
