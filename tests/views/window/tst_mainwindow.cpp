// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTreeView>

#include "models/settings/settings.h"
#include "tests/support/main.h"
#include "tests/support/manualclock.h"
#include "tests/support/sampledata.h"
#include "tests/support/scriptedhub.h"
#include "views/common/banner.h"
#include "views/common/theme.h"
#include "views/issues/issuespage.h"
#include "views/window/connectionlight.h"
#include "views/window/mainwindow.h"
#include "views/window/sidebar.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace vedette;
using namespace vedette::views;

class TestMainWindow final : public QObject
{
    Q_OBJECT

public:
    TestMainWindow()
        : m_theme(*qApp)
    {}

private slots:
    void init();
    void cleanup();

    void firstStartShowsThreeWaysIn();
    void firstAccountOpensItsInbox();
    void sidebarChoosesLists();
    void spikingFollowsTheAlarm();
    void searchGoesThroughTheBox();
    void lettersGoToPages();
    void ctrlKeysWorkEverywhere();
    void slashAndQuestionMarkAreTextInTheSearch();
    void choicesOfTheBarBecomeTheQuery();
    void issueFromElsewhereIsShown();
    void lightSaysHowFreshItIs();
    void damagedFilesAreTold();
    void statusLineSaysWhatWasDone();
    void themeIsChosenInTheMenu();
    void hiddenWindowsDoNotPoll();
    void geometryIsKept();
    void everyActionHasItsPlaceAndNoKeyTwice();
    void everythingFocusableHasAName();

private:
    void open(bool withAccount);
    template<class T>
    [[nodiscard]] T* find(const char* name) const
    {
        return m_window->findChild<T*>(QLatin1StringView(name));
    }
    [[nodiscard]] IssuesPage* issues() const { return find<IssuesPage>("issuesPage"); }
    [[nodiscard]] QString page() const
    {
        return issues()->parentWidget()
                   ? qobject_cast<QStackedWidget*>(issues()->parentWidget())->currentWidget()->objectName()
                   : QString();
    }
    void press(Qt::Key key) const { QTest::keyClick(QApplication::focusWidget(), key); }

    Theme m_theme;
    std::unique_ptr<tests::ManualClock> m_clock;
    std::unique_ptr<tests::ScriptedHub> m_hub;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_folder;
    QStringList m_ways;
};

void TestMainWindow::init()
{
    m_theme.setChoice(settings::Theme::Light);
    m_ways.clear();
    m_clock = std::make_unique<tests::ManualClock>(*core::parseTime("2026-11-20T10:42:00Z"));
    m_hub = std::make_unique<tests::ScriptedHub>();
    QFile::remove(m_folder.filePath(u"settings.ini"_s));
    m_settings = std::make_unique<settings::Settings>(m_folder.filePath(u"settings.ini"_s));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_hub.reset();
}

void TestMainWindow::open(bool withAccount)
{
    if (withAccount)
        tests::fillHub(*m_hub, m_clock->now());
    m_window = std::make_unique<MainWindow>(*m_hub, *m_clock, *m_settings, m_theme,
        MainWindow::Ways{[this] { m_ways << u"collector"_s; }, [this] { m_ways << u"samples"_s; },
            [this] { m_ways << u"quit"_s; }});
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestMainWindow::firstStartShowsThreeWaysIn()
{
    open(false);
    QVERIFY(find<QWidget>("welcomePage")->isVisible());
    QVERIFY(!find<QWidget>("topBar")->isVisible());
    QTest::mouseClick(find<QPushButton>("collectorWay"), Qt::LeftButton);
    QTest::mouseClick(find<QPushButton>("samplesWay"), Qt::LeftButton);
    QCOMPARE(m_ways, (QStringList{u"collector"_s, u"samples"_s}));
    QTest::mouseClick(find<QPushButton>("connectWay"), Qt::LeftButton);
    QVERIFY(m_window->findChild<QDialog*>());
    // The collector has come: no further click is needed.
    tests::fillHub(*m_hub, m_clock->now());
    emit m_hub->scriptedAccounts.accountsChanged();
    QVERIFY(!find<QWidget>("welcomePage")->isVisible());
    QVERIFY(find<QWidget>("topBar")->isVisible());
    QCOMPARE(issues()->query().text, u"is:unresolved"_s);
}

void TestMainWindow::firstAccountOpensItsInbox()
{
    open(true);
    QCOMPARE(page(), u"issuesPage"_s);
    QCOMPARE(issues()->query().single().account, tests::sampleAccount().id);
    QCOMPARE(issues()->query().text, u"is:unresolved"_s);
    QCOMPARE(issues()->query().sort, sync::IssueSort::Events);
    QCOMPARE(find<Sidebar>("sidebar")->current(), u"inbox"_s);
    QCOMPARE(QApplication::focusWidget(), find<QTreeView>("issueList"));
    QVERIFY(m_window->windowTitle().contains(u"Inbox"_s));
    QVERIFY(m_hub->scriptedDirectory.refreshes > 0);
}

void TestMainWindow::sidebarChoosesLists()
{
    open(true);
    auto* sidebar = find<Sidebar>("sidebar");
    const auto click = [sidebar](const QString& key) {
        const auto* model = sidebar->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            const QModelIndex index = model->index(row, 0);
            if (index.data(items::SidebarModel::KeyRole).toString() == key)
                QTest::mouseClick(
                    sidebar->viewport(), Qt::LeftButton, {}, sidebar->visualRect(index).center());
        }
    };
    QTRY_VERIFY(sidebar->model()->rowCount() >= 15);
    click(u"mine"_s);
    QCOMPARE(issues()->query().text, u"is:unresolved assigned:me"_s);
    QCOMPARE(sidebar->current(), u"mine"_s);
    click(u"project/2"_s);
    QCOMPARE(issues()->query().projects, QList<domain::ProjectId>{domain::ProjectId(u"2"_s)});
    QCOMPARE(issues()->query().text, u"is:unresolved"_s);
    click(u"unassigned"_s);
    QVERIFY(issues()->query().projects.isEmpty());
    QCOMPARE(issues()->query().text, u"is:unresolved is:unassigned"_s);
    click(u"overview"_s);
    QVERIFY(page() != u"issuesPage"_s);
    // Arrow keys pass headings by.
    sidebar->setFocus();
    sidebar->setCurrent(u"unassigned"_s);
    press(Qt::Key_Down);
    QCOMPARE(sidebar->current(), u"project/1"_s);
    QCOMPARE(issues()->query().projects, QList<domain::ProjectId>{domain::ProjectId(u"1"_s)});
    // A click on the chosen line is the view as it was again.
    click(u"inbox"_s);
    auto* field = find<QLineEdit>("searchField");
    field->setText(u"something else"_s);
    click(u"inbox"_s);
    QCOMPARE(field->text(), u"is:unresolved"_s);
}

void TestMainWindow::spikingFollowsTheAlarm()
{
    open(true);
    auto* sidebar = find<Sidebar>("sidebar");
    emit sidebar->chosen(u"spiking"_s);
    QCOMPARE(issues()->query().text, u"is:unresolved issue:WEB-142"_s);
    QTRY_VERIFY(sidebar->model()->rowCount() > 10);
    const QModelIndex spiking = sidebar->model()->index(3, 0);
    QCOMPARE(spiking.data(Qt::AccessibleTextRole).toString(), u"Spiking, 1 issue(s)"_s);
    QVERIFY(spiking.data(items::SidebarModel::EntryRole).value<items::SidebarEntry>().badge);
    m_hub->scriptedWatch.setCurrent({});
    QCOMPARE(issues()->query().text, u"is:unresolved is:escalating"_s);
    QTRY_COMPARE(spiking.data(Qt::AccessibleTextRole).toString(), u"Spiking"_s);
}

void TestMainWindow::searchGoesThroughTheBox()
{
    open(true);
    auto* field = find<QLineEdit>("searchField");
    press(Qt::Key_Slash);
    QCOMPARE(QApplication::focusWidget(), field);
    QTest::keyClicks(field, u"checkout"_s);
    QCOMPARE(issues()->query().text, u"is:unresolved"_s); // not before Enter
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(issues()->query().text, u"checkout"_s);
    QCOMPARE(find<Sidebar>("sidebar")->current(), QString());
    QCOMPARE(QApplication::focusWidget(), find<QTreeView>("issueList"));
    QVERIFY(issues()->statusText().startsWith(u"Search, "_s));
    // A view's own search is that view.
    press(Qt::Key_Slash);
    QTest::keyClicks(field, u"is:unresolved assigned:me"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(find<Sidebar>("sidebar")->current(), u"mine"_s);
}

void TestMainWindow::lettersGoToPages()
{
    open(true);
    const auto go = [this](Qt::Key letter) {
        press(Qt::Key_G);
        press(letter);
    };
    go(Qt::Key_A);
    QCOMPARE(page(), u"alertsPage"_s);
    go(Qt::Key_O);
    const QString overview = page();
    QVERIFY(overview != u"alertsPage"_s);
    go(Qt::Key_C);
    QVERIFY(page() != overview);
    go(Qt::Key_I);
    QCOMPARE(page(), u"issuesPage"_s);
    QVERIFY(m_hub->scriptedOutbox.submitted.isEmpty()); // `a` and `c` after `g` are no actions
    m_settings->setValue(settings::keys::singleLetterKeys, true);
    find<QAction>("singleLetters")->setChecked(false);
    go(Qt::Key_A);
    QCOMPARE(page(), u"issuesPage"_s);
    QVERIFY(!m_settings->value(settings::keys::singleLetterKeys));
}

void TestMainWindow::ctrlKeysWorkEverywhere()
{
    open(true);
    auto* field = find<QLineEdit>("searchField");
    field->setFocus();
    QTest::keyClick(field, Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(page(), u"alertsPage"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget(), field);
    QTest::keyClick(field, Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(page(), u"issuesPage"_s);
}

void TestMainWindow::slashAndQuestionMarkAreTextInTheSearch()
{
    open(true);
    auto* field = find<QLineEdit>("searchField");
    field->clear();
    field->setFocus();
    QTest::keyClicks(field, u"/a?gi"_s);
    QCOMPARE(field->text(), u"/a?gi"_s);
    QVERIFY(!m_window->findChild<QDialog*>(u"keySheet"_s));
    find<QTreeView>("issueList")->setFocus();
    press(Qt::Key_Question);
    auto* sheet = m_window->findChild<QDialog*>(u"keySheet"_s);
    QVERIFY(sheet);
    QVERIFY(sheet->isVisible());
    QStringList texts;
    const QList<QLabel*> labels = sheet->findChildren<QLabel*>();
    for (const QLabel* label : labels)
        texts << label->text();
    QVERIFY(texts.contains(u"Resolve"_s));
    QVERIFY(texts.contains(u"R"_s));
    QVERIFY(texts.filter(u"G, O"_s).size() == 1);
    sheet->reject();
}

void TestMainWindow::choicesOfTheBarBecomeTheQuery()
{
    open(true);
    const auto choose = [this](const char* menuName, const QString& text) {
        auto* menu = m_window->findChild<QMenu*>(QLatin1StringView(menuName));
        const QList<QAction*> actions = menu->actions();
        for (QAction* action : actions) {
            if (action->text() == text)
                action->trigger();
        }
    };
    choose("environmentChoiceMenu", u"production"_s);
    QCOMPARE(issues()->query().environments, QStringList{u"production"_s});
    choose("rangeChoiceMenu", u"Last 14 days"_s);
    QCOMPARE(issues()->query().range, sync::Range::Days14);
    choose("projectChoiceMenu", u"web"_s);
    QCoreApplication::processEvents();
    QCOMPARE(find<Sidebar>("sidebar")->current(), u"project/1"_s);
    choose("projectChoiceMenu", u"ios"_s);
    QCOMPARE(issues()->query().projects.size(), 2);
    QVERIFY(issues()->statusText().contains(u"web, ios, production, last 14 days"_s));
    QCOMPARE(find<QPushButton>("environmentChoice")->accessibleName(), u"Environment: production"_s);
    // A view begins with all projects, but keeps environment and window.
    find<QAction>("goInbox")->trigger();
    QVERIFY(issues()->query().projects.isEmpty());
    QCOMPARE(issues()->query().range, sync::Range::Days14);
}

void TestMainWindow::issueFromElsewhereIsShown()
{
    open(true);
    find<QAction>("goAlerts")->trigger();
    domain::Issue issue = m_hub->rows[2];
    m_window->showIssue(issue);
    QCOMPARE(page(), u"issuesPage"_s);
    QCOMPARE(m_hub->detailFeed->detail().issue.id, issue.id);
    QCOMPARE(find<QTreeView>("issueList")->currentIndex().row(), 2);
    // One that is in no list is shown all the same.
    issue.id = domain::IssueId(u"4711"_s);
    m_window->showIssue(issue);
    QCOMPARE(m_hub->detailFeed->detail().issue.id.value(), u"4711"_s);
}

void TestMainWindow::lightSaysHowFreshItIs()
{
    open(true);
    auto* light = find<ConnectionLight>("connectionLight");
    QCOMPARE(light->text(), u"checked 12 s ago"_s);
    m_clock->advance(2min);
    QTRY_COMPARE(light->text(), u"checked 2 min ago"_s);
    sync::ConnectionState state = light->state();
    state.phase = sync::ConnectionState::Phase::Blind;
    state.since = *core::parseTime("2026-11-20T10:12:00Z");
    state.error = core::Error{core::ErrorKind::Offline, 0, {}, {}};
    m_hub->scriptedAccounts.setState(tests::sampleAccount().id, state);
    QCOMPARE(light->text(), u"cannot see it since 10:12"_s);
    QVERIFY(light->toolTip().contains(u"network"_s));
    QVERIFY(light->accessibleName().contains(u"10:12"_s));
    QTest::mouseClick(light, Qt::LeftButton);
    QCOMPARE(m_hub->scriptedWatch.checks, 1);
    QVERIFY(m_hub->issueFeeds.first()->refreshes + m_hub->issueFeeds.last()->refreshes > 0);
}

void TestMainWindow::damagedFilesAreTold()
{
    open(true);
    auto* banner = find<MessageBanner>("windowBanner");
    QVERIFY(!banner->isVisible());
    emit m_hub->cacheSetAside(u"/home/ann/cache.sqlite.set-aside"_s);
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(u"cache"_s), qPrintable(banner->text()));
    emit m_hub->userDataRescued(u"/home/ann/user.sqlite.damaged"_s, false);
    QVERIFY2(banner->text().contains(u"/home/ann/user.sqlite.damaged"_s), qPrintable(banner->text()));
    const QString partly = banner->text();
    emit m_hub->userDataRescued(u"/home/ann/user.sqlite.damaged"_s, true);
    QVERIFY(banner->text() != partly); // nothing is missing: another sentence
}

void TestMainWindow::statusLineSaysWhatWasDone()
{
    open(true);
    press(Qt::Key_R);
    auto* undo = find<QPushButton>("statusUndo");
    QVERIFY(undo->isVisible());
    QVERIFY(find<QLabel>("statusDone")->text().contains(u"resolved"_s));
    QTest::mouseClick(undo, Qt::LeftButton);
    QCOMPARE(m_hub->scriptedOutbox.undone, 1);
    QVERIFY(!undo->isVisible());
    press(Qt::Key_R);
    m_hub->scriptedOutbox.refuseLast({core::ErrorKind::Server, 500, {}, {}});
    QVERIFY(!undo->isVisible()); // nothing of it is left to take back
    m_hub->scriptedOutbox.setPending(3);
    QVERIFY(find<QPushButton>("statusPending")->text().contains(u'3'));
    QTest::mouseClick(find<QPushButton>("statusPending"), Qt::LeftButton);
    QVERIFY(find<QWidget>("outboxPage")->isVisible());
    domain::Conflict conflict;
    conflict.status = domain::IssueStatus::Resolved;
    conflict.by = domain::Actor{domain::ActorId(u"user:9"_s), {}, u"Amira"_s, {}, false};
    emit m_hub->scriptedOutbox.conflicted(domain::Issue(), domain::Action(), conflict);
    QVERIFY(find<MessageBanner>("windowBanner")->text().contains(u"Resolved meanwhile by Amira"_s));
    m_hub->scriptedOutbox.setPending(0);
    QVERIFY(!find<QPushButton>("statusPending")->isVisible());
}

void TestMainWindow::themeIsChosenInTheMenu()
{
    open(true);
    find<QAction>("themeDark")->trigger();
    QVERIFY(m_theme.isDark());
    QCOMPARE(m_settings->value(settings::keys::theme), settings::Theme::Dark);
    const QImage dark = m_window->grab().toImage();
    QCOMPARE(dark.pixelColor(2, 300), Tokens::dark().sidebar);
    find<QAction>("themeLight")->trigger();
    const QImage light = m_window->grab().toImage();
    QCOMPARE(light.pixelColor(2, 300), Tokens::light().sidebar);
}

void TestMainWindow::hiddenWindowsDoNotPoll()
{
    open(true);
    QVERIFY(m_hub->overviewFeed);
    const auto anyFollowed = [this] {
        return std::any_of(m_hub->issueFeeds.cbegin(), m_hub->issueFeeds.cend(),
            [](const tests::ScriptedIssueFeed* feed) { return feed->followed; });
    };
    QVERIFY(anyFollowed());
    m_window->hide();
    QVERIFY(!anyFollowed());
    m_window->show();
    QVERIFY(anyFollowed());
    // Another page on top: its list rests as well.
    find<QAction>("goAlerts")->trigger();
    QVERIFY(!anyFollowed());
}

void TestMainWindow::geometryIsKept()
{
    open(true);
    m_window->resize(1111, 777);
    m_window->close();
    m_window.reset();
    m_hub = std::make_unique<tests::ScriptedHub>();
    tests::fillHub(*m_hub, m_clock->now());
    m_window = std::make_unique<MainWindow>(
        *m_hub, *m_clock, *m_settings, m_theme, MainWindow::Ways{[] {}, [] {}, [] {}});
    QCOMPARE(m_window->size(), QSize(1111, 777));
}

void TestMainWindow::everyActionHasItsPlaceAndNoKeyTwice()
{
    open(true);
    QHash<QKeySequence, QString> taken;
    const QList<QAction*> actions = m_window->findChildren<QAction*>();
    for (const QAction* action : actions) {
        const QList<QKeySequence> keys = action->shortcuts();
        for (const QKeySequence& key : keys) {
            QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
            QVERIFY2(!taken.contains(key),
                qPrintable(u"%1: %2 and %3"_s.arg(key.toString(), taken.value(key), action->objectName())));
            taken.insert(key, action->objectName());
        }
    }
    QVERIFY(taken.size() > 20);
    // What acts on issues is in the menus.
    QStringList inMenus;
    const QList<QAction*> tops = m_window->menuBar()->actions();
    for (const QAction* top : tops) {
        const QList<QAction*> entries = top->menu()->actions();
        for (const QAction* entry : entries)
            inMenus << entry->objectName();
    }
    for (const QString& name :
        {u"issueNext"_s, u"issuePrevious"_s, u"issueOpen"_s, u"issueChoose"_s, u"issueResolve"_s,
            u"issueArchive"_s, u"issueReopen"_s, u"issueAssign"_s, u"issueAssignToMe"_s, u"issueSnooze"_s,
            u"issueUndo"_s, u"issueCopyMarkdown"_s, u"issueOpenInBrowser"_s, u"eventOlder"_s, u"eventNewer"_s,
            u"issueRefresh"_s, u"searchAction"_s, u"goInbox"_s, u"goOverview"_s, u"goAlerts"_s,
            u"goCollector"_s, u"goOutbox"_s, u"showKeys"_s, u"addAccount"_s, u"quit"_s})
        QVERIFY2(inMenus.contains(name), qPrintable(name));
}

void TestMainWindow::everythingFocusableHasAName()
{
    open(true);
    int seen = 0;
    QStringList nameless;
    for (const char* go : {"goInbox", "goOverview", "goAlerts", "goCollector", "goOutbox"}) {
        find<QAction>(go)->trigger();
        const QList<QWidget*> widgets = m_window->findChildren<QWidget*>();
        for (const QWidget* widget : widgets) {
            // Whoever stands in for it has the name.
            if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() || !widget->isVisible())
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            if (widget->objectName().isEmpty() || !named)
                nameless << QLatin1StringView(widget->metaObject()->className()) + u' ' +
                                widget->objectName() + u" of "_s + widget->parentWidget()->objectName();
            ++seen;
        }
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
    QVERIFY(seen > 10);
}

VEDETTE_TEST_MAIN(QApplication, TestMainWindow)
#include "tst_mainwindow.moc"
