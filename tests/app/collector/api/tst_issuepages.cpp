// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Walking the issue list page by page while it changes: contract section 3.
class TestIssuePages final : public QObject
{
    Q_OBJECT

private slots:
    void pagesSurviveChanges_data();
    void pagesSurviveChanges();
};

void TestIssuePages::pagesSurviveChanges_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("column") << QByteArray("sort=freq");
    QTest::newRow("counted") << QByteArray("sort=freq&statsPeriod=14d");
    QTest::newRow("users") << QByteArray("sort=user&environment=prod");
    QTest::newRow("date") << QByteArray("sort=date");
}

void TestIssuePages::pagesSurviveChanges()
{
    QFETCH(QByteArray, query);
    ApiWorld world;
    QStringList ids;
    for (int count = 5; count > 0; --count) {
        ids << world.addIssue("Kind" + QByteArray::number(count), count, R"(,"environment":"prod")");
        world.clock.advance(std::chrono::minutes(-1));
    }
    const auto page = [&](const QString& cursor) {
        return world.get(world.org() + "/issues/?limit=2&" + query +
                         (cursor.isEmpty() ? QByteArray() : "&cursor=" + cursor.toLatin1()));
    };
    const auto cursor = [](const ApiAnswer& answer, const char* rel) {
        const QString link = answer.header("link");
        return link.section(u"rel=\"%1\""_s.arg(QString::fromLatin1(rel)), 1).section(u'"', 3, 3);
    };
    const ApiAnswer first = page({});
    QCOMPARE(column(first.json, u"id"_s), ids.mid(0, 2));
    // What leaves the list before the place does not move the place.
    QCOMPARE(world.put(world.org() + "/issues/" + ids[0].toLatin1() + "/", R"({"status":"resolved"})").status,
        200);
    const ApiAnswer second = page(cursor(first, "next"));
    QCOMPARE(column(second.json, u"id"_s), ids.mid(2, 2));
    const ApiAnswer third = page(cursor(second, "next"));
    QCOMPARE(column(third.json, u"id"_s), ids.mid(4, 1));
    QVERIFY(third.header("link").contains(u"rel=\"next\"; results=\"false\""_s));
    const ApiAnswer back = page(cursor(third, "previous"));
    QCOMPARE(column(back.json, u"id"_s), ids.mid(2, 2));
    const ApiAnswer start = page(cursor(back, "previous"));
    QCOMPARE(column(start.json, u"id"_s), ids.mid(1, 1));
    QVERIFY(start.header("link").contains(u"rel=\"previous\"; results=\"false\""_s));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestIssuePages)
#include "tst_issuepages.moc"
