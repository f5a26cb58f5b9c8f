// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTreeView>

#include "models/core/clock.h"
#include "models/sync/issuequery.h"

namespace vedette::items {
class IssueListModel;
}

namespace vedette::views {

class IssueDelegate;

/// The table of issues: fixed row height, a title that takes all free width (narrow lists first drop the age,
/// then the users, then the trend), a header that sorts, check boxes while choosing. GUI thread; the clock
/// and the model outlive it.
class IssueList final : public QTreeView
{
    Q_OBJECT

public:
    IssueList(items::IssueListModel& model, const core::Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] IssueDelegate& delegate() { return *m_delegate; }
    /// Shows the order in the header. Nothing is sorted here: the rows come in their order.
    void setSort(sync::IssueSort sort);
    /// Goes up or down by so many rows, staying within the list.
    void step(int by);
    /// Repaints what depends on the time.
    void refreshAges();

    /// Does nothing: letters are keys of their own here, and one whose action is off must not jump to a row.
    void keyboardSearch(const QString& /*search*/) override {}

signals:
    /// A header was clicked that stands for an order.
    void sortRequested(vedette::sync::IssueSort sort);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fitColumns();
    [[nodiscard]] int widthFor(int column) const;

    items::IssueListModel& m_model;
    IssueDelegate* m_delegate;
};

} // namespace vedette::views
