// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include "app/alertnotices.h"
#include "app/desktop/alerttext.h"
#include "models/ports/desktopnotifier.h"
#include "models/settings/settings.h"
#include "models/sync/alertwatch.h"
#include "models/sync/outbox.h"
#include "tests/support/main.h"
#include "tests/support/manualclock.h"

using namespace vedette;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using alerts::Alert;
using domain::Action;

namespace {

class Watch final : public sync::AlertWatch
{
public:
    QList<Alert> current() const override { return {}; }
    QList<Alert> history() const override { return {}; }
    QList<domain::Issue> topFive() const override { return {}; }
    void snooze(const domain::Issue& issue, core::TimePoint until) override
    {
        snoozed.append({issue.id, until});
    }
    void checkNow() override {}

    QList<std::pair<domain::IssueId, core::TimePoint>> snoozed;
};

class Box final : public sync::Outbox
{
public:
    void submit(const QList<domain::Issue>& issues, const Action& action) override
    {
        for (const domain::Issue& issue : issues)
            submitted.append({issue.id, action.kind});
    }
    void undoLast() override {}
    bool canUndo() const override { return false; }
    void undo(qint64 /*batch*/) override {}
    bool canUndo(qint64 /*batch*/) const override { return false; }
    void retry(qint64 /*id*/) override {}
    void discard(qint64 /*id*/) override {}
    void resolveConflict(qint64 /*id*/, Resolution /*how*/) override {}
    int pendingCount() const override { return 0; }
    QList<Entry> entries() const override { return {}; }

    QList<std::pair<domain::IssueId, Action::Kind>> submitted;
};

class Desktop final : public ports::DesktopNotifier
{
public:
    void show(const ports::Notice& notice) override { shown.append(notice); }
    void close(const QString& key) override { closedKeys.append(key); }

    QList<ports::Notice> shown;
    QStringList closedKeys;
};

Alert alert(const QString& id, Alert::Kind kind = Alert::Kind::Spike)
{
    Alert out;
    out.kind = kind;
    out.issue.account = domain::AccountId(u"acc"_s);
    out.issue.id = domain::IssueId(id);
    out.issue.title = u"KeyError"_s;
    return out;
}

const core::TimePoint now = *core::parseTime("2026-03-02T10:00:00Z");

} // namespace

class TestAlertNotices final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_watch = std::make_unique<Watch>();
        m_box = std::make_unique<Box>();
        m_desktop = std::make_unique<Desktop>();
        m_settings = std::make_unique<settings::Settings>(m_folder->filePath(u"settings.ini"_s));
        m_clock.set(now);
        m_notices = std::make_unique<app::AlertNotices>(*m_watch, *m_box, *m_desktop, *m_settings, m_clock);
    }
    void cleanup()
    {
        m_notices.reset();
        m_settings.reset();
        m_desktop.reset();
        m_box.reset();
        m_watch.reset();
    }

    void showsWhatIsRaised();
    void settingsDecide();
    void pauseHolds();
    void openIsPassedOn();
    void resolveReachesTheOutboxOnce();
    void resolveSaysDone();
    void resolveSaysRefused();
    void resolvedElsewhereTakesTheNoticeAway();
    void snoozeReachesTheWatch();
    void strangersAreIgnored();

private:
    QString raise(const Alert& raised)
    {
        emit m_watch->alertRaised(raised);
        return desktop::noticeKey(raised);
    }
    void press(const QString& key, const QString& action)
    {
        emit m_desktop->actionInvoked(key, action, u"token"_s);
        emit m_desktop->closed(key); // as daemons do
    }

    tests::ManualClock m_clock{now};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Watch> m_watch;
    std::unique_ptr<Box> m_box;
    std::unique_ptr<Desktop> m_desktop;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<app::AlertNotices> m_notices;
};

void TestAlertNotices::showsWhatIsRaised()
{
    raise(alert(u"1"_s));
    QCOMPARE(m_desktop->shown.size(), 1);
    QCOMPARE(m_desktop->shown.first(), desktop::noticeOf(alert(u"1"_s), 1h));
}

void TestAlertNotices::settingsDecide()
{
    m_settings->setValue(settings::keys::notifySpikes, false);
    raise(alert(u"1"_s));
    QCOMPARE(m_desktop->shown.size(), 0);
    raise(alert(u"1"_s, Alert::Kind::NewIssue));
    QCOMPARE(m_desktop->shown.size(), 1);
    m_settings->setValue(settings::keys::notifications, false);
    raise(alert(u"1"_s, Alert::Kind::Regression));
    QCOMPARE(m_desktop->shown.size(), 1);
}

void TestAlertNotices::pauseHolds()
{
    QSignalSpy changed(m_notices.get(), &app::AlertNotices::pauseChanged);
    m_notices->pauseUntil(now + 1h);
    raise(alert(u"1"_s));
    QCOMPARE(m_desktop->shown.size(), 0);
    m_clock.advance(2h);
    raise(alert(u"2"_s));
    QCOMPARE(m_desktop->shown.size(), 1);
    m_notices->pauseUntil(std::nullopt);
    QVERIFY(!m_notices->pausedUntil());
    QCOMPARE(changed.size(), 2);
}

void TestAlertNotices::openIsPassedOn()
{
    QSignalSpy wanted(m_notices.get(), &app::AlertNotices::openRequested);
    const QString key = raise(alert(u"1"_s));
    press(key, ports::defaultAction);
    raise(alert(u"1"_s));
    press(key, desktop::actions::open);
    QCOMPARE(wanted.size(), 2);
    QCOMPARE(wanted.first().first().value<domain::Issue>().id.value(), u"1"_s);
    QCOMPARE(wanted.first().last().toString(), u"token"_s);
}

void TestAlertNotices::resolveReachesTheOutboxOnce()
{
    const QString key = raise(alert(u"1"_s));
    emit m_desktop->actionInvoked(key, desktop::actions::resolve, {});
    emit m_desktop->actionInvoked(key, desktop::actions::resolve, {});
    QCOMPARE(m_box->submitted.size(), 1);
    QCOMPARE(m_box->submitted.first().first.value(), u"1"_s);
    QCOMPARE(m_box->submitted.first().second, Action::Kind::Resolve);
}

void TestAlertNotices::resolveSaysDone()
{
    const Alert spike = alert(u"1"_s);
    const QString key = raise(spike);
    const QString other = raise(alert(u"1"_s, Alert::Kind::NewIssue));
    press(key, desktop::actions::resolve);
    QCOMPARE(m_desktop->shown.size(), 2);
    emit m_box->done(alert(u"2"_s).issue, {Action::Kind::Resolve, {}});
    emit m_box->done(spike.issue, {Action::Kind::Assign, {}});
    QCOMPARE(m_desktop->shown.size(), 2);
    emit m_box->done(spike.issue, {Action::Kind::Resolve, {}});
    QCOMPARE(m_desktop->shown.size(), 3);
    QCOMPARE(m_desktop->shown.last(), desktop::resolvedNotice(spike));
    QCOMPARE(m_desktop->closedKeys, QStringList{other});
    // And still opens.
    QSignalSpy wanted(m_notices.get(), &app::AlertNotices::openRequested);
    press(key, ports::defaultAction);
    QCOMPARE(wanted.size(), 1);
    // Once told, not again.
    emit m_box->done(spike.issue, {Action::Kind::Resolve, {}});
    QCOMPARE(m_desktop->shown.size(), 3);
}

void TestAlertNotices::resolveSaysRefused()
{
    const Alert spike = alert(u"1"_s);
    const core::Error error{core::ErrorKind::Forbidden, 403, u"no"_s, {}};
    press(raise(spike), desktop::actions::resolve);
    emit m_box->refused({alert(u"2"_s).issue, spike.issue}, {Action::Kind::Resolve, {}}, error);
    QCOMPARE(m_desktop->shown.size(), 2);
    QCOMPARE(m_desktop->shown.last(), desktop::notResolvedNotice(spike, error));
}

void TestAlertNotices::resolvedElsewhereTakesTheNoticeAway()
{
    const QString key = raise(alert(u"1"_s));
    raise(alert(u"2"_s));
    emit m_box->done(alert(u"1"_s).issue, {Action::Kind::Resolve, {}});
    QCOMPARE(m_desktop->closedKeys, QStringList{key});
    QCOMPARE(m_desktop->shown.size(), 2);
}

void TestAlertNotices::snoozeReachesTheWatch()
{
    m_settings->setValue(settings::keys::snooze, std::chrono::seconds(2h));
    press(raise(alert(u"1"_s)), desktop::actions::snooze);
    QCOMPARE(m_watch->snoozed.size(), 1);
    QCOMPARE(m_watch->snoozed.first().second, now + 2h);
    QCOMPARE(m_desktop->closedKeys, QStringList{desktop::noticeKey(alert(u"1"_s))});
    QVERIFY(m_box->submitted.isEmpty());
}

void TestAlertNotices::strangersAreIgnored()
{
    raise(alert(u"1"_s));
    emit m_desktop->actionInvoked(u"another"_s, desktop::actions::resolve, {});
    emit m_desktop->actionInvoked(desktop::noticeKey(alert(u"1"_s)), u"format-disk"_s, {});
    QVERIFY(m_box->submitted.isEmpty());
    QVERIFY(m_watch->snoozed.isEmpty());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestAlertNotices)
#include "tst_alertnotices.moc"
