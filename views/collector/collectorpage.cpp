// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/collector/collectorpage.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>

#include "models/core/ondone.h"
#include "models/core/text.h"
#include "models/sync/hub.h"
#include "views/collector/snippets.h"
#include "views/common/banner.h"
#include "views/common/card.h"
#include "views/common/emptystate.h"
#include "views/common/errortext.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/common/valuetable.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

CollectorPage::CollectorPage(sync::Hub& hub, QWidget* parent)
    : Page(parent)
    , m_feed(hub.makeCollectorFeed())
    , m_content(new QWidget)
    , m_empty(new EmptyState)
    , m_banner(new MessageBanner)
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
    layout->addWidget(m_banner);
    layout->addWidget(buildConnect());
    layout->addWidget(buildActivity());
    auto* row = new QHBoxLayout;
    row->setSpacing(space::m);
    row->addWidget(buildPeople(), 1);
    row->addWidget(buildProjects(), 1);
    layout->addLayout(row);
    layout->addStretch(1);
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

QWidget* CollectorPage::buildConnect()
{
    auto* card = new Card(tr("Point an SDK here"), tr("this machine only"));
    m_project = new QComboBox;
    m_project->setObjectName(u"dsnProject"_s);
    m_project->setAccessibleName(tr("Project"));
    m_project->setView(new QListView);
    card->addToHeader(m_project);
    auto* row = new QWidget;
    auto* rowLayout = new QHBoxLayout(row);
    rowLayout->setContentsMargins(0, 0, 0, 0);
    m_dsn = new QLineEdit;
    m_dsn->setObjectName(u"dsn"_s);
    m_dsn->setAccessibleName(tr("DSN"));
    m_dsn->setReadOnly(true);
    m_dsn->setFont(codeFont(font()));
    auto* copy = new QPushButton(tr("Copy DSN"));
    copy->setObjectName(u"copyDsn"_s);
    copy->setProperty("role", u"primary"_s);
    rowLayout->addWidget(m_dsn, 1);
    rowLayout->addWidget(copy);
    card->addContent(row);
    auto* bar = new QWidget;
    auto* barLayout = new QHBoxLayout(bar);
    barLayout->setContentsMargins(0, 0, 0, 0);
    m_languages = new QTabBar;
    m_languages->setObjectName(u"snippetLanguage"_s);
    m_languages->setAccessibleName(tr("Language"));
    m_languages->setDrawBase(false);
    m_languages->setExpanding(false);
    const QList<Snippet> all = snippets(u"http://key@127.0.0.1/1"_s);
    for (const Snippet& snippet : all)
        m_languages->addTab(snippet.language);
    auto* copySnippet = new QPushButton(tr("Copy"));
    copySnippet->setObjectName(u"copySnippet"_s);
    copySnippet->setAccessibleName(tr("Copy the snippet"));
    barLayout->addWidget(m_languages);
    barLayout->addStretch(1);
    barLayout->addWidget(copySnippet);
    card->addContent(bar);
    m_snippet = new QPlainTextEdit;
    m_snippet->setObjectName(u"snippet"_s);
    m_snippet->setAccessibleName(tr("Snippet"));
    m_snippet->setProperty("role", u"code"_s);
    m_snippet->setReadOnly(true);
    m_snippet->setFont(codeFont(font()));
    m_snippet->setTabChangesFocus(true);
    m_snippet->setFixedHeight(fontMetrics().lineSpacing() * 5);
    card->addContent(m_snippet);
    connect(
        copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_dsn->text()); });
    connect(copySnippet, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_snippet->toPlainText()); });
    connect(m_project, &QComboBox::currentIndexChanged, this, &CollectorPage::showDsn);
    connect(m_languages, &QTabBar::currentChanged, this, &CollectorPage::showDsn);
    return card;
}

QWidget* CollectorPage::buildActivity()
{
    m_activity = new Card(tr("What comes in"));
    m_activity->setObjectName(u"activityCard"_s);
    m_figures = new ValueTable(QList<std::pair<QString, QString>>());
    m_activity->addContent(m_figures);
    return m_activity;
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
    auto* card = new Card(tr("New project"), tr("with a DSN of its own"));
    const FormTexts texts{{u"projectName"_s, tr("Name"), tr("Name of the project")},
        {u"projectPlatform"_s, tr("Platform, like python"), tr("Platform of the project")},
        {u"addProject"_s, tr("Add"), tr("Add the project")}};
    card->addContent(makeForm(texts, m_projectName, m_projectPlatform, [this] { addProject(); }));
    card->endContent();
    return card;
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
    const QList<sync::CollectorFeed::ProjectWithKeys> projects = m_feed->projects();
    const QString chosen = m_project->currentText();
    {
        const QSignalBlocker quiet(m_project);
        m_project->clear();
        for (const auto& project : projects) {
            if (!project.keys.isEmpty())
                m_project->addItem(core::singleLine(project.project.slug, 60), project.keys.first().dsn);
        }
        m_project->setCurrentIndex(std::max(0, m_project->findText(chosen)));
    }
    showDsn();

    const sync::CollectorStatus status = m_feed->status();
    const QLocale locale;
    QList<std::pair<QString, QString>> figures = {
        {tr("Listens on"), status.url.toString()},
        {tr("Rate"),
            tr("%1 events a minute, over the last five")
                .arg(locale.toString(status.eventsPerMinute, 'f', status.eventsPerMinute < 100 ? 1 : 0))},
        {tr("Last hour"), tr("%1 accepted, %2 refused, %3 dropped")
                              .arg(count(status.acceptedLastHour), count(status.refusedLastHour),
                                  count(status.droppedLastHour))},
        {tr("Accepted in all"), count(status.acceptedTotal)},
        {tr("On disk"), tr("%1 in %2", "size, folder").arg(bytes(status.diskBytes), status.dataFolder)},
    };
    for (const auto& [reason, number] : status.refusedByReason)
        figures.append({tr("Not kept"),
            tr("%1: %2", "reason, count").arg(core::singleLine(reason, 120), count(number))});
    m_figures->setValues(figures);

    QList<std::pair<QString, QString>> people;
    const QList<domain::Actor> members = m_feed->members();
    for (const domain::Actor& member : members)
        people.append({member.isMe ? tr("%1 (you)").arg(member.name) : member.name, member.email});
    m_names->setValues(people);
}

void CollectorPage::showDsn()
{
    const QString dsn = m_project->currentData().toString();
    if (m_dsn->text() != dsn)
        m_dsn->setText(dsn);
    const QList<Snippet> all = snippets(dsn);
    const int language = m_languages->currentIndex();
    const QString code = language >= 0 && language < all.size() ? all[language].code : QString();
    if (m_snippet->toPlainText() != code)
        m_snippet->setPlainText(code);
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
