// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/topbar.h"

#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

#include "models/core/text.h"
#include "views/common/choicebutton.h"
#include "views/common/theme.h"
#include "views/issues/rangetext.h"
#include "views/window/connectionlight.h"
#include "views/window/searchbox.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr qsizetype labelLimit = 28;

QIcon swatch(const QColor& colour)
{
    QIcon out;
    for (const int ratio : {1, 2, 3}) {
        QPixmap picture(QSize(space::icon, space::icon) * ratio);
        picture.setDevicePixelRatio(ratio);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(QRectF(3, 3, 10, 10), 3, 3);
        painter.end();
        out.addPixmap(picture);
    }
    return out;
}

QString accountLabel(const domain::Account& account)
{
    const QString name = core::singleLine(account.name, labelLimit);
    const QString host = core::singleLine(account.baseUrl.host(), labelLimit);
    if (account.kind == domain::ServerKind::Collector || host.isEmpty() || host == name)
        return name;
    return TopBar::tr("%1 · %2", "account, server").arg(name, host);
}

/// Menu texts take `&` for a mnemonic; names come from servers.
QString menuText(const QString& text)
{
    return core::singleLine(text, 80).replace(u'&', u"&&"_s);
}

} // namespace

TopBar::TopBar(const core::Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_account(new ChoiceButton(tr("Account"), u"accountChoice"_s))
    , m_project(new ChoiceButton(tr("Projects"), u"projectChoice"_s))
    , m_environment(new ChoiceButton(tr("Environment"), u"environmentChoice"_s))
    , m_rangeChoice(new ChoiceButton(tr("Time range"), u"rangeChoice"_s))
    , m_search(new SearchBox)
    , m_light(new ConnectionLight(clock))
{
    setObjectName(u"topBar"_s);
    setProperty("role", u"topbar"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::m, 7, space::m, space::s);
    layout->setSpacing(space::s);
    for (QWidget* widget :
        std::initializer_list<QWidget*>{m_account, m_project, m_environment, m_rangeChoice})
        layout->addWidget(widget);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_light);
    m_search->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    fillRanges();
    fillAccounts();
    fillProjects();
    fillEnvironments();
    connect(m_search, &SearchBox::searchRequested, this, &TopBar::queryChanged);
    connect(m_light, &QAbstractButton::clicked, this, &TopBar::lightClicked);
}

void TopBar::setAccounts(const QList<domain::Account>& accounts, const domain::AccountId& current)
{
    m_accounts = accounts;
    m_current = current;
    fillAccounts();
}

void TopBar::fillAccounts()
{
    m_account->menu()->clear();
    auto* group = new QActionGroup(m_account->menu());
    for (const domain::Account& account : std::as_const(m_accounts)) {
        QAction* action = m_account->menu()->addAction(menuText(accountLabel(account)));
        action->setCheckable(true);
        action->setChecked(account.id == m_current);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, id = account.id] {
            m_current = id;
            showChoices();
            emit accountChosen(id);
        });
    }
    showChoices();
}

void TopBar::setProjects(const QList<domain::Project>& projects)
{
    if (projects == m_projects)
        return;
    m_projects = projects;
    fillProjects();
}

void TopBar::fillProjects()
{
    QMenu* menu = m_project->menu();
    menu->clear();
    const Tokens& tokens = tokensOf(palette());
    QAction* all = menu->addAction(tr("All projects"));
    all->setCheckable(true);
    all->setChecked(m_chosenProjects.isEmpty());
    connect(all, &QAction::triggered, this, [this] {
        m_chosenProjects.clear();
        fillProjects();
        emit queryChanged();
    });
    menu->addSeparator();
    for (const domain::Project& project : std::as_const(m_projects)) {
        QAction* action = menu->addAction(menuText(project.slug));
        action->setIcon(swatch(projectColour(tokens, project.colour)));
        action->setIconVisibleInMenu(true);
        action->setCheckable(true);
        action->setChecked(m_chosenProjects.contains(project.id));
        connect(action, &QAction::triggered, this, [this, id = project.id] { toggleProject(id); });
    }
    showChoices();
}

void TopBar::toggleProject(const domain::ProjectId& project)
{
    if (!m_chosenProjects.removeOne(project))
        m_chosenProjects << project;
    // Rebuilt later: we are in a signal of one of its actions.
    QMetaObject::invokeMethod(this, &TopBar::fillProjects, Qt::QueuedConnection);
    emit queryChanged();
}

void TopBar::setChosenProjects(const QList<domain::ProjectId>& projects)
{
    m_chosenProjects = projects;
    fillProjects();
}

void TopBar::setEnvironments(const QStringList& environments)
{
    if (environments == m_environments)
        return;
    m_environments = environments;
    fillEnvironments();
}

void TopBar::fillEnvironments()
{
    QMenu* menu = m_environment->menu();
    menu->clear();
    auto* group = new QActionGroup(menu);
    const auto add = [&](const QString& text, const QStringList& chosen) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_chosenEnvironments == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen] {
            m_chosenEnvironments = chosen;
            showChoices();
            emit queryChanged();
        });
    };
    add(tr("All environments"), {});
    menu->addSeparator();
    for (const QString& name : std::as_const(m_environments))
        add(name.isEmpty() ? tr("(none)", "events without an environment") : menuText(name), {name});
    showChoices();
}

void TopBar::fillRanges()
{
    auto* group = new QActionGroup(m_rangeChoice->menu());
    for (const sync::Range range : {sync::Range::Hours1, sync::Range::Hours24, sync::Range::Days7,
             sync::Range::Days14, sync::Range::Days30, sync::Range::Days90}) {
        QAction* action = m_rangeChoice->menu()->addAction(rangeTitle(range));
        action->setCheckable(true);
        action->setChecked(range == m_range);
        action->setData(int(range));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, range] {
            m_range = range;
            showChoices();
            emit queryChanged();
        });
    }
}

void TopBar::setRange(sync::Range range)
{
    m_range = range;
    const QList<QAction*> actions = m_rangeChoice->menu()->actions();
    for (QAction* action : actions)
        action->setChecked(action->data().toInt() == int(range));
    showChoices();
}

void TopBar::showChoices()
{
    const Tokens& tokens = tokensOf(palette());
    QString account = tr("No account");
    for (const domain::Account& known : std::as_const(m_accounts)) {
        if (known.id == m_current) {
            account = accountLabel(known);
            m_account->setIcon(swatch(projectColour(tokens, known.colour)));
        }
    }
    QString project = tr("All projects");
    if (m_chosenProjects.size() > 1)
        project = tr("%n project(s)", "", int(m_chosenProjects.size()));
    for (const domain::Project& known : std::as_const(m_projects)) {
        if (m_chosenProjects.size() == 1 && known.id == m_chosenProjects.first())
            project = core::singleLine(known.slug, labelLimit);
    }
    QString environment = tr("All environments");
    if (!m_chosenEnvironments.isEmpty()) {
        environment = m_chosenEnvironments.first().isEmpty()
                          ? tr("(none)", "events without an environment")
                          : core::singleLine(m_chosenEnvironments.first(), labelLimit);
    }
    m_account->setChoice(account);
    m_project->setChoice(project);
    m_environment->setChoice(environment);
    m_rangeChoice->setChoice(rangeTitle(m_range));
}

void TopBar::setState(const sync::ConnectionState& state)
{
    m_light->setState(state);
}

void TopBar::setSearch(const QString& text)
{
    m_search->setText(text);
}

sync::IssueQuery TopBar::query() const
{
    sync::IssueQuery query;
    query.scopes = {m_current};
    query.text = m_search->text();
    query.projects = m_chosenProjects;
    query.environments = m_chosenEnvironments;
    query.range = m_range;
    return query;
}

void TopBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_light)
        showChoices();
}

} // namespace vedette::views
