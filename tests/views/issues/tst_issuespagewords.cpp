// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the issues page says where there is nothing, where it is old, and of what it shows.

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>

#include "tests/support/main.h"
#include "tests/views/issues/issuesbench.h"
#include "views/common/banner.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace vedette;
using namespace vedette::views;

class TestIssuesPageWords final : public QObject, private tests::IssuesBench
{
    Q_OBJECT

private slots:
    void init() { open(); }
    void cleanup() { close(); }

    void saysWhatItShows();
    void emptyLoadingAndErrorAreSaid();
    void firstErrorIsAwaited();
    void staleRowsSayOfWhen();
    void signInElsewhereAsksForNoToken();
};

void TestIssuesPageWords::saysWhatItShows()
{
    load();
    const QString age = u", as of %1"_s.arg(clockTime(*m_hub->listState.asOf));
    QCOMPARE(m_page->statusText(), u"Inbox, last 24 h: 18 of 1,204 issues"_s + age);
    sync::IssueQuery query = m_page->query();
    query.projects = {domain::ProjectId(u"1"_s)};
    query.environments = {u"production"_s};
    m_page->setQuery(query, {});
    QCOMPARE(m_page->statusText(), u"web, production, last 24 h: 18 of 1,204 issues"_s + age);
    sync::FeedState bounded = m_hub->listState;
    bounded.total = 1000;
    bounded.totalIsLowerBound = true;
    m_hub->issueFeeds.first()->setState(bounded);
    QVERIFY(m_page->statusText().contains(u"1,000 or more"_s));
    bounded.asOf = *bounded.asOf - std::chrono::hours(24 * 7);
    m_hub->issueFeeds.first()->setState(bounded);
    QVERIFY2(!m_page->statusText().endsWith(age), qPrintable(m_page->statusText())); // with its date
}

void TestIssuesPageWords::emptyLoadingAndErrorAreSaid()
{
    m_hub->answersAtOnce = false;
    sync::IssueQuery query;
    query.scopes = {tests::sampleAccount().id};
    query.text = u"is:unresolved"_s;
    m_page->setQuery(query, u"Inbox"_s);
    const auto headline = [this] { return find<PlainLabel>("emptyHeadline")->text(); };
    QVERIFY(find<QWidget>("issuesEmpty")->isVisible());
    QCOMPARE(headline(), u"Loading …"_s);

    auto* feed = m_hub->issueFeeds.first();
    sync::FeedState failed;
    failed.error = core::Error{core::ErrorKind::NotSentry, 200, {}, {}};
    feed->setState(failed);
    QCOMPARE(headline(), u"Nothing to show"_s);
    auto* again = find<QPushButton>("emptyAction");
    QVERIFY(again->isVisible());
    QTest::mouseClick(again, Qt::LeftButton);
    QCOMPARE(feed->refreshes, 1);

    sync::FeedState empty;
    empty.asOf = m_clock->now();
    feed->setState(empty);
    QCOMPARE(headline(), u"All quiet"_s);
    QVERIFY(!again->isVisible());
    query.text = u"nothing has this"_s;
    m_page->setQuery(query, u"Search"_s);
    feed->setState(empty);
    QCOMPARE(headline(), u"No issue matches"_s);

    feed->emitReset(m_hub->rows);
    QVERIFY(m_list->isVisible());
}

void TestIssuesPageWords::firstErrorIsAwaited()
{
    m_hub->answersAtOnce = false;
    domain::Account account = tests::sampleAccount();
    account.kind = domain::ServerKind::Collector;
    m_hub->scriptedAccounts.setAccounts({account});
    domain::Project project;
    project.id = domain::ProjectId(u"1"_s);
    m_hub->scriptedDirectory.projectsOf[account.id] = {project};
    sync::IssueQuery query;
    query.scopes = {account.id};
    query.text = u"is:unresolved"_s;
    m_page->setQuery(query, u"Inbox"_s);
    auto* feed = m_hub->issueFeeds.first();
    sync::FeedState empty;
    empty.asOf = m_clock->now();
    feed->emitReset({});
    feed->setState(empty);
    const auto headline = [this] { return find<QLabel>("emptyHeadline")->text(); };
    QCOMPARE(headline(), u"Waiting for the first error"_s);
    QSignalSpy asked(m_page.get(), &Page::dsnRequested);
    QTest::mouseClick(find<QPushButton>("emptyAction"), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(feed->refreshes, 0);
    // The first one came and was resolved: nobody waits any more, though the directory is as it was.
    feed->emitReset(m_hub->rows);
    feed->emitReset({});
    feed->setState(empty);
    QCOMPARE(headline(), u"All quiet"_s);
}

void TestIssuesPageWords::staleRowsSayOfWhen()
{
    load();
    auto* stale = find<MessageBanner>("staleBanner");
    QVERIFY(!stale->isVisible());
    sync::FeedState old = m_hub->listState;
    old.asOf = *core::parseTime("2026-11-20T10:12:00Z");
    old.error = core::Error{core::ErrorKind::Timeout, 0, {}, {}};
    auto* feed = m_hub->issueFeeds.first();
    feed->setState(old);
    QVERIFY(stale->isVisible());
    QVERIFY(stale->text().contains(u"10:12"_s)); // tests run in UTC
    // Trying again does not make it flicker.
    old.loading = true;
    feed->setState(old);
    QVERIFY(stale->isVisible());
    QVERIFY(m_list->isVisible());
    QTest::mouseClick(stale->findChild<QPushButton*>(u"bannerAction"_s), Qt::LeftButton);
    QCOMPARE(feed->refreshes, 1);
    // Found here, because nobody else could be asked.
    old.loading = false;
    old.isSearchedHere = true;
    old.notSearched = {u"is:for_review"_s};
    feed->setState(old);
    QVERIFY(stale->text().contains(u"kept here"_s));
    QVERIFY(stale->text().contains(u"is:for_review"_s));
    feed->setState(m_hub->listState);
    QVERIFY(!stale->isVisible());
}

void TestIssuesPageWords::signInElsewhereAsksForNoToken()
{
    load();
    auto* stale = find<MessageBanner>("staleBanner");
    auto* feed = m_hub->issueFeeds.first();
    QSignalSpy waysOut(m_page.get(), &IssuesPage::wayOutRequested);
    const auto texts = [stale] {
        QStringList all;
        for (const QPushButton* button : stale->findChildren<QPushButton*>(u"bannerAction"_s))
            all << button->text();
        return all;
    };
    sync::FeedState refused = m_hub->listState;
    refused.error = core::Error{core::ErrorKind::Unauthorized, 401, {}};
    feed->setState(refused);
    QTest::mouseClick(stale->findChild<QPushButton*>(u"bannerAction"_s), Qt::LeftButton);
    QCOMPARE(waysOut.size(), 1);
    QCOMPARE(waysOut[0][0].value<domain::AccountId>(), m_hub->scriptedAccounts.all.first().id);
    refused.error->cause = core::ErrorCause::SsoRequired;
    feed->setState(refused);
    QVERIFY(stale->text().contains(u"single sign-on"_s));
    QTRY_COMPARE(texts(), (QStringList{u"Sign in there …"_s, u"Try again"_s}));
    const int before = feed->refreshes;
    QTest::mouseClick(stale->findChildren<QPushButton*>(u"bannerAction"_s).last(), Qt::LeftButton);
    QCOMPARE(waysOut.size(), 1);
    QCOMPARE(feed->refreshes, before + 1);
}

VEDETTE_TEST_MAIN(QApplication, TestIssuesPageWords)
#include "tst_issuespagewords.moc"
