// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The forms of authentication of contract section 12, alone and together.

#include <QTest>

#include "app/collector/envelope/auth.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace Qt::Literals::StringLiterals;

class TestAuth final : public QObject
{
    Q_OBJECT

private slots:
    void table_data();
    void table();
    void readsTheClient();
};

void TestAuth::table_data()
{
    QTest::addColumn<QString>("sentryAuth"); // a null text: the header is not there
    QTest::addColumn<QString>("authorization");
    QTest::addColumn<QString>("queryKey");
    QTest::addColumn<QString>("dsn");
    QTest::addColumn<QString>("project");
    QTest::addColumn<QString>("result"); // key/project, or the kind of the error

    const QString none;
    QTest::newRow("none") << none << none << none << none << u"1"_s << u"unauthorized"_s;
    QTest::newRow("header") << u"Sentry sentry_key=abc, sentry_version=7, sentry_client=raven/1.0"_s << none
                            << none << none << u"1"_s << u"abc/1"_s;
    QTest::newRow("header, secret") << u"Sentry sentry_key=abc,sentry_secret=def"_s << none << none << none
                                    << u"1"_s << u"abc/1"_s;
    QTest::newRow("header, order") << u"Sentry sentry_version=7, sentry_key=abc"_s << none << none << none
                                   << u"1"_s << u"abc/1"_s;
    QTest::newRow("header, spaces only")
        << u"Sentry sentry_version=7 sentry_key=abc"_s << none << none << none << u"1"_s << u"abc/1"_s;
    QTest::newRow("header, no scheme") << u"sentry_key=abc"_s << none << none << none << u"1"_s << u"abc/1"_s;
    QTest::newRow("header, case") << u"sentry Sentry_Key=ABC"_s << none << none << none << u"1"_s
                                  << u"abc/1"_s;
    QTest::newRow("header without key")
        << u"Sentry sentry_version=7"_s << none << none << none << u"1"_s << u"malformed"_s;
    QTest::newRow("header empty") << u""_s << none << none << none << u"1"_s << u"malformed"_s;
    QTest::newRow("authorization") << none << u"Sentry sentry_key=abc"_s << none << none << u"1"_s
                                   << u"abc/1"_s;
    QTest::newRow("a proxy's authorization")
        << none << u"Basic Zm9vOmJhcg=="_s << u"abc"_s << none << u"1"_s << u"abc/1"_s;
    QTest::newRow("a bearer alone") << none << u"Bearer abc"_s << none << none << u"1"_s << u"unauthorized"_s;
    QTest::newRow("query") << none << none << u"abc"_s << none << u"1"_s << u"abc/1"_s;
    QTest::newRow("query empty") << none << none << u""_s << none << u"1"_s << u"unauthorized"_s;
    QTest::newRow("dsn") << none << none << none << u"http://abc@h/1"_s << u"1"_s << u"abc/1"_s;
    QTest::newRow("dsn, tunnel") << none << none << none << u"http://abc@h/7"_s << u""_s << u"abc/7"_s;
    QTest::newRow("dsn malformed") << none << none << none << u"abc"_s << u"1"_s << u"malformed"_s;
    QTest::newRow("dsn malformed beside a good key")
        << none << none << u"abc"_s << u"abc"_s << u"1"_s << u"malformed"_s;
    QTest::newRow("dsn of another project")
        << none << none << none << u"http://abc@h/2"_s << u"1"_s << u"rejected"_s;
    QTest::newRow("all agree") << u"Sentry sentry_key=abc"_s << u"Sentry sentry_key=abc"_s << u"ABC"_s
                               << u"http://abc:secret@h/p/1"_s << u"1"_s << u"abc/1"_s;
    QTest::newRow("header and query differ")
        << u"Sentry sentry_key=abc"_s << none << u"def"_s << none << u"1"_s << u"rejected"_s;
    QTest::newRow("query and dsn differ")
        << none << none << u"abc"_s << u"http://def@h/1"_s << u"1"_s << u"rejected"_s;
    QTest::newRow("first and last agree, the middle does not")
        << u"Sentry sentry_key=abc"_s << none << u"def"_s << u"http://abc@h/1"_s << u"1"_s << u"rejected"_s;
}

void TestAuth::table()
{
    QFETCH(const QString, sentryAuth);
    QFETCH(const QString, authorization);
    QFETCH(const QString, queryKey);
    QFETCH(const QString, dsn);
    QFETCH(const QString, project);
    QFETCH(const QString, result);
    const std::string header = sentryAuth.toStdString();
    const std::string second = authorization.toStdString();
    const std::string query = queryKey.toStdString();
    const std::string dsnText = dsn.toStdString();
    const std::string projectText = project.toStdString();
    AuthSources sources;
    if (!sentryAuth.isNull())
        sources.sentryAuth = header;
    if (!authorization.isNull())
        sources.authorization = second;
    if (!queryKey.isNull())
        sources.queryKey = query;
    sources.dsn = dsnText;
    sources.project = projectText;
    const auto read = readCredentials(sources);
    QCOMPARE(read ? QString::fromStdString(read->key + '/' + read->project)
                  : core::errorKindName(read.error().kind),
        result);
}

void TestAuth::readsTheClient()
{
    AuthSources sources;
    sources.sentryAuth = "Sentry sentry_key=abc, sentry_client=sentry.python/2.64.0";
    sources.project = "1";
    const auto read = readCredentials(sources);
    QVERIFY(read.has_value());
    QCOMPARE(read->client, std::string("sentry.python/2.64.0"));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestAuth)
#include "tst_auth.moc"
