// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/overview/overviewpage.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QMap>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "models/sync/hub.h"
#include "views/charts/frequencychart.h"
#include "views/common/card.h"
#include "views/common/errortext.h"
#include "views/common/format.h"
#include "views/common/issuepainter.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// Where the figures of a project stand, from the right; `unit` is the width of a digit.
struct Columns
{
    QRect trend;
    QRect events;
    QRect issues;
};

Columns columnsOf(const QRect& room, int unit)
{
    Columns out;
    out.issues = QRect(room.right() - unit * 14, room.top(), unit * 14, room.height());
    out.events = QRect(out.issues.left() - unit * 12, room.top(), unit * 10, room.height());
    out.trend = QRect(out.events.left() - unit * 34, room.top(), unit * 30, room.height());
    return out;
}

/// What the columns below hold.
class ProjectHeader final : public QWidget
{
public:
    explicit ProjectHeader(QWidget* parent = nullptr)
        : QWidget(parent)
    {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override { return {400, fontMetrics().height() + space::xs}; }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setPen(tokensOf(palette()).secondary);
        const QRect room = rect().adjusted(space::m, 0, -space::m, 0);
        const Columns columns = columnsOf(room, fontMetrics().horizontalAdvance(u'0'));
        painter.setFont(smallFont(font()));
        const int right = int(Qt::AlignVCenter) | int(Qt::AlignRight);
        painter.drawText(
            columns.trend, int(Qt::AlignVCenter) | int(Qt::AlignLeft), OverviewPage::tr("Trend 24 h"));
        painter.drawText(columns.events, right, OverviewPage::tr("Events"));
        painter.drawText(columns.issues, right, OverviewPage::tr("Unresolved"));
    }
};

/// One project on one line: colour, name, trend, events, open issues.
class ProjectRow final : public QAbstractButton
{
public:
    explicit ProjectRow(const domain::ProjectSummary& summary)
        : m_summary(summary)
    {
        setObjectName(u"projectRow"_s);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAccessibleName(OverviewPage::tr("%1: %2 unresolved issues, %3 events in 24 hours")
                              .arg(core::singleLine(summary.project.slug, 80), count(summary.unresolved),
                                  count(summary.trend.total())));
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {400, std::max(44, fontMetrics().height() * 2 + 8)};
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Tokens& tokens = tokensOf(palette());
        if (underMouse())
            painter.fillRect(rect(), tokens.selection);
        if (hasFocus()) {
            painter.setPen(tokens.accent);
            painter.drawRect(rect().adjusted(0, 0, -1, -1));
        }
        QRect room = rect().adjusted(space::m, 0, -space::m, 0);
        painter.setPen(Qt::NoPen);
        painter.setBrush(projectColour(tokens, m_summary.project.colour));
        painter.drawRoundedRect(QRectF(room.left(), room.center().y() - 5, 11, 11), 3, 3);
        const int unit = fontMetrics().horizontalAdvance(u'0');
        painter.setPen(tokens.text);
        painter.setFont(boldFont(font()));
        painter.drawText(room.adjusted(space::icon + space::s, 0, -unit * 60, 0), int(Qt::AlignVCenter),
            painter.fontMetrics().elidedText(core::singleLine(m_summary.project.slug, 80), Qt::ElideRight,
                std::max(80, room.width() - unit * 64)));
        const Columns columns = columnsOf(room, unit);
        painter.drawText(
            columns.issues, int(Qt::AlignVCenter) | int(Qt::AlignRight), count(m_summary.unresolved));
        painter.setFont(font());
        painter.drawText(
            columns.events, int(Qt::AlignVCenter) | int(Qt::AlignRight), count(m_summary.trend.total()));
        paintTrend(painter, columns.trend.adjusted(0, 10, 0, -10), m_summary.trend, {}, tokens);
    }

private:
    domain::ProjectSummary m_summary;
};

} // namespace

OverviewPage::OverviewPage(sync::Hub& hub, const core::Clock& clock, QWidget* parent)
    : Page(parent)
    , m_clock(clock)
    , m_feed(hub.makeOverviewFeed())
    , m_state(new PlainLabel({}, "secondary"))
    , m_total(new PlainLabel)
    , m_chartCard(new Card(tr("Events of all projects"), tr("last 24 hours")))
    , m_chart(new FrequencyChart)
    , m_projects(new Card(tr("Projects"), tr("last 24 hours")))
{
    setObjectName(u"overviewPage"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Overview"));
    auto* content = new QWidget;
    content->setProperty("role", u"page"_s);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(24, space::l, 24, space::l);
    layout->setSpacing(space::m);
    auto* head = new QHBoxLayout;
    auto* title = new PlainLabel(tr("Overview"));
    title->setFont(titleFont(font()));
    head->addWidget(title);
    head->addSpacing(space::m);
    head->addWidget(m_total);
    head->addStretch(1);
    head->addWidget(m_state);
    m_total->setRole("secondary");
    m_total->setObjectName(u"overviewTotal"_s);
    layout->addLayout(head);
    m_chart->setMinimumHeight(180);
    m_chartCard->addContent(m_chart);
    layout->addWidget(m_chartCard);
    m_projects->setObjectName(u"projectsCard"_s);
    layout->addWidget(m_projects);
    layout->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(u"overviewScroll"_s);
    scroll->setAccessibleName(accessibleName());
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    setFocusProxy(scroll); // arrow keys scroll
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    connect(m_feed.get(), &sync::OverviewFeed::summariesChanged, this, &OverviewPage::rebuild);
    connect(m_feed.get(), &sync::OverviewFeed::stateChanged, this, &OverviewPage::showState);
}

OverviewPage::~OverviewPage() = default;

void OverviewPage::setAccount(const domain::AccountId& account)
{
    m_account = account;
    m_feed->setScope(account);
}

QString OverviewPage::title() const
{
    return tr("Overview");
}

void OverviewPage::setFollowed(bool followed)
{
    m_feed->setFollowed(followed);
}

void OverviewPage::refresh()
{
    m_feed->refresh();
}

void OverviewPage::rebuild()
{
    QList<domain::ProjectSummary> summaries = m_feed->summaries();
    std::stable_sort(summaries.begin(), summaries.end(),
        [](const domain::ProjectSummary& a, const domain::ProjectSummary& b) {
            return a.trend.total() > b.trend.total();
        });

    QMap<core::TimePoint, qint64> byHour;
    domain::Series all;
    qint64 unresolved = 0;
    for (const domain::ProjectSummary& summary : summaries) {
        unresolved += summary.unresolved;
        if (all.step.count() == 0)
            all.step = summary.trend.step;
        for (const domain::Series::Point& point : summary.trend.points)
            byHour[point.start] += point.count;
    }
    for (auto it = byHour.cbegin(); it != byHour.cend(); ++it)
        all.points.append({it.key(), it.value()});
    m_chart->setSeries(all);
    m_total->setText(tr("%1 events in 24 hours, %2 unresolved issues in %3 projects")
                         .arg(count(all.total()), count(unresolved), count(summaries.size())));

    delete m_rows;
    m_rows = new QWidget;
    auto* layout = new QVBoxLayout(m_rows);
    layout->setContentsMargins(0, 0, 0, space::xs);
    layout->setSpacing(0);
    if (!summaries.isEmpty())
        layout->addWidget(new ProjectHeader);
    for (const domain::ProjectSummary& summary : summaries) {
        auto* row = new ProjectRow(summary);
        layout->addWidget(row);
        connect(row, &QAbstractButton::clicked, this,
            [this, id = summary.project.id] { emit projectRequested(m_account, id); });
    }
    if (summaries.isEmpty())
        layout->addWidget(new PlainLabel(tr("No projects yet."), "secondary"));
    m_projects->layout()->addWidget(m_rows);
    showState();
}

void OverviewPage::showState()
{
    const sync::FeedState state = m_feed->state();
    QStringList texts;
    if (state.asOf)
        texts << tr("As of %1.", "time of day, with a date where it is not today")
                     .arg(asOfTime(*state.asOf, m_clock.now()));
    if (state.error)
        texts << errorText(*state.error);
    else if (!state.asOf)
        texts << tr("Loading …");
    m_state->setText(texts.join(u' '));
}

} // namespace vedette::views
