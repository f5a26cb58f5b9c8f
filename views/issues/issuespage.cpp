// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/issuespage.h"

#include <QDesktopServices>
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QTreeView>
#include <QUrl>
#include <QVBoxLayout>

#include "models/settings/settings.h"
#include "models/sync/hub.h"
#include "views/common/banner.h"
#include "views/common/emptystate.h"
#include "views/common/errortext.h"
#include "views/common/format.h"
#include "views/common/issueactions.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/event/detailpane.h"
#include "views/issues/assigneepicker.h"
#include "views/issues/issuedelegate.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

using items::IssueListModel;

IssuesPage::IssuesPage(
    sync::Hub& hub, const core::Clock& clock, settings::Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_hub(hub)
    , m_clock(clock)
    , m_settings(settings)
    , m_feed(hub.makeIssueFeed())
    , m_delegate(new IssueDelegate(clock, this))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_stack(new QStackedWidget)
    , m_list(new QTreeView)
    , m_empty(new EmptyState)
    , m_banner(new MessageBanner)
    , m_stale(new PlainLabel({}, "secondary"))
{
    setObjectName(u"issuesPage"_s);
    setProperty("role", u"page"_s);
    m_actions = new IssueActions(this);
    m_actions->setSingleLetters(settings.value(settings::keys::singleLetterKeys));
    m_detail = new DetailPane(hub, clock, *m_actions);
    m_actions->actIn(m_list, m_detail);
    buildList();

    auto* left = new QWidget;
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addWidget(m_banner);
    m_stale->setObjectName(u"staleLine"_s);
    m_stale->setContentsMargins(space::m, space::xs, space::m, space::xs);
    m_stale->hide();
    leftLayout->addWidget(m_stale);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    leftLayout->addWidget(m_stack, 1);

    m_splitter->setObjectName(u"issuesSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 6);
    m_splitter->setStretchFactor(1, 6);
    m_splitter->setSizes({650, 590});
    const QByteArray state = settings.value(settings::widgetState(m_splitter->objectName()));
    if (!state.isEmpty())
        m_splitter->restoreState(state);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        m_settings.setValue(settings::widgetState(m_splitter->objectName()), m_splitter->saveState());
    });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    connectFeed();
    connectActions();
    updateColours();
    showFeedState();
}

IssuesPage::~IssuesPage() = default;

void IssuesPage::buildList()
{
    m_list->setObjectName(u"issueList"_s);
    m_list->setAccessibleName(tr("Issues"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(false); // the delegate shows it
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setFrameShape(QFrame::NoFrame);
    QHeaderView* header = m_list->header();
    header->setObjectName(u"issueHeader"_s);
    header->setFont(smallFont(header->font()));
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(IssueListModel::Events, Qt::DescendingOrder);
    const int digit = fontMetrics().horizontalAdvance(u'0');
    header->setMinimumSectionSize(digit * 4);
    header->setSectionResizeMode(IssueListModel::Title, QHeaderView::Stretch);
    const auto fix = [header](int column, int width) {
        header->setSectionResizeMode(column, QHeaderView::Fixed);
        header->resizeSection(column, width);
    };
    fix(IssueListModel::Trend, 78);
    fix(IssueListModel::Events, digit * 9);
    fix(IssueListModel::Users, digit * 8);
    fix(IssueListModel::Age, digit * 6);
    fix(IssueListModel::Seen, digit * 6);
    fix(IssueListModel::Assignee, 38);
    connect(header, &QHeaderView::sectionClicked, this, &IssuesPage::sortBy);
}

void IssuesPage::connectFeed()
{
    connect(m_feed.get(), &sync::IssueFeed::rowsReset, this, [this](const QList<domain::Issue>& rows) {
        m_model.reset(rows);
        m_list->scrollToTop();
        showFeedState();
    });
    connect(m_feed.get(), &sync::IssueFeed::rowsMerged, this, [this](const QList<domain::Issue>& rows) {
        m_model.merge(rows);
        showFeedState();
        if (!m_list->currentIndex().isValid() && m_model.rowCount() > 0 && m_list->hasFocus())
            m_list->setCurrentIndex(m_model.index(0, 0));
    });
    connect(m_feed.get(), &sync::IssueFeed::stateChanged, this, &IssuesPage::showFeedState);
    connect(&m_model, &IssueListModel::moreRequested, m_feed.get(), &sync::IssueFeed::fetchMore);
    connect(&m_model, &IssueListModel::checksChanged, this, [this] {
        m_delegate->setChoosing(m_model.checkedCount() > 0);
        m_list->viewport()->update();
    });
    connect(
        m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &IssuesPage::currentChanged);
    connect(m_list, &QTreeView::customContextMenuRequested, this, &IssuesPage::contextMenu);

    sync::Outbox& outbox = m_hub.outbox();
    connect(&outbox, &sync::Outbox::issueChanged, this,
        [this](const domain::Issue& issue) { m_model.update(issue); });
    connect(&outbox, &sync::Outbox::refused, this,
        [this](const QList<domain::Issue>& issues, const domain::Action& action, const core::Error& error) {
            m_banner->showMessage(
                tr("%n change(s) were taken back. %1", "", int(issues.size())).arg(errorText(error)),
                tr("Try again"), [this, issues, action] { m_hub.outbox().submit(issues, action); });
        });
    connect(&m_hub.directory(), &sync::Directory::changed, this, &IssuesPage::updateColours);
    connect(&m_hub.alertWatch(), &sync::AlertWatch::currentChanged, this, &IssuesPage::updateColours);

    // Ages in the list grow by themselves.
    auto* minute = new QTimer(this);
    connect(minute, &QTimer::timeout, this, [this] { m_list->viewport()->update(); });
    minute->start(std::chrono::seconds(15));
}

void IssuesPage::connectActions()
{
    connect(m_actions->next, &QAction::triggered, this, [this] { step(1); });
    connect(m_actions->previous, &QAction::triggered, this, [this] { step(-1); });
    connect(m_actions->open, &QAction::triggered, this, [this] {
        currentChanged();
        m_detail->setFocus();
    });
    connect(m_actions->choose, &QAction::triggered, this, [this] {
        const QModelIndex current = m_list->currentIndex();
        if (!current.isValid())
            return;
        const bool checked = m_model.data(current, IssueListModel::CheckedRole).toBool();
        m_model.setChecked(current.row(), !checked);
        step(1);
    });
    connect(m_actions->resolve, &QAction::triggered, this, [this] { act(domain::Action::Kind::Resolve); });
    connect(m_actions->archive, &QAction::triggered, this, [this] { act(domain::Action::Kind::Archive); });
    connect(m_actions->reopen, &QAction::triggered, this, [this] { act(domain::Action::Kind::Reopen); });
    connect(m_actions->assign, &QAction::triggered, this, &IssuesPage::pickAssignee);
    connect(m_actions->assignToMe, &QAction::triggered, this, [this] {
        const auto me = m_hub.directory().me(query().account);
        if (me)
            submit({domain::Action::Kind::Assign, *me});
        else
            m_banner->showMessage(
                tr("The server does not tell who you are, so it cannot be assigned to you."));
    });
    connect(m_actions->undo, &QAction::triggered, this, [this] { m_hub.outbox().undoLast(); });
    connect(m_actions->refresh, &QAction::triggered, this, [this] {
        m_feed->refresh();
        m_detail->refresh();
    });
    connect(m_actions->openInBrowser, &QAction::triggered, this, [this] {
        const domain::Issue* issue = m_model.issueAt(m_list->currentIndex().row());
        if (!issue)
            return;
        // A server's text: only what a browser may be given.
        const QUrl url(issue->permalink, QUrl::StrictMode);
        if (url.isValid() && (url.scheme() == u"https"_s || url.scheme() == u"http"_s))
            QDesktopServices::openUrl(url);
        else
            m_banner->showMessage(tr("The server gave no web address for this issue."));
    });
}

void IssuesPage::setQuery(sync::IssueQuery query)
{
    query.sort = m_feed->query().sort;
    m_banner->dismiss();
    m_feed->setQuery(query);
    updateColours();
}

const sync::IssueQuery& IssuesPage::query() const
{
    return m_feed->query();
}

void IssuesPage::setFollowed(bool followed)
{
    m_feed->setFollowed(followed);
}

void IssuesPage::showIssue(const domain::Issue& issue)
{
    const int row = m_model.rowOf(issue);
    if (row >= 0)
        m_list->setCurrentIndex(m_model.index(row, 0));
    else
        m_list->setCurrentIndex({});
    m_detail->show(issue);
}

qint64 IssuesPage::totalCount() const
{
    return std::max<qint64>(m_feed->state().total.value_or(0), m_model.rowCount());
}

void IssuesPage::focusList()
{
    m_list->setFocus();
    if (!m_list->currentIndex().isValid() && m_model.rowCount() > 0)
        m_list->setCurrentIndex(m_model.index(0, 0));
}

void IssuesPage::showFeedState()
{
    const sync::FeedState state = m_feed->state();
    m_model.setCanFetchMore(state.hasMore && !state.loading);
    const bool hasRows = m_model.rowCount() > 0;
    m_stack->setCurrentWidget(hasRows ? static_cast<QWidget*>(m_list) : m_empty);
    if (!hasRows) {
        if (state.error)
            m_empty->setTexts(tr("Nothing to show"), errorText(*state.error), tr("Try again"));
        else if (state.loading || !state.asOf)
            m_empty->setTexts(tr("Loading …"), {});
        else if (query().text.trimmed().isEmpty() || query().text.trimmed() == u"is:unresolved"_s)
            m_empty->setTexts(tr("No unresolved issues"),
                tr("Nothing broke in this window. New errors appear here by themselves."));
        else
            m_empty->setTexts(
                tr("No issue matches"), tr("Change the search, the projects or the time range."));
    }
    const bool stale = hasRows && state.asOf && (state.error || state.isStale());
    m_stale->setVisible(stale);
    if (stale) {
        const QString asOf = tr("As of %1.", "time of day").arg(clockTime(*state.asOf));
        m_stale->setText(state.error ? asOf + u' ' + errorText(*state.error) : asOf);
    }
    emit countsChanged();
}

void IssuesPage::currentChanged()
{
    const domain::Issue* issue = m_model.issueAt(m_list->currentIndex().row());
    m_actions->setHasIssue(issue != nullptr);
    if (issue)
        m_detail->show(*issue);
}

QList<domain::Issue> IssuesPage::targets() const
{
    if (m_model.checkedCount() > 0)
        return m_model.checkedIssues();
    QList<domain::Issue> out;
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    for (const QModelIndex& index : rows) {
        if (const domain::Issue* issue = m_model.issueAt(index.row()))
            out << *issue;
    }
    if (out.isEmpty()) {
        if (const domain::Issue* issue = m_model.issueAt(m_list->currentIndex().row()))
            out << *issue;
        else if (const auto open = m_detail->issue())
            out << *open;
    }
    return out;
}

void IssuesPage::act(domain::Action::Kind kind)
{
    submit({kind, {}});
}

void IssuesPage::submit(const domain::Action& action)
{
    const QList<domain::Issue> issues = targets();
    if (issues.isEmpty())
        return;
    m_hub.outbox().submit(issues, action);
    m_model.clearChecks();
}

void IssuesPage::pickAssignee()
{
    const QList<domain::Issue> issues = targets();
    if (issues.isEmpty())
        return;
    // Candidates of the project where it is one; all people where several are chosen.
    domain::ProjectId project = issues.first().project.id;
    bool assigned = false;
    for (const domain::Issue& issue : issues) {
        if (issue.project.id != project)
            project = {};
        assigned = assigned || issue.assignedTo.has_value();
    }
    auto* picker =
        new AssigneePicker(m_hub.directory().assignees(issues.first().account, project), assigned, this);
    connect(picker, &AssigneePicker::picked, this, [this](const domain::Actor& actor) {
        submit({domain::Action::Kind::Assign, actor});
    });
    connect(picker, &AssigneePicker::unassigned, this, [this] { act(domain::Action::Kind::Unassign); });
    picker->openAt(m_detail->assignPosition());
}

void IssuesPage::sortBy(int column)
{
    sync::IssueQuery query = m_feed->query();
    switch (IssueListModel::Column(column)) {
    case IssueListModel::Events:
        query.sort = sync::IssueSort::Events;
        break;
    case IssueListModel::Users:
        query.sort = sync::IssueSort::Users;
        break;
    case IssueListModel::Seen:
        query.sort = sync::IssueSort::LastSeen;
        break;
    case IssueListModel::Age:
        query.sort = sync::IssueSort::FirstSeen;
        break;
    default:
        // The server has no order for these; the indicator goes back to where it was.
        m_list->header()->setSortIndicator(
            query.sort == sync::IssueSort::Users       ? int(IssueListModel::Users)
            : query.sort == sync::IssueSort::LastSeen  ? int(IssueListModel::Seen)
            : query.sort == sync::IssueSort::FirstSeen ? int(IssueListModel::Age)
                                                       : int(IssueListModel::Events),
            Qt::DescendingOrder);
        return;
    }
    m_list->header()->setSortIndicator(column, Qt::DescendingOrder);
    m_feed->setQuery(query);
}

void IssuesPage::step(int by)
{
    if (m_model.rowCount() == 0)
        return;
    const QModelIndex current = m_list->currentIndex();
    const int row = std::clamp(current.isValid() ? current.row() + by : 0, 0, m_model.rowCount() - 1);
    m_list->setCurrentIndex(m_model.index(row, 0));
}

void IssuesPage::contextMenu(const QPoint& position)
{
    QMenu* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->addTo(*menu);
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void IssuesPage::updateColours()
{
    QHash<domain::ProjectId, int> colours;
    const QList<domain::Project> projects = m_hub.directory().projects(query().account);
    for (const domain::Project& project : projects)
        colours.insert(project.id, project.colour);
    m_delegate->setProjectColours(colours);
    QSet<domain::IssueId> spiking;
    const QList<alerts::Alert> alerts = m_hub.alertWatch().current();
    for (const alerts::Alert& alert : alerts) {
        if (alert.kind == alerts::Alert::Kind::Spike)
            spiking << alert.issue.id;
    }
    m_delegate->setSpiking(spiking);
    m_list->viewport()->update();
}

} // namespace vedette::views
