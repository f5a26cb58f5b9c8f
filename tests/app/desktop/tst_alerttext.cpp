// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QLocale>
#include <QSet>
#include <QTest>

#include "app/desktop/alerttext.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using alerts::Alert;

namespace {

Alert alert(Alert::Kind kind)
{
    Alert out;
    out.kind = kind;
    out.issue.account = domain::AccountId(u"acc"_s);
    out.issue.id = domain::IssueId(u"42"_s);
    out.issue.title = u"KeyError: 'user'"_s;
    out.issue.project.name = u"shop"_s;
    out.count = 1412;
    out.expected = 18.7;
    out.upper = 31;
    return out;
}

} // namespace

class TestAlertText final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void sentences();
    void keysAreOnePerIssueAndKind();
    void buttons();
    void outcomes();
};

void TestAlertText::sentences()
{
    QCOMPARE(desktop::reasonOf(alert(Alert::Kind::Spike)),
        u"1,412 within an hour, usually 18 to 31 at this time"_s);
    Alert fromNothing = alert(Alert::Kind::Spike);
    fromNothing.expected = 0.2;
    QCOMPARE(desktop::reasonOf(fromNothing), u"1,412 within an hour, usually none at this time"_s);
    const auto notice = desktop::noticeOf(alert(Alert::Kind::Spike), 1h);
    QCOMPARE(notice.title, u"Spike in shop"_s);
    QCOMPARE(notice.body, u"KeyError: 'user'\n1,412 within an hour, usually 18 to 31 at this time"_s);
    QCOMPARE(notice.urgency, ports::Notice::Urgency::Critical);
    QCOMPARE(desktop::noticeOf(alert(Alert::Kind::NewIssue), 1h).title, u"New issue in shop"_s);
    QCOMPARE(desktop::noticeOf(alert(Alert::Kind::Regression), 1h).title, u"Back again in shop"_s);
}

void TestAlertText::keysAreOnePerIssueAndKind()
{
    QSet<QString> keys;
    for (const auto kind : {Alert::Kind::NewIssue, Alert::Kind::Regression, Alert::Kind::Spike})
        keys << desktop::noticeKey(alert(kind));
    QCOMPARE(keys.size(), 3);
    Alert grown = alert(Alert::Kind::Spike);
    grown.count = 5000;
    grown.raised += 1h;
    QVERIFY(keys.contains(desktop::noticeKey(grown)));
}

void TestAlertText::buttons()
{
    const auto notice = desktop::noticeOf(alert(Alert::Kind::Spike), 2h);
    QStringList keys;
    for (const auto& action : notice.actions)
        keys << action.key;
    QCOMPARE(keys, (QStringList{u"default"_s, u"open"_s, u"resolve"_s, u"snooze"_s}));
    QVERIFY(notice.actions.last().label.contains(u"2"));
}

void TestAlertText::outcomes()
{
    const Alert spike = alert(Alert::Kind::Spike);
    QCOMPARE(desktop::resolvedNotice(spike).key, desktop::noticeKey(spike));
    const auto failed = desktop::notResolvedNotice(spike, {core::ErrorKind::Forbidden, 403, u"detail"_s});
    QCOMPARE(failed.key, desktop::noticeKey(spike));
    QVERIFY(failed.body.contains(u"may not change"_s));
    QVERIFY(!failed.body.contains(u"detail"_s));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestAlertText)
#include "tst_alerttext.moc"
