// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/triage.h"

#include <QDesktopServices>
#include <QUrl>
#include <QWidget>

#include <algorithm>

#include "models/core/text.h"
#include "models/sync/hub.h"
#include "views/common/banner.h"
#include "views/common/errortext.h"
#include "views/common/issueactions.h"
#include "views/issues/assigneepicker.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

using domain::Action;

QString actionDoneText(const Action& action, int issues)
{
    const QString who = core::singleLine(action.assignee.name, 60);
    switch (action.kind) {
    case Action::Kind::Resolve:
        return Triage::tr("%n issue(s) resolved", "", issues);
    case Action::Kind::Archive:
        return Triage::tr("%n issue(s) archived until escalating", "", issues);
    case Action::Kind::Reopen:
        return Triage::tr("%n issue(s) reopened", "", issues);
    case Action::Kind::Assign:
        return Triage::tr("%n issue(s) assigned to %1", "%1 is a person or a team", issues).arg(who);
    case Action::Kind::Unassign:
        return Triage::tr("%n issue(s) assigned to nobody", "", issues);
    case Action::Kind::MarkSeen:
        return Triage::tr("%n issue(s) marked as seen", "", issues);
    case Action::Kind::Bookmark:
        return Triage::tr("%n issue(s) bookmarked", "", issues);
    case Action::Kind::Unbookmark:
        return Triage::tr("%n bookmark(s) removed", "", issues);
    }
    return {};
}

QString actionRefusedText(const Action& action, int issues)
{
    switch (action.kind) {
    case Action::Kind::Resolve:
        return Triage::tr("%n issue(s) could not be resolved.", "", issues);
    case Action::Kind::Archive:
        return Triage::tr("%n issue(s) could not be archived.", "", issues);
    case Action::Kind::Reopen:
        return Triage::tr("%n issue(s) could not be reopened.", "", issues);
    case Action::Kind::Assign:
    case Action::Kind::Unassign:
        return Triage::tr("%n issue(s) could not be assigned.", "", issues);
    case Action::Kind::MarkSeen:
    case Action::Kind::Bookmark:
    case Action::Kind::Unbookmark:
        return Triage::tr("%n issue(s) could not be marked.", "", issues);
    }
    return {};
}

Triage::Triage(sync::Hub& hub, IssueActions& actions, MessageBanner& banner,
    std::function<QList<domain::Issue>()> targets, std::function<QPoint()> pickerPosition, QWidget* parent)
    : QObject(parent)
    , m_hub(hub)
    , m_actions(actions)
    , m_banner(banner)
    , m_targets(std::move(targets))
    , m_pickerPosition(std::move(pickerPosition))
    , m_parent(parent)
{
    const auto acts = [this](QAction* action, Action::Kind kind) {
        connect(action, &QAction::triggered, this, [this, kind] { submit({kind, {}}); });
    };
    acts(actions.resolve, Action::Kind::Resolve);
    acts(actions.archive, Action::Kind::Archive);
    acts(actions.reopen, Action::Kind::Reopen);
    connect(actions.assign, &QAction::triggered, this, &Triage::pickAssignee);
    connect(actions.assignToMe, &QAction::triggered, this, &Triage::assignToMe);
    connect(actions.openInBrowser, &QAction::triggered, this, &Triage::openInBrowser);
    connect(actions.undo, &QAction::triggered, this, [this] {
        m_hub.outbox().undoLast();
        updateActions();
    });
    connect(&hub.outbox(), &sync::Outbox::refused, this, &Triage::showRefusal);
    connect(&hub.outbox(), &sync::Outbox::pendingCountChanged, this, &Triage::updateActions);
    updateActions();
}

void Triage::markSeen(const domain::Issue& issue)
{
    if (!issue.hasSeen)
        m_hub.outbox().submit({issue}, {Action::Kind::MarkSeen, {}});
}

void Triage::updateActions()
{
    const QList<domain::Issue> issues = m_targets();
    m_actions.setHasIssue(!issues.isEmpty());
    const auto any = [&issues](
                         auto condition) { return std::any_of(issues.begin(), issues.end(), condition); };
    m_actions.resolve->setEnabled(
        any([](const domain::Issue& issue) { return issue.status != domain::IssueStatus::Resolved; }));
    m_actions.archive->setEnabled(
        any([](const domain::Issue& issue) { return issue.status != domain::IssueStatus::Archived; }));
    m_actions.reopen->setEnabled(
        any([](const domain::Issue& issue) { return issue.status != domain::IssueStatus::Unresolved; }));
    m_actions.undo->setEnabled(m_hub.outbox().canUndo());
}

void Triage::submit(const Action& action)
{
    const QList<domain::Issue> issues = m_targets();
    if (issues.isEmpty())
        return;
    m_banner.dismiss();
    m_hub.outbox().submit(issues, action);
    updateActions();
    emit acted(issues, action, actionDoneText(action, int(issues.size())));
}

void Triage::pickAssignee()
{
    const QList<domain::Issue> issues = m_targets();
    if (issues.isEmpty())
        return;
    // The candidates of the project where it is one; all people where several are chosen.
    const bool sameProject = std::all_of(issues.begin(), issues.end(),
        [&issues](const domain::Issue& issue) { return issue.project.id == issues.first().project.id; });
    const bool assigned = std::any_of(issues.begin(), issues.end(),
        [](const domain::Issue& issue) { return issue.assignedTo.has_value(); });
    const domain::ProjectId project = sameProject ? issues.first().project.id : domain::ProjectId();
    auto* picker =
        new AssigneePicker(m_hub.directory().assignees(scopeOf(issues.first()), project), assigned, m_parent);
    connect(picker, &AssigneePicker::picked, this, [this](const domain::Actor& actor) {
        submit({Action::Kind::Assign, actor});
    });
    connect(picker, &AssigneePicker::unassigned, this, [this] { submit({Action::Kind::Unassign, {}}); });
    picker->openAt(m_pickerPosition());
}

void Triage::assignToMe()
{
    const QList<domain::Issue> issues = m_targets();
    if (issues.isEmpty())
        return;
    if (const auto me = m_hub.directory().me(issues.first().account)) {
        submit({Action::Kind::Assign, *me});
        return;
    }
    m_banner.showMessage(MessageBanner::Tone::Warning,
        tr("This server does not tell who you are, so nothing can be assigned to you with one key. Choose "
           "yourself from the list."),
        {{tr("Choose …"), [this] { pickAssignee(); }}});
}

void Triage::openInBrowser()
{
    const QList<domain::Issue> issues = m_targets();
    if (issues.isEmpty())
        return;
    // A server's text: only what a browser may be given.
    const QUrl url(issues.first().permalink, QUrl::StrictMode);
    if (url.isValid() && !url.host().isEmpty() && (url.scheme() == u"https"_s || url.scheme() == u"http"_s))
        QDesktopServices::openUrl(url);
    else
        m_banner.showMessage(
            MessageBanner::Tone::Note, tr("This server has no web page for the issue; all of it is here."));
}

void Triage::showRefusal(const QList<domain::Issue>& issues, const Action& action, const core::Error& error)
{
    const auto account = issues.isEmpty() ? std::nullopt : m_hub.accounts().account(issues.first().account);
    const QString text =
        tr("%1 %2", "what could not be done, then the reason")
            .arg(actionRefusedText(action, int(issues.size())),
                errorText(error, account ? core::singleLine(account->name, 60) : QString(), Retry::ByHand));
    QList<MessageBanner::Action> waysOut;
    if (account && isSetRight(wayOutOf(error)))
        waysOut.append({wayOutText(wayOutOf(error)),
            [this, id = account->id, error] { emit wayOutRequested(id, error); }});
    if (isRetryOffered(error))
        waysOut.append({tr("Try again"), [this, issues, action] { m_hub.outbox().submit(issues, action); }});
    m_banner.showMessage(MessageBanner::Tone::Error, text, waysOut);
    updateActions();
}

} // namespace vedette::views
