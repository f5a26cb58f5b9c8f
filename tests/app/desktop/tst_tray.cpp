// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

#include "app/desktop/tray.h"
#include "tests/support/main.h"
#include "tests/support/manualclock.h"

using namespace vedette;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using desktop::Tray;
using desktop::TrayFacts;
using desktop::TrayMode;

namespace {

const core::TimePoint now = *core::parseTime("2026-03-02T10:12:40Z");

domain::Issue issue(const QString& title, qint64 count)
{
    domain::Issue out;
    out.id = domain::IssueId(title);
    out.title = title;
    out.count = count;
    return out;
}

QIcon base()
{
    QPixmap pixmap(64, 64);
    pixmap.fill(Qt::blue);
    return QIcon(pixmap);
}

QImage picture(const QIcon& icon)
{
    return icon.pixmap(QSize(22, 22), 1.0).toImage().convertToFormat(QImage::Format_ARGB32);
}

} // namespace

class TestTray final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void tellsHowItIs_data();
    void tellsHowItIs();
    void iconsDiffer();
    void menuHasTheTopFive();
    void menuIsLeftAloneWhenOnlyTheTimeChanges();
    void serverTextIsNoMarkup();
    void withoutAHostThereIsNone();

private:
    tests::ManualClock m_clock{now};
};

void TestTray::tellsHowItIs_data()
{
    QTest::addColumn<TrayFacts>("facts");
    QTest::addColumn<TrayMode>("mode");
    QTest::addColumn<QString>("text");
    TrayFacts facts;
    QTest::newRow("nothing watched") << facts << TrayMode::Quiet << u"Vedette watches nothing yet"_s;
    facts.accounts = 1;
    QTest::newRow("starting") << facts << TrayMode::Quiet << u"Looking for the first time"_s;
    facts.lastChecked = now - 40s;
    QTest::newRow("quiet") << facts << TrayMode::Quiet << u"All quiet, checked 40 s ago"_s;
    facts.lastChecked = now - 5min;
    QTest::newRow("quiet for minutes") << facts << TrayMode::Quiet << u"All quiet, checked 5 min ago"_s;
    facts.blind = {{u"acme"_s, now - 40s, false}};
    QTest::newRow("blind") << facts << TrayMode::Blind << u"cannot see acme since 10:12"_s;
    facts.blind = {{u"acme"_s, now - 40s, true}};
    QTest::newRow("token") << facts << TrayMode::Blind << u"acme wants a new token"_s;
    facts.pausedUntil = now + 30min;
    facts.blind.clear();
    QTest::newRow("paused") << facts << TrayMode::Quiet
                            << u"All quiet, checked 5 min ago\nNotifications are paused until 10:42"_s;
}

void TestTray::tellsHowItIs()
{
    QFETCH(const TrayFacts, facts);
    QTEST(desktop::trayMode(facts), "mode");
    QTEST(desktop::trayToolTip(facts, now), "text");
}

void TestTray::iconsDiffer()
{
    Tray tray(base(), m_clock);
    TrayFacts facts;
    facts.accounts = 1;
    tray.setFacts(facts);
    const QImage quiet = picture(tray.icon());
    facts.inAlarm = 1;
    tray.setFacts(facts);
    const QImage one = picture(tray.icon());
    facts.inAlarm = 12;
    tray.setFacts(facts);
    const QImage many = picture(tray.icon());
    facts.blind = {{u"acme"_s, now, false}};
    tray.setFacts(facts);
    const QImage blind = picture(tray.icon());
    QVERIFY(quiet != one);
    QVERIFY(one != many);
    QVERIFY(many != blind);
    QVERIFY(one != blind);
    QCOMPARE(one.pixelColor(1, 1), quiet.pixelColor(1, 1)); // the program is still to be recognised
    facts = {};
    facts.accounts = 1;
    tray.setFacts(facts);
    QCOMPARE(picture(tray.icon()), quiet);
}

void TestTray::menuHasTheTopFive()
{
    Tray tray(base(), m_clock);
    TrayFacts facts;
    facts.accounts = 1;
    facts.collectorUrl = u"http://127.0.0.1:8969"_s;
    facts.topFive = {issue(u"KeyError & more"_s, 1204), issue(u"TypeError"_s, 3)};
    tray.setFacts(facts);
    const auto actions = tray.menu().findChildren<QAction*>(u"trayIssue"_s);
    QCOMPARE(actions.size(), 2);
    QCOMPARE(actions.first()->text(), u"1,204  KeyError && more"_s);
    QSignalSpy wanted(&tray, &Tray::issueRequested);
    actions.last()->trigger();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().value<domain::Issue>().title, u"TypeError"_s);
    QVERIFY(tray.menu().findChild<QAction*>(u"trayCollector"_s)->text().contains(u"127.0.0.1:8969"_s));

    QSignalSpy opened(&tray, &Tray::openRequested);
    QSignalSpy paused(&tray, &Tray::pauseRequested);
    QSignalSpy quit(&tray, &Tray::quitRequested);
    tray.menu().findChild<QAction*>(u"trayOpen"_s)->trigger();
    tray.menu().findChild<QAction*>(u"trayPause"_s)->trigger();
    tray.menu().findChild<QAction*>(u"trayQuit"_s)->trigger();
    QCOMPARE(opened.size(), 1);
    QCOMPARE(paused.size(), 1);
    QCOMPARE(paused.first().first().toBool(), true);
    QCOMPARE(quit.size(), 1);
    facts.pausedUntil = now + 1h;
    tray.setFacts(facts);
    QVERIFY(tray.menu().findChild<QAction*>(u"trayPause"_s)->isChecked());
    QCOMPARE(paused.size(), 1);
}

void TestTray::menuIsLeftAloneWhenOnlyTheTimeChanges()
{
    Tray tray(base(), m_clock);
    TrayFacts facts;
    facts.accounts = 1;
    facts.topFive = {issue(u"KeyError"_s, 3)};
    facts.lastChecked = now;
    tray.setFacts(facts);
    const auto* action = tray.menu().findChild<QAction*>(u"trayIssue"_s);
    facts.lastChecked = now + 2s;
    m_clock.advance(5s);
    tray.setFacts(facts);
    QCOMPARE(tray.menu().findChild<QAction*>(u"trayIssue"_s), action);
    QCOMPARE(tray.toolTip(), u"All quiet, checked 3 s ago"_s);
    m_clock.advance(10s);
    tray.refresh();
    QCOMPARE(tray.toolTip(), u"All quiet, checked 13 s ago"_s);
}

void TestTray::serverTextIsNoMarkup()
{
    TrayFacts facts;
    facts.accounts = 1;
    facts.blind = {{u"<img src=x>\nacme"_s, std::nullopt, false}};
    QCOMPARE(desktop::trayToolTip(facts, now), u"cannot see &lt;img src=x&gt; acme"_s);
}

void TestTray::withoutAHostThereIsNone()
{
    // Offscreen and a bus without a StatusNotifierWatcher.
    QVERIFY(!Tray::hasHost());
}

VEDETTE_TEST_MAIN(QApplication, TestTray)
#include "tst_tray.moc"
