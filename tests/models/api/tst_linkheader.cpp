// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/api/linkheader.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

class TestLinkHeader final : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void anyCutIsSafe();
};

void TestLinkHeader::reads_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("next");
    QTest::addColumn<bool>("hasNext");
    QTest::addColumn<QString>("previous");
    QTest::addColumn<bool>("hasPrevious");
    const auto row = [](const char* name, const QByteArray& header, const QString& next, bool hasNext,
                         const QString& previous, bool hasPrevious) {
        QTest::newRow(name) << header << next << hasNext << previous << hasPrevious;
    };
    row("as the contract writes it",
        R"(<https://h/api/0/organizations/o/issues/?query=x&cursor=1735689600000:0:1>; rel="previous"; results="false"; cursor="1735689600000:0:1", <https://h/api/0/organizations/o/issues/?query=x&cursor=1735689600000:100:0>; rel="next"; results="true"; cursor="1735689600000:100:0")",
        u"1735689600000:100:0"_s, true, u"1735689600000:0:1"_s, false);
    row("commas and quotes in the URL",
        R"(<https://h/?query=a,b;rel="next"&cursor=0:0:1>; rel="previous"; results="true"; cursor="0:0:1",<https://h/?query=a,%20b&cursor=0:50:0>; rel="next"; results="true"; cursor="0:50:0")",
        u"0:50:0"_s, true, u"0:0:1"_s, true);
    row("other order, other case", R"(<https://h/?cursor=1>; CURSOR="0:50:0"; Results="TRUE"; Rel="Next")",
        u"0:50:0"_s, true, {}, false);
    row("bare values", "<https://h/?cursor=1>; rel=next; results=true; cursor=0:50:0", u"0:50:0"_s, true, {},
        false);
    row("cursor only in the URL", R"(<https://h/?cursor=cD0yMDI1%3D&limit=5>; rel="next"; results="true")",
        u"cD0yMDI1="_s, true, {}, false);
    row("GlitchTip's wrapping",
        R"({'<https://h/api/0/organizations/o/issues/?limit=2>; rel="previous"; results="false", <https://h/api/0/organizations/o/issues/?cursor=cD0y&limit=2>; rel="next"; results="true"; cursor="cD0y"'})",
        u"cD0y"_s, true, {}, false);
    row("an absent next without a cursor", R"(<https://h/>; rel="next"; results="false")", {}, false, {},
        false);
    row("escaped quote", R"(<https://h/>; rel="next"; results="true"; cursor="a\"b")", u"a\"b"_s, true, {},
        false);
    row("other relations",
        R"(<https://h/>; rel="help", <https://h/>; rel="next"; results="true"; cursor="c")", u"c"_s, true, {},
        false);
    row("empty", "", {}, false, {}, false);
    row("no brackets", R"(https://h/; rel="next"; results="true"; cursor="c")", {}, false, {}, false);
    row("unclosed", R"(<https://h/; rel="next"; results="true"; cursor="c")", {}, false, {}, false);
    row("a cursor past all reason",
        "<h>; rel=\"next\"; results=\"true\"; cursor=\"" + QByteArray(5'000, 'x') + '"', {}, true, {}, false);
}

void TestLinkHeader::reads()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, next);
    QFETCH(bool, hasNext);
    QFETCH(QString, previous);
    QFETCH(bool, hasPrevious);
    const api::PageLinks links = api::readLinkHeader(header);
    QCOMPARE(links.next.cursor, next);
    QCOMPARE(links.next.hasResults, hasNext);
    QCOMPARE(links.previous.cursor, previous);
    QCOMPARE(links.previous.hasResults, hasPrevious);
}

void TestLinkHeader::anyCutIsSafe()
{
    const QByteArray whole =
        R"({'<https://h/?a=b,c&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <https://h/?cursor=0:100:0>; rel="next"; results="true"; cursor="0:10\0:0"'})";
    QCOMPARE(api::readLinkHeader(whole).next.cursor, u"0:100:0"_s);
    for (qsizetype from = 0; from < whole.size(); ++from) {
        for (qsizetype to = from; to <= whole.size(); ++to) {
            const api::PageLinks links = api::readLinkHeader(whole.mid(from, to - from));
            QVERIFY(links.next.cursor.size() < whole.size());
        }
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestLinkHeader)
#include "tst_linkheader.moc"
