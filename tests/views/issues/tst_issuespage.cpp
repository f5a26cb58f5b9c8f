// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTreeView>
#include <QVBoxLayout>

#include "tests/support/main.h"
#include "tests/views/issues/issuesbench.h"
#include "views/common/banner.h"
#include "views/common/issueactions.h"
#include "views/common/plainlabel.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace vedette;
using namespace vedette::views;
using Kind = domain::Action::Kind;

class TestIssuesPage final : public QObject, private tests::IssuesBench
{
    Q_OBJECT

private slots:
    void init() { open(); }
    void cleanup() { close(); }

    void firstRowIsOpenAndKeysMove();
    void actsOnTheCurrentIssueAndGoesOn();
    void actsOnAllThatAreChosen();
    void actsOnAllThatAreSelected();
    void assignsByTypingAName();
    void assignsToMe();
    void keysNeverFireWhileTyping();
    void singleLettersCanBeSwitchedOff();
    void refusalIsSaidWithAWayOut();
    void headerClickSorts();
    void fetchesMoreAtTheEnd();
    void mergeKeepsSelectionAndScroll();
    void whatIsReadStaysOpenWhenItsRowGoes();
    void looksAtAnIssueMarkItSeen();
    void opensInBrowserOnlyWhatABrowserMayHave();
    void everythingFocusableHasAName();
};

void TestIssuesPage::firstRowIsOpenAndKeysMove()
{
    load();
    QCOMPARE(current(), u"1001"_s);
    QCOMPARE(m_detail->shown, QStringList{u"1001"_s});
    press(Qt::Key_J);
    press(Qt::Key_J);
    press(Qt::Key_K);
    QCOMPARE(current(), u"1002"_s);
    QCOMPARE(m_detail->shown.last(), u"1002"_s);
    press(Qt::Key_Down);
    QCOMPARE(current(), u"1003"_s);
    press(Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget(), m_detail);
    // From the detail the list still moves.
    press(Qt::Key_J);
    QCOMPARE(current(), u"1004"_s);
}

void TestIssuesPage::actsOnTheCurrentIssueAndGoesOn()
{
    load();
    QSignalSpy told(m_page.get(), &IssuesPage::actionTaken);
    press(Qt::Key_R);
    QCOMPARE(m_hub->scriptedOutbox.submitted.size(), 1);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].action.kind, Kind::Resolve);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].issues.size(), 1);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].issues[0].id.value(), u"1001"_s);
    QCOMPARE(told.size(), 1);
    // The row shows it at once, and the next one is next.
    QCOMPARE(
        m_list->model()->index(0, 0).data(items::IssueListModel::IssueRole).value<domain::Issue>().status,
        domain::IssueStatus::Resolved);
    QCOMPARE(current(), u"1002"_s);
    press(Qt::Key_E);
    QCOMPARE(m_hub->scriptedOutbox.submitted[1].action.kind, Kind::Archive);
    QCOMPARE(current(), u"1003"_s);
    // An open issue cannot be reopened; a resolved one can.
    press(Qt::Key_R, Qt::ShiftModifier);
    QCOMPARE(m_hub->scriptedOutbox.submitted.size(), 2);
    press(Qt::Key_K);
    press(Qt::Key_K);
    QCOMPARE(current(), u"1001"_s);
    QVERIFY(m_page->actions().reopen->isEnabled());
    press(Qt::Key_R, Qt::ShiftModifier);
    QCOMPARE(m_hub->scriptedOutbox.submitted.size(), 3);
    QCOMPARE(m_hub->scriptedOutbox.submitted[2].action.kind, Kind::Reopen);
    press(Qt::Key_U);
    QCOMPARE(m_hub->scriptedOutbox.undone, 1);
}

void TestIssuesPage::actsOnAllThatAreChosen()
{
    load();
    auto* bar = find<QWidget>("selectionBar");
    QVERIFY(!bar->isVisible());
    press(Qt::Key_X);
    press(Qt::Key_J);
    press(Qt::Key_X);
    QVERIFY(bar->isVisible());
    QVERIFY(find<PlainLabel>("selectionText")->text().startsWith(u'2'));
    QTest::mouseClick(find<QPushButton>("bulkArchive"), Qt::LeftButton);
    QCOMPARE(m_hub->scriptedOutbox.submitted.size(), 1);
    const auto& submitted = m_hub->scriptedOutbox.submitted[0];
    QCOMPARE(submitted.action.kind, Kind::Archive);
    QCOMPARE(submitted.issues.size(), 2);
    QCOMPARE(submitted.issues[0].id.value(), u"1001"_s);
    QCOMPARE(submitted.issues[1].id.value(), u"1003"_s);
    QVERIFY(!bar->isVisible());
}

void TestIssuesPage::actsOnAllThatAreSelected()
{
    load();
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(find<QWidget>("selectionBar")->isVisible());
    press(Qt::Key_R);
    QCOMPARE(m_hub->scriptedOutbox.submitted.size(), 1);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].issues.size(), 3);
}

void TestIssuesPage::assignsByTypingAName()
{
    load();
    press(Qt::Key_A);
    auto* field = m_page->findChild<QLineEdit*>(u"assigneeField"_s);
    QVERIFY(field);
    QTest::keyClicks(field, u"ami"_s);
    QCOMPARE(m_page->findChild<QListWidget*>(u"assigneeList"_s)->count(), 1);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_hub->scriptedOutbox.submitted.size(), 1);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].action.kind, Kind::Assign);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].action.assignee.name, u"Amira Nasser"_s);
    QTRY_VERIFY(!m_page->findChild<QLineEdit*>(u"assigneeField"_s));
    backToThePage();
    // An assigned issue can be given to nobody again.
    press(Qt::Key_A);
    field = m_page->findChild<QLineEdit*>(u"assigneeField"_s);
    auto* people = m_page->findChild<QListWidget*>(u"assigneeList"_s);
    QCOMPARE(people->count(), 6);
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_hub->scriptedOutbox.submitted.last().action.kind, Kind::Unassign);
}

void TestIssuesPage::assignsToMe()
{
    load();
    press(Qt::Key_M);
    QCOMPARE(m_hub->scriptedOutbox.submitted.last().action.assignee.name, u"Mika Kato"_s);
    m_hub->scriptedDirectory.self.reset();
    press(Qt::Key_M);
    QCOMPARE(m_hub->scriptedOutbox.submitted.size(), 1);
    auto* banner = find<MessageBanner>("issuesBanner");
    QVERIFY(banner->isVisible());
    // The way out: the list of people.
    QTest::mouseClick(banner->findChild<QPushButton*>(u"bannerAction"_s), Qt::LeftButton);
    QVERIFY(m_page->findChild<QLineEdit*>(u"assigneeField"_s));
    QVERIFY(!banner->isVisible());
}

void TestIssuesPage::keysNeverFireWhileTyping()
{
    load();
    m_detail->field->setFocus();
    QCOMPARE(QApplication::focusWidget(), m_detail->field);
    for (const char letter : "rejkxamuco[]")
        if (letter)
            QTest::keyClick(m_detail->field, letter);
    QCOMPARE(m_detail->field->text(), u"rejkxamuco[]"_s);
    QVERIFY(m_hub->scriptedOutbox.submitted.isEmpty());
    QCOMPARE(current(), u"1001"_s);
    QVERIFY(!m_page->findChild<QLineEdit*>(u"assigneeField"_s));
}

void TestIssuesPage::singleLettersCanBeSwitchedOff()
{
    load();
    m_page->actions().setSingleLetters(false);
    press(Qt::Key_R);
    press(Qt::Key_J);
    QVERIFY(m_hub->scriptedOutbox.submitted.isEmpty());
    QCOMPARE(current(), u"1001"_s);
    m_page->actions().setSingleLetters(true);
    press(Qt::Key_J);
    QCOMPARE(current(), u"1002"_s);
}

void TestIssuesPage::refusalIsSaidWithAWayOut()
{
    load();
    press(Qt::Key_R);
    m_hub->scriptedOutbox.refuseLast({core::ErrorKind::Forbidden, 403, u"event:write is missing"_s, {}});
    auto* banner = find<MessageBanner>("issuesBanner");
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->tone(), MessageBanner::Tone::Error);
    QVERIFY(banner->text().contains(u"could not be resolved"_s));
    QVERIFY(banner->text().contains(u"event:write is missing"_s));
    QCOMPARE(banner->accessibleName(), banner->text());
    // Rolled back to be seen.
    QCOMPARE(
        m_list->model()->index(0, 0).data(items::IssueListModel::IssueRole).value<domain::Issue>().status,
        domain::IssueStatus::Unresolved);
    // A scope can be missing because of the token, or be given in the meantime.
    const QList<QPushButton*> ways = banner->findChildren<QPushButton*>(u"bannerAction"_s);
    QCOMPARE(ways.size(), 2);
    QCOMPARE(ways.last()->text(), u"Try again"_s);
    QTest::mouseClick(ways.last(), Qt::LeftButton);
    QCOMPARE(m_hub->scriptedOutbox.submitted.size(), 1);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].issues[0].id.value(), u"1001"_s);
    QVERIFY(!banner->isVisible());

    // Where the token is the reason, the way out is a token of this account.
    m_hub->scriptedOutbox.refuseLast({core::ErrorKind::Unauthorized, 401, {}, {}});
    QSignalSpy wayOut(m_page.get(), &Page::wayOutRequested);
    QTest::mouseClick(banner->findChildren<QPushButton*>(u"bannerAction"_s).last(), Qt::LeftButton);
    QCOMPARE(wayOut.size(), 1);
    QCOMPARE(wayOut[0][0].value<domain::AccountId>(), m_hub->scriptedAccounts.all.first().id);
}

void TestIssuesPage::headerClickSorts()
{
    load();
    QCOMPARE(m_page->query().sort, sync::IssueSort::Events);
    const int x = m_list->columnViewportPosition(items::IssueListModel::Users) + 10;
    QTest::mouseClick(m_list->header()->viewport(), Qt::LeftButton, {}, QPoint(x, 8));
    QCOMPARE(m_page->query().sort, sync::IssueSort::Users);
    QCOMPARE(m_page->query().text, u"is:unresolved"_s);
    // The order that was chosen stays with the next list.
    sync::IssueQuery other = m_page->query();
    other.text = u"is:resolved"_s;
    other.sort = sync::IssueSort::Events;
    m_page->setQuery(other, u"Search"_s);
    QCOMPARE(m_page->query().sort, sync::IssueSort::Users);
}

void TestIssuesPage::fetchesMoreAtTheEnd()
{
    m_hub->rows = tests::manyIssues(100, m_clock->now());
    load();
    auto* feed = m_hub->issueFeeds.first();
    const int before = feed->fetches;
    m_list->verticalScrollBar()->setValue(m_list->verticalScrollBar()->maximum());
    QTRY_VERIFY(feed->fetches > before);
    // The last page ends it.
    sync::FeedState last = m_hub->listState;
    last.hasMore = false;
    feed->setState(last);
    const int after = feed->fetches;
    m_list->verticalScrollBar()->setValue(0);
    m_list->verticalScrollBar()->setValue(m_list->verticalScrollBar()->maximum());
    QCoreApplication::sendPostedEvents();
    QCOMPARE(feed->fetches, after);
    QVERIFY(!m_list->model()->canFetchMore({}));
}

void TestIssuesPage::mergeKeepsSelectionAndScroll()
{
    m_hub->rows = tests::manyIssues(100, m_clock->now());
    load();
    for (int i = 0; i < 5; ++i)
        press(Qt::Key_J);
    press(Qt::Key_X); // goes on to the next
    const QString chosen = current();
    m_detail->shown.clear();
    QList<domain::Issue> rows = m_hub->rows;
    std::reverse(rows.begin(), rows.end());
    rows.remove(3, 2);
    m_hub->issueFeeds.first()->emitMerged(rows);
    QCOMPARE(current(), chosen);
    QVERIFY(m_detail->shown.isEmpty());
    press(Qt::Key_R);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].issues.size(), 1);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].issues[0].id.value(), u"10005"_s);
}

void TestIssuesPage::whatIsReadStaysOpenWhenItsRowGoes()
{
    load();
    press(Qt::Key_J);
    QCOMPARE(m_detail->issue()->id.value(), u"1002"_s);
    QList<domain::Issue> rows = m_hub->rows;
    rows.removeAt(1);
    m_detail->shown.clear();
    m_hub->issueFeeds.first()->emitMerged(rows);
    QVERIFY(m_detail->shown.isEmpty());
    QCOMPARE(m_detail->issue()->id.value(), u"1002"_s);
    // Acting concerns what is being read, not the row that moved up.
    press(Qt::Key_R);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].issues[0].id.value(), u"1002"_s);
}

void TestIssuesPage::looksAtAnIssueMarkItSeen()
{
    load();
    QVERIFY(m_hub->scriptedOutbox.submitted.isEmpty());
    // Passing by is not looking at it: only the one that stays open counts.
    press(Qt::Key_J);
    QTRY_COMPARE_WITH_TIMEOUT(m_hub->scriptedOutbox.submitted.size(), 1, 5000);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].action.kind, Kind::MarkSeen);
    QCOMPARE(m_hub->scriptedOutbox.submitted[0].issues[0].id.value(), u"1002"_s);
}

void TestIssuesPage::opensInBrowserOnlyWhatABrowserMayHave()
{
    m_hub->rows.first().permalink = u"file:///etc/passwd"_s;
    load();
    press(Qt::Key_O);
    auto* banner = find<MessageBanner>("issuesBanner");
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->tone(), MessageBanner::Tone::Note);
}

void TestIssuesPage::everythingFocusableHasAName()
{
    load();
    press(Qt::Key_X);
    int seen = 0;
    const QList<QWidget*> widgets = m_page->findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
        QVERIFY2(named, qPrintable(widget->objectName()));
        ++seen;
    }
    QVERIFY(seen >= 5);
}

VEDETTE_TEST_MAIN(QApplication, TestIssuesPage)
#include "tst_issuespage.moc"
