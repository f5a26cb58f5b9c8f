// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/secrets/memorytokenstore.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

class TestMemoryTokenStore final : public QObject
{
    Q_OBJECT

private slots:
    void keepsByAccount();
};

void TestMemoryTokenStore::keepsByAccount()
{
    const domain::AccountId one(u"one"_s);
    const domain::AccountId two(u"two"_s);
    secrets::MemoryTokenStore store;
    QCOMPARE(store.read(one).result().error().kind, core::ErrorKind::NotFound);
    QVERIFY(store.write(one, u"first"_s).result());
    QVERIFY(store.write(two, u"second"_s).result());
    QVERIFY(store.write(one, u"third"_s).result());
    QCOMPARE(store.read(one).result().value(), u"third"_s);
    QCOMPARE(store.read(two).result().value(), u"second"_s);
    QVERIFY(store.remove(one).result());
    QVERIFY(store.remove(one).result());
    QCOMPARE(store.read(one).result().error().kind, core::ErrorKind::NotFound);
    QVERIFY(store.read(two).result());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestMemoryTokenStore)
#include "tst_memorytokenstore.moc"
