// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/api/route.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

class TestRoute final : public QObject
{
    Q_OBJECT

private slots:
    void encodesWhatServersNamed();
    void cannotClimb();
    void keepsTheBasePath();
    void origins();
    void familiesAreWhatServersCountTogether();
};

void TestRoute::encodesWhatServersNamed()
{
    api::Route route = api::Route::get({u"0"_s, u"a/b?c#d"_s, u"pkg@1.0+2"_s, u"日本"_s});
    route.with("query", u"is:unresolved a&b=c [x,y]"_s).with("environment", QString()).withSome("cursor", {});
    const QUrl url = route.url(QUrl(u"https://h.example:8443"_s));
    QVERIFY(url.isValid());
    QCOMPARE(url.host(), u"h.example"_s);
    QCOMPARE(url.toEncoded(),
        QByteArray("https://h.example:8443/api/0/a%2Fb%3Fc%23d/pkg%401.0%2B2/%E6%97%A5%E6%9C%AC/"
                   "?query=is%3Aunresolved%20a%26b%3Dc%20%5Bx%2Cy%5D&environment="));
}

void TestRoute::cannotClimb()
{
    for (const QString& bad : {u""_s, u"."_s, u".."_s, QString(2'000, u'x')})
        QVERIFY(!api::Route::get({u"0"_s, u"organizations"_s, bad}).isValid());
    QVERIFY(api::Route::get({u"0"_s, u"..."_s, u"a..b"_s}).isValid());
}

void TestRoute::keepsTheBasePath()
{
    const api::Route route = api::Route::get({u"0"_s});
    for (const QString& base :
        {u"https://u:p@h/sentry/?x=1#y"_s, u"https://h/sentry"_s, u"https://h/sentry//"_s})
        QCOMPARE(route.url(QUrl(base)).toEncoded(), QByteArray("https://h/sentry/api/0/"));
    QCOMPARE(route.url(QUrl(u"https://h"_s)).toEncoded(), QByteArray("https://h/api/0/"));
}

void TestRoute::origins()
{
    QCOMPARE(api::originOf(QUrl(u"https://H/x?y"_s)), api::originOf(QUrl(u"https://h:443/"_s)));
    QVERIFY(api::originOf(QUrl(u"https://h/"_s)) != api::originOf(QUrl(u"http://h/"_s)));
    QVERIFY(api::originOf(QUrl(u"https://h/"_s)) != api::originOf(QUrl(u"https://h:8443/"_s)));
    QVERIFY(api::originOf(QUrl(u"file:///etc/passwd"_s)).isEmpty());
    QVERIFY(api::originOf(QUrl()).isEmpty());
}

void TestRoute::familiesAreWhatServersCountTogether()
{
    const auto family = [](const QStringList& segments) { return api::Route::get(segments).family(); };
    const QString org = u"acme"_s;
    // Things differ, the route is the same; whatever is asked of it.
    const QByteArray detail = family({u"0"_s, u"organizations"_s, org, u"issues"_s, u"42"_s});
    QCOMPARE(detail, family({u"0"_s, u"organizations"_s, u"2nd-org"_s, u"issues"_s, u"WEB-1A"_s}));
    QCOMPARE(api::Route::get({u"0"_s}).with("query", u"x"_s).family(), api::Route::get({u"0"_s}).family());
    QCOMPARE(family({u"0"_s, u"projects"_s, org, u"web"_s, u"keys"_s, u"abc"_s}),
        family({u"0"_s, u"projects"_s, u"b"_s, u"issues"_s, u"keys"_s, u"def"_s}));
    // An organization may be called what a route is called.
    QCOMPARE(family({u"0"_s, u"organizations"_s, u"issues"_s, u"tags"_s}),
        family({u"0"_s, u"organizations"_s, org, u"tags"_s}));
    const QString event = u"0123456789abcdef0123456789abcdef"_s;
    QCOMPARE(family({u"0"_s, u"issues"_s, u"1"_s, u"events"_s, event}),
        family({u"0"_s, u"issues"_s, u"2"_s, u"events"_s, QString(event).replace(u'0', u'1')}));
    // Each of these has limits of its own.
    QList<QByteArray> all = {detail, family({u"0"_s}), family({u"0"_s, u"organizations"_s}),
        family({u"0"_s, u"organizations"_s, org, u"issues"_s}),
        family({u"0"_s, u"organizations"_s, org, u"projects"_s}),
        family({u"0"_s, u"organizations"_s, org, u"stats_v2"_s}),
        family({u"0"_s, u"organizations"_s, org, u"issues"_s, u"1"_s, u"tags"_s}),
        family({u"0"_s, u"organizations"_s, org, u"issues"_s, u"1"_s, u"events"_s}),
        family({u"0"_s, u"organizations"_s, org, u"issues"_s, u"1"_s, u"events"_s, u"latest"_s}),
        family({u"0"_s, u"organizations"_s, org, u"issues"_s, u"1"_s, u"events"_s, event}),
        family({u"0"_s, u"issues"_s, u"1"_s}), family({u"0"_s, u"users"_s, u"me"_s}),
        family({u"0"_s, u"projects"_s, org, u"web"_s}),
        family({u"0"_s, u"projects"_s, org, u"web"_s, u"stats"_s}),
        api::Route::put({u"0"_s, u"organizations"_s, org, u"issues"_s, u"42"_s}, "{}").family(),
        api::Route::remove({u"0"_s, u"organizations"_s, org, u"issues"_s, u"42"_s}).family()};
    for (qsizetype i = 0; i < all.size(); ++i)
        QCOMPARE(all.indexOf(all.at(i)), i);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestRoute)
#include "tst_route.moc"
