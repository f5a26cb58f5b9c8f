// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/api/errors.h"
#include "tests/support/main.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorCause;
using core::ErrorKind;

class TestErrors final : public QObject
{
    Q_OBJECT

private slots:
    void texts_data();
    void texts();
    void kindsByCode();
    void signInIsNotTheToken();
    void signInPagesAreTheServersOwn();
    void proxiesAreToldApart();
    void redirectsNameTheirTarget();
    void causesHaveNames();
    void waitsOnlyWhereItHelps();
    void theText_is_boundedAndRedacted();
    void anyStatusAndBodyIsSafe();
};

void TestErrors::texts_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, int status, const QByteArray& body, const QString& text) {
        QTest::newRow(name) << status << body << text;
    };
    // Contract section 4, row by row.
    row("detail", 404, R"({"detail":"No matching event found"})", u"No matching event found"_s);
    row("code and message", 401,
        R"({"detail":{"code":"sso-required","message":"Must login via SSO","extra":{"loginUrl":"/auth/"}}})",
        u"Must login via SSO"_s);
    row("code alone", 401, R"({"detail":{"code":"2fa-required","message":null}})", u"2fa-required"_s);
    row("field errors", 400, R"({"assignedTo":["Unknown actor input"]})",
        u"assignedTo: Unknown actor input"_s);
    row("nested field errors", 400,
        R"({"statusDetails":{"inRelease":["Unable to find a release with the given version."]}})",
        u"statusDetails.inRelease: Unable to find a release with the given version."_s);
    row("non-field errors", 400, R"({"non_field_errors":["One","Two"]})", u"One; Two"_s);
    row("detail list", 400, R"({"detail":["Feature missing"]})", u"Feature missing"_s);
    row("bare text", 400, R"("Invalid origin: http://x")", u"Invalid origin: http://x"_s);
    row("message", 410, R"({"message":"This API no longer exists."})", u"This API no longer exists."_s);
    row("internal", 500, R"({"detail":"Internal Error","errorId":"abc"})", u"Internal Error"_s);
    row("empty", 404, "", u"HTTP 404 without a text"_s);
    row("html", 502, "<html><body>Bad gateway</body></html>",
        u"HTTP 502 with a web page instead of an answer"_s);
    row("bare word", 429, "detail", u"detail"_s);
    // Section 15.
    row("GlitchTip validation", 422,
        R"({"detail":[{"type":"literal_error","loc":["query","sort"],"msg":"Input should be '-count'"}]})",
        u"query.sort: Input should be '-count'"_s);
    row("GlitchTip throttle", 429, R"({"message":"Please retry later"})", u"Please retry later"_s);
    row("OAuth", 400, R"({"error":"invalid_grant","error_description":"expired"})", u"expired"_s);
    row("nothing to say", 400, R"({"detail":null})", u"HTTP 400 without a text"_s);
    row("numbers", 400, R"({"code":17})", u"code: 17"_s);
    row("lines", 400, "{\"detail\":\"one\\ntwo\\u202e\"}", u"one two"_s);
    row("bad bytes", 400, "no\xff\xfe", u"no\uFFFD\uFFFD"_s);
}

void TestErrors::texts()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, text);
    const core::Error error = api::errorFromAnswer(status, body.toStdString(), {});
    QCOMPARE(error.detail, text);
    QCOMPARE(error.httpStatus, status);
}

void TestErrors::kindsByCode()
{
    const auto kind = [](int status, const char* body) {
        return api::errorFromAnswer(status, body, {}).kind;
    };
    QCOMPARE(kind(401, R"({"detail":{"code":"sso-required"}})"), ErrorKind::Unauthorized);
    // Not fixed by signing in.
    QCOMPARE(kind(401, R"({"detail":{"code":"member-disabled-over-limit"}})"), ErrorKind::Forbidden);
    QCOMPARE(kind(401, R"({"detail":{"code":"sudo-required"}})"), ErrorKind::Forbidden);
    QCOMPARE(kind(403, R"({"detail":{"code":"superuser-required"}})"), ErrorKind::Forbidden);
    QCOMPARE(kind(302, R"({"detail":{"code":"resource-moved"}})"), ErrorKind::Redirected);
    QCOMPARE(kind(418, "{}"), ErrorKind::Rejected);
    QCOMPARE(kind(599, "{}"), ErrorKind::Server);
    QCOMPARE(kind(413, "<html>"), ErrorKind::TooLarge);
    QCOMPARE(kind(403, "\xEF\xBB\xBF  <html>"), ErrorKind::NotSentry);
}

void TestErrors::signInIsNotTheToken()
{
    const auto cause = [](int status, const char* body) {
        return api::errorFromAnswer(status, body, {}).cause;
    };
    QCOMPARE(cause(401, R"({"detail":"Invalid token"})"), ErrorCause::None);
    QCOMPARE(cause(401, R"({"detail":{"code":"sso-required"}})"), ErrorCause::SsoRequired);
    QCOMPARE(cause(401, R"({"detail":{"code":"2fa-required"}})"), ErrorCause::TwoFactorRequired);
    QCOMPARE(cause(401, R"({"detail":{"code":"sudo-required"}})"), ErrorCause::SudoRequired);
    QCOMPARE(cause(401, R"({"detail":{"code":"member-disabled-over-limit"}})"), ErrorCause::OverMemberLimit);
    QCOMPARE(cause(403, R"({"detail":{"code":"superuser-required"}})"), ErrorCause::SuperuserRequired);
    QCOMPARE(cause(401, R"({"detail":{"code":"what-else"}})"), ErrorCause::None);
    const core::Error moved = api::errorFromAnswer(302,
        R"({"detail":{"code":"resource-moved","message":"Resource moved","extra":{"slug":"new\nname","url":"/x"}}})",
        {});
    QCOMPARE(moved.kind, ErrorKind::Redirected);
    QCOMPARE(moved.cause, ErrorCause::Renamed);
    QCOMPARE(moved.about, u"new name"_s);
}

void TestErrors::signInPagesAreTheServersOwn()
{
    const QUrl asked(u"https://sentry.example/api/0/organizations/acme/issues/"_s);
    const auto page = [&asked](const QByteArray& named) {
        const QByteArray body =
            R"({"detail":{"code":"sso-required","message":"m","extra":{"loginUrl":")" + named + R"("}}})";
        return api::errorFromAnswer(401, body.toStdString(), {}, asked).about;
    };
    QCOMPARE(page("/auth/login/acme/"), u"https://sentry.example/auth/login/acme/"_s);
    QCOMPARE(page("https://sentry.example/auth/login/acme/?next=%2F"),
        u"https://sentry.example/auth/login/acme/?next=%2F"_s);
    for (const char* other : {"", "https://evil.example/auth/", "http://sentry.example/auth/",
             "//evil.example/", "https://sentry.example.evil.example/", "javascript:alert(1)",
             "file:///etc/passwd", "https://sentry.example:8443/", "https://u:p@evil.example/"})
        QVERIFY2(page(other).isEmpty(), other);
    // Whose answer it is is not known: no page.
    QVERIFY(api::errorFromAnswer(401, R"({"detail":{"code":"sso-required","extra":{"loginUrl":"/a"}}})", {})
                .about.isEmpty());
}

void TestErrors::proxiesAreToldApart()
{
    for (const auto fault : {QNetworkReply::ProxyConnectionRefusedError,
             QNetworkReply::ProxyConnectionClosedError, QNetworkReply::ProxyNotFoundError,
             QNetworkReply::ProxyTimeoutError, QNetworkReply::UnknownProxyError}) {
        QCOMPARE(api::errorFromNetwork(fault, {}).kind, ErrorKind::Proxy);
        QCOMPARE(api::errorFromNetwork(fault, {}).cause, ErrorCause::ProxyAway);
    }
    const core::Error refused =
        api::errorFromNetwork(QNetworkReply::ProxyAuthenticationRequiredError, u"no"_s);
    QCOMPARE(refused.kind, ErrorKind::Proxy);
    QCOMPARE(refused.cause, ErrorCause::ProxyPassword);
    // Outside a tunnel it is an answer with a status, mostly a page.
    QCOMPARE(api::errorFromAnswer(407, "<html>", {}).kind, ErrorKind::Proxy);
    QCOMPARE(api::errorFromAnswer(407, "<html>", {}).cause, ErrorCause::ProxyPassword);
}

void TestErrors::redirectsNameTheirTarget()
{
    const QUrl from(u"https://sentry.example/api/0/"_s);
    const auto to = [&from](const QString& url) { return api::errorFromRedirect(302, from, QUrl(url)); };
    QCOMPARE(to(u"https://u:secret@new.example:8443/x?token=1#y"_s).about, u"https://new.example:8443"_s);
    QCOMPARE(to(u"https://new.example/"_s).cause, ErrorCause::OtherServer);
    QCOMPARE(to(u"http://sentry.example/"_s).cause, ErrorCause::LessSafe);
    QCOMPARE(to(u"https://sentry.example/x"_s).cause, ErrorCause::EndlessLoop);
    // A name in another script cannot pass for a known one.
    QVERIFY(to(u"https://s\u0435ntry.example/"_s).about.startsWith(u"https://xn--"_s));
    QVERIFY(to(u"ftp://new.example/"_s).about.isEmpty());
    QCOMPARE(to(u"ftp://new.example/"_s).kind, ErrorKind::Redirected);
}

void TestErrors::causesHaveNames()
{
    QStringList seen;
    for (int i = 1; i <= int(ErrorCause::HeldBack); ++i) {
        const QString name = core::errorCauseName(ErrorCause(i));
        QVERIFY(!name.isEmpty() && !seen.contains(name));
        QCOMPARE(core::errorCauseOf(name), ErrorCause(i));
        seen << name;
    }
    QCOMPARE(core::errorCauseOf(u"of tomorrow"_s), ErrorCause::None);
}

void TestErrors::waitsOnlyWhereItHelps()
{
    const std::chrono::seconds wait(5);
    QCOMPARE(api::errorFromAnswer(429, "", wait).retryAfter, std::optional(wait));
    QCOMPARE(api::errorFromAnswer(503, "", wait).retryAfter, std::optional(wait));
    QCOMPARE(api::errorFromAnswer(404, "", wait).retryAfter, std::nullopt);
}

void TestErrors::theText_is_boundedAndRedacted()
{
    const std::string huge = "{\"detail\":\"" + std::string(1'000'000, 'x') + "\"}";
    QVERIFY(api::errorFromAnswer(400, huge, {}).detail.size() <= 500);
    const std::string secret = R"({"detail":"bad header: Bearer sntryu_aaaaaaaaaaaaaaaa"})";
    QVERIFY(!api::errorFromAnswer(400, secret, {}).detail.contains(u"aaaa"_s));
    std::string deep = "{\"a\":";
    for (int i = 0; i < 500; ++i)
        deep += "{\"a\":";
    deep += "\"x\"" + std::string(501, '}');
    QCOMPARE(api::errorFromAnswer(400, deep, {}).kind, ErrorKind::Rejected);
}

void TestErrors::anyStatusAndBodyIsSafe()
{
    const QList<std::string> bodies = {"", "null", "[]", "{}", "0", "\"\"", "[[[]]]", R"({"detail":{}})",
        R"({"detail":{"code":{}}})", R"({"detail":[[],{},null,1]})", "{", std::string(2, '\0'), "<", "\xff"};
    for (int status = 100; status < 600; ++status) {
        for (const std::string& body : bodies) {
            const core::Error error = api::errorFromAnswer(status, body, {});
            QVERIFY(!error.detail.isEmpty());
        }
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestErrors)
#include "tst_errors.moc"
