// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/alerts/alertspage.h"

#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "models/sync/hub.h"
#include "views/common/card.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr qsizetype maxRows = 100;

QString kindText(alerts::Alert::Kind kind)
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

} // namespace

QString alertSentence(const alerts::Alert& alert)
{
    switch (alert.kind) {
    case alerts::Alert::Kind::NewIssue:
        return AlertsPage::tr("Seen for the first time.");
    case alerts::Alert::Kind::Regression:
        return AlertsPage::tr("It was resolved, and it is back.");
    case alerts::Alert::Kind::Spike:
        return AlertsPage::tr("%1 events in an hour that usually has up to %2.")
            .arg(count(alert.count), count(qint64(alert.upper)));
    }
    return {};
}

AlertsPage::AlertsPage(sync::Hub& hub, const core::Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_hub(hub)
    , m_clock(clock)
    , m_title(new PlainLabel(tr("Alerts")))
{
    setObjectName(u"alertsPage"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Alerts"));
    auto* content = new QWidget;
    content->setProperty("role", u"page"_s);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(24, space::l, 24, space::l);
    m_layout->setSpacing(space::m);
    m_title->setFont(titleFont(font()));
    m_layout->addWidget(m_title);
    m_layout->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    connect(&hub.alertWatch(), &sync::AlertWatch::currentChanged, this, &AlertsPage::rebuild);
    connect(&hub.alertWatch(), &sync::AlertWatch::alertRaised, this, &AlertsPage::rebuild);
    rebuild();
}

void AlertsPage::showOnlySpikes(bool only)
{
    m_onlySpikes = only;
    m_title->setText(only ? tr("Spiking now") : tr("Alerts"));
    rebuild();
}

void AlertsPage::rebuild()
{
    delete m_rows;
    m_rows = new QWidget;
    auto* layout = new QVBoxLayout(m_rows);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    QList<alerts::Alert> shown = m_onlySpikes ? m_hub.alertWatch().current() : m_hub.alertWatch().history();
    if (m_onlySpikes) {
        shown.removeIf([](const alerts::Alert& alert) { return alert.kind != alerts::Alert::Kind::Spike; });
    }
    if (shown.isEmpty()) {
        layout->addWidget(new PlainLabel(
            m_onlySpikes
                ? tr("Nothing spikes. When an issue comes far more often than usual, it stands here.")
                : tr("Nothing was raised yet. New issues, regressions and spikes are kept here with their "
                     "reason."),
            "secondary"));
    }
    for (qsizetype i = 0; i < std::min(shown.size(), maxRows); ++i) {
        const alerts::Alert& alert = shown[i];
        auto* card =
            new Card(core::singleLine(alert.issue.title, 120), core::singleLine(alert.issue.shortId, 60));
        card->setObjectName(u"alertCard"_s);
        card->addToHeader(new PlainLabel(
            kindText(alert.kind), alert.kind == alerts::Alert::Kind::Spike ? "spike" : "chip"));
        card->addToHeader(new PlainLabel(localTime(alert.raised, m_clock.now()), "secondary"));
        auto* open = new QPushButton(tr("Open"));
        open->setObjectName(u"openAlert"_s);
        open->setAccessibleName(tr("Open %1").arg(core::singleLine(alert.issue.title, 120)));
        card->addToHeader(open);
        card->addContent(new PlainLabel(alertSentence(alert), "secondary"));
        connect(open, &QPushButton::clicked, this, [this, issue = alert.issue] { emit issueChosen(issue); });
        layout->addWidget(card);
    }
    m_layout->insertWidget(1, m_rows);
}

} // namespace vedette::views
