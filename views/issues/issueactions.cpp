// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/issueactions.h"

#include <QMenu>
#include <QWidget>

namespace vedette::views {

IssueActions::IssueActions(QWidget* scope)
    : QObject(scope)
    , m_scope(scope)
{
    next = make("issueNext", tr("&Next issue"), tr("Go to the next issue of the list"), Qt::Key_J, true);
    previous = make(
        "issuePrevious", tr("&Previous issue"), tr("Go to the previous issue of the list"), Qt::Key_K, true);
    open = make("issueOpen", tr("&Open"), tr("Show the issue and move to it"), Qt::Key_Return, true);
    choose =
        make("issueChoose", tr("&Select"), tr("Select the issue for acting on several"), Qt::Key_X, true);
    resolve = make("issueResolve", tr("&Resolve"), tr("Mark as resolved"), Qt::Key_R, true);
    archive = make("issueArchive", tr("&Archive"), tr("Archive until it escalates"), Qt::Key_E, true);
    reopen = make("issueReopen", tr("Reo&pen"), tr("Mark as unresolved again"), Qt::SHIFT | Qt::Key_R, true);
    assign = make("issueAssign", tr("A&ssign…"), tr("Choose who takes it"), Qt::Key_A, true);
    assignToMe = make("issueAssignToMe", tr("Assign to &me"), tr("Take it yourself"), Qt::Key_M, true);
    snooze = make("issueSnooze", tr("S&nooze"), tr("No alert of this issue for an hour"), Qt::Key_S, true);
    undo = make("issueUndo", tr("&Undo"), tr("Take back the last action"), Qt::Key_U, true);
    copyMarkdown = make("issueCopyMarkdown", tr("&Copy as Markdown"), tr("Copy issue and event as Markdown"),
        Qt::Key_C, true);
    openInBrowser = make(
        "issueOpenInBrowser", tr("Open in &browser"), tr("Show the issue on its server"), Qt::Key_O, true);
    older = make("eventOlder", tr("O&lder event"), tr("Show the event before"), Qt::Key_BracketLeft, true);
    newer = make("eventNewer", tr("Ne&wer event"), tr("Show the event after"), Qt::Key_BracketRight, true);
    refresh = make("issueRefresh", tr("Re&fresh"), tr("Ask the server again"), QKeySequence::Refresh, false);
    m_needIssue = {open, choose, resolve, archive, reopen, assign, assignToMe, snooze, copyMarkdown,
        openInBrowser, older, newer};
    setHasIssue(false);
}

QAction* IssueActions::make(
    const char* name, const QString& text, const QString& tip, const QKeySequence& key, bool letter)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1StringView(name));
    action->setStatusTip(tip);
    action->setToolTip(tip);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    if (letter)
        m_letters.append({action, key});
    m_scope->addAction(action);
    return action;
}

void IssueActions::setSingleLetters(bool on)
{
    for (const auto& [action, key] : m_letters)
        action->setShortcut(on ? key : QKeySequence());
}

void IssueActions::setHasIssue(bool has)
{
    for (QAction* action : m_needIssue)
        action->setEnabled(has);
}

void IssueActions::addTo(QMenu& menu) const
{
    menu.addActions({open, choose});
    menu.addSeparator();
    menu.addActions({resolve, archive, reopen, assign, assignToMe, snooze, undo});
    menu.addSeparator();
    menu.addActions({next, previous, older, newer});
    menu.addSeparator();
    menu.addActions({copyMarkdown, openInBrowser, refresh});
}

} // namespace vedette::views
