// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/issueactcommand.h"

#include <algorithm>
#include <iterator>

using namespace Qt::Literals::StringLiterals;

namespace vedette::app {
namespace {

using Kind = domain::Action::Kind;

constexpr int usualWaitSeconds = 30;
constexpr int mostWaitSeconds = 600;
/// So long a server may take to tell who can be assigned.
constexpr std::chrono::seconds directoryTime{30};

const QString nobody = u"nobody"_s;
const QString myself = u"me"_s;

bool isNamed(const domain::Actor& actor, const QString& who)
{
    const QString team = who.startsWith(u'#') ? who.sliced(1) : QString();
    if (!team.isEmpty())
        return actor.kind == domain::Actor::Kind::Team && actor.name.compare(team, Qt::CaseInsensitive) == 0;
    return actor.id.value() == who || actor.name.compare(who, Qt::CaseInsensitive) == 0 ||
           (!actor.email.isEmpty() && actor.email.compare(who, Qt::CaseInsensitive) == 0);
}

} // namespace

IssueActCommand::IssueActCommand(const Invocation& invocation, sync::Hub& hub)
    : FoundCommand(invocation, hub)
{}

IssueActCommand::~IssueActCommand() = default;

void IssueActCommand::run()
{
    const auto wait = number(u"--wait"_s, usualWaitSeconds, 0, mostWaitSeconds);
    if (!wait) {
        end();
        return;
    }
    m_wait = *wait;
    QStringList wanted = invocation().arguments;
    if (invocation().command == u"assign")
        m_who = wanted.takeLast();
    find(wanted);
}

void IssueActCommand::proceed()
{
    if (invocation().command == u"resolve")
        act({Kind::Resolve, {}});
    else if (invocation().command == u"archive")
        act({Kind::Archive, {}});
    else if (invocation().command == u"reopen")
        act({Kind::Reopen, {}});
    else if (m_who.compare(nobody, Qt::CaseInsensitive) == 0)
        act({Kind::Unassign, {}});
    else
        chooseAssignee();
}

void IssueActCommand::giveUp()
{
    if (!m_acted.isEmpty()) {
        finish();
        return;
    }
    complain(u"the server did not tell in time who can be assigned"_s, ExitFailed);
    end();
}

void IssueActCommand::chooseAssignee()
{
    const domain::AccountId account = issues().first().account;
    if (std::any_of(issues().begin(), issues().end(),
            [&account](const domain::Issue& issue) { return issue.account != account; })) {
        complain(u"these issues are of more than one account: assign them account by account"_s, ExitUsage);
        end();
        return;
    }
    connect(&hub().directory(), &sync::Directory::changed, this, &IssueActCommand::lookForAssignee);
    allow(directoryTime);
    const domain::Issue& first = issues().first();
    if (hub().directory().assignees(scopeOf(first), first.project.id).isEmpty())
        hub().directory().refresh(scopeOf(first));
    lookForAssignee();
}

void IssueActCommand::lookForAssignee()
{
    if (isOver() || !m_acted.isEmpty())
        return;
    const domain::Issue& issue = issues().first();
    const QList<domain::Actor> people = hub().directory().assignees(scopeOf(issue), issue.project.id);
    const auto me = hub().directory().me(issue.account);
    QList<domain::Actor> meant;
    if (m_who.compare(myself, Qt::CaseInsensitive) != 0)
        std::copy_if(people.begin(), people.end(), std::back_inserter(meant),
            [this](const domain::Actor& actor) { return isNamed(actor, m_who); });
    else if (me)
        meant << *me;
    const sync::FeedState state = hub().directory().state(scopeOf(issue));
    if (meant.size() == 1) {
        act({Kind::Assign, meant.first()});
        return;
    }
    if (meant.isEmpty() && (state.loading || (people.isEmpty() && !state.error)))
        return; // the server is still telling
    if (meant.size() > 1)
        complain(u"\"%1\" is more than one: use the e-mail address"_s.arg(m_who), ExitUsage);
    else if (people.isEmpty() && state.error)
        complain(*state.error, names().value(issue.account));
    else
        complain(u"nobody called \"%1\" can be assigned there"_s.arg(m_who), ExitNotFound);
    end();
}

void IssueActCommand::act(const domain::Action& action)
{
    for (const domain::Issue& issue : issues())
        m_acted << ActedIssue{issue, ActedIssue::Outcome::Queued, {}};
    m_open = int(m_acted.size());
    sync::Outbox& outbox = hub().outbox();
    connect(&outbox, &sync::Outbox::done, this,
        [this, kind = action.kind](const domain::Issue& issue, const domain::Action& what) {
            if (what.kind == kind)
                noteDone(issue);
        });
    connect(&outbox, &sync::Outbox::refused, this,
        [this, kind = action.kind](
            const QList<domain::Issue>& refused, const domain::Action& what, const core::Error& error) {
            if (what.kind == kind)
                noteRefused(refused, error);
        });
    connect(&outbox, &sync::Outbox::conflicted, this,
        [this, kind = action.kind](
            const domain::Issue& issue, const domain::Action& what, const domain::Conflict& conflict) {
            const QString by = conflict.by ? conflict.by->name : QString();
            if (what.kind == kind)
                noteRefused({issue}, {core::ErrorKind::Rejected, 0,
                                         by.isEmpty() ? u"somebody else changed it meanwhile"_s
                                                      : u"%1 changed it meanwhile"_s.arg(by),
                                         {}});
        });
    allow(std::chrono::seconds(m_wait));
    outbox.submit(issues(), action);
}

void IssueActCommand::noteDone(const domain::Issue& issue)
{
    for (ActedIssue& each : m_acted) {
        if (!isSameIssue(each.issue, issue) || each.outcome != ActedIssue::Outcome::Queued)
            continue;
        each.issue = issue;
        each.outcome = ActedIssue::Outcome::Done;
        --m_open;
    }
    if (m_open == 0)
        finish();
}

void IssueActCommand::noteRefused(const QList<domain::Issue>& refused, const core::Error& error)
{
    for (ActedIssue& each : m_acted) {
        const bool isMeant = std::any_of(refused.begin(), refused.end(),
            [&each](const domain::Issue& issue) { return isSameIssue(each.issue, issue); });
        if (!isMeant || each.outcome != ActedIssue::Outcome::Queued)
            continue;
        each.outcome = ActedIssue::Outcome::Refused;
        each.error = error;
        --m_open;
    }
    if (m_open == 0)
        finish();
}

void IssueActCommand::finish()
{
    if (isOver())
        return;
    for (const ActedIssue& each : std::as_const(m_acted)) {
        if (each.outcome == ActedIssue::Outcome::Refused)
            setExitCode(exitCodeOf(each.error->kind));
        else if (each.outcome == ActedIssue::Outcome::Queued && m_wait > 0 && isFine())
            setExitCode(ExitFailed);
    }
    say(wantsJson() ? actedAsJson(m_acted, names()) : actedAsText(m_acted));
    end();
}

} // namespace vedette::app
