// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/mainwindow.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDateTime>
#include <QDialog>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "models/settings/settings.h"
#include "models/sync/hub.h"
#include "views/accounts/accountdialog.h"
#include "views/alerts/alertspage.h"
#include "views/collector/collectorpage.h"
#include "views/common/banner.h"
#include "views/common/format.h"
#include "views/common/issueactions.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/issues/issuespage.h"
#include "views/overview/overviewpage.h"
#include "views/window/keysheet.h"
#include "views/window/topbar.h"
#include "views/window/welcomepage.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

MainWindow::MainWindow(
    sync::Hub& hub, const core::Clock& clock, settings::Settings& settings, Theme& theme, Ways ways)
    : m_hub(hub)
    , m_clock(clock)
    , m_settings(settings)
    , m_theme(theme)
    , m_ways(std::move(ways))
    , m_bar(new TopBar(clock))
    , m_sidebar(new Sidebar)
    , m_pages(new QStackedWidget)
    , m_work(new QWidget)
    , m_banner(new MessageBanner)
    , m_welcome(new WelcomePage)
    , m_issues(new IssuesPage(hub, clock, settings))
    , m_overview(new OverviewPage(hub, clock))
    , m_alerts(new AlertsPage(hub, clock))
    , m_collector(new CollectorPage(hub))
    , m_scope(new PlainLabel)
    , m_pending(new PlainLabel)
    , m_zone(new PlainLabel)
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Vedette"_s);
    // The window's own size, but never larger than the screen with its title bar and panels.
    const QSize room = screen()->availableSize() - QSize(0, 32);
    resize(QSize(1440, 900).boundedTo(room));

    auto* workLayout = new QVBoxLayout(m_work);
    workLayout->setContentsMargins(0, 0, 0, 0);
    workLayout->setSpacing(0);
    workLayout->addWidget(m_bar);
    auto* line = new QFrame;
    line->setProperty("role", u"line"_s);
    workLayout->addWidget(line);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    for (QWidget* page : std::initializer_list<QWidget*>{m_issues, m_overview, m_alerts, m_collector})
        m_pages->addWidget(page);
    row->addWidget(m_pages, 1);
    workLayout->addLayout(row, 1);

    auto* central = new QWidget;
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_welcome, 1);
    layout->addWidget(m_work, 1);
    setCentralWidget(central);

    buildMenus();
    buildGoMenu();
    buildStatusBar();
    connectHub();
    const QByteArray geometry = settings.value(settings::keys::windowGeometry);
    if (!geometry.isEmpty())
        restoreGeometry(geometry);
    m_sidebar->setCurrent(Sidebar::Entry::Inbox);
    accountsChanged();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildMenus()
{
    QMenu* account = menuBar()->addMenu(tr("&Account"));
    QAction* add = account->addAction(tr("&Add account…"), this, &MainWindow::addAccount);
    add->setObjectName(u"addAccount"_s);
    add->setShortcut(QKeySequence::New);
    account->addAction(tr("&Accounts…"), this, [this] {
        auto* dialog = new AccountsDialog(m_hub, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    account->addSeparator();
    account->addAction(tr("Use the built-in &collector"), this, [this] { m_ways.useCollector(); });
    account->addAction(tr("Look around with &sample data"), this, [this] { m_ways.lookAtSamples(); });
    account->addSeparator();
    QAction* quit = account->addAction(tr("&Quit"), this, [this] { m_ways.quit(); });
    quit->setShortcut(QKeySequence::Quit);

    QMenu* issue = menuBar()->addMenu(tr("&Issue"));
    m_issues->actions().addTo(*issue);

    QMenu* view = menuBar()->addMenu(tr("&View"));
    QAction* search = view->addAction(tr("&Search"), this, [this] { m_bar->focusSearch(); });
    search->setObjectName(u"searchAction"_s);
    search->setShortcuts({QKeySequence(Qt::Key_Slash), QKeySequence::Find});
    search->setShortcutContext(Qt::WindowShortcut);
    view->addSeparator();
    auto* themes = new QActionGroup(this);
    const auto addTheme = [&](const QString& text, settings::Theme theme) {
        QAction* action = view->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_settings.value(settings::keys::theme) == theme);
        themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, theme] {
            m_settings.setValue(settings::keys::theme, theme);
            m_theme.setChoice(theme);
        });
    };
    addTheme(tr("&Follow the desktop"), settings::Theme::Follow);
    addTheme(tr("&Light"), settings::Theme::Light);
    addTheme(tr("&Dark"), settings::Theme::Dark);
    view->addSeparator();
    QAction* letters = view->addAction(tr("Single-letter &keys"));
    letters->setCheckable(true);
    letters->setChecked(m_settings.value(settings::keys::singleLetterKeys));
    connect(letters, &QAction::toggled, this, [this](bool on) {
        m_settings.setValue(settings::keys::singleLetterKeys, on);
        m_issues->actions().setSingleLetters(on);
    });
}

void MainWindow::buildGoMenu()
{
    QMenu* go = menuBar()->addMenu(tr("&Go"));
    const auto addGo = [&](const QString& text, Qt::Key second, Sidebar::Entry entry) {
        QAction* action = go->addAction(text, this, [this, entry] {
            m_sidebar->setCurrent(entry);
            showEntry(entry);
        });
        action->setShortcut(QKeySequence(Qt::Key_G, second));
    };
    addGo(tr("&Inbox"), Qt::Key_I, Sidebar::Entry::Inbox);
    addGo(tr("&Overview"), Qt::Key_O, Sidebar::Entry::Overview);
    addGo(tr("&Alerts"), Qt::Key_A, Sidebar::Entry::Alerts);
    addGo(tr("&Collector"), Qt::Key_C, Sidebar::Entry::Collector);

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    QAction* keys = help->addAction(tr("&Keys"), this, &MainWindow::showKeys);
    keys->setShortcut(QKeySequence(Qt::Key_Question));
    help->addAction(tr("&About Vedette"), this, &MainWindow::showAbout);
}

void MainWindow::buildStatusBar()
{
    statusBar()->setSizeGripEnabled(false);
    m_scope->setObjectName(u"scopeLine"_s);
    m_pending->setObjectName(u"pendingLine"_s);
    statusBar()->addWidget(m_scope, 1);
    statusBar()->addPermanentWidget(m_pending);
    statusBar()->addPermanentWidget(m_zone);
    auto* keys = new PlainLabel(tr("? keys"));
    statusBar()->addPermanentWidget(keys);
    for (PlainLabel* label : {m_scope, m_pending, m_zone, keys}) {
        label->setRole("secondary");
        label->setContentsMargins(space::s, 2, space::s, 2);
    }
    const int offset = QDateTime::currentDateTime().offsetFromUtc() / 60;
    m_zone->setText(offset == 0
                        ? u"UTC"_s
                        : u"UTC%1%2"_s.arg(offset < 0 ? u"−"_s : u"+"_s)
                              .arg(offset % 60 == 0 ? QString::number(std::abs(offset) / 60)
                                                    : u"%1:%2"_s.arg(std::abs(offset) / 60)
                                                          .arg(std::abs(offset) % 60, 2, 10, QChar(u'0'))));
}

void MainWindow::connectHub()
{
    connect(m_welcome, &WelcomePage::connectRequested, this, &MainWindow::addAccount);
    connect(m_welcome, &WelcomePage::collectorRequested, this, [this] { m_ways.useCollector(); });
    connect(m_welcome, &WelcomePage::samplesRequested, this, [this] { m_ways.lookAtSamples(); });
    connect(&m_hub.accounts(), &sync::Accounts::accountsChanged, this, &MainWindow::accountsChanged);
    connect(&m_hub.accounts(), &sync::Accounts::stateChanged, this, [this](const domain::AccountId& id) {
        if (id == m_account)
            m_bar->setState(m_hub.accounts().state(id));
    });
    connect(&m_hub.directory(), &sync::Directory::changed, this, [this](const domain::AccountId& id) {
        if (id == m_account)
            updateDirectory();
    });
    connect(&m_hub.outbox(), &sync::Outbox::pendingCountChanged, this, &MainWindow::updateStatus);
    connect(&m_hub.alertWatch(), &sync::AlertWatch::currentChanged, this, &MainWindow::updateAlerts);
    connect(&m_hub.alertWatch(), &sync::AlertWatch::alertRaised, this, &MainWindow::updateAlerts);
    connect(m_sidebar, &Sidebar::entryChosen, this, &MainWindow::showEntry);
    connect(m_sidebar, &Sidebar::projectChosen, this, [this](const domain::ProjectId& id) {
        m_bar->setProject(id);
        m_bar->setSearch(u"is:unresolved"_s);
        showPage(m_issues);
        applyQuery();
    });
    connect(m_bar, &TopBar::queryChanged, this, [this] {
        showPage(m_issues);
        applyQuery();
    });
    connect(m_bar, &TopBar::accountChosen, this, &MainWindow::showAccount);
    connect(m_issues, &IssuesPage::countsChanged, this, &MainWindow::updateStatus);
    connect(m_overview, &OverviewPage::projectChosen, this, [this](const domain::ProjectId& id) {
        m_sidebar->setCurrentProject(id);
        m_bar->setProject(id);
        m_bar->setSearch(u"is:unresolved"_s);
        showPage(m_issues);
        applyQuery();
    });
    connect(m_overview, &OverviewPage::countsChanged, this,
        [this](
            const domain::ProjectId& id, qint64 unresolved) { m_sidebar->setProjectCount(id, unresolved); });
    connect(m_alerts, &AlertsPage::issueChosen, this, &MainWindow::showIssue);
    connect(&m_theme, &Theme::changed, this, [this] { updateDirectory(); });
}

void MainWindow::accountsChanged()
{
    const QList<domain::Account> accounts = m_hub.accounts().accounts();
    m_welcome->setVisible(accounts.isEmpty());
    m_work->setVisible(!accounts.isEmpty());
    if (accounts.isEmpty()) {
        m_account = {};
        updateStatus();
        return;
    }
    const bool known = m_hub.accounts().account(m_account).has_value();
    const domain::AccountId current = known ? m_account : accounts.first().id;
    m_bar->setAccounts(accounts, current);
    if (!m_hub.accounts().keepsTokens())
        tell(tr("There is no keychain: tokens are kept only until Vedette ends."));
    if (!known)
        showAccount(current);
}

void MainWindow::showAccount(const domain::AccountId& account)
{
    m_account = account;
    m_bar->setState(m_hub.accounts().state(account));
    m_overview->setAccount(account);
    updateDirectory();
    m_hub.directory().refresh(account);
    m_sidebar->setCurrent(Sidebar::Entry::Inbox);
    showEntry(Sidebar::Entry::Inbox);
    m_issues->focusList();
}

void MainWindow::updateDirectory()
{
    const QList<domain::Project> projects = m_hub.directory().projects(m_account);
    m_bar->setProjects(projects);
    m_bar->setEnvironments(m_hub.directory().environments(m_account));
    m_sidebar->setProjects(projects);
    const QList<domain::ProjectSummary> summaries = m_overview->summaries();
    for (const domain::ProjectSummary& summary : summaries)
        m_sidebar->setProjectCount(summary.project.id, summary.unresolved);
}

void MainWindow::showEntry(Sidebar::Entry entry)
{
    const auto search = [this](const QString& text) {
        m_bar->setProject({});
        m_bar->setSearch(text);
        showPage(m_issues);
        applyQuery();
    };
    switch (entry) {
    case Sidebar::Entry::Inbox:
        search(u"is:unresolved"_s);
        break;
    case Sidebar::Entry::Mine:
        search(u"is:unresolved assigned:me"_s);
        break;
    case Sidebar::Entry::Unassigned:
        search(u"is:unresolved is:unassigned"_s);
        break;
    case Sidebar::Entry::Regressed:
        search(u"is:unresolved is:regressed"_s);
        break;
    case Sidebar::Entry::Spiking:
        m_alerts->showOnlySpikes(true);
        showPage(m_alerts);
        break;
    case Sidebar::Entry::Overview:
        showPage(m_overview);
        break;
    case Sidebar::Entry::Alerts:
        m_alerts->showOnlySpikes(false);
        showPage(m_alerts);
        break;
    case Sidebar::Entry::Collector:
        showPage(m_collector);
        break;
    }
}

void MainWindow::showPage(QWidget* page)
{
    m_pages->setCurrentWidget(page);
    m_issues->setFollowed(page == m_issues);
    m_collector->setFollowed(page == m_collector);
    if (page == m_issues)
        m_issues->focusList();
    else
        page->setFocus();
    updateStatus();
}

void MainWindow::applyQuery()
{
    sync::IssueQuery query = m_bar->query();
    query.account = m_account;
    m_issues->setQuery(query);
    updateStatus();
}

void MainWindow::updateStatus()
{
    const int pending = m_hub.outbox().pendingCount();
    m_pending->setText(pending > 0 ? tr("%n action(s) waiting", "", pending) : QString());
    if (m_pages->currentWidget() != m_issues || m_account.isEmpty()) {
        m_scope->setText({});
        return;
    }
    const sync::IssueQuery& query = m_issues->query();
    QStringList scope;
    for (const domain::Project& project : m_hub.directory().projects(m_account)) {
        if (query.projects.contains(project.id))
            scope << core::singleLine(project.slug, 60);
    }
    for (const QString& environment : query.environments)
        scope << core::singleLine(environment, 60);
    scope << sync::periodText(query.range);
    m_scope->setText(
        tr("%1: %2 of %3 issues", "what is shown, how many are loaded, how many there are")
            .arg(scope.join(u", "_s), count(m_issues->shownCount()), count(m_issues->totalCount())));
}

void MainWindow::updateAlerts()
{
    int spikes = 0;
    const QList<alerts::Alert> current = m_hub.alertWatch().current();
    for (const alerts::Alert& alert : current)
        spikes += alert.kind == alerts::Alert::Kind::Spike ? 1 : 0;
    m_sidebar->setCount(Sidebar::Entry::Spiking, spikes > 0 ? count(spikes) : QString(), spikes > 0);
    const auto raised = m_hub.alertWatch().history().size();
    m_sidebar->setCount(Sidebar::Entry::Alerts, raised > 0 ? count(raised) : QString());
}

void MainWindow::showIssue(const domain::Issue& issue)
{
    if (issue.account != m_account && m_hub.accounts().account(issue.account)) {
        m_bar->setAccounts(m_hub.accounts().accounts(), issue.account);
        showAccount(issue.account);
    }
    m_sidebar->setCurrent(Sidebar::Entry::Inbox);
    if (m_pages->currentWidget() != m_issues)
        showEntry(Sidebar::Entry::Inbox);
    m_issues->showIssue(issue);
}

void MainWindow::tell(const QString& text)
{
    m_banner->showMessage(text);
}

void MainWindow::addAccount()
{
    auto* dialog = new AddAccountDialog(m_hub, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddAccountDialog::added, this, [this](const domain::Account& account) {
        m_bar->setAccounts(m_hub.accounts().accounts(), account.id);
        showAccount(account.id);
    });
    dialog->open();
}

void MainWindow::showKeys()
{
    auto* sheet = new KeySheet(menuBar(), this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Vedette"));
    box->setTextFormat(Qt::PlainText);
    box->setText(u"Vedette %1"_s.arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        tr("A native desktop client for triaging errors.\n\n"
           "Its own files are GPL-3.0-or-later. The program, linked with open-source Qt Charts, "
           "is distributed under GPL-3.0-only."));
    box->open();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_settings.setValue(settings::keys::windowGeometry, saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace vedette::views
