// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/core/logging.h"
#include "models/core/text.h"
#include "tests/support/main.h"

using namespace vedette::core;
using namespace Qt::Literals::StringLiterals;

class TestText final : public QObject
{
    Q_OBJECT

private slots:
    void hostileCharactersAreInert();
    void linesStayOnlyWhereAsked();
    void aCutNeverSplitsAPair();
    void secretsAreBlanked_data();
    void secretsAreBlanked();
    void otherWordsStay();
};

void TestText::hostileCharactersAreInert()
{
    // "Trojan source": the override would show the rest of the line reversed.
    QCOMPARE(singleLine(u"user\u202Etxt.exe"), u"usertxt.exe"_s);
    QCOMPARE(singleLine(u"a\u200Bb\uFEFFc"), u"abc"_s);
    QCOMPARE(singleLine(u"red \x1B[31m"), u"red \uFFFD[31m"_s);
    // A zero-width joiner is part of emoji and stays.
    QCOMPARE(singleLine(u"\U0001F468\u200D\U0001F469"), u"\U0001F468\u200D\U0001F469"_s);
    const char16_t half[] = {u'a', 0xD83D, u'b', 0};
    QCOMPARE(singleLine(half), u"a\uFFFDb"_s);
}

void TestText::linesStayOnlyWhereAsked()
{
    QCOMPARE(singleLine(u"one\r\ntwo\tthree\u2028four"), u"one two three four"_s);
    QCOMPARE(multiLine(u"one\r\ntwo\tthree\u2028four"), u"one\ntwo\tthree\nfour"_s);
}

void TestText::aCutNeverSplitsAPair()
{
    const QString face = u"\U0001F600"_s;
    const QString text = face.repeated(10);
    for (qsizetype limit = 1; limit < 20; ++limit) {
        const QString cut = singleLine(text, limit);
        QVERIFY(cut.size() <= limit);
        QVERIFY(cut.endsWith(u'…'));
        QVERIFY(cut.isValidUtf16());
    }
    QCOMPARE(singleLine(text, 20), text);
}

void TestText::secretsAreBlanked_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("secret");
    QTest::newRow("bearer") << u"Authorization: Bearer abc.def-1"_s << u"abc.def-1"_s;
    QTest::newRow("prefixed") << u"bad token sntryu_0123abcd!"_s << u"0123abcd"_s;
    QTest::newRow("query") << u"GET /api/1/envelope/?sentry_key=ffff0000&x=1"_s << u"ffff0000"_s;
    QTest::newRow("dsn") << u"http://ffff0000@127.0.0.1:8969/1"_s << u"ffff0000"_s;
    QTest::newRow("cookie") << u"Set-Cookie: session=abc; Path=/"_s << u"abc"_s;
    QTest::newRow("oauth") << uR"({"access_token": "0a1b-2c", "expires_in": 5})"_s << u"0a1b-2c"_s;
    QTest::newRow("refresh") << u"grant_type=refresh_token&refresh_token=0a1b2c&x=1"_s << u"0a1b2c"_s;
    QTest::newRow("header") << u"CF-Access-Client-Secret: 0a1b 2c"_s << u"0a1b"_s;
    QTest::newRow("proxy") << u"Proxy-Authorization: Digest 0a1b2c"_s << u"0a1b2c"_s;
    QTest::newRow("passphrase") << u"key.pem passphrase='0a1b2c'"_s << u"0a1b2c"_s;
    QTest::newRow("hex") << u"token "_s + QString(64, u'a') << QString(64, u'a');
}

void TestText::secretsAreBlanked()
{
    QFETCH(QString, text);
    QFETCH(QString, secret);
    const QString out = redacted(text);
    QVERIFY2(!out.contains(secret), qPrintable(out));
    QVERIFY(out.contains(u"[hidden]"_s));
}

void TestText::otherWordsStay()
{
    for (const QString& text : {u"Invalid token: expired"_s, u"grant_type=device_code&scope=org:read"_s,
             u"GET /api/0/organizations/acme/issues/?cursor=0:100:0 -> 200"_s, u"error code: 17"_s,
             u"monkey: business"_s, u"event 0123456789abcdef0123456789abcdef"_s})
        QCOMPARE(redacted(text), text);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestText)
#include "tst_text.moc"
