// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/secrets/memorysecretstore.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

class TestMemorySecretStore final : public QObject
{
    Q_OBJECT

private slots:
    void keepsByAccount();
    void keepsByName();
};

void TestMemorySecretStore::keepsByAccount()
{
    const domain::AccountId one(u"one"_s);
    const domain::AccountId two(u"two"_s);
    secrets::MemorySecretStore store;
    QCOMPARE(store.read(one, secrets::tokenName).result().error().kind, core::ErrorKind::NotFound);
    QVERIFY(store.write(one, secrets::tokenName, u"first"_s).result());
    QVERIFY(store.write(two, secrets::tokenName, u"second"_s).result());
    QVERIFY(store.write(one, secrets::tokenName, u"third"_s).result());
    QCOMPARE(store.read(one, secrets::tokenName).result().value(), u"third"_s);
    QCOMPARE(store.read(two, secrets::tokenName).result().value(), u"second"_s);
    QVERIFY(store.remove(one, secrets::tokenName).result());
    QVERIFY(store.remove(one, secrets::tokenName).result());
    QCOMPARE(store.read(one, secrets::tokenName).result().error().kind, core::ErrorKind::NotFound);
    QVERIFY(store.read(two, secrets::tokenName).result());
}

void TestMemorySecretStore::keepsByName()
{
    const domain::AccountId one(u"one"_s);
    secrets::MemorySecretStore store;
    QVERIFY(store.write(one, secrets::tokenName, u"token"_s).result());
    QVERIFY(store.write(one, secrets::headerName(u"X-Way"_s), u"value"_s).result());
    QCOMPARE(store.read(one, secrets::headerName(u"x-way"_s)).result().value(), u"value"_s);
    QCOMPARE(store.read(one, secrets::proxyName).result().error().kind, core::ErrorKind::NotFound);
    QVERIFY(store.removeAll(one, {}).result());
    QCOMPARE(store.read(one, secrets::tokenName).result().error().kind, core::ErrorKind::NotFound);
    QVERIFY(store.read(one, secrets::headerName(u"X-Way"_s)).result()); // was not named
    QVERIFY(store.removeAll(one, {secrets::headerName(u"X-Way"_s)}).result());
    QVERIFY(!store.read(one, secrets::headerName(u"X-Way"_s)).result());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestMemorySecretStore)
#include "tst_memorysecretstore.moc"
