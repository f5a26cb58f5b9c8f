// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/collector/collectorpage.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

#include "models/core/ondone.h"
#include "models/core/text.h"
#include "models/sync/hub.h"
#include "views/collector/connectcard.h"
#include "views/collector/forwardingcard.h"
#include "views/collector/outcometext.h"
#include "views/collector/projectscard.h"
#include "views/collector/projectsettingsdialog.h"
#include "views/collector/storagecard.h"
#include "views/common/banner.h"
#include "views/common/card.h"
#include "views/common/emptystate.h"
#include "views/common/errortext.h"
#include "views/common/figuretable.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/common/valuetable.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

CollectorPage::CollectorPage(sync::Hub& hub, const core::Clock& clock, QWidget* parent)
    : Page(parent)
    , m_clock(clock)
    , m_feed(hub.makeCollectorFeed())
    , m_content(new QWidget)
    , m_empty(new EmptyState)
    , m_banner(new MessageBanner)
    , m_problem(new MessageBanner)
    , m_connect(new ConnectCard)
    , m_projects(new ProjectsCard)
    , m_forwarding(new ForwardingCard)
    , m_storage(new StorageCard(*m_feed))
{
    setObjectName(u"collectorPage"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Collector"));
    m_content->setProperty("role", u"page"_s);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(24, space::l, 24, space::l);
    layout->setSpacing(space::m);
    auto* title = new PlainLabel(tr("Collector"));
    title->setFont(titleFont(font()));
    layout->addWidget(title);
    m_problem->setObjectName(u"storageProblem"_s);
    layout->addWidget(m_problem);
    m_banner->setObjectName(u"collectorBanner"_s);
    layout->addWidget(m_banner);
    layout->addWidget(m_connect);
    const auto addRow = [layout](QWidget* left, QWidget* right) {
        auto* row = new QHBoxLayout;
        row->setSpacing(space::m);
        row->addWidget(left, 1);
        row->addWidget(right, 1);
        layout->addLayout(row);
    };
    addRow(buildActivity(), m_storage);
    addRow(buildProjects(), buildPeople());
    layout->addWidget(m_forwarding);
    layout->addWidget(buildSlowest());
    layout->addStretch(1);
    connect(m_projects, &ProjectsCard::settingsWanted, this, &CollectorPage::openSettings);
    connect(m_storage, &StorageCard::failed, this,
        [this](const core::Error& error) { m_banner->showMessage(errorText(error, {}, Retry::ByHand)); });
    auto* scroll = new QScrollArea;
    scroll->setObjectName(u"collectorScroll"_s);
    scroll->setAccessibleName(accessibleName());
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_content);
    setFocusProxy(scroll); // arrow keys scroll
    m_empty->setTexts(u"collector"_s, tr("The collector is not running"),
        tr("It receives what Sentry SDKs on this machine send."), tr("Use the built-in collector"));
    connect(m_empty, &EmptyState::actionTriggered, this, &Page::collectorRequested);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    outer->addWidget(m_empty);
    connect(m_feed.get(), &sync::CollectorFeed::changed, this, &CollectorPage::rebuild);
    connect(m_feed.get(), &sync::CollectorFeed::stateChanged, this, [this](const sync::FeedState& state) {
        if (state.error)
            m_banner->showMessage(errorText(*state.error), tr("Try again"), [this] { m_feed->refresh(); });
    });
    rebuild();
}

CollectorPage::~CollectorPage() = default;

QString CollectorPage::title() const
{
    return tr("Collector");
}

void CollectorPage::setFollowed(bool followed)
{
    m_feed->setFollowed(followed);
}

QWidget* CollectorPage::buildActivity()
{
    m_activity = new Card(tr("What comes in"));
    m_activity->setObjectName(u"activityCard"_s);
    m_figures = new ValueTable(QList<std::pair<QString, QString>>());
    m_activity->addContent(m_figures);
    m_notKept = new FigureTable({{tr("Not kept")}, {tr("Why")}, {tr("Number"), true}});
    m_notKept->setObjectName(u"notKept"_s);
    m_activity->addContent(m_notKept);
    m_activity->endContent();
    return m_activity;
}

QWidget* CollectorPage::buildSlowest()
{
    m_slowestCard = new Card(tr("Slowest endpoints"), tr("transactions of the last 24 hours"));
    m_slowestCard->setObjectName(u"slowestCard"_s);
    m_slowest = new FigureTable({{tr("Name")}, {tr("Project")}, {tr("Half within"), true},
        {tr("95 % within"), true}, {tr("An hour"), true}});
    m_slowest->setObjectName(u"slowest"_s);
    m_slowestCard->addContent(m_slowest);
    return m_slowestCard;
}

/// Two fields and a button in one line; Return in a field does what the button does.
template<class Submit>
QWidget* CollectorPage::makeForm(const FormTexts& texts, QLineEdit*& first, QLineEdit*& second, Submit submit)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto makeField = [&](QLineEdit*& field, const FormTexts::Part& part) {
        field = new QLineEdit;
        field->setObjectName(part.objectName);
        field->setPlaceholderText(part.text);
        field->setAccessibleName(part.accessibleName);
        layout->addWidget(field, 1);
        connect(field, &QLineEdit::returnPressed, this, submit);
    };
    makeField(first, texts.first);
    makeField(second, texts.second);
    auto* add = new QPushButton(texts.button.text);
    add->setObjectName(texts.button.objectName);
    add->setAccessibleName(texts.button.accessibleName);
    layout->addWidget(add);
    connect(add, &QPushButton::clicked, this, submit);
    return row;
}

QWidget* CollectorPage::buildPeople()
{
    m_people = new Card(tr("People"), tr("who issues can be assigned to"));
    m_people->setObjectName(u"peopleCard"_s);
    const FormTexts texts{{u"memberName"_s, tr("Name"), tr("Name of the person")},
        {u"memberEmail"_s, tr("Email"), tr("Email of the person")},
        {u"addMember"_s, tr("Add"), tr("Add the person")}};
    m_people->addContent(makeForm(texts, m_memberName, m_memberEmail, [this] { addMember(); }));
    m_names = new ValueTable(QList<std::pair<QString, QString>>());
    m_people->addContent(m_names);
    m_people->endContent();
    return m_people;
}

QWidget* CollectorPage::buildProjects()
{
    const FormTexts texts{{u"projectName"_s, tr("New project"), tr("Name of the project")},
        {u"projectPlatform"_s, tr("Platform, like python"), tr("Platform of the project")},
        {u"addProject"_s, tr("Add"), tr("Add the project")}};
    m_projects->setForm(makeForm(texts, m_projectName, m_projectPlatform, [this] { addProject(); }));
    return m_projects;
}

void CollectorPage::refresh()
{
    m_feed->refresh();
}

void CollectorPage::rebuild()
{
    const bool there = m_feed->isAvailable();
    m_content->parentWidget()->parentWidget()->setVisible(there);
    m_empty->setVisible(!there);
    if (!there)
        return;
    m_connect->show(m_feed->projects(), m_feed->status());
    m_projects->show(m_feed->projects(), m_feed->status());
    m_forwarding->show(m_feed->status().forwarding, m_clock.now());
    m_storage->show(m_feed->status());
    showStatus();
    QList<std::pair<QString, QString>> people;
    const QList<domain::Actor> members = m_feed->members();
    for (const domain::Actor& member : members)
        people.append({member.isMe ? tr("%1 (you)").arg(member.name) : member.name, member.email});
    m_names->setValues(people);
}

void CollectorPage::showStatus()
{
    const domain::CollectorStatus status = m_feed->status();
    const QLocale locale;
    const QList<std::pair<QString, QString>> figures = {
        {tr("Listens on"), status.url.toString()},
        {tr("Rate"),
            tr("%1 events a minute, over the last five")
                .arg(locale.toString(status.eventsPerMinute, 'f', status.eventsPerMinute < 100 ? 1 : 0))},
        {tr("Last hour"), tr("%1 accepted, %2 refused, %3 dropped")
                              .arg(count(status.acceptedLastHour), count(status.refusedLastHour),
                                  count(status.droppedLastHour))},
        {tr("Accepted in all"), count(status.acceptedTotal)},
    };
    m_figures->setValues(figures);
    QList<QStringList> notKept;
    for (const domain::NotKept& row : status.notKept)
        notKept.append({categoryText(row.category), reasonText(row), count(row.quantity)});
    m_notKept->setRows(notKept);
    m_notKept->setVisible(!notKept.isEmpty());

    const auto milliseconds = [&locale](double value) {
        return tr("%1 ms", "a duration").arg(locale.toString(value, 'f', value < 10 ? 1 : 0));
    };
    QList<QStringList> slowest;
    for (const domain::Endpoint& endpoint : status.slowest) {
        slowest.append(
            {endpoint.name, endpoint.project, milliseconds(endpoint.p50), milliseconds(endpoint.p95),
                locale.toString(endpoint.perHour, 'f', endpoint.perHour < 10 ? 1 : 0)});
    }
    m_slowest->setRows(slowest);
    m_slowestCard->setVisible(!slowest.isEmpty());

    if (status.problem.isEmpty()) {
        m_problem->dismiss();
    } else if (const QString text =
                   tr("The collector cannot store what is sent: %1. SDKs are told to try again.")
                       .arg(core::singleLine(status.problem, 300));
               m_problem->text() != text) {
        m_problem->showMessage(MessageBanner::Tone::Error, text);
    }
}

void CollectorPage::openSettings(const QString& slug)
{
    const QList<sync::CollectorFeed::ProjectWithKeys> projects = m_feed->projects();
    const auto found = std::find_if(projects.cbegin(), projects.cend(),
        [&](const auto& candidate) { return candidate.project.slug == slug; });
    if (found == projects.cend())
        return;
    auto* dialog = new ProjectSettingsDialog(*m_feed, *found, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

template<class T>
void CollectorPage::afterAdding(const core::Result<T>& result, QLineEdit* first, QLineEdit* second)
{
    if (!result) {
        m_banner->showMessage(errorText(result.error(), {}, Retry::ByHand));
        return;
    }
    m_banner->dismiss();
    first->clear();
    second->clear();
    first->setFocus();
    m_feed->refresh();
}

void CollectorPage::addMember()
{
    core::onDone(m_feed->addMember(m_memberName->text().trimmed(), m_memberEmail->text().trimmed()), this,
        [this](
            const core::Result<domain::Actor>& result) { afterAdding(result, m_memberName, m_memberEmail); });
}

void CollectorPage::addProject()
{
    core::onDone(m_feed->addProject(m_projectName->text().trimmed(), m_projectPlatform->text().trimmed()),
        this, [this](const core::Result<domain::Project>& result) {
            afterAdding(result, m_projectName, m_projectPlatform);
        });
}

} // namespace vedette::views
