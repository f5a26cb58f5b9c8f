// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTemporaryDir>
#include <QTest>

#include "app/commands/spikes.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using app::spikesOf;

namespace {

QList<QByteArrayList> rows(const QByteArray& csv)
{
    QList<QByteArrayList> out;
    const QByteArrayList lines = csv.trimmed().split('\n');
    for (const QByteArray& line : lines)
        out.append(line.split(','));
    return out;
}

} // namespace

class TestSpikes final : public QObject
{
    Q_OBJECT

private slots:
    void sumsFinerRowsAndFillsHours();
    void firesOnASpike();
    void rowsOnlyUseWhatCameBefore();
    void takesWhatToolsWrite_data();
    void takesWhatToolsWrite();
    void refusesNonsense_data();
    void refusesNonsense();
    void files();
};

void TestSpikes::sumsFinerRowsAndFillsHours()
{
    const auto out = spikesOf("timestamp,value\n"
                              "2025-01-06T00:50:00Z,2.4\n"
                              "2025-01-06T00:05:00Z,1.2\n"
                              "2025-01-06T03:00:00Z,7\n");
    QVERIFY(out.has_value());
    const auto table = rows(*out);
    QCOMPARE(table.size(), 5);
    QCOMPARE(table.at(0), (QByteArrayList{"timestamp", "count", "expected", "upper", "firing"}));
    QCOMPARE(table.at(1).first(2), (QByteArrayList{"2025-01-06T00:00:00Z", "4"}));
    QCOMPARE(table.at(2).first(2), (QByteArrayList{"2025-01-06T01:00:00Z", "0"}));
    QCOMPARE(table.at(3).first(2), (QByteArrayList{"2025-01-06T02:00:00Z", "0"}));
    QCOMPARE(table.at(4).first(2), (QByteArrayList{"2025-01-06T03:00:00Z", "7"}));
    for (const auto& row : table)
        QCOMPARE(row.size(), 5);
}

void TestSpikes::firesOnASpike()
{
    QByteArray csv = "timestamp,value\n";
    const QDateTime start(QDate(2025, 1, 6), QTime(0, 0), Qt::UTC);
    for (int hour = 0; hour < 200; ++hour)
        csv += start.addSecs(hour * 3600).toString(Qt::ISODate).toUtf8() + (hour == 199 ? ",90\n" : ",4\n");
    const auto out = spikesOf(csv);
    QVERIFY(out.has_value());
    const auto table = rows(*out);
    QCOMPARE(table.size(), 201);
    for (int i = 1; i < 200; ++i)
        QCOMPARE(table.at(i).at(4), "0");
    QCOMPARE(table.at(200).at(4), "1");
    QVERIFY(table.at(200).at(2).toDouble() > 3 && table.at(200).at(2).toDouble() < 5);
    QVERIFY(table.at(200).at(3).toDouble() < 90);
}

void TestSpikes::rowsOnlyUseWhatCameBefore()
{
    QByteArray csv;
    const QDateTime start(QDate(2025, 1, 6), QTime(0, 0), Qt::UTC);
    for (int hour = 0; hour < 100; ++hour)
        csv += start.addSecs(hour * 3600).toString(Qt::ISODate).toUtf8() + ',' +
               QByteArray::number(hour * 7 % 11) + '\n';
    const auto shorter = spikesOf(csv);
    const auto longer = spikesOf(csv + start.addSecs(100 * 3600).toString(Qt::ISODate).toUtf8() + ",5000\n");
    QVERIFY(shorter && longer);
    QVERIFY(longer->startsWith(*shorter));
    QVERIFY(longer->endsWith(",1\n"));
}

void TestSpikes::takesWhatToolsWrite_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<int>("lines");
    QTest::newRow("no header") << QByteArray("2025-01-06T00:00:00Z,1\n") << 2;
    QTest::newRow("no newline at the end") << QByteArray("timestamp,value\n2025-01-06T00:00:00Z,1") << 2;
    QTest::newRow("CRLF, BOM, quotes")
        << QByteArray("\xef\xbb\xbftimestamp,value\r\n\"2025-01-06T00:00:00Z\",\"1\"\r\n\r\n") << 2;
    QTest::newRow("a zone") << QByteArray("2025-01-06T02:00:00+02:00,1\n2025-01-06T00:30:00Z,1\n") << 2;
    QTest::newRow("only a header") << QByteArray("timestamp,value\n") << 1;
    QTest::newRow("nothing") << QByteArray() << 1;
}

void TestSpikes::takesWhatToolsWrite()
{
    QFETCH(const QByteArray, csv);
    const auto out = spikesOf(csv);
    QVERIFY2(out.has_value(), out ? "" : qPrintable(out.error().detail));
    QTEST(int(out->count('\n')), "lines");
}

void TestSpikes::refusesNonsense_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("says");
    QTest::newRow("no time") << QByteArray("timestamp,value\nyesterday,1\n") << u"line 2"_s;
    QTest::newRow("no count") << QByteArray("timestamp,value\n2025-01-06T00:00:00Z,many\n") << u"line 2"_s;
    QTest::newRow("one cell") << QByteArray("timestamp,value\n2025-01-06T00:00:00Z\n") << u"line 2"_s;
    QTest::newRow("three cells") << QByteArray("2025-01-06T00:00:00Z,1,2\n") << u"line 1"_s;
    QTest::newRow("negative") << QByteArray("2025-01-06T00:00:00Z,-1\n") << u"line 1"_s;
    QTest::newRow("not a number") << QByteArray("2025-01-06T00:00:00Z,nan\n") << u"line 1"_s;
    QTest::newRow("ages") << QByteArray("1825-01-06T00:00:00Z,1\n2025-01-06T00:00:00Z,1\n") << u"fifty"_s;
}

void TestSpikes::refusesNonsense()
{
    QFETCH(const QByteArray, csv);
    QFETCH(const QString, says);
    const auto out = spikesOf(csv);
    QVERIFY(!out.has_value());
    QCOMPARE(out.error().kind, core::ErrorKind::Malformed);
    QVERIFY2(out.error().detail.contains(says), qPrintable(out.error().detail));
}

void TestSpikes::files()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"counts.csv"_s);
    QCOMPARE(app::spikesOfFile(path).error().kind, core::ErrorKind::NotFound);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("2025-01-06T00:00:00Z,1\nx\n");
    file.close();
    const auto out = app::spikesOfFile(path);
    QVERIFY(!out.has_value());
    QVERIFY(out.error().detail.startsWith(path));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSpikes)
#include "tst_spikes.moc"
