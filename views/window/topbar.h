// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/core/clock.h"
#include "models/domain/account.h"
#include "models/domain/project.h"
#include "models/sync/accounts.h"
#include "models/sync/issuequery.h"

class QComboBox;
class QLineEdit;

namespace vedette::views {

class PlainLabel;

/// Whose issues, of which projects, environment and window, and what is searched for. Tells when it was
/// chosen by the user, not when it was set.
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
    void setProject(const domain::ProjectId& project);
    /// What stands in it now.
    [[nodiscard]] sync::IssueQuery query() const;
    void focusSearch();

signals:
    void queryChanged();
    void accountChosen(const vedette::domain::AccountId& account);

private:
    QComboBox* combo(const char* name, const QString& accessible);
    void showAge();

    const core::Clock& m_clock;
    QComboBox* m_account;
    QComboBox* m_project;
    QComboBox* m_environment;
    QComboBox* m_range;
    QLineEdit* m_search;
    PlainLabel* m_light;
    sync::ConnectionState m_state;
};

} // namespace vedette::views
