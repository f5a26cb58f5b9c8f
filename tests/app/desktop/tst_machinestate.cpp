// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the desktop's services tell of the machine, on a bus of the test's own that stands for both.

#include <QDBusConnection>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QTest>
#include <QUuid>

#include <memory>

#include "app/desktop/machinestate.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using desktop::MachineState;

namespace {

/// A service with one property, which it tells when it changes.
class Power final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.UPower")
    Q_PROPERTY(bool OnBattery READ isOnBattery)

public:
    [[nodiscard]] bool isOnBattery() const
    {
        ++asked;
        return onBattery;
    }
    bool onBattery = false;
    mutable int asked = 0;
};

class Screen final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Session")
    Q_PROPERTY(bool LockedHint READ isLocked)

public:
    [[nodiscard]] bool isLocked() const
    {
        ++asked;
        return locked;
    }
    bool locked = false;
    mutable int asked = 0;
};

} // namespace

class TestMachineState final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void asksWhatIs();
    void hearsOfTheBattery();
    void hearsOfTheLock();
    void hearsOfSleep();
    void withoutServicesAllIsWell();

private:
    void tell(const QString& path, const QString& interface, const QString& property, bool value);
    void signal(const QString& path, const QString& interface, const QString& name, bool value);
    /// Who was asked has been subscribed to before.
    [[nodiscard]] bool isListening() const { return m_power.asked > 0 && m_screen.asked > 0; }
    [[nodiscard]] static QDBusConnection bus() { return QDBusConnection::sessionBus(); }

    Power m_power;
    Screen m_screen;
    QString m_name;
    std::unique_ptr<QDBusConnection> m_services;
};

void TestMachineState::init()
{
    m_power.onBattery = m_screen.locked = false;
    m_power.asked = m_screen.asked = 0;
    m_name = QUuid::createUuid().toString();
    m_services =
        std::make_unique<QDBusConnection>(QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name));
    QVERIFY(m_services->registerService(u"org.freedesktop.UPower"_s));
    QVERIFY(m_services->registerService(u"org.freedesktop.login1"_s));
    QVERIFY(m_services->registerService(u"org.freedesktop.ScreenSaver"_s));
    QVERIFY(m_services->registerObject(
        u"/org/freedesktop/UPower"_s, &m_power, QDBusConnection::ExportAllProperties));
    QVERIFY(m_services->registerObject(
        u"/org/freedesktop/login1/session/auto"_s, &m_screen, QDBusConnection::ExportAllProperties));
}

void TestMachineState::cleanup()
{
    m_services.reset();
    QDBusConnection::disconnectFromBus(m_name);
}

void TestMachineState::tell(
    const QString& path, const QString& interface, const QString& property, bool value)
{
    QDBusMessage message =
        QDBusMessage::createSignal(path, u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
    message << interface << QVariantMap{{property, value}} << QStringList();
    QVERIFY(m_services->send(message));
}

void TestMachineState::signal(const QString& path, const QString& interface, const QString& name, bool value)
{
    QDBusMessage message = QDBusMessage::createSignal(path, interface, name);
    message << value;
    QVERIFY(m_services->send(message));
}

void TestMachineState::asksWhatIs()
{
    m_power.onBattery = true;
    m_screen.locked = true;
    const MachineState machine(bus(), bus());
    QTRY_VERIFY(machine.state().isOnBattery);
    QTRY_VERIFY(machine.state().isLocked);
    QVERIFY(!machine.state().isSuspended);
}

void TestMachineState::hearsOfTheBattery()
{
    MachineState machine(bus(), bus());
    QTRY_VERIFY(isListening());
    QSignalSpy changed(&machine, &MachineState::changed);
    tell(u"/org/freedesktop/UPower"_s, u"org.freedesktop.UPower"_s, u"OnBattery"_s, true);
    QTRY_VERIFY(machine.state().isOnBattery);
    QCOMPARE(changed.size(), 1);
    tell(u"/org/freedesktop/UPower"_s, u"org.freedesktop.UPower"_s, u"OnBattery"_s, false);
    QTRY_VERIFY(!machine.state().isOnBattery);
}

void TestMachineState::hearsOfTheLock()
{
    MachineState machine(bus(), bus());
    QTRY_VERIFY(isListening());
    // From the session's own path, as login1 does.
    const QString path = u"/org/freedesktop/login1/session/_32"_s;
    const QString interface = u"org.freedesktop.login1.Session"_s;
    tell(path, interface, u"LockedHint"_s, true);
    QTRY_VERIFY(machine.state().isLocked);
    signal(u"/org/freedesktop/ScreenSaver"_s, u"org.freedesktop.ScreenSaver"_s, u"ActiveChanged"_s, true);
    tell(path, interface, u"LockedHint"_s, false);
    tell(u"/org/freedesktop/UPower"_s, u"org.freedesktop.UPower"_s, u"OnBattery"_s, true); // comes behind it
    QTRY_VERIFY(machine.state().isOnBattery);
    QVERIFY(machine.state().isLocked); // the screen saver still says so
    signal(u"/org/freedesktop/ScreenSaver"_s, u"org.freedesktop.ScreenSaver"_s, u"ActiveChanged"_s, false);
    QTRY_VERIFY(!machine.state().isLocked);
}

void TestMachineState::hearsOfSleep()
{
    MachineState machine(bus(), bus());
    QTRY_VERIFY(isListening());
    QSignalSpy resumed(&machine, &MachineState::resumed);
    const QString path = u"/org/freedesktop/login1"_s;
    signal(path, u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s, true);
    QTRY_VERIFY(machine.state().isSuspended);
    QCOMPARE(resumed.size(), 0);
    signal(path, u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s, false);
    QTRY_VERIFY(!machine.state().isSuspended);
    QCOMPARE(resumed.size(), 1);
}

void TestMachineState::withoutServicesAllIsWell()
{
    cleanup();
    MachineState machine(bus(), bus());
    const MachineState nowhere{QDBusConnection(u"none"_s), QDBusConnection(u"none"_s)};
    QSignalSpy changed(&machine, &MachineState::changed);
    // Whatever was asked is answered in order: with an error.
    QVERIFY(!bus()
                 .call(QDBusMessage::createMethodCall(u"org.freedesktop.UPower"_s, u"/"_s, {}, u"None"_s))
                 .errorName()
                 .isEmpty());
    QCoreApplication::processEvents();
    QCOMPARE(changed.size(), 0);
    QVERIFY(machine.state() == ports::EnvironmentState());
    QVERIFY(nowhere.state() == ports::EnvironmentState());
    init();
}

VEDETTE_TEST_MAIN(QCoreApplication, TestMachineState)
#include "tst_machinestate.moc"
