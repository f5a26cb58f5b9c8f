// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `vedette collect` as scripts meet it: its ready line, its exit codes, its end (design section 7).

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "models/json/document.h"
#include "tests/e2e/collect/collectprocess.h"
#include "tests/support/main.h"
#include "tests/support/rawhttp.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestCollect final : public QObject
{
    Q_OBJECT

private slots:
    void printsOneLineAndEndsCleanly();
    void isBusyWhereAnotherRuns();
    void refusesWrongWords_data();
    void refusesWrongWords();
    void failsWhereItCannotStore();
};

void TestCollect::printsOneLineAndEndsCleanly()
{
    const QTemporaryDir dir;
    CollectProcess process(dir.filePath(u"new/folder"_s));
    QVERIFY(process.isReady());
    QCOMPARE(process.readyLine().count('\n'), 1);
    const auto ready = json::Document::parse(process.readyLine().toStdString());
    QVERIFY(ready.has_value());
    QStringList keys;
    for (const auto& member : ready->root().members())
        keys << QString::fromUtf8(member.key.data(), qsizetype(member.key.size()));
    QCOMPARE(keys, (QStringList{u"url"_s, u"dsn"_s, u"token"_s, u"organization"_s, u"project"_s}));
    const std::string token(*ready->root()["token"].string());
    QCOMPARE(token.size(), std::size_t(64));
    QCOMPARE(request(process.port(),
                 "GET /api/0/organizations/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
                     "\r\n\r\n")
                 .status,
        200);
    QCOMPARE(
        request(process.port(), "GET /api/0/organizations/ HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 401);
    QCOMPARE(process.terminate(), 0);
    // Clean: the log was moved into the database.
    QVERIFY(!QFile::exists(dir.filePath(u"new/folder/collector/collector.sqlite-wal"_s)));
}

void TestCollect::isBusyWhereAnotherRuns()
{
    const QTemporaryDir dir;
    const QTemporaryDir other;
    CollectProcess first(dir.path());
    QVERIFY(first.isReady());
    CollectProcess same(dir.path());
    QCOMPARE(same.waitForEnd(), 3);
    QVERIFY(same.errorText().contains(QByteArray::number(first.port())));
    CollectProcess port(other.path(), {u"--listen"_s, u"127.0.0.1:%1"_s.arg(first.port())});
    QCOMPARE(port.waitForEnd(), 3);
    QVERIFY(port.errorText().contains(QByteArray::number(first.port())));
}

void TestCollect::refusesWrongWords_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown") << QStringList{u"--nothing"_s};
    QTest::newRow("no value") << QStringList{u"--listen"_s};
    QTest::newRow("no port") << QStringList{u"--listen"_s, u"127.0.0.1"_s};
    QTest::newRow("port too large") << QStringList{u"--listen"_s, u"127.0.0.1:65536"_s};
    QTest::newRow("not loopback") << QStringList{u"--listen"_s, u"0.0.0.0:0"_s};
}

void TestCollect::refusesWrongWords()
{
    QFETCH(const QStringList, arguments);
    const QTemporaryDir dir;
    CollectProcess process(dir.path(), arguments);
    QCOMPARE(process.waitForEnd(), 2);
    QVERIFY(process.readyLine().isEmpty());
    QVERIFY(!process.errorText().isEmpty());
}

void TestCollect::failsWhereItCannotStore()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    CollectProcess process(file.fileName());
    QCOMPARE(process.waitForEnd(), 1);
    QVERIFY(!process.errorText().isEmpty());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCollect)
#include "tst_collect.moc"
