// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/application.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDBusConnection>
#include <QDir>
#include <QLoggingCategory>
#include <QPointer>
#include <QProcess>
#include <QSet>
#include <QWidget>

#include <cstdio>

#include "app/collector/collector.h"
#include "models/core/ondone.h"
#include "models/secrets/keychainsecretstore.h"
#include "models/secrets/memorysecretstore.h"

namespace vedette::app {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
namespace keys = settings::keys;

namespace {

Q_LOGGING_CATEGORY(lcApp, "vedette.app")

/// The name of our .desktop file, by which desktops know us.
const QString desktopEntry = u"vedette"_s;
constexpr auto pause = 1h;
constexpr auto toolTipInterval = 10s;
constexpr auto trayDelay = 200ms;
const QString trayHintKey = u"tray-hint"_s;

} // namespace

Application::Application(Options options)
    : m_options(std::move(options))
{
    if (m_options.isDemo)
        m_demoFolder = std::make_unique<QTemporaryDir>(QDir::tempPath() + u"/vedette-demo-XXXXXX"_s);
    m_paths = Paths::find(m_demoFolder ? m_demoFolder->path() : m_options.dataDir);
    m_factsDue.setSingleShot(true);
    connect(&m_factsDue, &QTimer::timeout, this, &Application::updateFacts);
    connect(&m_timePasses, &QTimer::timeout, this, [this] { m_tray->refresh(); });
}

Application::~Application()
{
    m_factsDue.stop();
    m_timePasses.stop();
    if (m_window) {
        m_window->widget().removeEventFilter(this);
        m_window->widget().close(); // it keeps its geometry
    }
}

core::Result<void> Application::start()
{
    if (auto made = m_paths.make(); !made)
        return made;
    m_instance = std::make_unique<desktop::SingleInstance>(m_paths.data, QDBusConnection::sessionBus());
    if (!m_instance->claim())
        return core::fail(core::ErrorKind::Busy, u"Vedette is running on %1 already"_s.arg(m_paths.data));
    m_settings = std::make_unique<settings::Settings>(m_paths.settings);
    // A demo must leave nothing behind, and so must not ask the keychain.
    if (m_options.isDemo)
        m_tokens = std::make_unique<secrets::MemorySecretStore>();
    else
        m_tokens = std::make_unique<secrets::KeychainSecretStore>();
    sync::Hub::Options hubOptions;
    hubOptions.dataFolder = m_paths.data;
    hubOptions.cacheFolder = m_paths.cache;
    hubOptions.visibleInterval = m_settings->value(keys::visibleInterval);
    hubOptions.hiddenInterval = m_settings->value(keys::hiddenInterval);
    hubOptions.cacheBytes = qint64(m_settings->value(keys::cacheMegabytes)) * 1'000'000;
    hubOptions.cacheAge = std::chrono::hours(24) * m_settings->value(keys::cacheDays);
    m_machine = std::make_unique<desktop::MachineState>();
    hubOptions.environment = m_machine.get();
    auto hub = sync::Hub::open(hubOptions, m_clock, *m_tokens);
    if (!hub)
        return core::fail(hub.error());
    m_hub = *std::move(hub);
    m_notifier = std::make_unique<desktop::FreedesktopNotifier>(QDBusConnection::sessionBus(), desktopEntry);
    m_notices = std::make_unique<AlertNotices>(
        m_hub->alertWatch(), m_hub->outbox(), *m_notifier, *m_settings, m_clock);
    m_tray = std::make_unique<desktop::Tray>(m_options.icon, m_clock);
    m_window = m_options.makeWindow({*m_hub, *m_settings, m_clock,
        [this] {
            m_settings->setValue(keys::builtInCollector, true);
            startCollector();
        },
        [] { QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--demo"_s}); },
        m_options.quit});
    wireTray();
    wireWindow();
    updateFacts();
    // Without a tray a program in the background would be nowhere at all.
    if (m_options.inBackground && mayHide())
        m_hub->setVisible(false);
    else
        m_window->widget().show();
    // Nobody looks at the tray before the window is there.
    QTimer::singleShot(m_window->widget().isVisible() ? trayDelay : 0ms, this, [this] { m_tray->show(); });
    if (m_options.isDemo || m_settings->value(keys::builtInCollector))
        startCollector();
    return {};
}

void Application::raiseOther()
{
    connect(m_instance.get(), &desktop::SingleInstance::raised, this, &Application::raisedOther);
    m_instance->raiseFirst();
}

void Application::wireTray()
{
    connect(m_tray.get(), &desktop::Tray::openRequested, this, [this] { raiseWindow({}); });
    connect(m_tray.get(), &desktop::Tray::issueRequested, this,
        [this](const domain::Issue& issue) { showIssue(issue, {}); });
    connect(m_tray.get(), &desktop::Tray::pauseRequested, this, [this](bool wanted) {
        m_notices->pauseUntil(wanted ? std::optional(m_clock.now() + pause) : std::nullopt);
    });
    connect(m_tray.get(), &desktop::Tray::quitRequested, this, [this] { m_options.quit(); });
    connect(m_notices.get(), &AlertNotices::openRequested, this, &Application::showIssue);

    // Facts change in showers, at each poll: look once when it is over.
    const auto later = [this] { m_factsDue.start(0); };
    connect(m_notices.get(), &AlertNotices::pauseChanged, this, later);
    connect(&m_hub->alertWatch(), &sync::AlertWatch::currentChanged, this, later);
    connect(&m_hub->alertWatch(), &sync::AlertWatch::topFiveChanged, this, later);
    connect(&m_hub->accounts(), &sync::Accounts::accountsChanged, this, later);
    connect(&m_hub->accounts(), &sync::Accounts::stateChanged, this, later);
    m_timePasses.start(toolTipInterval);
}

void Application::wireWindow()
{
    m_window->widget().installEventFilter(this);
    connect(m_instance.get(), &desktop::SingleInstance::activated, this, &Application::raiseWindow);
    connect(m_instance.get(), &desktop::SingleInstance::openRequested, this,
        [this](const QStringList&, const QString& token) { raiseWindow(token); });
    connect(m_instance.get(), &desktop::SingleInstance::commandRequested, this,
        [this](quint64 number, const QStringList& words) {
            if (!m_options.runCommand) {
                m_instance->answer(number, {});
                return;
            }
            m_options.runCommand(words, *m_hub,
                [instance = QPointer<desktop::SingleInstance>(m_instance.get()), number](
                    const QJsonObject& answer) {
                    if (instance)
                        instance->answer(number, answer);
                });
        });
    connect(m_notifier.get(), &ports::DesktopNotifier::actionInvoked, this,
        [this](const QString& key, const QString&, const QString& token) {
            if (key == trayHintKey)
                raiseWindow(token);
        });
}

void Application::startCollector()
{
    if (m_collector)
        return;
    m_collector = std::make_unique<BuiltInCollector>(m_paths.data, m_clock);
    core::onDone(m_collector->start({.anyPort = m_options.isDemo, .firstProject = !m_options.isDemo}), this,
        [this](const core::Result<BuiltInCollector::Address>& address) { onCollector(address); });
}

void Application::onCollector(const core::Result<BuiltInCollector::Address>& address)
{
    if (!address) {
        qCWarning(lcApp) << "the collector did not start:" << address.error().detail;
        m_collector.reset(); // it may be tried again
        m_window->tell(tr("The collector could not be started: %1", "%1 is a reason, in English")
                           .arg(address.error().detail));
        return;
    }
    if (!m_options.isDemo || !m_options.loadSamples) {
        attach(*address);
        return;
    }
    // First the samples, then the first look: what is there by then is history and raises no alert.
    auto dsn = std::make_shared<QString>(); // of the first project, which the samples bring
    core::onDone(m_collector->with([this, dsn](collector::Collector& collector) {
        auto loaded = m_options.loadSamples(collector, m_clock);
        if (const auto project = collector.firstProject())
            *dsn = QString::fromStdString(collector.dsn(*project));
        return loaded;
    }),
        this, [this, dsn, where = *address](const core::Result<void>& loaded) {
            if (!loaded)
                m_window->tell(tr("The sample events could not be loaded: %1", "%1 is a reason, in English")
                                   .arg(loaded.error().detail));
            BuiltInCollector::Address filled = where;
            filled.dsn = *dsn;
            attach(filled);
        });
}

void Application::attach(const BuiltInCollector::Address& address)
{
    m_collectorUrl = address.url.toString();
    m_hub->attachCollector(address.url, address.token);
    if (m_options.isDemo) {
        std::printf("Collector DSN: %s\n", qPrintable(address.dsn));
        std::fflush(stdout);
    }
    updateFacts();
    emit collectorReady(address.url, address.dsn);
}

bool Application::mayHide() const
{
    return desktop::Tray::hasHost() && m_settings->value(keys::closeToTray);
}

bool Application::eventFilter(QObject* object, QEvent* event)
{
    if (!m_window || object != &m_window->widget())
        return QObject::eventFilter(object, event);
    switch (event->type()) {
    case QEvent::Close:
        // Closing hides: the tray keeps the program. Where there is no tray, that would be the end of it.
        if (mayHide())
            hintAtTray();
        else
            m_options.quit();
        break;
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::WindowStateChange:
        m_hub->setVisible(event->type() != QEvent::Hide && !m_window->widget().isMinimized());
        break;
    default:
        break;
    }
    return QObject::eventFilter(object, event);
}

void Application::hintAtTray()
{
    if (m_settings->value(keys::trayHintShown))
        return;
    m_settings->setValue(keys::trayHintShown, true);
    ports::Notice notice;
    notice.key = trayHintKey;
    notice.title = tr("Vedette keeps watching");
    notice.body = tr("It is in the tray. Quit is in its menu there.");
    notice.urgency = ports::Notice::Urgency::Low;
    notice.actions = {{ports::defaultAction, tr("Open", "button of a notification")}};
    m_notifier->show(notice);
}

void Application::raiseWindow(const QString& activationToken)
{
    // Qt's Wayland plugin takes the token from there when a window asks to be activated.
    if (!activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toUtf8());
    QWidget& window = m_window->widget();
    if (window.isMinimized())
        window.showNormal();
    else
        window.show();
    window.raise();
    window.activateWindow();
}

void Application::showIssue(const domain::Issue& issue, const QString& activationToken)
{
    raiseWindow(activationToken);
    m_window->showIssue(issue);
}

void Application::updateFacts()
{
    m_tray->setFacts(facts());
}

desktop::TrayFacts Application::facts() const
{
    desktop::TrayFacts out;
    const QList<domain::Account> accounts = m_hub->accounts().accounts();
    out.accounts = int(accounts.size());
    for (const domain::Account& account : accounts) {
        const sync::ConnectionState state = m_hub->accounts().state(account.id);
        using Phase = sync::ConnectionState::Phase;
        if (state.phase == Phase::Blind || state.phase == Phase::NeedsToken)
            out.blind.append({account.name, state.since, state.phase == Phase::NeedsToken});
        if (state.lastChecked && (!out.lastChecked || *state.lastChecked < *out.lastChecked))
            out.lastChecked = state.lastChecked;
    }
    QSet<domain::IssueKey> inAlarm;
    const QList<alerts::Alert> current = m_hub->alertWatch().current();
    for (const alerts::Alert& alert : current)
        inAlarm.insert(keyOf(alert.issue));
    out.inAlarm = int(inAlarm.size());
    out.topFive = m_hub->alertWatch().topFive();
    out.pausedUntil = m_notices->pausedUntil();
    out.collectorUrl = m_collectorUrl;
    return out;
}

} // namespace vedette::app
