// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/event/detailpane.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>

#include "models/sync/hub.h"
#include "views/charts/frequencychart.h"
#include "views/common/banner.h"
#include "views/common/card.h"
#include "views/common/emptystate.h"
#include "views/common/errortext.h"
#include "views/common/format.h"
#include "views/common/issueactions.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/event/eventview.h"
#include "views/event/issuehead.h"
#include "views/event/tagsview.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr int eventTab = 0;
constexpr int tagsTab = 1;

QPushButton* quietButton(const QString& text, const char* name, const QString& accessible)
{
    auto* button = new QPushButton(text);
    button->setObjectName(QLatin1StringView(name));
    button->setProperty("role", u"quiet"_s);
    button->setAccessibleName(accessible);
    return button;
}

/// The alert that is open for this issue, if it spikes now.
std::optional<alerts::Alert> spikeOf(const sync::Hub& hub, const domain::IssueId& id)
{
    const QList<alerts::Alert> current = const_cast<sync::Hub&>(hub).alertWatch().current();
    for (const alerts::Alert& alert : current) {
        if (alert.kind == alerts::Alert::Kind::Spike && alert.issue.id == id)
            return alert;
    }
    return {};
}

} // namespace

DetailPane::DetailPane(sync::Hub& hub, const core::Clock& clock, IssueActions& actions, QWidget* parent)
    : DetailView(parent)
    , m_hub(hub)
    , m_clock(clock)
    , m_feed(hub.makeDetailFeed())
    , m_stack(new QStackedWidget)
    , m_head(new IssueHead(clock, actions))
    , m_tabs(new QTabBar)
    , m_banner(new MessageBanner)
    , m_scroll(new QScrollArea)
    , m_content(new QWidget)
    , m_note(new PlainLabel({}, "secondary"))
{
    setObjectName(u"detailPane"_s);
    setProperty("role", u"page"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Issue detail"));
    auto* empty = new EmptyState;
    empty->setTexts(tr("No issue is open"), tr("Choose one in the list: it shows its latest event at once."));
    m_stack->addWidget(empty);
    m_stack->addWidget(m_scroll);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setObjectName(u"detailScroll"_s);
    m_scroll->setAccessibleName(accessibleName());
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(m_scroll); // arrow keys scroll
    m_content->setProperty("role", u"page"_s);
    // As wide as the pane, whatever an event holds: long texts elide or wrap, they do not push the rest out.
    m_content->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_scroll->setWidget(m_content);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);

    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(space::l, space::m, space::l, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(m_head);
    layout->addWidget(buildChart());
    layout->addWidget(buildWalker());
    layout->addWidget(m_banner);
    m_note->setObjectName(u"eventNote"_s);
    m_note->setWordWrap(true);
    layout->addWidget(m_note);
    layout->addStretch(1);

    connect(m_feed.get(), &sync::DetailFeed::detailChanged, this, &DetailPane::showDetail);
    connect(m_feed.get(), &sync::DetailFeed::eventChanged, this, [this](const domain::Event& event) {
        const bool other = event.id != m_event.id || event != m_event;
        m_event = event;
        m_hasEvent = true;
        if (other)
            showEvent();
        showEventState();
    });
    connect(m_feed.get(), &sync::DetailFeed::eventCleared, this, [this] {
        m_hasEvent = false;
        m_event = {};
        showEvent();
        showEventState();
    });
    connect(m_feed.get(), &sync::DetailFeed::eventStateChanged, this, &DetailPane::showEventState);
    connect(m_feed.get(), &sync::DetailFeed::issueStateChanged, this, &DetailPane::showEventState);
    connect(&hub.alertWatch(), &sync::AlertWatch::currentChanged, this, &DetailPane::showDetail);
    connect(actions.older, &QAction::triggered, m_feed.get(), &sync::DetailFeed::showOlder);
    connect(actions.newer, &QAction::triggered, m_feed.get(), &sync::DetailFeed::showNewer);
    connect(actions.copyMarkdown, &QAction::triggered, this, &DetailPane::copyMarkdown);
    connect(actions.snooze, &QAction::triggered, this, [this] {
        if (const auto open = issue()) {
            m_hub.alertWatch().snooze(*open, m_clock.now() + std::chrono::hours(1));
            m_banner->showMessage(tr("No alert of this issue for an hour."));
        }
    });
}

DetailPane::~DetailPane() = default;

QWidget* DetailPane::buildChart()
{
    m_chartCard = new Card(tr("Events"));
    m_chartCard->setObjectName(u"chartCard"_s);
    m_chart = new FrequencyChart;
    m_readOut = new PlainLabel({}, "secondary");
    m_readOut->setObjectName(u"chartReadOut"_s);
    m_hours = quietButton(tr("24 h"), "chart24h", tr("Last 24 hours"));
    m_days = quietButton(tr("14 d"), "chart14d", tr("Last 14 days"));
    for (QPushButton* button : {m_hours, m_days}) {
        button->setCheckable(true);
        button->setAutoExclusive(true);
    }
    m_hours->setChecked(true);
    m_chartCard->addToHeader(m_readOut);
    m_chartCard->addToHeader(m_hours);
    m_chartCard->addToHeader(m_days);
    m_chartCard->addContent(m_chart);
    connect(m_hours, &QPushButton::clicked, this, [this] {
        m_daily = false;
        showChart();
    });
    connect(m_days, &QPushButton::clicked, this, [this] {
        m_daily = true;
        showChart();
    });
    connect(m_chart, &FrequencyChart::readOutChanged, m_readOut, &PlainLabel::setText);
    return m_chartCard;
}

QWidget* DetailPane::buildWalker()
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    m_tabs->setObjectName(u"detailTabs"_s);
    m_tabs->setAccessibleName(tr("What to show of the issue"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Event"));
    m_tabs->addTab(tr("Tags"));
    m_older = quietButton(u"‹"_s, "olderButton", tr("Older event"));
    m_newer = quietButton(u"›"_s, "newerButton", tr("Newer event"));
    m_when = new PlainLabel;
    m_when->setObjectName(u"eventWhen"_s);
    layout->addWidget(m_tabs);
    layout->addStretch(1);
    layout->addWidget(m_older);
    layout->addWidget(m_when);
    layout->addWidget(m_newer);
    connect(m_tabs, &QTabBar::currentChanged, this, &DetailPane::showTab);
    connect(m_older, &QPushButton::clicked, m_feed.get(), &sync::DetailFeed::showOlder);
    connect(m_newer, &QPushButton::clicked, m_feed.get(), &sync::DetailFeed::showNewer);
    return row;
}

void DetailPane::show(const domain::Issue& issue)
{
    const auto open = this->issue();
    m_stack->setCurrentIndex(1);
    if (open && keyOf(*open) == keyOf(issue))
        return;
    m_banner->dismiss();
    m_scroll->verticalScrollBar()->setValue(0);
    m_feed->open(issue);
}

void DetailPane::clear()
{
    m_feed->close();
    m_stack->setCurrentIndex(0);
}

void DetailPane::refresh()
{
    m_feed->refresh();
}

std::optional<domain::Issue> DetailPane::issue() const
{
    const domain::IssueDetail detail = m_feed->detail();
    return detail.issue.id.isEmpty() ? std::nullopt : std::optional(detail.issue);
}

QPoint DetailPane::assignPosition() const
{
    return m_head->assignPosition();
}

void DetailPane::showDetail()
{
    const domain::IssueDetail detail = m_feed->detail();
    if (detail.issue.id.isEmpty()) {
        m_stack->setCurrentIndex(0);
        return;
    }
    m_head->setDetail(detail, spikeOf(m_hub, detail.issue.id));
    showChart();
    if (m_tabs->currentIndex() == tagsTab)
        showTab(tagsTab);
}

void DetailPane::showChart()
{
    const domain::IssueDetail detail = m_feed->detail();
    domain::Series series = detail.hourly.isEmpty() ? detail.issue.trend : detail.hourly;
    if (m_daily) {
        series = detail.daily;
        if (series.points.size() > 14)
            series.points.remove(0, series.points.size() - 14);
    }
    const auto spike = spikeOf(m_hub, detail.issue.id);
    m_chart->setSeries(series, spike ? std::optional(spike->since) : std::nullopt);
    const QString events = tr("%n event(s)", "", int(std::min<qint64>(series.total(), INT_MAX)));
    m_chartCard->setSubtitle(
        m_daily ? tr("%1 in the last 14 days").arg(events) : tr("%1 in the last 24 hours").arg(events));
    if (spike && !m_daily) {
        m_chartCard->setSubtitle(tr("%1 in the last hour, usually up to %2", "counts")
                                     .arg(count(spike->count), count(qint64(spike->upper))));
    }
}

void DetailPane::showEvent()
{
    m_when->setText(m_event.dateCreated ? localTime(*m_event.dateCreated, m_clock.now()) : QString());
    if (m_event.dateCreated)
        m_when->setToolTip(toolTipText(fullTime(*m_event.dateCreated)).replace(u'\n', u"<br>"_s));
    m_older->setEnabled(m_hasEvent && !m_event.older.isEmpty());
    m_newer->setEnabled(m_hasEvent && !m_event.newer.isEmpty());
    showTab(m_tabs->currentIndex());
}

void DetailPane::showTab(int tab)
{
    delete m_body;
    m_body = nullptr;
    if (tab == tagsTab)
        m_body = new TagDistributionsView(m_feed->detail().tags);
    else if (m_hasEvent)
        m_body = new EventView(m_event, m_feed->detail().tags);
    if (m_body) {
        auto* layout = static_cast<QVBoxLayout*>(m_content->layout());
        layout->insertWidget(layout->count() - 1, m_body);
    }
    showEventState();
}

void DetailPane::showEventState()
{
    const bool isEvent = m_tabs->currentIndex() == eventTab;
    const sync::FeedState state = isEvent ? m_feed->eventState() : m_feed->issueState();
    const bool hasData = isEvent ? m_hasEvent : state.asOf.has_value();
    QStringList notes;
    // Its age is there at all times: what is old must not look as if it were of now.
    if (hasData && state.asOf)
        notes << tr("As of %1.", "time of day, with a date where it is not today")
                     .arg(asOfTime(*state.asOf, m_clock.now()));
    if (state.error)
        notes << errorText(*state.error);
    else if (isEvent && !hasData && state.loading)
        notes << tr("Loading the event …");
    else if (isEvent && !hasData && state.asOf)
        notes << tr("The server has no event of this issue.");
    m_note->setText(notes.join(u' '));
    m_note->setVisible(!notes.isEmpty());
}

void DetailPane::copyMarkdown()
{
    const auto open = issue();
    if (!open)
        return;
    QGuiApplication::clipboard()->setText(eventMarkdown(*open, m_event));
    m_banner->showMessage(tr("Copied as Markdown."));
}

} // namespace vedette::views
