// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/core/error.h"
#include "models/domain/ids.h"
#include "models/domain/issue.h"

namespace vedette::views {

/// What the main window asks of a page, and what a page may ask of the main window. A page has an object
/// name, builds its own feed and model, and shows its own empty, loading, stale and error state. GUI thread.
class Page : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// For the window's title and the sidebar.
    [[nodiscard]] virtual QString title() const = 0;
    /// Polls while true: the page is on screen.
    virtual void setFollowed(bool followed) = 0;
    /// The account of the top bar. Pages that show all accounts, or none, ignore it.
    virtual void setAccount(const domain::AccountId& account) { Q_UNUSED(account) }
    /// Asks the server again.
    virtual void refresh() {}
    /// Left end of the status line: "web, production, last 24 h: 37 of 1,204 issues".
    [[nodiscard]] virtual QString statusText() const { return {}; }
    /// Where the keyboard goes when the page is shown.
    virtual void takeFocus() { setFocus(Qt::OtherFocusReason); }

signals:
    void statusTextChanged();
    /// Show the issues of this project.
    void projectRequested(
        const vedette::domain::AccountId& account, const vedette::domain::ProjectId& project);
    /// Show this issue in the list page.
    void issueRequested(const vedette::domain::Issue& issue);
    /// Open the dialog that adds a server.
    void connectRequested();
    /// Open what helps after this error of the account: another token, its certificate, its settings.
    void wayOutRequested(const vedette::domain::AccountId& account, const vedette::core::Error& error);
    /// Run the built-in collector from now on.
    void collectorRequested();
    /// Show where SDKs send to.
    void dsnRequested();
};

} // namespace vedette::views
