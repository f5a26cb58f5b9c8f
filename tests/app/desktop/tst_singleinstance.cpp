// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QLocalSocket>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include "app/desktop/singleinstance.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using desktop::SingleInstance;

/// Two instances in one process: QLockFile tells them apart all the same. Runs on a bus of its own.
class TestSingleInstance final : public QObject
{
    Q_OBJECT

private slots:
    void secondRaisesFirst_data();
    void secondRaisesFirst();
    void opens_data();
    void opens();
    void foldersAreApart();
    void oneFolderUnderTwoNames();
    void afterTheFirstTheNext();
    void nobodyThere();
    void garbageOnTheSocket();
    void carriesOutWhatALaterOneBrings();
    void aCommandIsNoDesktop();
    void nobodyToAsk();

private:
    static QDBusConnection bus(bool there)
    {
        return there ? QDBusConnection::sessionBus() : QDBusConnection(u"none"_s);
    }
};

void TestSingleInstance::secondRaisesFirst_data()
{
    QTest::addColumn<bool>("firstHasBus");
    QTest::addColumn<bool>("secondHasBus");
    QTest::newRow("bus") << true << true;
    QTest::newRow("socket") << false << false;
    QTest::newRow("second without bus") << true << false;
    QTest::newRow("first without bus") << false << true;
}

void TestSingleInstance::secondRaisesFirst()
{
    QFETCH(const bool, firstHasBus);
    QFETCH(const bool, secondHasBus);
    const QTemporaryDir folder;
    qputenv("XDG_ACTIVATION_TOKEN", "token-7");
    SingleInstance first(folder.path(), bus(firstHasBus));
    SingleInstance second(folder.path(), bus(secondHasBus));
    QVERIFY(first.claim());
    QVERIFY(!second.claim());
    QSignalSpy activated(&first, &SingleInstance::activated);
    QSignalSpy raised(&second, &SingleInstance::raised);
    second.raiseFirst();
    QTRY_COMPARE(raised.size(), 1);
    QCOMPARE(raised.first().first().toBool(), true);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.first().first().toString(), u"token-7"_s);
}

void TestSingleInstance::opens_data()
{
    secondRaisesFirst_data();
}

void TestSingleInstance::opens()
{
    QFETCH(const bool, firstHasBus);
    QFETCH(const bool, secondHasBus);
    const QTemporaryDir folder;
    SingleInstance first(folder.path(), bus(firstHasBus));
    SingleInstance second(folder.path(), bus(secondHasBus));
    QVERIFY(first.claim());
    QSignalSpy opened(&first, &SingleInstance::openRequested);
    const QStringList uris{u"vedette://issue/1"_s, u"file:///tmp/a b"_s};
    second.raiseFirst(uris);
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toStringList(), uris);
}

void TestSingleInstance::foldersAreApart()
{
    const QTemporaryDir one;
    const QTemporaryDir two;
    SingleInstance first(one.path(), bus(true));
    SingleInstance second(two.path(), bus(true));
    QVERIFY(first.claim());
    QVERIFY(second.claim());
    QVERIFY(first.busName() != second.busName());
}

void TestSingleInstance::oneFolderUnderTwoNames()
{
    const QTemporaryDir folder;
    const QString link = folder.path() + u"-link"_s;
    QVERIFY(QFile::link(folder.path(), link));
    SingleInstance first(folder.path(), bus(true));
    SingleInstance second(link + u"/"_s, bus(true));
    QVERIFY(first.claim());
    QVERIFY(!second.claim());
    QCOMPARE(first.busName(), second.busName());
    QFile::remove(link);
}

void TestSingleInstance::afterTheFirstTheNext()
{
    const QTemporaryDir folder;
    auto first = std::make_unique<SingleInstance>(folder.path(), bus(true));
    SingleInstance second(folder.path(), bus(true));
    QVERIFY(first->claim());
    QVERIFY(!second.claim());
    first.reset();
    QVERIFY(second.claim());
}

void TestSingleInstance::nobodyThere()
{
    const QTemporaryDir folder;
    SingleInstance lonely(folder.path(), bus(true));
    QSignalSpy raised(&lonely, &SingleInstance::raised);
    lonely.raiseFirst();
    QTRY_COMPARE(raised.size(), 1);
    QCOMPARE(raised.first().first().toBool(), false);
}

void TestSingleInstance::garbageOnTheSocket()
{
    const QTemporaryDir folder;
    SingleInstance first(folder.path(), bus(false));
    QVERIFY(first.claim());
    const QString mark = first.busName().section(u'.', -1).mid(1);
    QLocalSocket socket;
    socket.connectToServer(
        QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u"/vedette-"_s + mark);
    QTRY_COMPARE(socket.state(), QLocalSocket::ConnectedState);
    QSignalSpy gone(&socket, &QLocalSocket::disconnected);
    socket.write(QByteArray(300'000, 'x'));
    QTRY_COMPARE(gone.size(), 1);
    // It lives on.
    SingleInstance second(folder.path(), bus(false));
    QSignalSpy raised(&second, &SingleInstance::raised);
    second.raiseFirst();
    QTRY_COMPARE(raised.size(), 1);
    QCOMPARE(raised.first().first().toBool(), true);
}

void TestSingleInstance::carriesOutWhatALaterOneBrings()
{
    const QTemporaryDir folder;
    SingleInstance first(folder.path(), bus(false));
    QVERIFY(first.claim());
    const QString longText(1'000'000, u'x'); // an answer of many packets
    connect(&first, &SingleInstance::commandRequested, &first,
        [&first, longText](quint64 number, const QStringList& words) {
            first.answer(number, {{u"out"_s, words.join(u'|') + longText}});
            first.answer(number, {{u"out"_s, u"twice"_s}}); // goes nowhere
        });
    SingleInstance second(folder.path(), bus(false));
    QVERIFY(!second.claim(SingleInstance::Use::Command));
    QSignalSpy answered(&second, &SingleInstance::answered);
    QSignalSpy unanswered(&second, &SingleInstance::unanswered);
    QSignalSpy activated(&first, &SingleInstance::activated);
    second.askFirst({u"resolve"_s, u"A-1 ü"_s});
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(
        answered.first().first().toJsonObject().value("out"_L1).toString(), u"resolve|A-1 ü"_s + longText);
    QCOMPARE(unanswered.size(), 0);
    QCOMPARE(activated.size(), 0);

    // It ends while somebody waits for it.
    disconnect(&first, &SingleInstance::commandRequested, &first, nullptr);
    auto third = std::make_unique<SingleInstance>(folder.path(), bus(false));
    QSignalSpy asked(&first, &SingleInstance::commandRequested);
    QSignalSpy lost(third.get(), &SingleInstance::unanswered);
    third->askFirst({u"issues"_s});
    QTRY_COMPARE(asked.size(), 1);
    third.reset();
    first.answer(asked.first().first().toULongLong(), {}); // to nobody
}

void TestSingleInstance::aCommandIsNoDesktop()
{
    const QTemporaryDir folder;
    SingleInstance command(folder.path(), bus(true));
    QVERIFY(command.claim(SingleInstance::Use::Command));
    SingleInstance desktop(folder.path(), bus(true));
    QVERIFY(!desktop.claim());
    QSignalSpy raised(&desktop, &SingleInstance::raised);
    desktop.raiseFirst();
    QTRY_COMPARE(raised.size(), 1);
    QCOMPARE(raised.first().first().toBool(), false); // to be tried again
    QSignalSpy unanswered(&desktop, &SingleInstance::unanswered);
    desktop.askFirst({u"issues"_s});
    QTRY_COMPARE(unanswered.size(), 1);
}

void TestSingleInstance::nobodyToAsk()
{
    const QTemporaryDir folder;
    SingleInstance alone(folder.path(), bus(false));
    QSignalSpy unanswered(&alone, &SingleInstance::unanswered);
    alone.askFirst({u"issues"_s});
    QTRY_COMPARE(unanswered.size(), 1);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSingleInstance)
#include "tst_singleinstance.moc"
