// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAction>
#include <QObject>

class QMenu;
class QWidget;

namespace vedette::views {

/// Everything that can be done to issues, each as one action with its key, its words and its place in the
/// menus. The single letters act only while `scope` (list and detail) has the focus, and never while text is
/// being typed.
class IssueActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IssueActions)

public:
    explicit IssueActions(QWidget* scope);

    /// Single letters on or off as a whole.
    void setSingleLetters(bool on);
    void addTo(QMenu& menu) const;
    /// Those that need at least one issue.
    void setHasIssue(bool has);

    QAction* next;
    QAction* previous;
    QAction* open;
    QAction* choose;
    QAction* resolve;
    QAction* archive;
    QAction* reopen;
    QAction* assign;
    QAction* assignToMe;
    QAction* snooze;
    QAction* undo;
    QAction* copyMarkdown;
    QAction* openInBrowser;
    QAction* older;
    QAction* newer;
    QAction* refresh;

private:
    QAction* make(
        const char* name, const QString& text, const QString& tip, const QKeySequence& key, bool letter);

    QWidget* m_scope;
    QList<std::pair<QAction*, QKeySequence>> m_letters;
    QList<QAction*> m_needIssue;
};

} // namespace vedette::views
