// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <optional>

#include "models/domain/issue.h"

namespace vedette::views {

/// The pane right of the list, as the list and the main window see it. It is given the IssueActions of the
/// page: its buttons trigger them, and it carries out those that concern the shown event itself (older,
/// newer, copy as Markdown). GUI thread.
class DetailView : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    using QWidget::show;

    /// Opens an issue with its latest event; the row that is given is shown at once. The same issue again
    /// changes nothing.
    virtual void show(const domain::Issue& issue) = 0;
    /// Nothing is open any more.
    virtual void clear() = 0;
    /// The issue that is open.
    [[nodiscard]] virtual std::optional<domain::Issue> issue() const = 0;
    virtual void refresh() = 0;
    /// Polls while true: the pane is on screen.
    virtual void setFollowed(bool followed) { Q_UNUSED(followed) }
    /// Where the assignee picker opens (global): below its Assign button.
    [[nodiscard]] virtual QPoint assignPosition() const = 0;

signals:
    /// Add a term to the search, such as `release:4.2.1`: a tag or a user was clicked.
    void searchRequested(const QString& term);
};

} // namespace vedette::views
