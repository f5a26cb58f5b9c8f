// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// DSNs that envelopes are passed on to.

#include <QTest>

#include "app/collector/door/upstream.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;

class TestUpstream final : public QObject
{
    Q_OBJECT

private slots:
    void reads();
    void refuses_data();
    void refuses();
    void knowsItself_data();
    void knowsItself();
};

void TestUpstream::reads()
{
    const auto hosted = parseUpstream("https://AbC1@o1.ingest.example/4509062593708032");
    QVERIFY(hosted);
    QCOMPARE(hosted->key, std::string("AbC1"));
    QCOMPARE(hosted->project, std::string("4509062593708032"));
    QCOMPARE(hosted->endpoint, std::string("https://o1.ingest.example/api/4509062593708032/"));
    QCOMPARE(hosted->port, std::uint16_t(443));
    // Port and path stay, the secret does not.
    const auto own = parseUpstream("http://key:secret@Example.test:9000/a/b/7/");
    QVERIFY(own);
    QCOMPARE(own->endpoint, std::string("http://example.test:9000/a/b/api/7/"));
    QCOMPARE(own->dsn, std::string("http://key@example.test:9000/a/b/7"));
    QCOMPARE(own->port, std::uint16_t(9000));
    QCOMPARE(parseUpstream("http://key@[::1]:8969/1")->endpoint, std::string("http://[::1]:8969/api/1/"));
}

void TestUpstream::refuses_data()
{
    QTest::addColumn<QByteArray>("dsn");
    for (const char* dsn : {"", "hello", "key@host/1", "ftp://key@host/1", "file:///etc/passwd",
             "javascript:alert(1)", "https://host/1", "https://@host/1", "https://key@host",
             "https://key@host/", "https://key@host/abc", "https://key@host/1?x=y", "https://key@host/1#f",
             "https://key@/1", "https://ke y@host/1", "https://k%0d%0aX:y@host/1", "https://key@ho st/1",
             "https://key@host:99999/1", "https://key@host/1\r\nX: y",
             "https://key@host/99999999999999999999"})
        QTest::newRow(dsn) << QByteArray(dsn);
    QTest::newRow("long") << "https://key@host/" + QByteArray(600, 'a') + "/1";
}

void TestUpstream::refuses()
{
    QFETCH(const QByteArray, dsn);
    const auto upstream = parseUpstream(dsn.toStdString());
    QVERIFY(!upstream);
    QVERIFY(!upstream.error().detail.isEmpty());
}

void TestUpstream::knowsItself_data()
{
    QTest::addColumn<QByteArray>("dsn");
    QTest::addColumn<bool>("itself");
    QTest::newRow("address") << QByteArray("http://k@127.0.0.1:8969/1") << true;
    QTest::newRow("name") << QByteArray("http://k@localhost:8969/1") << true;
    QTest::newRow("IPv6") << QByteArray("http://k@[::1]:8969/1") << true;
    QTest::newRow("subdomain") << QByteArray("http://k@x.localhost:8969/1") << true;
    QTest::newRow("any address") << QByteArray("http://k@0.0.0.0:8969/1") << true;
    QTest::newRow("TLS") << QByteArray("https://k@127.0.0.2:8969/1") << true;
    QTest::newRow("another port") << QByteArray("http://k@127.0.0.1:8970/1") << false;
    QTest::newRow("another machine") << QByteArray("http://k@example.test:8969/1") << false;
}

void TestUpstream::knowsItself()
{
    QFETCH(const QByteArray, dsn);
    QFETCH(const bool, itself);
    const auto upstream = parseUpstream(dsn.toStdString());
    QVERIFY(upstream);
    QCOMPARE(leadsTo(*upstream, 8969), itself);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestUpstream)
#include "tst_upstream.moc"
