// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What stands in for the machine in other tests tells what the interface promises, in its order.

#include <QTest>

#include "tests/support/main.h"
#include "tests/support/manualenvironment.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

class TestEnvironment final : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatChanged();
    void assumesThatAllIsWell();
};

void TestEnvironment::tellsWhatChanged()
{
    tests::ManualEnvironment environment;
    QStringList told;
    connect(&environment, &ports::Environment::changed, this,
        [&] { told << (environment.state().isSuspended ? u"changed: asleep"_s : u"changed"_s); });
    connect(&environment, &ports::Environment::resumed, this, [&] { told << u"resumed"_s; });
    connect(&environment, &ports::Environment::networkChanged, this, [&] { told << u"network"_s; });
    ports::EnvironmentState state = environment.state();
    environment.set(state);
    QVERIFY(told.isEmpty());
    state.isSuspended = true;
    state.isOnline = false;
    environment.set(state);
    environment.set({});
    environment.changeNetwork();
    QCOMPARE(
        told, (QStringList{u"changed: asleep"_s, u"changed"_s, u"network"_s, u"resumed"_s, u"network"_s}));
}

void TestEnvironment::assumesThatAllIsWell()
{
    const ports::AssumedEnvironment environment;
    QCOMPARE(environment.state(), ports::EnvironmentState());
    QVERIFY(
        environment.state().isOnline && !environment.state().isMetered && !environment.state().isSuspended);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestEnvironment)
#include "tst_environment.moc"
