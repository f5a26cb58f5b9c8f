// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSignalSpy>
#include <QTest>

#include <memory>

#include "app/desktop/freedesktopnotifier.h"
#include "tests/app/desktop/fakedaemon.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using desktop::FreedesktopNotifier;
using ports::Notice;
using tests::FakeDaemon;

namespace {

const QStringList everything{u"actions"_s, u"body"_s, u"body-markup"_s};

Notice notice(const QString& key = u"a/1/spike"_s)
{
    return {key, u"KeyError: 'user' spikes"_s, u"412 in the last hour <b>not bold</b> & more"_s,
        u"x-vedette.spike"_s, Notice::Urgency::Critical,
        {{ports::defaultAction, u"Open"_s}, {u"open"_s, u"Open"_s}, {u"resolve"_s, u"Resolve"_s}}};
}

} // namespace

/// The notifier against a daemon of the test's own; needs a session bus that has none.
class TestFreedesktopNotifier final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_notifier = std::make_unique<FreedesktopNotifier>(QDBusConnection::sessionBus(), u"vedette"_s);
    }
    void cleanup() { m_notifier.reset(); }

    void tellsEverything();
    void capabilitiesMatrix_data();
    void capabilitiesMatrix();
    void replacesByKey();
    void replacesWhileUnderWay();
    void closesWhileUnderWay();
    void closes();
    void actionsComeHome();
    void strangersActionsDoNot();
    void dismissedIsForgotten();
    void noDaemon();
    void daemonComesLater();
    void daemonRestarts();
    void noBus();
    void longTextsAreCut();

private:
    std::unique_ptr<FreedesktopNotifier> m_notifier;
};

void TestFreedesktopNotifier::tellsEverything()
{
    FakeDaemon daemon(everything);
    m_notifier->show(notice());
    QTRY_COMPARE(daemon.calls.size(), 1);
    const FakeDaemon::Call& call = daemon.calls.first();
    QCOMPARE(call.application, QCoreApplication::applicationName());
    QCOMPARE(call.replaces, 0u);
    QCOMPARE(call.title, u"KeyError: 'user' spikes"_s);
    QCOMPARE(call.hints.value(u"desktop-entry"_s).toString(), u"vedette"_s);
    QCOMPARE(call.hints.value(u"urgency"_s).value<uchar>(), uchar(2));
    QCOMPARE(QMetaType::Type(call.hints.value(u"urgency"_s).typeId()), QMetaType::UChar);
    QCOMPARE(call.hints.value(u"category"_s).toString(), u"x-vedette.spike"_s);
    QCOMPARE(call.timeoutMs, -1);
}

void TestFreedesktopNotifier::capabilitiesMatrix_data()
{
    QTest::addColumn<QStringList>("capabilities");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("actions");
    const QString title = u"KeyError: 'user' spikes"_s;
    const QString plain = u"412 in the last hour <b>not bold</b> & more"_s;
    const QString escaped = u"412 in the last hour &lt;b&gt;not bold&lt;/b&gt; &amp; more"_s;
    QTest::newRow("all") << everything << title << escaped << 6;
    QTest::newRow("no markup") << QStringList{u"actions"_s, u"body"_s} << title << plain << 6;
    QTest::newRow("no actions") << QStringList{u"body"_s, u"body-markup"_s} << title << escaped << 0;
    QTest::newRow("nothing") << QStringList{} << title + u" - "_s + plain << QString() << 0;
}

void TestFreedesktopNotifier::capabilitiesMatrix()
{
    QFETCH(const QStringList, capabilities);
    FakeDaemon daemon(capabilities);
    m_notifier->show(notice());
    QTRY_COMPARE(daemon.calls.size(), 1);
    QTEST(daemon.calls.first().title, "title");
    QTEST(daemon.calls.first().body, "body");
    QTEST(int(daemon.calls.first().actions.size()), "actions");
}

void TestFreedesktopNotifier::replacesByKey()
{
    FakeDaemon daemon(everything);
    m_notifier->show(notice());
    m_notifier->show(notice(u"a/2/new"_s));
    QTRY_COMPARE(daemon.calls.size(), 2);
    Notice grown = notice();
    grown.body = u"900 in the last hour"_s;
    // Until its answer has arrived, the notifier does not know the first one's id.
    QSignalSpy closed(m_notifier.get(), &FreedesktopNotifier::closed);
    m_notifier->show(notice(u"marker"_s));
    QTRY_COMPARE(daemon.calls.size(), 3);
    m_notifier->show(grown);
    QTRY_COMPARE(daemon.calls.size(), 4);
    QCOMPARE(daemon.calls.last().body, grown.body);
    QCOMPARE(daemon.calls.last().replaces, daemon.calls.first().id);
    QCOMPARE(closed.size(), 0);
}

void TestFreedesktopNotifier::replacesWhileUnderWay()
{
    FakeDaemon daemon(everything);
    daemon.hold = true;
    m_notifier->show(notice());
    QTRY_COMPARE(daemon.calls.size(), 1);
    Notice second = notice();
    second.body = u"second"_s;
    Notice third = notice();
    third.body = u"third"_s;
    m_notifier->show(second);
    m_notifier->show(third);
    daemon.release();
    QTRY_COMPARE(daemon.calls.size(), 2);
    QCOMPARE(daemon.calls.last().body, u"third"_s);
    QCOMPARE(daemon.calls.last().replaces, daemon.calls.first().id);
}

void TestFreedesktopNotifier::closesWhileUnderWay()
{
    FakeDaemon daemon(everything);
    daemon.hold = true;
    m_notifier->show(notice());
    QTRY_COMPARE(daemon.calls.size(), 1);
    m_notifier->close(notice().key);
    QSignalSpy closed(m_notifier.get(), &FreedesktopNotifier::closed);
    daemon.release();
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(daemon.closedByCaller, QList<uint>{daemon.calls.first().id});
}

void TestFreedesktopNotifier::closes()
{
    FakeDaemon daemon(everything);
    m_notifier->show(notice());
    QTRY_COMPARE(daemon.calls.size(), 1);
    m_notifier->close(u"another"_s);
    m_notifier->close(notice().key);
    QTRY_COMPARE(daemon.closedByCaller, QList<uint>{daemon.calls.first().id});
}

void TestFreedesktopNotifier::actionsComeHome()
{
    FakeDaemon daemon(everything);
    QSignalSpy invoked(m_notifier.get(), &FreedesktopNotifier::actionInvoked);
    QSignalSpy closed(m_notifier.get(), &FreedesktopNotifier::closed);
    m_notifier->show(notice());
    m_notifier->show(notice(u"a/2/new"_s));
    QTRY_COMPARE(daemon.calls.size(), 2);
    m_notifier->show(notice(u"marker"_s));
    QTRY_COMPARE(daemon.calls.size(), 3);
    daemon.press(daemon.calls.at(1).id, u"resolve"_s, u"token-1"_s);
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(invoked.size(), 1);
    QCOMPARE(invoked.first(), (QVariantList{u"a/2/new"_s, u"resolve"_s, u"token-1"_s}));
    QCOMPARE(closed.first().first().toString(), u"a/2/new"_s);
    daemon.press(daemon.calls.at(0).id, ports::defaultAction);
    QTRY_COMPARE(closed.size(), 2);
    QCOMPARE(invoked.last(), (QVariantList{notice().key, ports::defaultAction, QString()}));
}

void TestFreedesktopNotifier::strangersActionsDoNot()
{
    FakeDaemon daemon(everything);
    QSignalSpy invoked(m_notifier.get(), &FreedesktopNotifier::actionInvoked);
    QSignalSpy closed(m_notifier.get(), &FreedesktopNotifier::closed);
    m_notifier->show(notice());
    QTRY_COMPARE(daemon.calls.size(), 1);
    daemon.press(4711, u"resolve"_s);
    daemon.press(0, u"resolve"_s);
    daemon.dismiss(daemon.calls.first().id); // comes after them
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(invoked.size(), 0);
}

void TestFreedesktopNotifier::dismissedIsForgotten()
{
    FakeDaemon daemon(everything);
    QSignalSpy closed(m_notifier.get(), &FreedesktopNotifier::closed);
    m_notifier->show(notice());
    QTRY_COMPARE(daemon.calls.size(), 1);
    daemon.dismiss(daemon.calls.first().id);
    QTRY_COMPARE(closed.size(), 1);
    m_notifier->show(notice());
    QTRY_COMPARE(daemon.calls.size(), 2);
    QCOMPARE(daemon.calls.last().replaces, 0u);
}

void TestFreedesktopNotifier::noDaemon()
{
    QSignalSpy undeliverable(m_notifier.get(), &FreedesktopNotifier::undeliverable);
    m_notifier->show(notice());
    QTRY_COMPARE(undeliverable.size(), 1);
    QCOMPARE(undeliverable.first().first().toString(), notice().key);
    QVERIFY(!undeliverable.first().last().toString().isEmpty());
}

void TestFreedesktopNotifier::daemonComesLater()
{
    QSignalSpy undeliverable(m_notifier.get(), &FreedesktopNotifier::undeliverable);
    m_notifier->show(notice());
    QTRY_COMPARE(undeliverable.size(), 1);
    FakeDaemon daemon(everything);
    m_notifier->show(notice());
    QTRY_COMPARE(daemon.calls.size(), 1);
}

void TestFreedesktopNotifier::daemonRestarts()
{
    QSignalSpy closed(m_notifier.get(), &FreedesktopNotifier::closed);
    auto first = std::make_unique<FakeDaemon>(everything);
    m_notifier->show(notice());
    m_notifier->show(notice(u"marker"_s));
    QTRY_COMPARE(first->calls.size(), 2);
    first.reset();
    QTRY_COMPARE(closed.size(), 2);
    FakeDaemon second({u"body"_s});
    m_notifier->show(notice());
    QTRY_COMPARE(second.calls.size(), 1);
    QCOMPARE(second.calls.first().replaces, 0u);
    QVERIFY2(second.calls.first().actions.isEmpty(), "the capabilities of the former daemon were used");
}

void TestFreedesktopNotifier::noBus()
{
    FreedesktopNotifier notifier(QDBusConnection(u"no such bus"_s), u"vedette"_s);
    QSignalSpy undeliverable(&notifier, &FreedesktopNotifier::undeliverable);
    notifier.show(notice());
    notifier.close(notice().key);
    QCOMPARE(undeliverable.size(), 1);
}

void TestFreedesktopNotifier::longTextsAreCut()
{
    FakeDaemon daemon({u"body"_s});
    Notice huge = notice();
    huge.title = QString(100'000, u'x') + u'\n';
    huge.body = QString(1'000'000, u'y');
    m_notifier->show(huge);
    QTRY_COMPARE(daemon.calls.size(), 1);
    QVERIFY(daemon.calls.first().title.size() <= 200);
    QVERIFY(!daemon.calls.first().title.contains(u'\n'));
    QVERIFY(daemon.calls.first().body.size() <= 1000);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestFreedesktopNotifier)
#include "tst_freedesktopnotifier.moc"
