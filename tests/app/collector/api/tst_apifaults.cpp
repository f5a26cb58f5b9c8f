// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/faultvfs.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// The web API on a disk that fails: an answer with a body every time, and afterwards it goes on.
class TestApiFaults final : public QObject
{
    Q_OBJECT

private slots:
    void theNthCallFails_data();
    void theNthCallFails();
    void aFullDisk();
};

void TestApiFaults::theNthCallFails_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path"); // {org}, {i}
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char* method, const char* path, const char* body = "") {
        QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path) << QByteArray(body);
    };
    row("GET", "{org}/issues/?sort=freq&statsPeriod=24h&query=zone:eu%20broke");
    row("GET", "{org}/issues/{i}/");
    row("GET", "{org}/issues/{i}/events/latest/");
    row("GET", "{org}/issues/{i}/tags/");
    row("PUT", "{org}/issues/{i}/", R"({"status":"resolved","assignedTo":"","hasSeen":true})");
    row("PUT", "{org}/issues/?id={i}", R"({"isBookmarked":true})");
    row("POST", "{org}/projects/", R"({"name":"Next"})");
}

void TestApiFaults::theNthCallFails()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    ApiWorld world(FaultVfs::name());
    const QString issue = world.addIssue("Fault", 2, R"(,"tags":{"zone":"eu"})");
    path.replace("{org}", world.org()).replace("{i}", issue.toLatin1());
    const int good = method == "POST" ? 201 : 200;
    constexpr long most = 400;
    long n = 0;
    for (; n < most; ++n) {
        FaultVfs::failOnce(n);
        const ApiAnswer answer = world.call(method, path, body);
        const bool struck = FaultVfs::disarm();
        QVERIFY2(answer.status == good || answer.status == 500 || answer.status == 503,
            qPrintable(u"call %1: %2"_s.arg(n).arg(answer.status)));
        if (answer.status != good)
            QVERIFY(!answer.detail().isEmpty());
        // At once fine again, and no state half done.
        QCOMPARE(world.get(world.org() + "/issues/?query=").json.toArray().size(), 1);
        if (!struck)
            break;
    }
    QVERIFY(n < most);
    QCOMPARE(world.call(method, path, body).status, good);
}

void TestApiFaults::aFullDisk()
{
    ApiWorld world(FaultVfs::name());
    const QByteArray path = world.org() + "/issues/" + world.addIssue("Fault").toLatin1() + "/";
    FaultVfs::failWrites(true);
    const ApiAnswer refused = world.put(path, R"({"status":"resolved"})");
    QCOMPARE(refused.status, 503);
    QVERIFY(!refused.detail().isEmpty());
    QCOMPARE(world.get(path).json[u"status"_s].toString(), u"unresolved"_s); // reading goes on
    FaultVfs::failWrites(false);
    QCOMPARE(world.put(path, R"({"status":"resolved"})").status, 200);
    QCOMPARE(world.get(path).json[u"status"_s].toString(), u"resolved"_s);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestApiFaults)
#include "tst_apifaults.moc"
