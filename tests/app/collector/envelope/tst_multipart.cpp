// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/collector/envelope/multipart.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;

/// Forms as RFC 7578 writes them, and what is none.
class TestMultipart final : public QObject
{
    Q_OBJECT

private slots:
    void takesApart();
    void names_data();
    void names();
    void refuses_data();
    void refuses();
    void boundsParts();
};

namespace {

constexpr const char* form = "multipart/form-data; boundary=XyZ";

std::string part(std::string_view head, std::string_view data)
{
    return "--XyZ\r\n" + std::string(head) + "\r\n\r\n" + std::string(data) + "\r\n";
}

} // namespace

void TestMultipart::takesApart()
{
    const std::string binary("MDMP\r\n--Xy\r\n\0\xff", 14);
    const std::string body =
        "a preamble\r\n" + part("Content-Disposition: form-data; name=\"sentry\"", "{}") +
        part("content-disposition: form-data; name=\"dump\"; filename=\"a;b.dmp\"\r\nContent-Type: "
             "application/x-dmp",
            binary) +
        part("Content-Disposition: form-data; name=empty", "") + "--XyZ--\r\nan epilogue";
    const auto parts = parseMultipart(form, body);
    QVERIFY(parts.has_value());
    QCOMPARE(parts->size(), std::size_t(3));
    QCOMPARE(parts->at(0).name, std::string("sentry"));
    QCOMPARE(parts->at(0).data, std::string_view("{}"));
    QVERIFY(!parts->at(0).isFile);
    QCOMPARE(parts->at(1).name, std::string("dump"));
    QCOMPARE(parts->at(1).filename, std::string("a;b.dmp"));
    QCOMPARE(parts->at(1).contentType, std::string("application/x-dmp"));
    QCOMPARE(parts->at(1).data, std::string_view(binary));
    QVERIFY(parts->at(1).isFile);
    QCOMPARE(parts->at(2).name, std::string("empty"));
    QVERIFY(parts->at(2).data.empty());
}

void TestMultipart::names_data()
{
    QTest::addColumn<std::string>("head");
    QTest::addColumn<std::string>("name");
    QTest::newRow("browser's quote") << std::string(R"(form-data; name="a%22b")") << std::string("a\"b");
    QTest::newRow("backslashes") << std::string(R"(form-data; name="a\"b\\c")") << std::string("a\"b\\c");
    QTest::newRow("no name") << std::string("form-data; filename=\"name=x\"") << std::string();
    QTest::newRow("bare") << std::string("form-data;name=x ; filename=y") << std::string("x");
    QTest::newRow("no UTF-8") << std::string("form-data; name=\"\xff\"") << std::string("\xEF\xBF\xBD");
    QTest::newRow("never closed") << std::string("form-data; name=\"x") << std::string("x");
}

void TestMultipart::names()
{
    QFETCH(std::string, head);
    QFETCH(std::string, name);
    const std::string body = part("Content-Disposition: " + head, "v") + "--XyZ--";
    const auto parts = parseMultipart(form, body);
    QVERIFY(parts.has_value());
    QCOMPARE(parts->size(), std::size_t(1));
    QCOMPARE(parts->front().name, name);
}

void TestMultipart::refuses_data()
{
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("body");
    const std::string fine = part("Content-Disposition: form-data; name=\"a\"", "b");
    QTest::newRow("no boundary") << std::string("multipart/form-data") << fine + "--XyZ--";
    QTest::newRow("another boundary") << std::string("multipart/form-data; boundary=other") << fine;
    QTest::newRow("empty") << std::string(form) << std::string();
    QTest::newRow("no end") << std::string(form) << fine;
    QTest::newRow("cut in a head") << std::string(form) << fine + "--XyZ\r\nContent-Dispo";
    QTest::newRow("cut in data") << std::string(form) << fine.substr(0, fine.size() - 3);
    QTest::newRow("a head without end")
        << std::string(form) << "--XyZ\r\n" + std::string(20'000, 'x') + "\r\n\r\nb\r\n--XyZ--";
    QTest::newRow("an endless boundary")
        << "multipart/form-data; boundary=" + std::string(1'000, 'x') << std::string(1'100, 'x');
}

void TestMultipart::refuses()
{
    QFETCH(std::string, type);
    QFETCH(std::string, body);
    const auto parts = parseMultipart(type, body);
    QVERIFY(!parts.has_value());
    QCOMPARE(parts.error().kind, core::ErrorKind::Malformed);
}

void TestMultipart::boundsParts()
{
    std::string body;
    for (int i = 0; i < 1'001; ++i)
        body += part("Content-Disposition: form-data; name=\"a\"", "b");
    const auto parts = parseMultipart(form, body + "--XyZ--");
    QVERIFY(!parts.has_value());
    QCOMPARE(parts.error().kind, core::ErrorKind::TooLarge);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestMultipart)
#include "tst_multipart.moc"
