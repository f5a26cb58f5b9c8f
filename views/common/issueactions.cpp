// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/issueactions.h"

#include <QMenu>
#include <QWidget>

#include "views/common/icons.h"

namespace vedette::views {

IssueActions::IssueActions(QObject* parent)
    : QObject(parent)
{
    next = make("issueNext", "chevron-down", tr("&Next issue"), tr("Go to the next issue of the list"),
        {Qt::Key_J}, true);
    previous = make("issuePrevious", "", tr("&Previous issue"), tr("Go to the issue before in the list"),
        {Qt::Key_K}, true);
    open = make("issueOpen", "arrow-right", tr("&Open"), tr("Show the issue and move to it"),
        {Qt::Key_Return, Qt::Key_Enter}, false);
    choose = make("issueChoose", "", tr("Se&lect"), tr("Select the issue, to act on several at once"),
        {Qt::Key_X}, true);
    resolve = make("issueResolve", "check", tr("&Resolve"), tr("Mark as resolved"), {Qt::Key_R}, true);
    archive =
        make("issueArchive", "archive", tr("&Archive"), tr("Archive until it escalates"), {Qt::Key_E}, true);
    reopen = make("issueReopen", "regressed", tr("Reo&pen"), tr("Mark as unresolved again"),
        {Qt::SHIFT | Qt::Key_R}, true);
    assign = make("issueAssign", "assign", tr("Assi&gn …"), tr("Choose who takes it"), {Qt::Key_A}, true);
    assignToMe =
        make("issueAssignToMe", "person", tr("Assign to &me"), tr("Take it yourself"), {Qt::Key_M}, true);
    snooze = make("issueSnooze", "snooze", tr("&Snooze alerts for an hour"),
        tr("No alert of this issue for an hour; the issue itself stays as it is"), {Qt::Key_S}, true);
    undo = make("issueUndo", "undo", tr("&Undo"), tr("Take back the last action"), {Qt::Key_U}, true);
    copyMarkdown = make("issueCopyMarkdown", "markdown", tr("&Copy as Markdown"),
        tr("Copy issue and event as Markdown"), {Qt::Key_C}, true);
    openInBrowser = make("issueOpenInBrowser", "external", tr("Open in &browser"),
        tr("Show the issue on its server"), {Qt::Key_O}, true);
    older = make("eventOlder", "chevron-left", tr("Ol&der event"), tr("Show the event before"),
        {Qt::Key_BracketLeft}, true);
    newer = make("eventNewer", "chevron-right", tr("Ne&wer event"), tr("Show the event after"),
        {Qt::Key_BracketRight}, true);
    refresh = make("issueRefresh", "refresh", tr("Re&fresh"), tr("Ask the server again"),
        {QKeySequence::Refresh}, false);
    m_needIssue = {open, choose, resolve, archive, reopen, assign, assignToMe, snooze, copyMarkdown,
        openInBrowser, older, newer};
    setHasIssue(false);
}

QAction* IssueActions::make(const char* name, const char* iconName, const QString& text, const QString& tip,
    const QList<QKeySequence>& keys, bool letter)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1StringView(name));
    action->setStatusTip(tip);
    action->setToolTip(tip);
    if (*iconName)
        action->setIcon(icon(QLatin1StringView(iconName)));
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    if (letter)
        m_letters.append({action, keys});
    return action;
}

void IssueActions::actIn(QWidget* list, QWidget* detail)
{
    list->addActions(all());
    for (QAction* action : all()) {
        // Enter means something of its own in there: a button, a field.
        if (action != open && action != choose)
            detail->addAction(action);
    }
}

void IssueActions::setSingleLetters(bool on)
{
    for (const auto& [action, keys] : m_letters)
        action->setShortcuts(on ? keys : QList<QKeySequence>());
}

void IssueActions::setHasIssue(bool has)
{
    for (QAction* action : m_needIssue)
        action->setEnabled(has);
}

QList<QAction*> IssueActions::all() const
{
    return {next, previous, open, choose, resolve, archive, reopen, assign, assignToMe, snooze, undo,
        copyMarkdown, openInBrowser, older, newer, refresh};
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
