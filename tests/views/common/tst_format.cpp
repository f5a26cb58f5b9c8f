// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QLocale>

#include "tests/support/main.h"
#include "views/common/errortext.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace vedette;
using namespace vedette::views;

class TestFormat final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void agesAreShort_data();
    void agesAreShort();
    void timesAreLocal();
    void countsFitTheirColumn();
    void initialsOfAnyName_data();
    void initialsOfAnyName();
    void everyErrorHasASentence();
    void everyCauseHasASentenceAndAWayOut_data();
    void everyCauseHasASentenceAndAWayOut();
    void labelsNeverShowMarkup();
};

void TestFormat::agesAreShort_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("now") << qint64(0) << u"0s"_s << u"0 s ago"_s;
    QTest::newRow("ahead of our clock") << qint64(-90) << u"0s"_s << u"0 s ago"_s;
    QTest::newRow("seconds") << qint64(59) << u"59s"_s << u"59 s ago"_s;
    QTest::newRow("a minute") << qint64(60) << u"1m"_s << u"1 min ago"_s;
    QTest::newRow("nearly an hour") << qint64(3599) << u"59m"_s << u"59 min ago"_s;
    QTest::newRow("hours") << qint64(7200) << u"2h"_s << u"2 h ago"_s;
    QTest::newRow("days") << qint64(86400 * 13) << u"13d"_s << u"13 d ago"_s;
    QTest::newRow("weeks") << qint64(86400 * 14) << u"2w"_s << u"14 d ago"_s;
}

void TestFormat::agesAreShort()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, text);
    QFETCH(QString, sentence);
    const core::TimePoint now(1'795'000'000s);
    QCOMPARE(shortAge(now - std::chrono::seconds(seconds), now), text);
    QCOMPARE(longAge(now - std::chrono::seconds(seconds), now), sentence);
}

void TestFormat::timesAreLocal()
{
    // Tests run in UTC.
    const core::TimePoint now = *core::parseTime("2026-11-20T10:42:30Z");
    QCOMPARE(clockTime(now), u"10:42"_s);
    QCOMPARE(asOfTime(now - 2h, now), u"08:42"_s);
    const QString lastWeek = asOfTime(*core::parseTime("2026-11-13T10:42:00Z"), now);
    QVERIFY2(lastWeek.endsWith(u", 10:42"_s) && lastWeek.contains(u"13"_s), qPrintable(lastWeek));
    QVERIFY(asOfTime(now - 24h, now) != asOfTime(now, now)); // the same time of another day
    QCOMPARE(localTime(*core::parseTime("2026-11-20T10:41:52Z"), now), u"today 10:41:52"_s);
    QCOMPARE(localTime(*core::parseTime("2026-11-19T23:05:00Z"), now), u"yesterday 23:05:00"_s);
    QVERIFY(localTime(*core::parseTime("2026-10-01T08:00:00Z"), now).endsWith(u", 08:00:00"_s));
    QVERIFY(fullTime(now).contains(u"2026-11-20 10:42:30.000 UTC"_s));
}

void TestFormat::countsFitTheirColumn()
{
    QCOMPARE(count(1204), u"1,204"_s);
    QCOMPARE(compactCount(99'999), u"99,999"_s);
    QCOMPARE(compactCount(100'000), u"100k"_s);
    QCOMPARE(compactCount(3'140'000), u"3.1M"_s);
    QCOMPARE(compactCount(0), u"0"_s);
}

void TestFormat::initialsOfAnyName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::newRow("two words") << u"Mika Kato"_s << u"MK"_s;
    QTest::newRow("three words") << u"jan van berg"_s << u"JV"_s;
    QTest::newRow("one word") << u"mika"_s << u"MI"_s;
    QTest::newRow("one letter") << u"x"_s << u"X"_s;
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("spaces") << u"   "_s << QString();
    QTest::newRow("han") << u"佐藤 花子"_s << u"佐花"_s;
    QTest::newRow("han, one word") << u"佐藤"_s << u"佐"_s;
    QTest::newRow("outside the basic plane") << u"😀 b"_s << u"😀B"_s;
}

void TestFormat::initialsOfAnyName()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    QCOMPARE(initials(name), text);
}

void TestFormat::everyErrorHasASentence()
{
    QStringList seen;
    for (int kind = 0; kind <= int(core::ErrorKind::Internal); ++kind) {
        core::Error error{core::ErrorKind(kind), 500, u"the server's words"_s};
        const QString text = errorText(error, u"sentry.io"_s);
        QVERIFY2(text.size() > 8, qPrintable(core::errorKindName(error.kind)));
        QVERIFY2(!seen.contains(text), qPrintable(text));
        seen << text;
    }
    // Nobody tries again for a dialog.
    const core::Error offline{core::ErrorKind::Offline, 0, {}};
    QVERIFY(errorText(offline).contains(u"keeps trying"_s));
    QVERIFY(!errorText(offline, {}, Retry::ByHand).contains(u"keeps trying"_s));
    core::Error limited{core::ErrorKind::RateLimited, 429, {}};
    limited.retryAfter = 30s;
    QVERIFY(errorText(limited).contains(u"30"_s));
    // The server's words never grow past a line.
    const core::Error loud{core::ErrorKind::Rejected, 400, QString(5000, u'x') + u"\n<b>"_s};
    QVERIFY(errorText(loud).size() < 500);
    QVERIFY(!errorText(loud).contains(u'\n'));
}

void TestFormat::everyCauseHasASentenceAndAWayOut_data()
{
    using core::ErrorCause;
    using core::ErrorKind;
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("cause");
    QTest::addColumn<bool>("hasCertificate");
    QTest::addColumn<int>("way");
    const auto row = [](ErrorKind kind, ErrorCause cause, WayOut way, bool hasCertificate = false) {
        const QString name = core::errorKindName(kind) + u' ' + core::errorCauseName(cause);
        QTest::newRow(qPrintable(name)) << int(kind) << int(cause) << hasCertificate << int(way);
    };
    row(ErrorKind::Tls, ErrorCause::UnknownIssuer, WayOut::Certificate, true);
    row(ErrorKind::Tls, ErrorCause::SelfSigned, WayOut::Certificate, true);
    row(ErrorKind::Tls, ErrorCause::WrongHost, WayOut::Certificate, true);
    row(ErrorKind::Tls, ErrorCause::Expired, WayOut::Certificate, true);
    row(ErrorKind::Tls, ErrorCause::NotYetValid, WayOut::Certificate, true);
    row(ErrorKind::Tls, ErrorCause::OtherCertificate, WayOut::Certificate, true);
    row(ErrorKind::Tls, ErrorCause::Revoked, WayOut::TryAgain, true);
    row(ErrorKind::Tls, ErrorCause::Unfit, WayOut::TryAgain, true);
    row(ErrorKind::Tls, ErrorCause::WantsCertificate, WayOut::Network);
    row(ErrorKind::Tls, ErrorCause::None, WayOut::Network);
    row(ErrorKind::Proxy, ErrorCause::ProxyAway, WayOut::Network);
    row(ErrorKind::Proxy, ErrorCause::ProxyPassword, WayOut::Network);
    row(ErrorKind::Redirected, ErrorCause::OtherServer, WayOut::ChangeAddress);
    row(ErrorKind::Redirected, ErrorCause::LessSafe, WayOut::ChangeAddress);
    row(ErrorKind::Redirected, ErrorCause::EndlessLoop, WayOut::ChangeAddress);
    row(ErrorKind::Redirected, ErrorCause::Renamed, WayOut::TryAgain);
    row(ErrorKind::Unauthorized, ErrorCause::None, WayOut::NewToken);
    row(ErrorKind::Unauthorized, ErrorCause::SsoRequired, WayOut::SignInThere);
    row(ErrorKind::Unauthorized, ErrorCause::TwoFactorRequired, WayOut::SignInThere);
    row(ErrorKind::Forbidden, ErrorCause::None, WayOut::NewToken);
    row(ErrorKind::Forbidden, ErrorCause::SudoRequired, WayOut::SignInThere);
    row(ErrorKind::Forbidden, ErrorCause::SuperuserRequired, WayOut::None);
    row(ErrorKind::Forbidden, ErrorCause::OverMemberLimit, WayOut::None);
    row(ErrorKind::RateLimited, ErrorCause::HeldBack, WayOut::Wait);
    row(ErrorKind::Offline, ErrorCause::None, WayOut::TryAgain);
    row(ErrorKind::NotSentry, ErrorCause::None, WayOut::ChangeAddress);
}

void TestFormat::everyCauseHasASentenceAndAWayOut()
{
    QFETCH(int, kind);
    QFETCH(int, cause);
    QFETCH(bool, hasCertificate);
    QFETCH(int, way);
    core::Error error{core::ErrorKind(kind), 0, {}, {}, core::ErrorCause(cause), u"https://b.example"_s};
    if (hasCertificate)
        error.certificate = std::make_shared<const core::ServerCertificate>();
    const QString text = errorText(error, u"a.example"_s, Retry::ByHand);
    QVERIFY(text.size() > 20);
    QVERIFY(text.endsWith(u'.'));
    QCOMPARE(int(wayOutOf(error)), way);
    QCOMPARE(wayOutText(WayOut(way)).isEmpty(), WayOut(way) == WayOut::None || WayOut(way) == WayOut::Wait);
    // Each cause is told apart from the kind without one.
    if (error.cause != core::ErrorCause::None && error.kind != core::ErrorKind::RateLimited &&
        error.cause != core::ErrorCause::ProxyAway && error.cause != core::ErrorCause::OtherServer) {
        core::Error plain = error;
        plain.cause = core::ErrorCause::None;
        QVERIFY2(text != errorText(plain, u"a.example"_s, Retry::ByHand), qPrintable(text));
    }
    if (error.cause == core::ErrorCause::OtherServer)
        QVERIFY2(text.contains(u"https://b.example"_s), qPrintable(text));
    // A certificate that is called back is never one to accept.
    QVERIFY(error.cause != core::ErrorCause::Revoked || wayOutOf(error) != WayOut::Certificate);
}

void TestFormat::labelsNeverShowMarkup()
{
    PlainLabel label(u"<b>bold</b>"_s);
    QCOMPARE(label.textFormat(), Qt::PlainText);
    ElidedLabel elided(u"<img src=x>\nsecond line"_s);
    QCOMPARE(elided.textFormat(), Qt::PlainText);
    // Tool tips guess rich text: the server's markup is escaped there.
    QCOMPARE(elided.toolTip(), u"<qt>&lt;img src=x&gt; second line</qt>"_s);
    QVERIFY(!elided.fullText().contains(u'\n'));
    QCOMPARE(elided.accessibleName(), elided.fullText());
}

VEDETTE_TEST_MAIN(QApplication, TestFormat)
#include "tst_format.moc"
