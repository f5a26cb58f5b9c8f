// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Which events a project's inbound filters turn away, and why.

#include <QTest>

#include "app/collector/door/filters.h"
#include "models/json/document.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;

class TestFilters final : public QObject
{
    Q_OBJECT

private slots:
    void unwanted_data();
    void unwanted();
    void anEmptyFilterWantsEverything();
};

namespace {

FilterSettings all()
{
    return {{"ConnectionResetError", "Script*"}, {"*timed out*", "Error: minified*"}, {"web@0.*", "dev"},
        true, true};
}

std::string reasonFor(const FilterSettings& settings, const QByteArray& event)
{
    const auto document = json::Document::parse(event.toStdString());
    if (!document)
        qFatal("no JSON");
    ReceiveContext context;
    context.received = *core::parseTime("2026-11-20T10:00:00Z");
    return std::string(Filters(settings).unwanted(document->root(), context));
}

QByteArray withFrame(const QByteArray& absPath, const QByteArray& platform = "javascript")
{
    return R"({"platform":")" + platform +
           R"(","exception":{"values":[{"type":"Error","value":"x","stacktrace":)"
           R"({"frames":[{"abs_path":"https://shop.example/app.js","function":"a"},{"abs_path":")" +
           absPath + R"(","function":"b"},{"abs_path":"<anonymous>","function":"c"}]}}]}})";
}

} // namespace

void TestFilters::unwanted_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const QByteArray& event, const QByteArray& reason = {}) {
        QTest::newRow(name) << event << reason;
    };
    row("wanted", R"({"message":"hello","release":"web@1.0"})");
    row("type", R"({"exception":{"values":[{"type":"ConnectionResetError"}]}})", "error-type");
    row("type, other case", R"({"exception":[{"type":"connectionreseterror"}]})", "error-type");
    row("type of a cause", R"({"exception":[{"type":"ScriptFault"},{"type":"Outer"}]})", "error-type");
    row("type, pattern", R"({"exception":{"type":"ScriptError","value":"y"}})", "error-type");
    row("another type", R"({"exception":[{"type":"NoConnectionResetError"}]})");
    row("message", R"({"message":"it Timed out again"})", "error-message");
    row("logentry", R"({"logentry":{"message":"%s timed out","params":["db"]}})", "error-message");
    row("logentry, parameters", R"({"logentry":{"message":"%s","params":["timed out"]}})", "error-message");
    row("value", R"({"exception":[{"type":"E","value":"timed out"}]})", "error-message");
    row("type and value", R"({"exception":[{"type":"Error","value":"Minified React error"}]})",
        "error-message");
    row("value alone is not type and value", R"({"exception":[{"type":"Fault","value":"minified"}]})");
    row("release", R"({"release":"WEB@0.9.1"})", "release-version");
    row("whole release", R"({"release":"dev"})", "release-version");
    row("longer release", R"({"release":"dev-1"})");
    row("extension", withFrame("chrome-extension://abcdef/content.js"), "browser-extensions");
    row("extension of Firefox", withFrame("moz-extension://1-2/x.js"), "browser-extensions");
    row("extension of Safari", withFrame("safari-extension://1-2/x.js"), "browser-extensions");
    row("newer extension of Safari", withFrame("Safari-Web-Extension://1-2/x.js"), "browser-extensions");
    row("extension of Edge", withFrame("ms-browser-extension://1-2/x.js"), "browser-extensions");
    row("hidden by Safari", withFrame("webkit-masked-url://hidden/"), "browser-extensions");
    row("page's own code", withFrame("https://shop.example/chrome-extension://x.js"));
    row("no page", withFrame("chrome-extension://abcdef/content.js", "python"));
    row("extension that only called",
        R"({"platform":"javascript","exception":[{"type":"E","stacktrace":{"frames":)"
        R"([{"abs_path":"chrome-extension://a/b.js"},{"abs_path":"https://shop.example/app.js"}]}}]})");
    row("extension's saying",
        R"({"platform":"javascript","exception":[{"type":"Error",)"
        R"("value":"Uncaught Error: Extension context invalidated."}]})",
        "browser-extensions");
    row("same saying elsewhere", R"({"platform":"python","exception":[{"type":"Error",)"
                                 R"("value":"Extension context invalidated."}]})");
    row("page on this machine", R"({"request":{"url":"http://localhost:3000/cart?a=b"}})", "localhost");
    row("page on an address of this machine", R"({"request":{"url":"https://127.0.0.1/"}})", "localhost");
    row("page on this machine, IPv6", R"({"request":{"url":"http://[::1]:8080/"}})", "localhost");
    row("page with a name", R"({"request":{"url":"http://app.localhost/"}})", "localhost");
    row("user on this machine", R"({"user":{"ip_address":"127.0.0.1"}})", "localhost");
    row("page that only sounds so", R"({"request":{"url":"https://localhost.example/"}})");
    row("page with a tricky user", R"({"request":{"url":"https://localhost@shop.example/"}})");
    row("path with the name", R"({"request":{"url":"/localhost"}})");
    row("wrong types",
        R"({"message":5,"release":[],"exception":{"values":[null,7,{"type":{}}]},"request":3})");
}

void TestFilters::unwanted()
{
    QFETCH(const QByteArray, event);
    QFETCH(const QByteArray, reason);
    QCOMPARE(QByteArray::fromStdString(reasonFor(all(), event)), reason);
}

void TestFilters::anEmptyFilterWantsEverything()
{
    QVERIFY(Filters().isEmpty());
    QVERIFY(!Filters(all()).isEmpty());
    const QByteArray event = R"({"message":"timed out","request":{"url":"http://localhost/"}})";
    QCOMPARE(reasonFor({}, event), std::string());
    // Each kind by itself leaves the others alone.
    FilterSettings one;
    one.localhost = true;
    QCOMPARE(reasonFor(one, withFrame("chrome-extension://abcdef/content.js")), std::string());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestFilters)
#include "tst_filters.moc"
