// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/topbar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QStyle>
#include <QTimer>

#include "models/core/text.h"
#include "views/common/errortext.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

TopBar::TopBar(const core::Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_account(combo("accountBox", tr("Account")))
    , m_project(combo("projectBox", tr("Projects")))
    , m_environment(combo("environmentBox", tr("Environment")))
    , m_range(combo("rangeBox", tr("Time range")))
    , m_search(new QLineEdit)
    , m_light(new PlainLabel({}, "secondary"))
{
    setObjectName(u"topBar"_s);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::m, space::s, space::m, space::s);
    layout->setSpacing(space::s);
    m_search->setObjectName(u"searchField"_s);
    m_search->setAccessibleName(tr("Search issues"));
    m_search->setPlaceholderText(tr("message, user, is:unresolved, assigned:me …"));
    m_search->setClearButtonEnabled(true);
    m_light->setObjectName(u"connectionLight"_s);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_account, m_project, m_environment, m_range})
        layout->addWidget(widget);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_light);

    const auto addRange = [this](
                              sync::Range range, const QString& text) { m_range->addItem(text, int(range)); };
    addRange(sync::Range::Hours1, tr("Last hour"));
    addRange(sync::Range::Hours24, tr("Last 24 h"));
    addRange(sync::Range::Days7, tr("Last 7 days"));
    addRange(sync::Range::Days14, tr("Last 14 days"));
    addRange(sync::Range::Days30, tr("Last 30 days"));
    addRange(sync::Range::Days90, tr("Last 90 days"));
    m_range->setCurrentIndex(1);
    setProjects({});
    setEnvironments({});
    connect(m_account, &QComboBox::activated, this,
        [this] { emit accountChosen(domain::AccountId(m_account->currentData().toString())); });
    for (QComboBox* box : {m_project, m_environment, m_range})
        connect(box, &QComboBox::activated, this, &TopBar::queryChanged);
    connect(m_search, &QLineEdit::returnPressed, this, &TopBar::queryChanged);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            emit queryChanged();
    });
    auto* second = new QTimer(this);
    connect(second, &QTimer::timeout, this, &TopBar::showAge);
    second->start(std::chrono::seconds(5));
    showAge();
}

QComboBox* TopBar::combo(const char* name, const QString& accessible)
{
    auto* box = new QComboBox;
    box->setObjectName(QLatin1StringView(name));
    box->setAccessibleName(accessible);
    box->setView(new QListView);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setMaximumWidth(fontMetrics().averageCharWidth() * 34);
    return box;
}

void TopBar::setAccounts(const QList<domain::Account>& accounts, const domain::AccountId& current)
{
    m_account->clear();
    for (const domain::Account& account : accounts)
        m_account->addItem(core::singleLine(account.name, 60), account.id.value());
    m_account->setCurrentIndex(std::max(0, m_account->findData(current.value())));
}

void TopBar::setProjects(const QList<domain::Project>& projects)
{
    const QVariant before = m_project->currentData();
    m_project->clear();
    m_project->addItem(tr("All projects"), QString());
    for (const domain::Project& project : projects)
        m_project->addItem(core::singleLine(project.slug, 60), project.id.value());
    m_project->setCurrentIndex(std::max(0, m_project->findData(before)));
}

void TopBar::setEnvironments(const QStringList& environments)
{
    const QVariant before = m_environment->currentData();
    m_environment->clear();
    m_environment->addItem(tr("All environments"), QVariant());
    for (const QString& name : environments)
        m_environment->addItem(
            name.isEmpty() ? tr("(none)", "events without environment") : core::singleLine(name, 60), name);
    m_environment->setCurrentIndex(before.isValid() ? std::max(0, m_environment->findData(before)) : 0);
}

void TopBar::setState(const sync::ConnectionState& state)
{
    m_state = state;
    showAge();
}

void TopBar::showAge()
{
    QString text;
    const char* role = "secondary";
    switch (m_state.phase) {
    case sync::ConnectionState::Phase::Unknown:
        text = tr("○ not asked yet");
        break;
    case sync::ConnectionState::Phase::Online:
        text = m_state.lastChecked ? tr("● checked %1").arg(longAge(*m_state.lastChecked, m_clock.now()))
                                   : tr("● online");
        role = "good";
        break;
    case sync::ConnectionState::Phase::Blind:
        text = m_state.since ? tr("▲ cannot see it since %1").arg(clockTime(*m_state.since))
                             : tr("▲ cannot see it");
        role = "error";
        break;
    case sync::ConnectionState::Phase::NeedsToken:
        text = tr("▲ needs a token");
        role = "error";
        break;
    }
    m_light->setText(text);
    m_light->setToolTip(m_state.error ? toolTipText(errorText(*m_state.error)) : QString());
    if (m_light->property("role").toString() != QLatin1StringView(role))
        m_light->setRole(role);
}

void TopBar::setSearch(const QString& text)
{
    const QSignalBlocker quiet(m_search);
    m_search->setText(text);
}

void TopBar::setProject(const domain::ProjectId& project)
{
    m_project->setCurrentIndex(std::max(0, m_project->findData(project.value())));
}

sync::IssueQuery TopBar::query() const
{
    sync::IssueQuery query;
    query.account = domain::AccountId(m_account->currentData().toString());
    query.text = m_search->text().trimmed();
    const QString project = m_project->currentData().toString();
    if (!project.isEmpty())
        query.projects << domain::ProjectId(project);
    if (m_environment->currentData().isValid())
        query.environments << m_environment->currentData().toString();
    query.range = sync::Range(m_range->currentData().toInt());
    return query;
}

void TopBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

} // namespace vedette::views
