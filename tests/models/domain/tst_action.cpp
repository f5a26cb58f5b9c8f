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
