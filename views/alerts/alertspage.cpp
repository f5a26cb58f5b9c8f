// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/alerts/alertspage.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "models/sync/hub.h"
#include "views/alerts/alertrow.h"
#include "views/common/card.h"
#include "views/common/emptystate.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace vedette::views {
namespace {

constexpr qsizetype mostRows = 100;
constexpr auto agesInterval = 15s;

} // namespace

QString alertKindText(alerts::Alert::Kind kind)
{
    switch (kind) {
    case alerts::Alert::Kind::NewIssue:
        return AlertsPage::tr("new issue");
    case alerts::Alert::Kind::Regression:
        return AlertsPage::tr("regression");
    case alerts::Alert::Kind::Spike:
        return AlertsPage::tr("▲ spike");
    }
    return {};
}

QString alertSentence(const alerts::Alert& alert)
{
    switch (alert.kind) {
    case alerts::Alert::Kind::NewIssue:
        return AlertsPage::tr("Seen for the first time");
    case alerts::Alert::Kind::Regression:
        return AlertsPage::tr("It was resolved, and it is back");
    case alerts::Alert::Kind::Spike:
        return AlertsPage::tr("%1 events in an hour that usually has up to %2", "two counts")
            .arg(count(alert.count), count(qint64(alert.upper)));
    }
    return {};
}

AlertsPage::AlertsPage(sync::Hub& hub, const core::Clock& clock, QWidget* parent)
    : Page(parent)
    , m_hub(hub)
    , m_clock(clock)
    , m_stack(new QStackedWidget)
    , m_now(new Card(tr("Now"), tr("in alarm at this moment")))
    , m_history(new Card(tr("History"), tr("what was raised, newest first")))
{
    setObjectName(u"alertsPage"_s);
    setProperty("role", u"page"_s);
    setAccessibleName(tr("Alerts"));
    auto* content = new QWidget;
    content->setProperty("role", u"page"_s);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::l);
    auto* heading = new PlainLabel(tr("Alerts"));
    heading->setFont(titleFont(font()));
    layout->addWidget(heading);
    m_now->setObjectName(u"alertsNow"_s);
    m_history->setObjectName(u"alertsHistory"_s);
    layout->addWidget(m_now);
    layout->addWidget(m_history);
    layout->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    auto* empty = new EmptyState;
    empty->setObjectName(u"alertsEmpty"_s);
    empty->setTexts(u"bell"_s, tr("Nothing was raised yet"),
        tr("New issues, regressions and spikes are kept here with their reason."), {});
    m_stack->addWidget(scroll);
    m_stack->addWidget(empty);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    connect(&hub.alertWatch(), &sync::AlertWatch::currentChanged, this, &AlertsPage::rebuild);
    connect(&hub.alertWatch(), &sync::AlertWatch::alertRaised, this, &AlertsPage::rebuild);
    connect(&m_ages, &QTimer::timeout, this, [this] {
        const QList<AlertRow*> rows = findChildren<AlertRow*>();
        for (AlertRow* row : rows)
            row->update();
    });
    rebuild();
}

QString AlertsPage::title() const
{
    return tr("Alerts");
}

void AlertsPage::setFollowed(bool followed)
{
    if (followed && !m_ages.isActive())
        m_ages.start(agesInterval);
    else if (!followed)
        m_ages.stop();
}

void AlertsPage::refresh()
{
    m_hub.alertWatch().checkNow();
}

void AlertsPage::takeFocus()
{
    if (auto* row = findChild<AlertRow*>())
        row->setFocus(Qt::OtherFocusReason);
    else
        m_stack->setFocus(Qt::OtherFocusReason);
}

QString AlertsPage::statusText() const
{
    const auto now = m_hub.alertWatch().current().size();
    return now > 0 ? tr("%n in alarm now", "", int(now))
                   : tr("%n alert(s) raised", "", int(m_hub.alertWatch().history().size()));
}

void AlertsPage::rebuild()
{
    const QList<alerts::Alert> now = m_hub.alertWatch().current();
    const QList<alerts::Alert> raised = m_hub.alertWatch().history();
    const bool hadFocus = isAncestorOf(focusWidget());
    fill(*m_now, m_nowRows, now, true);
    fill(*m_history, m_historyRows, raised, false);
    m_stack->setCurrentIndex(now.isEmpty() && raised.isEmpty() ? 1 : 0);
    if (hadFocus)
        takeFocus();
    emit statusTextChanged();
}

void AlertsPage::fill(Card& card, QWidget*& rows, const QList<alerts::Alert>& alerts, bool isNow)
{
    delete rows;
    rows = new QWidget;
    auto* layout = new QVBoxLayout(rows);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (qsizetype i = 0; i < std::min(alerts.size(), mostRows); ++i) {
        if (i > 0) {
            auto* line = new QFrame;
            line->setProperty("role", u"line"_s);
            layout->addWidget(line);
        }
        auto* row = new AlertRow(alerts[i], m_clock);
        row->setProperty("isNow", isNow);
        layout->addWidget(row);
        connect(row, &QAbstractButton::clicked, this,
            [this, issue = alerts[i].issue] { emit issueRequested(issue); });
    }
    card.setVisible(!alerts.isEmpty());
    card.layout()->addWidget(rows);
}

} // namespace vedette::views
