// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/commands/issuecommand.h"

namespace vedette::app {

/// A command about issues that are named: by number, short id, URL, or the id of an event of theirs.
class FoundCommand : public IssueCommand
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FoundCommand)

public:
    ~FoundCommand() override;

protected:
    using IssueCommand::IssueCommand;

    /// Finds all of them, one after the other; then proceed(), or the end where one cannot be found: nothing
    /// is done to some where others are missing.
    void find(const QStringList& wanted);
    virtual void proceed() = 0;
    /// Each once, in the order they were named.
    [[nodiscard]] const QList<domain::Issue>& issues() const { return m_issues; }

private:
    void findNext();
    void take(const QString& text, const core::Result<QList<domain::Issue>>& found);

    QStringList m_wanted;
    QList<domain::Issue> m_issues;
};

/// The same issue of the same server, whatever is known of it.
[[nodiscard]] bool isSameIssue(const domain::Issue& a, const domain::Issue& b);

} // namespace vedette::app
