// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <string>

#include "app/collector/storage/recent.h"
#include "tests/support/main.h"

using vedette::collector::Recent;

/// What is used stays, what is not is forgotten, and there is never more than the bound.
class TestRecent final : public QObject
{
    Q_OBJECT

private slots:
    void remembers();
    void whatIsUsedStays();
    void isBounded();
    void forgets();
};

void TestRecent::remembers()
{
    Recent<std::string, int> recent(8);
    QVERIFY(!recent.find("a"));
    QCOMPARE(recent.put("a", 1), 1);
    QCOMPARE(*recent.find("a"), 1);
    recent.put("a", 2);
    QCOMPARE(*recent.find("a"), 2);
    for (const char* key : {"b", "c", "d", "e"}) // "a" is in the older half now
        recent.put(key, 0);
    recent.put("a", 3);
    QCOMPARE(*recent.find("a"), 3);
    recent.erase("a");
    QVERIFY(!recent.find("a"));
}

void TestRecent::whatIsUsedStays()
{
    Recent<int, int> recent(100);
    recent.put(-1, 7);
    recent.put(-2, 8);
    for (int i = 0; i < 1'000; ++i) {
        recent.put(i, i);
        QCOMPARE(*recent.find(-1), 7);
    }
    QVERIFY(!recent.find(-2));
    QVERIFY(!recent.find(800));
    QCOMPARE(*recent.find(999), 999);
}

void TestRecent::isBounded()
{
    Recent<int, int> recent(100);
    for (int i = 0; i < 1'000; ++i)
        recent.put(i, i);
    int known = 0;
    recent.eraseIf([&known](int) {
        ++known;
        return false;
    });
    QVERIFY2(known > 50 && known <= 100, qPrintable(QString::number(known)));
    QCOMPARE(*recent.find(999), 999);
}

void TestRecent::forgets()
{
    Recent<int, int> recent(10);
    for (int i = 0; i < 9; ++i)
        recent.put(i, i % 2);
    recent.eraseIf([](int value) { return value == 1; }); // of both halves
    for (int i = 0; i < 9; ++i)
        QCOMPARE(recent.find(i) != nullptr, i % 2 == 0);
    recent.clear();
    QVERIFY(!recent.find(0));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestRecent)
#include "tst_recent.moc"
