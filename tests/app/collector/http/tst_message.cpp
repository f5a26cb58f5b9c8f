// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Requests, responses and bodies as values, and which hosts are this machine.

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "app/collector/http/message.h"
#include "app/collector/http/server.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace Qt::Literals::StringLiterals;

class TestMessage final : public QObject
{
    Q_OBJECT

private slots:
    void splitsPaths();
    void decodesPercents();
    void writesDetails();
    void knowsLoopback_data();
    void knowsLoopback();
    void bodyStaysInMemory();
    void bodySpools();
    void bodyKeepsTheBudget();
    void bodyWithoutASpoolFolderIsRefused();
};

void TestMessage::splitsPaths()
{
    const std::vector<std::string> envelope = {"api", "1", "envelope"};
    QCOMPARE(pathSegments("/api/1/envelope/"), envelope);
    QCOMPARE(pathSegments("/api/1/envelope"), envelope);
    QCOMPARE(pathSegments("//api//1/envelope//"), envelope);
    QCOMPARE(pathSegments("/a/x%2Fy/"), (std::vector<std::string>{"a", "x/y"}));
    QCOMPARE(pathSegments("/"), std::vector<std::string>());
    QCOMPARE(pathSegments(""), std::vector<std::string>());
}

void TestMessage::decodesPercents()
{
    QCOMPARE(percentDecoded("a%20b+c"), std::string("a b+c"));
    QCOMPARE(percentDecoded("a%20b+c", true), std::string("a b c"));
    QCOMPARE(percentDecoded("100%"), std::string("100%"));
    QCOMPARE(percentDecoded("%4"), std::string("%4"));
    QCOMPARE(percentDecoded("%zz%41"), std::string("%zzA"));
    QCOMPARE(percentDecoded("%e2%82%ac"), std::string("\xe2\x82\xac"));
}

void TestMessage::writesDetails()
{
    const Response response = Response::detail(400, "a \"quote\"");
    QCOMPARE(response.status, 400);
    QCOMPARE(response.body, std::string("{\"detail\":\"a \\\"quote\\\"\"}"));
}

void TestMessage::knowsLoopback_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("is");
    for (const char* host :
        {"localhost", "LocalHost", "localhost:8969", "localhost.", "a.localhost", "a.b.localhost:1",
            "127.0.0.1", "127.0.0.1:8969", "127.255.0.3:1", "[::1]", "[::1]:8969", "[0:0:0:0:0:0:0:1]:1"})
        QTest::newRow(host) << QByteArray(host) << true;
    for (const char* host :
        {"", "example.org", "localhost.example.org", "notlocalhost", "127.0.0.1.example.org", "128.0.0.1",
            "10.0.0.1:8969", "0.0.0.0", "[::2]", "::1", "[::1", "[::1]x", "localhost:", "localhost:x",
            "localhost:123456", "127.1", "localhost@example.org", "[::ffff:127.0.0.1]"})
        QTest::newRow(*host ? host : "empty") << QByteArray(host) << false;
}

void TestMessage::knowsLoopback()
{
    QFETCH(const QByteArray, host);
    QFETCH(const bool, is);
    QCOMPARE(isLoopbackHost(host.toStdString()), is);
}

void TestMessage::bodyStaysInMemory()
{
    const auto budget = std::make_shared<BodyBudget>(100);
    Body body(budget, 10, QDir::tempPath().toStdString());
    QVERIFY(body.append("hello").has_value());
    QVERIFY(body.append("world").has_value());
    QCOMPARE(body.bytes(), std::string_view("helloworld"));
    QVERIFY(!body.isSpooled());
    QCOMPARE(budget->used(), std::size_t(10));
    const Body moved = std::move(body);
    QCOMPARE(moved.bytes(), std::string_view("helloworld"));
    QCOMPARE(budget->used(), std::size_t(10));
}

void TestMessage::bodySpools()
{
    const QTemporaryDir dir;
    const auto budget = std::make_shared<BodyBudget>(100);
    {
        Body body(budget, 10, dir.path().toStdString());
        QVERIFY(body.append("hello").has_value());
        QVERIFY(body.append("worlds").has_value());
        QVERIFY(body.isSpooled());
        QCOMPARE(budget->used(), std::size_t(0));
        QCOMPARE(body.bytes(), std::string_view("helloworlds"));
        QVERIFY(body.append(std::string(10'000, 'x')).has_value());
        QCOMPARE(body.bytes().size(), std::size_t(10'011));
        QCOMPARE(body.size(), std::size_t(10'011));
        // Unnamed: a crash leaves nothing behind.
        QVERIFY(QDir(dir.path()).isEmpty());
    }
    QCOMPARE(budget->used(), std::size_t(0));
}

void TestMessage::bodyKeepsTheBudget()
{
    const auto budget = std::make_shared<BodyBudget>(10);
    Body first(budget, 100, QDir::tempPath().toStdString());
    QVERIFY(first.append("12345678").has_value());
    {
        Body second(budget, 100, QDir::tempPath().toStdString());
        QVERIFY(second.append("12").has_value());
        const auto refused = second.append("3");
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().kind, core::ErrorKind::Busy);
        QCOMPARE(second.bytes(), std::string_view("12"));
    }
    QCOMPARE(budget->used(), std::size_t(8));
    QVERIFY(first.append("90").has_value());
}

void TestMessage::bodyWithoutASpoolFolderIsRefused()
{
    const QTemporaryDir dir;
    const auto budget = std::make_shared<BodyBudget>(100);
    Body body(budget, 4, (dir.path() + u"/not there"_s).toStdString());
    const auto refused = body.append("12345");
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, core::ErrorKind::Storage);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestMessage)
#include "tst_message.moc"
