// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QList>
#include <QSet>

#include "models/domain/issue.h"

namespace vedette::items {

/// The rows of one issue list, in the order they were given. Passive: a page fills it from its feed. merge()
/// keeps persistent indexes on their issues, so selection and scroll stay. GUI thread.
class IssueListModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IssueListModel)

public:
    enum Column
    {
        Title,
        Trend,
        Events,
        Users,
        Seen,
        Assignee,
        ColumnCount
    };
    enum Role
    {
        SortRole = Qt::UserRole, ///< the raw value of the column
        IssueRole,               ///< domain::Issue
        CheckedRole,             ///< bool: chosen for a bulk action
    };

    explicit IssueListModel(QObject* parent = nullptr);

    /// Other rows altogether: selection and checks are forgotten.
    void reset(const QList<domain::Issue>& rows);
    /// The same list, newer: rows move, change, come and go with exact notifications.
    void merge(const QList<domain::Issue>& rows);
    /// One issue as it is to be shown now, if it is in the list.
    void update(const domain::Issue& issue);
    /// Whether another page may be asked for; fetchMore then only emits moreRequested.
    void setCanFetchMore(bool can);

    [[nodiscard]] const QList<domain::Issue>& issues() const { return m_rows; }
    [[nodiscard]] const domain::Issue* issueAt(int row) const;
    [[nodiscard]] int rowOf(const domain::IssueId& id) const;

    void setChecked(int row, bool checked);
    void clearChecks();
    [[nodiscard]] QList<domain::Issue> checkedIssues() const;
    [[nodiscard]] bool hasChecks() const { return !m_checked.isEmpty(); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

signals:
    void moreRequested();
    void checksChanged();

private:
    [[nodiscard]] QVariant display(const domain::Issue& issue, Column column) const;
    [[nodiscard]] QVariant sortValue(const domain::Issue& issue, Column column) const;
    void reindex();

    QList<domain::Issue> m_rows;
    QHash<domain::IssueId, int> m_byId;
    QSet<domain::IssueId> m_checked;
    bool m_canFetchMore = false;
};

/// The row as one sentence, for screen readers.
[[nodiscard]] QString issueSentence(const domain::Issue& issue);

} // namespace vedette::items
