// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QList>
#include <QSet>

#include <utility>

#include "models/domain/issue.h"

namespace vedette::items {

/// The rows of one issue list, in the order they were given. Passive: a page fills it from its feed. merge()
/// keeps persistent indexes on their issues, so selection and scroll stay. Texts are bounded once, when rows
/// come in, so that painting never meets five megabytes. GUI thread.
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
        Age,  ///< since it was first seen
        Seen, ///< since it was last seen
        Assignee,
        ColumnCount
    };
    enum Role
    {
        SortRole = Qt::UserRole, ///< the raw value of the column: text, number, milliseconds since 1970
        IssueRole,               ///< domain::Issue
        CheckedRole,             ///< bool: chosen for a bulk action
    };
    /// An issue over all accounts: ids of two servers may be the same.
    using Key = domain::IssueKey;

    /// What painting needs of a row.
    struct Row
    {
        domain::Issue issue;
        QString title; ///< one line, bounded
        QString culprit;
    };

    explicit IssueListModel(QObject* parent = nullptr);

    /// Other rows altogether: selection and checks are forgotten. Of rows with the same key the first one
    /// counts.
    void reset(const QList<domain::Issue>& issues);
    /// The same list, newer: rows move, change, come and go, each with its notification.
    void merge(const QList<domain::Issue>& issues);
    /// One issue as it is to be shown now, if it is in the list.
    void update(const domain::Issue& issue);
    /// Whether another page may be asked for; fetchMore then only emits moreRequested.
    void setCanFetchMore(bool can) { m_canFetchMore = can; }

    /// What the trends cover, for their header: "24 h".
    void setTrendPeriod(const QString& period);

    [[nodiscard]] const Row* rowAt(int row) const;
    [[nodiscard]] const domain::Issue* issueAt(int row) const;
    /// -1 where it is not in the list.
    [[nodiscard]] int rowOf(const domain::Issue& issue) const;

    void setChecked(int row, bool checked);
    void checkAll();
    void clearChecks();
    [[nodiscard]] bool isChecked(int row) const;
    /// In the order of the list.
    [[nodiscard]] QList<domain::Issue> checkedIssues() const;
    [[nodiscard]] qsizetype checkedCount() const { return m_checked.size(); }

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
    [[nodiscard]] QVariant display(const Row& row, Column column) const;
    [[nodiscard]] static QVariant sortValue(const domain::Issue& issue, Column column);
    void removeAllBut(const QHash<Key, int>& wanted);
    void reorder(const QHash<Key, int>& wanted);
    void insertMissing(const QList<domain::Issue>& issues);
    void replaceChanged(const QList<domain::Issue>& issues);
    void forgetChecksOfGone();
    void reindex();

    QList<Row> m_rows;
    QHash<Key, int> m_byKey;
    QSet<Key> m_checked;
    bool m_canFetchMore = false;
    QString m_trendPeriod;
};

/// What sets an issue apart in one word (resolved, archived, new, regressed, escalating, or the server's
/// own); nothing for what is simply open.
[[nodiscard]] QString issueStateText(const domain::Issue& issue);
/// The row as one sentence, for screen readers.
[[nodiscard]] QString issueSentence(const domain::Issue& issue);

} // namespace vedette::items
