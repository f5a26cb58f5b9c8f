// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/collector/storage/releaseorder.h"
#include "tests/support/main.h"

using namespace vedette::collector;

/// Which release is later: what regressions hang on.
class TestReleaseOrder final : public QObject
{
    Q_OBJECT

private slots:
    void comparesAsTold_data();
    void comparesAsTold();
};

void TestReleaseOrder::comparesAsTold_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<int>("order"); // of a, which came a day before b
    const auto row = [](const char* name, const char* a, const char* b, int order) {
        QTest::newRow(name) << QString::fromLatin1(a) << QString::fromLatin1(b) << order;
    };
    row("by version, not by date", "app@2.0.0", "app@1.9.0", 1);
    row("a candidate before its release", "app@1.0.0-rc.1", "app@1.0.0", -1);
    row("two packages: by date", "web@2.0.0", "api@1.0.0", -1);
    row("one is no version: by date", "app@2.0.0", "da39a3ee", -1);
    row("neither is: by date", "zebra", "ape", -1);
    row("same version, builds that are no numbers: by date", "app@1.0.0+b", "app@1.0.0+a", -1);
    row("same version, builds that are numbers", "app@1.0.0+9", "app@1.0.0+10", -1);
}

void TestReleaseOrder::comparesAsTold()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(int, order);
    const ReleaseInOrder first{1, a.toStdString(), 1'000'000};
    const ReleaseInOrder second{2, b.toStdString(), 1'000'000 + 86'400'000};
    QCOMPARE(compareReleases(first, second) < 0 ? -1 : 1, order);
    QCOMPARE(compareReleases(second, first) < 0 ? -1 : 1, -order);
    QCOMPARE(compareReleases(first, first), 0);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestReleaseOrder)
#include "tst_releaseorder.moc"
