// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QWidget>

#include "models/core/clock.h"
#include "models/domain/account.h"
#include "models/domain/project.h"
#include "models/sync/accounts.h"
#include "models/sync/issuequery.h"

namespace vedette::views {

class ChoiceButton;
class ConnectionLight;
class SearchBox;

/// Whose issues, of which projects, environment and window, and what is searched for. Tells what a person
/// chose, not what was set. GUI thread; the clock outlives it.
class TopBar final : public QWidget
{
    Q_OBJECT

public:
    explicit TopBar(const core::Clock& clock, QWidget* parent = nullptr);

    void setAccounts(const QList<domain::Account>& accounts, const domain::AccountId& current);
    void setProjects(const QList<domain::Project>& projects);
    void setEnvironments(const QStringList& environments);
    void setState(const sync::ConnectionState& state);
    void setSearch(const QString& text);
    void setChosenProjects(const QList<domain::ProjectId>& projects);
    void setRange(sync::Range range);
    /// What stands in it now; the order is the list's own.
    [[nodiscard]] sync::IssueQuery query() const;
    [[nodiscard]] SearchBox& search() { return *m_search; }

signals:
    void queryChanged();
    void accountChosen(const vedette::domain::AccountId& account);
    /// The light was clicked: look again, or mend what keeps us from seeing.
    void lightClicked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void fillAccounts();
    void fillProjects();
    void fillEnvironments();
    void fillRanges();
    void showChoices();
    void toggleProject(const domain::ProjectId& project);

    QList<domain::Account> m_accounts;
    domain::AccountId m_current;
    QList<domain::Project> m_projects;
    QList<domain::ProjectId> m_chosenProjects;
    QStringList m_environments;
    QStringList m_chosenEnvironments;
    sync::Range m_range = sync::Range::Hours24;

    ChoiceButton* m_account;
    ChoiceButton* m_project;
    ChoiceButton* m_environment;
    ChoiceButton* m_rangeChoice;
    SearchBox* m_search;
    ConnectionLight* m_light;
};

} // namespace vedette::views
