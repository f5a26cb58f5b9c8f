// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/issuespage.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "models/settings/settings.h"
#include "models/sync/hub.h"
#include "views/common/banner.h"
#include "views/common/buttons.h"
#include "views/common/emptystate.h"
#include "views/common/errortext.h"
#include "views/common/format.h"
#include "views/common/issueactions.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/issues/issuedelegate.h"
#include "views/issues/issuelist.h"
#include "views/issues/rangetext.h"
#include "views/issues/statetext.h"
#include "views/issues/triage.h"
#include "views/window/detailview.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace vedette::views {

using items::IssueListModel;

namespace {

constexpr auto lookedAt = 1500ms;
constexpr auto agesInterval = 10s;

} // namespace

IssuesPage::IssuesPage(sync::Hub& hub, const core::Clock& clock, settings::Settings& settings,
    const DetailFactory& makeDetail, QWidget* parent)
    : Page(parent)
    , m_hub(hub)
    , m_clock(clock)
    , m_feed(hub.makeIssueFeed())
    , m_saver(settings)
    , m_actions(new IssueActions(this))
    , m_list(new IssueList(m_model, clock))
    , m_detail(makeDetail(*m_actions))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_banner(new MessageBanner)
    , m_stale(new MessageBanner)
    , m_selection(new QWidget)
    , m_selectionText(new PlainLabel)
{
    setObjectName(u"issuesPage"_s);
    setProperty("role", u"page"_s);
    m_actions->setSingleLetters(settings.value(settings::keys::singleLetterKeys));
    m_actions->actIn(m_list, m_detail);
    m_triage = new Triage(
        hub, *m_actions, *m_banner, [this] { return targets(); }, [this] { return pickerPosition(); }, this);
    buildLayout();
    connectFeed();
    connectActions();
    updateColours();
    showState();
    m_seen.setSingleShot(true);
    m_seen.setInterval(lookedAt);
    m_ages.start(agesInterval);
}

IssuesPage::~IssuesPage() = default;

void IssuesPage::buildLayout()
{
    m_banner->setObjectName(u"issuesBanner"_s);
    m_stale->setObjectName(u"staleBanner"_s);
    m_empty->setObjectName(u"issuesEmpty"_s);

    // Shown while several are chosen: how many, and what can be done with them.
    m_selection->setObjectName(u"selectionBar"_s);
    m_selection->setProperty("role", u"surface"_s);
    m_selection->setAttribute(Qt::WA_StyledBackground);
    auto* bar = new QHBoxLayout(m_selection);
    bar->setContentsMargins(space::m, space::xs, space::s, space::xs);
    bar->setSpacing(space::xs);
    m_selectionText->setFont(boldFont(font()));
    m_selectionText->setObjectName(u"selectionText"_s);
    bar->addWidget(m_selectionText, 1);
    const auto add = [bar](const QString& text, const char* name, QAction* action) {
        QPushButton* button = makeQuietButton(text, QLatin1StringView(name));
        follow(button, action);
        bar->addWidget(button);
    };
    add(tr("Resolve"), "bulkResolve", m_actions->resolve);
    add(tr("Archive"), "bulkArchive", m_actions->archive);
    add(tr("Reopen"), "bulkReopen", m_actions->reopen);
    add(tr("Assign …"), "bulkAssign", m_actions->assign);
    QPushButton* none = makeQuietButton(tr("Clear"), u"bulkClear"_s);
    bar->addWidget(none);
    connect(none, &QPushButton::clicked, this, [this] {
        m_model.clearChecks();
        const QModelIndex current = m_list->currentIndex();
        m_list->clearSelection();
        m_list->setCurrentIndex(current);
    });
    m_selection->hide();

    auto* left = new QWidget;
    left->setProperty("role", u"surface"_s);
    left->setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QVBoxLayout(left);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_stale);
    layout->addWidget(m_selection);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);

    m_splitter->setObjectName(u"issuesSplitter"_s);
    m_splitter->setAccessibleName(tr("List and detail"));
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_detail);
    left->setMinimumWidth(300);
    m_detail->setMinimumWidth(360);
    m_splitter->setStretchFactor(0, 55);
    m_splitter->setStretchFactor(1, 45);
    m_splitter->setSizes({702, 548});
    m_saver.keep(m_splitter);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_splitter);
}

void IssuesPage::connectFeed()
{
    connect(m_feed.get(), &sync::IssueFeed::rowsReset, this,
        [this](const QList<domain::Issue>& rows) { takeRows(rows, true); });
    connect(m_feed.get(), &sync::IssueFeed::rowsMerged, this,
        [this](const QList<domain::Issue>& rows) { takeRows(rows, false); });
    connect(m_feed.get(), &sync::IssueFeed::stateChanged, this, &IssuesPage::showState);
    connect(&m_model, &IssueListModel::moreRequested, m_feed.get(), &sync::IssueFeed::fetchMore);
    connect(&m_model, &IssueListModel::checksChanged, this, &IssuesPage::showSelection);
    connect(
        m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &IssuesPage::showSelection);
    connect(
        m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &IssuesPage::currentChanged);
    connect(m_list, &QTreeView::customContextMenuRequested, this, &IssuesPage::contextMenu);
    connect(m_list, &IssueList::sortRequested, this, [this](sync::IssueSort sort) {
        sync::IssueQuery query = m_feed->query();
        if (query.sort == sort)
            return;
        query.sort = sort;
        m_list->setSort(sort);
        m_feed->setQuery(query);
    });
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_offersDsn)
            emit dsnRequested();
        else
            refresh();
    });
    connect(&m_ages, &QTimer::timeout, m_list, &IssueList::refreshAges);

    connect(&m_hub.outbox(), &sync::Outbox::issueChanged, this, [this](const domain::Issue& issue) {
        // Counts of a list belong to its window; the outbox knows the row as it was given.
        m_model.update(issue);
        m_triage->updateActions();
    });
    connect(&m_hub.directory(), &sync::Directory::changed, this, [this] {
        updateColours();
        if (m_stack->currentWidget() == m_empty)
            showEmptyState(m_feed->state());
    });
    connect(&m_hub.alertWatch(), &sync::AlertWatch::currentChanged, this, &IssuesPage::updateColours);
}

void IssuesPage::connectActions()
{
    connect(m_actions->next, &QAction::triggered, this, [this] { m_list->step(1); });
    connect(m_actions->previous, &QAction::triggered, this, [this] { m_list->step(-1); });
    connect(m_actions->open, &QAction::triggered, this, [this] {
        currentChanged();
        m_detail->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_list, &QTreeView::doubleClicked, m_actions->open, &QAction::trigger);
    connect(m_actions->choose, &QAction::triggered, this, &IssuesPage::chooseCurrent);
    connect(m_actions->refresh, &QAction::triggered, this, &IssuesPage::refresh);
    connect(m_triage, &Triage::acted, this, &IssuesPage::afterAction);
    connect(m_triage, &Triage::wayOutRequested, this, &Page::wayOutRequested);
    connect(m_detail, &DetailView::searchRequested, this, &IssuesPage::searchRequested);
    connect(&m_seen, &QTimer::timeout, this, [this] {
        const domain::Issue* current = m_model.issueAt(m_list->currentIndex().row());
        const auto open = m_detail->issue();
        if (current && open && current->id == open->id)
            m_triage->markSeen(*current);
    });
}

QString IssuesPage::title() const
{
    return m_name.isEmpty() ? tr("Issues") : m_name;
}

void IssuesPage::setFollowed(bool followed)
{
    m_feed->setFollowed(followed);
    m_detail->setFollowed(followed);
}

void IssuesPage::refresh()
{
    m_feed->refresh();
    m_detail->refresh();
}

void IssuesPage::takeFocus()
{
    // Without rows the keys still have to reach us.
    QWidget* target = m_stack->currentWidget() == m_list ? static_cast<QWidget*>(m_list) : m_empty;
    target->setFocus(Qt::OtherFocusReason);
}

void IssuesPage::setQuery(sync::IssueQuery query, const QString& name)
{
    m_name = name;
    query.sort = m_feed->query().sort;
    m_banner->dismiss();
    m_model.setTrendPeriod(trendPeriodText(query.range));
    m_feed->setQuery(query);
    updateColours();
    showState();
}

const sync::IssueQuery& IssuesPage::query() const
{
    return m_feed->query();
}

void IssuesPage::showIssue(const domain::Issue& issue)
{
    const int row = m_model.rowOf(issue);
    if (row >= 0) {
        m_list->setCurrentIndex(m_model.index(row, 0));
        m_list->scrollTo(m_model.index(row, 0), QAbstractItemView::PositionAtCenter);
    } else {
        m_list->clearSelection();
        m_list->setCurrentIndex({});
    }
    m_detail->show(issue);
}

void IssuesPage::takeRows(const QList<domain::Issue>& rows, bool reset)
{
    m_merging = true;
    if (!rows.isEmpty())
        m_hadRows.insert(m_feed->query().single().account);
    if (reset) {
        m_model.reset(rows);
        m_list->scrollToTop();
    } else {
        const QPersistentModelIndex current = m_list->currentIndex();
        m_model.merge(rows);
        // Its row is gone, maybe by somebody else's hand: what is being read stays open.
        if (!current.isValid() && m_list->currentIndex().isValid() && m_detail->issue())
            m_list->clearSelection();
    }
    m_merging = false;
    showState();
    m_triage->updateActions();
    // Something to read at once, and the keyboard has a place to start from.
    if (!m_list->currentIndex().isValid() && m_model.rowCount() > 0 && !m_detail->issue())
        m_list->setCurrentIndex(m_model.index(0, 0));
}

void IssuesPage::showState()
{
    const sync::FeedState state = m_feed->state();
    m_model.setCanFetchMore(state.hasMore && !state.loading && !state.error);
    const bool hasRows = m_model.rowCount() > 0;
    const bool hadFocus = m_list->hasFocus() || m_empty->hasFocus();
    m_stack->setCurrentWidget(hasRows ? static_cast<QWidget*>(m_list) : m_empty);
    if (hadFocus)
        takeFocus();
    if (!hasRows)
        showEmptyState(state);
    showStaleState(state);
    emit statusTextChanged();
}

bool IssuesPage::isWaitingForFirstEvent() const
{
    const domain::Scope scope = m_feed->query().single();
    const auto known = m_hub.accounts().account(scope.account);
    const QList<domain::Project> projects = m_hub.directory().projects(scope);
    // The directory may be older than the first event: whoever had rows waits no more.
    return known && known->kind == domain::ServerKind::Collector && !m_hadRows.contains(scope.account) &&
           !projects.isEmpty() &&
           std::none_of(projects.begin(), projects.end(),
               [](const domain::Project& project) { return project.firstEvent.has_value(); });
}

void IssuesPage::showEmptyState(const sync::FeedState& state)
{
    m_offersDsn = false;
    if (state.error && !state.loading) {
        const QString why = errorText(*state.error);
        m_empty->setTexts(u"warning"_s, tr("Nothing to show"),
            state.isSearchedHere
                ? tr("%1 Nothing that is kept here matches.", "why there is no answer").arg(why)
                : why,
            tr("Try again"));
        return;
    }
    if (state.loading || !state.asOf) {
        m_empty->setTexts(u"refresh"_s, tr("Loading …"), tr("The first answer is on its way."), {});
        return;
    }
    if (isWaitingForFirstEvent()) {
        m_offersDsn = true;
        m_empty->setTexts(u"collector"_s, tr("Waiting for the first error"),
            tr("Point an SDK at the collector; what it sends appears here at once."), tr("Show how"));
        return;
    }
    const QString text = query().text.simplified();
    if (text.isEmpty() || text == u"is:unresolved"_s)
        m_empty->setTexts(u"check"_s, tr("All quiet"),
            tr("No unresolved issues in this time range. New ones appear here by themselves."), {});
    else
        m_empty->setTexts(u"search"_s, tr("No issue matches"),
            tr("Change the search, the projects, the environment or the time range."), {});
}

void IssuesPage::showStaleState(const sync::FeedState& state)
{
    // An error stays in the state until the next success, so the line does not flicker with each attempt.
    const bool stale = m_model.rowCount() > 0 && state.asOf && (state.error || state.isStale());
    if (!stale) {
        m_stale->dismiss();
        return;
    }
    const QString text = staleText(state, m_clock.now());
    if (m_stale->isVisibleTo(this) && m_stale->text() == text)
        return;
    QList<MessageBanner::Action> waysOut;
    if (state.error && isSetRight(wayOutOf(*state.error)))
        waysOut.append({wayOutText(wayOutOf(*state.error)),
            [this, error = *state.error] { emit wayOutRequested(m_feed->query().single().account, error); }});
    if (!state.error || isRetryOffered(*state.error))
        waysOut.append({tr("Try again"), [this] { refresh(); }});
    m_stale->showMessage(
        state.error ? MessageBanner::Tone::Warning : MessageBanner::Tone::Note, text, waysOut);
}

QString IssuesPage::statusText() const
{
    const sync::FeedState state = m_feed->state();
    const sync::IssueQuery& shown = m_feed->query();
    QStringList scope;
    if (!m_name.isEmpty())
        scope << m_name;
    const QList<domain::Project> projects = m_hub.directory().projects(shown.single());
    for (const domain::Project& project : projects) {
        if (shown.projects.contains(project.id))
            scope << core::singleLine(project.slug, 60);
    }
    for (const QString& environment : shown.environments)
        scope << core::singleLine(environment, 60);
    scope << rangeText(shown.range);
    const qint64 here = m_model.rowCount();
    const qint64 total = std::max<qint64>(here, state.total.value_or(0));
    const QString counted =
        total == here && !state.hasMore
            ? tr("%n issue(s)", "", int(here))
            : tr("%1 of %2 issues", "how many are loaded, how many there are")
                  .arg(count(here), state.totalIsLowerBound || (!state.total && state.hasMore)
                                        ? tr("%1 or more").arg(count(total))
                                        : count(total));
    if (!state.asOf)
        return tr("%1: %2", "what is shown, how many").arg(scope.join(u", "_s), counted);
    return tr("%1: %2, as of %3", "what is shown, how many, how old")
        .arg(scope.join(u", "_s), counted, asOfTime(*state.asOf, m_clock.now()));
}

void IssuesPage::showSelection()
{
    m_triage->updateActions();
    const qsizetype checked = m_model.checkedCount();
    const qsizetype chosen = checked > 0 ? checked : m_list->selectionModel()->selectedRows().size();
    m_selection->setVisible(checked > 0 || chosen > 1);
    m_selectionText->setText(tr("%n selected", "issues", int(chosen)));
}

void IssuesPage::currentChanged()
{
    if (m_merging)
        return;
    const domain::Issue* issue = m_model.issueAt(m_list->currentIndex().row());
    if (issue) {
        m_detail->show(*issue);
        m_seen.start();
    }
    m_triage->updateActions();
}

void IssuesPage::afterAction(
    const QList<domain::Issue>& issues, const domain::Action& action, const QString& sentence)
{
    emit actionTaken(sentence);
    const bool several = m_model.checkedCount() > 0 || issues.size() > 1;
    m_model.clearChecks();
    const bool leaves =
        action.kind == domain::Action::Kind::Resolve || action.kind == domain::Action::Kind::Archive;
    // Done with this one: on to the next, as people expect who work through a list.
    if (leaves && !several && m_model.rowOf(issues.first()) == m_list->currentIndex().row())
        m_list->step(1);
}

void IssuesPage::chooseCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    m_model.setChecked(current.row(), !m_model.isChecked(current.row()));
    m_list->step(1);
}

void IssuesPage::contextMenu(const QPoint& position)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->addTo(*menu);
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void IssuesPage::updateColours()
{
    QHash<domain::ProjectId, int> colours;
    const QList<domain::Project> projects = m_hub.directory().projects(m_feed->query().single());
    for (const domain::Project& project : projects)
        colours.insert(project.id, project.colour);
    m_list->delegate().setProjectColours(colours);
    QHash<IssueDelegate::Key, core::TimePoint> spiking;
    const QList<alerts::Alert> current = m_hub.alertWatch().current();
    for (const alerts::Alert& alert : current) {
        if (alert.kind == alerts::Alert::Kind::Spike)
            spiking.insert(keyOf(alert.issue), alert.since);
    }
    m_list->delegate().setSpiking(spiking);
    m_list->viewport()->update();
}

QList<domain::Issue> IssuesPage::targets() const
{
    if (m_model.checkedCount() > 0)
        return m_model.checkedIssues();
    QList<domain::Issue> out;
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex& index : std::as_const(rows)) {
        if (const domain::Issue* issue = m_model.issueAt(index.row()))
            out << *issue;
    }
    if (out.isEmpty()) {
        if (const auto open = m_detail->issue())
            out << *open;
    }
    return out;
}

QPoint IssuesPage::pickerPosition() const
{
    // Where people look: at the bar while several are chosen, else at the row or the detail's own button.
    if (m_selection->isVisible())
        return m_selection->mapToGlobal(QPoint(m_selection->width() / 2, m_selection->height()));
    if (m_list->hasFocus() && m_list->currentIndex().isValid()) {
        const QRect row = m_list->visualRect(m_list->currentIndex());
        return m_list->viewport()->mapToGlobal(
            QPoint(row.left() + m_list->delegate().textIndent(), row.bottom()));
    }
    return m_detail->assignPosition();
}

} // namespace vedette::views
