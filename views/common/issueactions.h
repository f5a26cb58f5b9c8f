// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAction>
#include <QObject>

class QMenu;
class QWidget;

namespace vedette::views {

/// Everything that can be done to issues, each as one action with its key, its words, its icon and its place
/// in the menus. The single letters act only while the list or the detail has the focus: a text field within
/// keeps what is typed for itself, as Qt's shortcut override does.
class IssueActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IssueActions)

public:
    explicit IssueActions(QObject* parent = nullptr);

    /// The keys act within these: `list` for all of them, `detail` for all but those that move to it.
    void actIn(QWidget* list, QWidget* detail);
    /// Single letters on or off as a whole.
    void setSingleLetters(bool on);
    void addTo(QMenu& menu) const;
    /// Those that need at least one issue.
    void setHasIssue(bool has);
    [[nodiscard]] QList<QAction*> all() const;

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
    QAction* make(const char* name, const char* iconName, const QString& text, const QString& tip,
        const QList<QKeySequence>& keys, bool letter);

    QList<std::pair<QAction*, QList<QKeySequence>>> m_letters;
    QList<QAction*> m_needIssue;
};

} // namespace vedette::views
