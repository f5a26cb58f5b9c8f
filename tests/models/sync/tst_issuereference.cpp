// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What people paste to name an issue (contract section 17).

#include <QTest>

#include "models/sync/issuereference.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using sync::IssueReference;
using Kind = IssueReference::Kind;

Q_DECLARE_METATYPE(vedette::sync::IssueReference)

class TestIssueReference final : public QObject
{
    Q_OBJECT

private slots:
    void understands_data();
    void understands();
    void refuses_data();
    void refuses();
};

void TestIssueReference::understands_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<IssueReference>("meant");
    const QString event = u"fe628bfa48064c9b97ce7e75a19e6197"_s;
    QTest::newRow("number") << u" 4503599627370496 "_s
                            << IssueReference{Kind::IssueId, u"4503599627370496"_s, {}, {}, {}};
    QTest::newRow("short id") << u"web-app-2x"_s
                              << IssueReference{Kind::ShortId, u"WEB-APP-2X"_s, {}, {}, {}};
    QTest::newRow("short id as in a commit")
        << u"#WEB-2X"_s << IssueReference{Kind::ShortId, u"WEB-2X"_s, {}, {}, {}};
    QTest::newRow("event") << event.toUpper() << IssueReference{Kind::EventId, event, {}, {}, {}};
    QTest::newRow("event with dashes")
        << u"fe628bfa-4806-4c9b-97ce-7e75a19e6197"_s << IssueReference{Kind::EventId, event, {}, {}, {}};
    QTest::newRow("page")
        << u"https://sentry.io/organizations/acme/issues/123/?project=1&query=is%3Aunresolved"_s
        << IssueReference{Kind::IssueId, u"123"_s, QUrl(u"https://sentry.io"_s), u"acme"_s, {}};
    QTest::newRow("page of a customer's host")
        << u"https://acme.sentry.io/issues/123/"_s
        << IssueReference{Kind::IssueId, u"123"_s, QUrl(u"https://acme.sentry.io"_s), u"acme"_s, {}};
    QTest::newRow("page of an event")
        << u"https://s.example:8443/organizations/acme/issues/123/events/"_s + event + u"/#breadcrumbs"_s
        << IssueReference{Kind::IssueId, u"123"_s, QUrl(u"https://s.example:8443"_s), u"acme"_s, event};
    QTest::newRow("page by short id")
        << u"http://127.0.0.1:8969/organizations/local/issues/web-2x"_s
        << IssueReference{Kind::ShortId, u"WEB-2X"_s, QUrl(u"http://127.0.0.1:8969"_s), u"local"_s, {}};
    QTest::newRow("GlitchTip") << u"https://glitch.example/acme/issues/7"_s
                               << IssueReference{Kind::IssueId, u"7"_s, QUrl(u"https://glitch.example"_s),
                                      u"acme"_s, {}};
    QTest::newRow("below a path") << u"https://example.org/sentry/organizations/acme/issues/7/"_s
                                  << IssueReference{Kind::IssueId, u"7"_s, QUrl(u"https://example.org"_s),
                                         u"acme"_s, {}};
    QTest::newRow("API") << u"https://sentry.io/api/0/issues/123/"_s
                         << IssueReference{Kind::IssueId, u"123"_s, QUrl(u"https://sentry.io"_s), {}, {}};
    QTest::newRow("API of an organization")
        << u"https://sentry.io/api/0/organizations/acme/issues/123/events/latest/"_s
        << IssueReference{Kind::IssueId, u"123"_s, QUrl(u"https://sentry.io"_s), u"acme"_s, {}};
    QTest::newRow("a name and a password go no further")
        << u"https://me:secret@sentry.io/organizations/acme/issues/123/"_s
        << IssueReference{Kind::IssueId, u"123"_s, QUrl(u"https://sentry.io"_s), u"acme"_s, {}};
}

void TestIssueReference::understands()
{
    QFETCH(const QString, pasted);
    QFETCH(const IssueReference, meant);
    const IssueReference found = sync::parseIssueReference(pasted);
    QCOMPARE(found.kind, meant.kind);
    QCOMPARE(found.text, meant.text);
    QCOMPARE(found.server, meant.server);
    QCOMPARE(found.organization, meant.organization);
    QCOMPARE(found.event, meant.event);
}

void TestIssueReference::refuses_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::newRow("nothing") << QString();
    QTest::newRow("spaces") << u" \n"_s;
    QTest::newRow("words") << u"the checkout is broken"_s;
    QTest::newRow("a query") << u"is:unresolved"_s;
    QTest::newRow("a word") << u"checkout"_s;
    QTest::newRow("a date") << u"2025-01-02"_s;
    QTest::newRow("31 digits of hex and a dash") << u"fe628bfa48064c9b97ce7e75a19e619-"_s;
    QTest::newRow("another page") << u"https://sentry.io/organizations/acme/projects/web/"_s;
    QTest::newRow("the list") << u"https://sentry.io/organizations/acme/issues/"_s;
    QTest::newRow("another scheme") << u"file:///organizations/acme/issues/123/"_s;
    QTest::newRow("script") << u"javascript://x/organizations/acme/issues/123/"_s;
    QTest::newRow("a number past all") << u"99999999999999999999"_s;
    QTest::newRow("long") << QString(10'000, u'1');
}

void TestIssueReference::refuses()
{
    QFETCH(const QString, pasted);
    QCOMPARE(sync::parseIssueReference(pasted).kind, Kind::None);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestIssueReference)
#include "tst_issuereference.moc"
