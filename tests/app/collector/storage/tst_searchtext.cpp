// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/collector/storage/textindex.h"

using namespace vedette::collector;

/// How texts are taken apart for the full text index.
class TestSearchText final : public QObject
{
    Q_OBJECT

private slots:
    void joinsWhatIsNotContained();
    void theShapeLeavesVariableWordsOut();
    void windowsHoldWordsWithTheirSurroundings_data();
    void windowsHoldWordsWithTheirSurroundings();
    void knowsWhatItSaw();
    void forgetsOnlyWhenFull();
};

void TestSearchText::joinsWhatIsNotContained()
{
    QCOMPARE(searchTextOf("Error: x", "a in b", "f Error x a in b").whole,
        std::string("Error: x\nf Error x a in b"));
    QCOMPARE(searchTextOf("", "", "").whole, std::string());
    QCOMPARE(searchTextOf("t", "culprit", "").whole, std::string("t\nculprit"));
}

void TestSearchText::theShapeLeavesVariableWordsOut()
{
    const auto shape = [](std::string_view title) { return searchTextOf(title, "", "").shape; };
    QCOMPARE(shape("order 17 is late"), shape("order 4711 is late"));
    QCOMPARE(shape("id 3f2c9a-11"), shape("id deadbeef0-9"));
    QVERIFY(shape("order 17 is late") != shape("order 17 was late"));
    QVERIFY(shape("order 17") != shape("order"));
    QVERIFY(shape("a 1") != shape("a1"));
}

void TestSearchText::windowsHoldWordsWithTheirSurroundings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("windows");
    QTest::newRow("none") << QByteArray("nothing here") << QByteArray();
    QTest::newRow("one") << QByteArray("order 17 is late") << QByteArray("r 17 i");
    QTest::newRow("at both ends") << QByteArray("17 to 18") << QByteArray("17 to 18");
    QTest::newRow("two apart") << QByteArray("a x1 or then b2 c") << QByteArray("a x1 o\nn b2 c");
    QTest::newRow("other letters") << QByteArray("日本語12テキスト") << QByteArray("本語12テキ");
    QTest::newRow("alone") << QByteArray("7") << QByteArray("7");
}

void TestSearchText::windowsHoldWordsWithTheirSurroundings()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, windows);
    const SearchText made = searchTextOf(text.toStdString(), "", "");
    QCOMPARE(QByteArray::fromStdString(made.windows), windows);
}

void TestSearchText::knowsWhatItSaw()
{
    KnownTexts known;
    const auto look = [&known](std::int64_t issue, std::string_view title) {
        return known.look(1, issue, searchTextOf(title, "", ""));
    };
    QCOMPARE(look(1, "order 17").whole, std::string("order 17"));
    QCOMPARE(look(1, "order 17").whole, std::string());
    QCOMPARE(look(1, "order 17").windows, std::string());
    QCOMPARE(look(1, "order 18").whole, std::string());
    QCOMPARE(look(1, "order 19").windows, std::string("r 19"));
    QCOMPARE(look(2, "order 17").whole, std::string("order 17"));
    known.clear();
    QCOMPARE(look(1, "order 17").whole, std::string("order 17"));
}

void TestSearchText::forgetsOnlyWhenFull()
{
    KnownTexts known;
    int again = 0;
    for (int round = 0; round < 2; ++round) {
        for (int issue = 1; issue <= 20'000; ++issue)
            again += !known.look(1, issue, searchTextOf("order", "", "")).whole.empty() && round == 1 ? 1 : 0;
    }
    QVERIFY2(again < 200, qPrintable(QString::number(again)));
}

QTEST_GUILESS_MAIN(TestSearchText)
#include "tst_searchtext.moc"
