// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/domain/action.h"
#include "tests/support/main.h"

using namespace vedette::domain;
using namespace Qt::Literals::StringLiterals;

class TestAction final : public QObject
{
    Q_OBJECT

private slots:
    void statusActionsChangeStatusAndSubstatus();
    void detailsAndSubstatusAreShownAsWanted();
    void assigningAndTakingBack();
    void wordsOfTheProtocol();
};

void TestAction::statusActionsChangeStatusAndSubstatus()
{
    Issue issue;
    issue = applied(issue, {Action::Kind::Resolve, {}});
    QCOMPARE(issue.status, IssueStatus::Resolved);
    QCOMPARE(issue.substatus, Substatus::None);
    issue = applied(issue, {Action::Kind::Reopen, {}});
    QCOMPARE(issue.status, IssueStatus::Unresolved);
    QCOMPARE(issue.substatus, Substatus::Regressed);
    issue = applied(issue, {Action::Kind::Archive, {}});
    QCOMPARE(issue.status, IssueStatus::Archived);
    QCOMPARE(issue.statusText, u"ignored"_s);
    issue = applied(issue, {Action::Kind::Reopen, {}});
    QCOMPARE(issue.substatus, Substatus::Ongoing);
}

void TestAction::detailsAndSubstatusAreShownAsWanted()
{
    Action action;
    action.details.inRelease = u"api@1.2.3"_s;
    Issue issue = applied({}, action);
    QCOMPARE(issue.status, IssueStatus::Resolved);
    QCOMPARE(issue.statusDetails.inRelease, u"api@1.2.3"_s);
    action = {Action::Kind::Archive, {}};
    issue = applied(issue, action);
    QCOMPARE(issue.substatus, Substatus::ArchivedUntilEscalating);
    QVERIFY(issue.statusDetails.isEmpty()); // nothing of the resolution is left
    action.details.ignoreCount = 100;
    issue = applied(issue, action);
    QCOMPARE(issue.substatus, Substatus::ArchivedUntilConditionMet);
    QCOMPARE(issue.statusDetails.ignoreCount, std::optional<qint64>(100));
    action.substatus = Substatus::ArchivedForever;
    QCOMPARE(applied(issue, action).substatus, Substatus::ArchivedForever);
    action = {Action::Kind::Reopen, {}};
    action.substatus = Substatus::Escalating;
    action.priority = u"high"_s;
    issue = applied(issue, action);
    QCOMPARE(issue.substatus, Substatus::Escalating);
    QCOMPARE(issue.priority, u"high"_s);
    QVERIFY(issue.statusDetails.isEmpty());
}

void TestAction::assigningAndTakingBack()
{
    const Actor mika{ActorId(u"user:7"_s), Actor::Kind::User, u"Mika"_s, {}, false};
    Issue issue = applied({}, {Action::Kind::Assign, mika});
    QCOMPARE(issue.assignedTo, std::optional(mika));
    issue = applied(issue, {Action::Kind::Unassign, {}});
    QVERIFY(!issue.assignedTo);
}

void TestAction::wordsOfTheProtocol()
{
    QCOMPARE(levelFromText(u"ERROR"), Level::Error);
    QCOMPARE(levelFromText(u"critical"), Level::Fatal);
    QCOMPARE(levelFromText(u"nonsense"), Level::Other);
    QCOMPARE(levelText(Level::Fatal), u"fatal"_s);
    QCOMPARE(issueStatusFromText(u"ignored"), IssueStatus::Archived);
    QCOMPARE(issueStatusFromText(u"pending_deletion"), IssueStatus::Other);
    QCOMPARE(issueStatusText(IssueStatus::Archived), u"ignored"_s);
    QCOMPARE(substatusFromText(u""), Substatus::None);
    QCOMPARE(substatusFromText(u"escalating"), Substatus::Escalating);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestAction)
#include "tst_action.moc"
