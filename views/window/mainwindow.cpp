// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/mainwindow.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "models/core/text.h"
#include "models/settings/settings.h"
#include "models/sync/hub.h"
#include "views/accounts/accountdialog.h"
#include "views/accounts/wayout.h"
#include "views/alerts/alertspage.h"
#include "views/collector/collectorpage.h"
#include "views/common/banner.h"
#include "views/common/errortext.h"
#include "views/common/format.h"
#include "views/common/issueactions.h"
#include "views/common/theme.h"
#include "views/event/detailpane.h"
#include "views/issues/issuespage.h"
#include "views/outbox/outboxpage.h"
#include "views/overview/overviewpage.h"
#include "views/window/keysheet.h"
#include "views/window/searchbox.h"
#include "views/window/sidebar.h"
#include "views/window/statusline.h"
#include "views/window/topbar.h"
#include "views/window/viewcatalog.h"
#include "views/window/viewcounts.h"
#include "views/window/welcomepage.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

using items::SidebarEntry;

const QString overviewKey = u"overview"_s;
const QString alertsKey = u"alerts"_s;
const QString collectorKey = u"collector"_s;
const QString outboxKey = u"outbox"_s;
const QString projectPrefix = u"project/"_s;
/// The rest is in the projects menu.
constexpr qsizetype sidebarProjects = 12;

SidebarEntry section(const QString& key, const QString& label)
{
    SidebarEntry entry;
    entry.kind = SidebarEntry::Kind::Section;
    entry.key = key;
    entry.label = label;
    return entry;
}

SidebarEntry place(const QString& key, const QString& label, const QString& iconName)
{
    SidebarEntry entry;
    entry.kind = SidebarEntry::Kind::Place;
    entry.key = key;
    entry.label = label;
    entry.icon = iconName;
    return entry;
}

} // namespace

MainWindow::MainWindow(
    sync::Hub& hub, const core::Clock& clock, settings::Settings& settings, Theme& theme, Ways ways)
    : m_hub(hub)
    , m_clock(clock)
    , m_settings(settings)
    , m_theme(theme)
    , m_ways(std::move(ways))
    , m_projectCounts(hub.makeOverviewFeed())
    , m_counts(new ViewCounts(hub, this))
    , m_bar(new TopBar(clock))
    , m_sidebar(new Sidebar)
    , m_pages(new QStackedWidget)
    , m_work(new QWidget)
    , m_body(new QWidget)
    , m_banner(new MessageBanner)
    , m_welcome(new WelcomePage)
    , m_issues(new IssuesPage(hub, clock, settings,
          [&hub, &clock](IssueActions& actions) { return new DetailPane(hub, clock, actions); }))
    , m_overview(new OverviewPage(hub, clock))
    , m_alerts(new AlertsPage(hub, clock))
    , m_collector(new CollectorPage(hub, clock))
    , m_outbox(new OutboxPage(hub, clock))
    , m_status(new StatusLine(clock))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Vedette"_s);
    // The drawing's size, but never larger than the screen with its panels and our title bar.
    resize(QSize(1440, 900).boundedTo(screen()->availableSize() - QSize(0, 32)));
    setMinimumSize(760, 480);
    m_sidebarDue.setSingleShot(true);
    connect(&m_sidebarDue, &QTimer::timeout, this, &MainWindow::updateSidebar);
    buildLayout();
    buildAccountMenu();
    m_issues->actions().addTo(*menuBar()->addMenu(tr("&Issue")));
    buildViewMenu();
    buildGoMenu();
    buildHelpMenu();
    connectPages();
    connectHub();
    const QByteArray geometry = settings.value(settings::keys::windowGeometry);
    if (!geometry.isEmpty())
        restoreGeometry(geometry);
    updateSidebar();
    accountsChanged();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildLayout()
{
    m_banner->setObjectName(u"windowBanner"_s);
    auto* work = new QVBoxLayout(m_work);
    work->setContentsMargins(0, 0, 0, 0);
    work->setSpacing(0);
    work->addWidget(m_bar);
    auto* body = new QHBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(m_sidebar);
    auto* edge = new QFrame;
    edge->setProperty("role", u"edge"_s);
    edge->setFixedWidth(1);
    body->addWidget(edge);
    body->addWidget(m_pages, 1);
    for (Page* page : std::initializer_list<Page*>{m_issues, m_overview, m_alerts, m_collector, m_outbox})
        m_pages->addWidget(page);
    work->addWidget(m_body, 1);

    auto* central = new QWidget;
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_welcome, 1);
    layout->addWidget(m_work, 1);
    setCentralWidget(central);
    setStatusBar(m_status);
}

void MainWindow::connectPages()
{
    connect(m_welcome, &WelcomePage::connectRequested, this, &MainWindow::addAccount);
    connect(m_welcome, &WelcomePage::collectorRequested, this, [this] { m_ways.useCollector(); });
    connect(m_welcome, &WelcomePage::samplesRequested, this, [this] { m_ways.lookAtSamples(); });
    connect(m_sidebar, &Sidebar::chosen, this, &MainWindow::choose);
    connect(m_bar, &TopBar::queryChanged, this, [this] { search(m_bar->query().text); });
    connect(m_bar, &TopBar::accountChosen, this, &MainWindow::showAccount);
    connect(m_bar, &TopBar::lightClicked, this, &MainWindow::lookAgain);
    connect(&m_bar->search(), &SearchBox::left, this, [this] { currentPage()->takeFocus(); });
    connect(m_status, &StatusLine::undoRequested, m_issues->actions().undo, &QAction::trigger);
    connect(m_status, &StatusLine::keysRequested, this, &MainWindow::showKeys);
    connect(m_status, &StatusLine::pendingRequested, this, [this] { choose(outboxKey); });
    connect(m_issues, &IssuesPage::actionTaken, this,
        [this](const QString& sentence) { m_status->showDone(sentence, m_hub.outbox().canUndo()); });
    connect(m_issues, &IssuesPage::searchRequested, this, [this](const QString& term) {
        m_bar->setSearch((m_bar->query().text + u' ' + term).simplified());
        search(m_bar->query().text);
    });
    for (Page* page : std::initializer_list<Page*>{m_issues, m_overview, m_alerts, m_collector, m_outbox}) {
        connect(page, &Page::statusTextChanged, this, [this, page] {
            if (page == currentPage())
                m_status->setScope(page->statusText());
        });
        connect(page, &Page::connectRequested, this, &MainWindow::addAccount);
        connect(page, &Page::wayOutRequested, this,
            [this](const domain::AccountId& account, const core::Error& error) {
                openWayOut(m_hub, account, error, this);
            });
        connect(page, &Page::collectorRequested, this, [this] { m_ways.useCollector(); });
        connect(page, &Page::dsnRequested, this, [this] { choose(collectorKey); });
        connect(page, &Page::issueRequested, this, &MainWindow::showIssue);
        connect(page, &Page::projectRequested, this,
            [this](const domain::AccountId& account, const domain::ProjectId& project) {
                if (account != m_account && m_hub.accounts().account(account))
                    showAccount(account);
                showProject(project);
            });
    }
}

void MainWindow::connectHub()
{
    const auto later = [this] { m_sidebarDue.start(0); };
    connect(&m_hub.accounts(), &sync::Accounts::accountsChanged, this, &MainWindow::accountsChanged);
    connect(&m_hub.accounts(), &sync::Accounts::stateChanged, this, [this](const domain::AccountId& id) {
        if (id == m_account)
            m_bar->setState(m_hub.accounts().state(id));
    });
    connect(&m_hub.directory(), &sync::Directory::changed, this, [this](const domain::AccountId& id) {
        if (id == m_account)
            updateDirectory();
    });
    connect(&m_hub.outbox(), &sync::Outbox::pendingCountChanged, m_status, &StatusLine::setPending);
    connect(&m_hub.outbox(), &sync::Outbox::refused, this, [this] { m_status->showDone({}, false); });
    connect(&m_hub.alertWatch(), &sync::AlertWatch::currentChanged, this, [this, later] {
        later();
        // What spikes is a search of its own: it follows while it is shown.
        if (m_sidebar->current() == spikingKey && currentPage() == m_issues)
            showView(spikingKey);
    });
    connect(&m_hub.alertWatch(), &sync::AlertWatch::alertRaised, this, later);
    connect(m_projectCounts.get(), &sync::OverviewFeed::summariesChanged, this, later);
    connect(m_counts, &ViewCounts::changed, this, later);
    connectNotices();
    m_status->setPending(m_hub.outbox().pendingCount());
}

Page* MainWindow::currentPage() const
{
    return static_cast<Page*>(m_pages->currentWidget());
}

Page* MainWindow::pageOf(const QString& key) const
{
    if (key == overviewKey)
        return m_overview;
    if (key == alertsKey)
        return m_alerts;
    if (key == collectorKey)
        return m_collector;
    if (key == outboxKey)
        return m_outbox;
    return nullptr;
}

void MainWindow::accountsChanged()
{
    const QList<domain::Account> accounts = m_hub.accounts().accounts();
    m_welcome->setVisible(accounts.isEmpty());
    m_work->setVisible(!accounts.isEmpty());
    if (accounts.isEmpty()) {
        m_account = {};
        m_status->setScope({});
        followAll();
        return;
    }
    const bool known = m_hub.accounts().account(m_account).has_value();
    const domain::AccountId current = known ? m_account : accounts.first().id;
    m_bar->setAccounts(accounts, current);
    if (!m_hub.accounts().keepsTokens())
        tell(tr("There is no keychain here: tokens are kept only until Vedette ends."));
    if (!known)
        showAccount(current);
}

void MainWindow::showAccount(const domain::AccountId& account)
{
    m_account = account;
    m_bar->setAccounts(m_hub.accounts().accounts(), account);
    m_bar->setState(m_hub.accounts().state(account));
    m_projectCounts->setScope(account);
    for (Page* page : std::initializer_list<Page*>{m_issues, m_overview, m_alerts, m_collector, m_outbox})
        page->setAccount(account);
    updateDirectory();
    m_hub.directory().refresh(account);
    choose(inboxKey);
}

void MainWindow::updateDirectory()
{
    m_bar->setProjects(m_hub.directory().projects(m_account));
    m_bar->setEnvironments(m_hub.directory().environments(m_account));
    m_sidebarDue.start(0);
}

void MainWindow::choose(const QString& key)
{
    m_sidebar->setCurrent(key);
    if (Page* page = pageOf(key))
        showPage(page);
    else if (key.startsWith(projectPrefix))
        showProject(domain::ProjectId(key.mid(projectPrefix.size())));
    else
        showView(key);
}

void MainWindow::showView(const QString& key)
{
    const QList<IssueView> views = issueViews();
    for (const IssueView& view : views) {
        if (view.key != key)
            continue;
        m_viewName = view.label;
        m_bar->setChosenProjects({});
        m_bar->setSearch(
            key == spikingKey ? spikingQuery(m_hub.alertWatch().current(), m_account) : view.query);
        applyQuery();
        showPage(m_issues);
    }
}

void MainWindow::showProject(const domain::ProjectId& project)
{
    m_sidebar->setCurrent(projectPrefix + project.value());
    m_viewName.clear(); // the project's own name says it
    m_bar->setChosenProjects({project});
    m_bar->setSearch(u"is:unresolved"_s);
    applyQuery();
    showPage(m_issues);
}

void MainWindow::search(const QString& text)
{
    // A view stays chosen while its search is what is asked for.
    const QList<IssueView> views = issueViews();
    const auto view = std::find_if(views.begin(), views.end(),
        [&text](const IssueView& v) { return !text.isEmpty() && v.query == text; });
    const QList<domain::ProjectId> projects = m_bar->query().projects;
    if (projects.size() == 1 && text == u"is:unresolved"_s) {
        m_viewName.clear();
        m_sidebar->setCurrent(projectPrefix + projects.first().value());
    } else if (view != views.end()) {
        m_viewName = view->label;
        m_sidebar->setCurrent(view->key);
    } else {
        m_viewName = tr("Search", "name of a list: what was searched for");
        m_sidebar->setCurrent({});
    }
    applyQuery();
    showPage(m_issues);
}

void MainWindow::applyQuery()
{
    sync::IssueQuery query = m_bar->query();
    query.scopes = {m_account};
    m_issues->setQuery(query, m_viewName);
    m_counts->setScope(query);
}

void MainWindow::showPage(Page* page)
{
    const bool other = currentPage() != page;
    m_pages->setCurrentWidget(page);
    followAll();
    if (other || page == m_issues)
        page->takeFocus();
    m_status->setScope(page->statusText());
    updateTitle();
}

void MainWindow::followAll()
{
    const bool shown = isVisible() && !m_account.isEmpty();
    for (Page* page : std::initializer_list<Page*>{m_issues, m_overview, m_alerts, m_collector, m_outbox})
        page->setFollowed(shown && page == currentPage());
    m_projectCounts->setFollowed(shown);
    m_counts->setFollowed(shown);
}

void MainWindow::updateTitle()
{
    // Windows take a title as it is; names come from servers.
    const auto account = m_hub.accounts().account(m_account);
    const QString name = core::singleLine(currentPage()->title(), 60);
    setWindowTitle(
        account && account->name != name
            ? tr("%1 · %2 · Vedette", "page, account").arg(name, core::singleLine(account->name, 60))
        : account ? tr("%1 · Vedette", "page").arg(name)
                  : u"Vedette"_s);
}

void MainWindow::updateSidebar()
{
    const QList<alerts::Alert> current = m_hub.alertWatch().current();
    const auto spikes = std::count_if(current.begin(), current.end(), [this](const alerts::Alert& alert) {
        return alert.kind == alerts::Alert::Kind::Spike && alert.issue.account == m_account;
    });
    QList<SidebarEntry> entries = {section(u"views"_s, tr("Views"))};
    const QList<IssueView> views = issueViews();
    for (const IssueView& view : views) {
        SidebarEntry entry;
        entry.key = view.key;
        entry.label = view.label;
        entry.icon = view.icon;
        entry.badge = view.key == spikingKey && spikes > 0;
        entry.count =
            view.key == spikingKey ? (spikes > 0 ? count(spikes) : QString()) : m_counts->text(view.key);
        if (!entry.count.isEmpty()) {
            entry.description =
                tr("%n issue(s)", "", int(view.key == spikingKey ? spikes : m_counts->number(view.key)));
        }
        entries << entry;
    }
    const QList<domain::Project> projects = m_hub.directory().projects(m_account);
    if (!projects.isEmpty())
        entries << section(u"projects"_s, tr("Projects"));
    const QList<domain::ProjectSummary> summaries = m_projectCounts->summaries();
    for (const domain::Project& project : projects.first(std::min(projects.size(), sidebarProjects))) {
        SidebarEntry entry;
        entry.kind = SidebarEntry::Kind::Project;
        entry.key = projectPrefix + project.id.value();
        entry.label = core::singleLine(project.slug, 60);
        entry.colour = project.colour;
        for (const domain::ProjectSummary& summary : summaries) {
            if (summary.project.id == project.id && summary.unresolved > 0) {
                entry.count = count(summary.unresolved);
                entry.description = tr("%n unresolved issue(s)", "", int(summary.unresolved));
            }
        }
        entries << entry;
    }
    entries << section(u"elsewhere"_s, tr("Elsewhere")) << place(overviewKey, tr("Overview"), u"overview"_s);
    SidebarEntry raised = place(alertsKey, tr("Alerts"), u"bell"_s);
    if (const auto number = m_hub.alertWatch().history().size(); number > 0)
        raised.count = compactCount(number);
    SidebarEntry collector = place(collectorKey, tr("Collector"), u"collector"_s);
    const QList<domain::Account> accounts = m_hub.accounts().accounts();
    for (const domain::Account& account : accounts) {
        if (account.kind == domain::ServerKind::Collector && account.baseUrl.port() > 0)
            collector.count = u":%1"_s.arg(account.baseUrl.port());
    }
    entries << raised << collector;
    m_sidebar->setEntries(entries);
}

void MainWindow::showIssue(const domain::Issue& issue)
{
    if (issue.account != m_account && m_hub.accounts().account(issue.account))
        showAccount(issue.account);
    if (currentPage() != m_issues)
        choose(inboxKey);
    m_issues->showIssue(issue);
}

void MainWindow::addAccount()
{
    auto* dialog = new AddAccountDialog(m_hub, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddAccountDialog::added, this,
        [this](const domain::Account& account) { showAccount(account.id); });
    dialog->open();
}

void MainWindow::lookAgain()
{
    const std::optional<core::Error> error = m_hub.accounts().state(m_account).error;
    if (error && isSetRight(wayOutOf(*error)) && openWayOut(m_hub, m_account, *error, this))
        return;
    m_hub.alertWatch().checkNow();
    m_hub.directory().refresh(m_account);
    currentPage()->refresh();
}

void MainWindow::showKeys()
{
    auto* sheet = new KeySheet(menuBar(), this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    followAll();
}

void MainWindow::hideEvent(QHideEvent* event)
{
    QMainWindow::hideEvent(event);
    m_settings.setValue(settings::keys::windowGeometry, saveGeometry());
    followAll();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange && !isMinimized() && isVisible())
        m_settings.setValue(settings::keys::windowGeometry, saveGeometry());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_settings.setValue(settings::keys::windowGeometry, saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace vedette::views
