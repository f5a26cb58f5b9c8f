// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>

#include "tests/support/main.h"
#include "tests/support/manualclock.h"
#include "tests/support/scriptedhub.h"
#include "views/collector/collectorpage.h"
#include "views/collector/projectsettingsdialog.h"
#include "views/collector/snippets.h"
#include "views/common/banner.h"
#include "views/common/format.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace vedette;
using namespace vedette::views;

/// The collector's page: where SDKs send to, what came, who there is.
class TestCollectorPage final : public QObject
{
    Q_OBJECT

public:
    TestCollectorPage()
        : m_theme(*qApp)
    {}

private slots:
    void init();
    void cleanup();

    void saysWhenThereIsNone();
    void showsTheDsnOfTheProject();
    void everySnippetHoldsTheDsn();
    void copies();
    void figuresAreThereOnceHoweverOften();
    void addsPeople();
    void keepsWhatWasTypedWhenRefused();
    void addsProjects();
    void saysWhatWasNotKept();
    void saysWhyItCannotStore();
    void showsSlowEndpoints();
    void saysWhatIsKnownOfAProject();
    void tellsHowForwardingGoes();
    void longWordsOfAnUpstreamDoNotWidenThePage();
    void saysWhichPortItGot();
    void unfoldsManyProjects();
    void changesWhatIsKept();
    void changesAProject();
    void keepsTheDialogOpenWhenRefused();
    void switchesKeys();

private:
    template<class T>
    [[nodiscard]] T* find(const char* name) const
    {
        return m_page->findChild<T*>(QLatin1StringView(name));
    }
    [[nodiscard]] QStringList valuesOf(const char* card) const
    {
        QStringList out;
        for (const QLabel* label : find<QWidget>(card)->findChildren<QLabel*>(u"value"_s))
            out << label->accessibleName();
        return out;
    }

    [[nodiscard]] QStringList figuresOf(const char* table) const
    {
        QStringList out;
        for (const QLabel* label : find<QWidget>(table)->findChildren<QLabel*>(u"figure"_s))
            out << label->accessibleName();
        return out;
    }
    /// What all labels of that name say.
    [[nodiscard]] QStringList textsOf(const char* name) const
    {
        QStringList out;
        for (const QLabel* label : m_page->findChildren<QLabel*>(QLatin1StringView(name)))
            out << label->accessibleName();
        return out;
    }
    /// The settings of the project in that row.
    [[nodiscard]] ProjectSettingsDialog* openSettings(int row) const
    {
        const auto buttons = m_page->findChildren<QPushButton*>(u"projectSettings"_s);
        if (row >= buttons.size())
            return nullptr;
        QTest::mouseClick(buttons[row], Qt::LeftButton);
        return find<ProjectSettingsDialog>("projectSettingsDialog");
    }

    Theme m_theme;
    tests::ManualClock m_clock{*core::parseTime("2026-11-20T10:42:00Z")};
    std::unique_ptr<tests::ScriptedHub> m_hub;
    std::unique_ptr<CollectorPage> m_page;
};

void TestCollectorPage::init()
{
    m_hub = std::make_unique<tests::ScriptedHub>();
    m_hub->collectorStatus.url = QUrl(u"http://127.0.0.1:8969"_s);
    m_hub->collectorStatus.acceptedTotal = 1234;
    m_hub->collectorStatus.notKept = {{u"refused"_s, u"error"_s, u"wrong <b>key</b>"_s, 7}};
    for (int i = 1; i <= 2; ++i) {
        sync::CollectorFeed::ProjectWithKeys entry;
        entry.project.id = domain::ProjectId(QString::number(i));
        entry.project.slug = i == 1 ? u"web"_s : u"api"_s;
        domain::ProjectKey key;
        key.id = u"k%1"_s.arg(i);
        key.dsn = u"http://0123456789abcdef@127.0.0.1:8969/%1"_s.arg(i);
        entry.keys = {key};
        m_hub->collectorProjects.append(entry);
    }
    m_page = std::make_unique<CollectorPage>(*m_hub, m_clock);
    m_page->resize(900, 800);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void TestCollectorPage::cleanup()
{
    m_page.reset();
    m_hub.reset();
}

void TestCollectorPage::saysWhenThereIsNone()
{
    QVERIFY(find<QLineEdit>("dsn")->isVisible());
    m_hub->hasCollector = false;
    emit m_hub->collectorFeed->changed();
    QVERIFY(!find<QLineEdit>("dsn")->isVisible());
    m_hub->hasCollector = true;
    emit m_hub->collectorFeed->changed();
    QVERIFY(find<QLineEdit>("dsn")->isVisible());
}

void TestCollectorPage::showsTheDsnOfTheProject()
{
    auto* projects = find<QComboBox>("dsnProject");
    QCOMPARE(projects->count(), 2);
    QCOMPARE(find<QLineEdit>("dsn")->text(), u"http://0123456789abcdef@127.0.0.1:8969/1"_s);
    projects->setCurrentIndex(1);
    QCOMPARE(find<QLineEdit>("dsn")->text(), u"http://0123456789abcdef@127.0.0.1:8969/2"_s);
    emit m_hub->collectorFeed->changed(); // a refresh leaves the choice alone
    QCOMPARE(projects->currentText(), u"api"_s);
}

void TestCollectorPage::everySnippetHoldsTheDsn()
{
    auto* languages = find<QTabBar>("snippetLanguage");
    QVERIFY(languages->count() >= 7);
    QStringList seen;
    for (int i = 0; i < languages->count(); ++i) {
        languages->setCurrentIndex(i);
        const QString code = find<QPlainTextEdit>("snippet")->toPlainText();
        // All but Spotlight, which needs no DSN: that is what it is for.
        const bool points =
            code.contains(u"0123456789abcdef"_s) || code.contains(u"=http://127.0.0.1:8969/stream"_s);
        QVERIFY2(points, qPrintable(languages->tabText(i)));
        QVERIFY2(!code.contains(u"%1"_s), qPrintable(code));
        QVERIFY2(!seen.contains(code), qPrintable(code));
        seen << code;
    }
}

void TestCollectorPage::copies()
{
    QTest::mouseClick(find<QPushButton>("copyDsn"), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), find<QLineEdit>("dsn")->text());
    QTest::mouseClick(find<QPushButton>("copySnippet"), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), find<QPlainTextEdit>("snippet")->toPlainText());
}

void TestCollectorPage::figuresAreThereOnceHoweverOften()
{
    const QStringList before = valuesOf("activityCard");
    QVERIFY(before.contains(u"Accepted in all: 1,234"_s));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    const int height = find<QWidget>("activityCard")->sizeHint().height();
    for (int i = 0; i < 50; ++i) {
        m_hub->collectorStatus.acceptedTotal = 1235 + i;
        emit m_hub->collectorFeed->changed();
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(valuesOf("activityCard").size(), before.size());
    QVERIFY(valuesOf("activityCard").contains(u"Accepted in all: 1,284"_s));
    QCOMPARE(find<QWidget>("activityCard")->sizeHint().height(), height);
}

void TestCollectorPage::addsPeople()
{
    domain::Actor ann;
    ann.name = u"Ann"_s;
    m_hub->memberAdded = ann;
    find<QLineEdit>("memberName")->setText(u" Ann "_s);
    find<QLineEdit>("memberEmail")->setText(u"ann@example.org"_s);
    const int refreshes = m_hub->collectorFeed->refreshes;
    QTest::keyClick(find<QLineEdit>("memberEmail"), Qt::Key_Return);
    QTRY_COMPARE(find<QLineEdit>("memberName")->text(), QString());
    QCOMPARE(m_hub->collectorFeed->refreshes, refreshes + 1);
}

void TestCollectorPage::keepsWhatWasTypedWhenRefused()
{
    m_hub->memberAdded =
        core::fail(core::Error{core::ErrorKind::Rejected, 400, u"The address is there already."_s});
    find<QLineEdit>("memberEmail")->setText(u"ann@example.org"_s);
    QTest::mouseClick(find<QPushButton>("addMember"), Qt::LeftButton);
    const auto* banner = find<MessageBanner>("collectorBanner");
    QTRY_VERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(u"there already"_s), qPrintable(banner->text()));
    QCOMPARE(find<QLineEdit>("memberEmail")->text(), u"ann@example.org"_s);
}

void TestCollectorPage::addsProjects()
{
    domain::Project made;
    made.slug = u"mobile"_s;
    m_hub->projectAdded = made;
    find<QLineEdit>("projectName")->setText(u"Mobile"_s);
    QTest::mouseClick(find<QPushButton>("addProject"), Qt::LeftButton);
    QTRY_COMPARE(find<QLineEdit>("projectName")->text(), QString());
}

void TestCollectorPage::saysWhatWasNotKept()
{
    const QStringList figures = figuresOf("notKept");
    QVERIFY2(figures.contains(u"Why: wrong <b>key</b>"_s), qPrintable(figures.join(u'|'))); // as text
    QVERIFY(figures.contains(u"Number: 7"_s));
    m_hub->collectorStatus.notKept = {{u"client_discard"_s, u"session"_s, u"ratelimit_backoff"_s, 3},
        {u"rate_limited"_s, u"error"_s, u"project_limit"_s, 2}, {u"refused"_s, u"quux"_s, {}, 1}};
    emit m_hub->collectorFeed->changed();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    const QStringList now = figuresOf("notKept");
    QVERIFY2(now.contains(u"Why: dropped by the SDK: ratelimit_backoff"_s), qPrintable(now.join(u'|')));
    QVERIFY2(now.contains(u"Why: over the project's rate"_s), qPrintable(now.join(u'|')));
    QVERIFY2(now.contains(u"Not kept: quux"_s), qPrintable(now.join(u'|'))); // what has no word shows its own
    m_hub->collectorStatus.notKept.clear();
    emit m_hub->collectorFeed->changed();
    QVERIFY(!find<QWidget>("notKept")->isVisible());
}

void TestCollectorPage::saysWhyItCannotStore()
{
    const auto* problem = find<MessageBanner>("storageProblem");
    QVERIFY(!problem->isVisible());
    m_hub->collectorStatus.problem = u"the disk is full"_s;
    emit m_hub->collectorFeed->changed();
    QTRY_VERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(u"the disk is full"_s), qPrintable(problem->text()));
    m_hub->collectorStatus.problem.clear();
    emit m_hub->collectorFeed->changed();
    QTRY_VERIFY(!problem->isVisible());
}

void TestCollectorPage::showsSlowEndpoints()
{
    QVERIFY(!find<QWidget>("slowestCard")->isVisible());
    m_hub->collectorStatus.slowest = {{u"web"_s, u"GET /<script>"_s, 12.4, 1800.6, 3.2}};
    emit m_hub->collectorFeed->changed();
    QVERIFY(find<QWidget>("slowestCard")->isVisible());
    const QStringList figures = figuresOf("slowest");
    QVERIFY2(figures.contains(u"Name: GET /<script>"_s), qPrintable(figures.join(u'|')));
    QVERIFY2(figures.contains(u"95 % within: 1,801 ms"_s), qPrintable(figures.join(u'|')));
    QVERIFY2(figures.contains(u"An hour: 3.2"_s), qPrintable(figures.join(u'|')));
}

void TestCollectorPage::saysWhatIsKnownOfAProject()
{
    m_hub->collectorStatus.forwarding = {{u"api"_s, 4, 1200, 2, {}}};
    m_hub->collectorStatus.origins = {{u"api"_s, u"http://localhost:3000"_s, 9}};
    emit m_hub->collectorFeed->changed();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    const QStringList states = textsOf("projectState");
    QVERIFY2(states.last().contains(u"passed on"_s), qPrintable(states.last()));
    QVERIFY2(states.last().contains(u"http://localhost:3000"_s), qPrintable(states.last()));
    QVERIFY2(!states.first().contains(u"passed on"_s), qPrintable(states.first()));
}

void TestCollectorPage::tellsHowForwardingGoes()
{
    QVERIFY(!find<QWidget>("forwardingCard")->isVisible());
    domain::Forwarding waits{u"api"_s, 4, 1200, 2, u"the server is <b>busy</b>"_s};
    waits.refusal = u"no such key"_s;
    waits.notQueued = 3;
    waits.notBefore = m_clock.now() + 3min;
    waits.lastSent = m_clock.now() - 1min;
    domain::Forwarding fresh{u"web"_s, 0, 0, 0, {}};
    m_hub->collectorStatus.forwarding = {waits, fresh};
    emit m_hub->collectorFeed->changed();
    QVERIFY(find<QWidget>("forwardingCard")->isVisible());
    QCOMPARE(textsOf("forwardedProject"), QStringList({u"api"_s, u"web"_s}));
    const QString sent = localTime(*waits.lastSent, m_clock.now());
    QCOMPARE(figuresOf("forwardingCard"),
        QStringList({u"Waiting: 4"_s, u"Sent: 1,200"_s, u"Refused: 2"_s, u"Not queued: 3"_s,
            u"Last sent: %1"_s.arg(sent), u"Waiting: 0"_s, u"Sent: 0"_s, u"Refused: 0"_s, u"Not queued: 0"_s,
            u"Last sent: never"_s}));
    const QString again = localTime(*waits.notBefore, m_clock.now());
    QCOMPARE(textsOf("forwardingWaits"),
        QStringList(
            {u"Waits until %1, then tries again: the server is <b>busy</b>"_s.arg(again), QString()}));
    QCOMPARE(textsOf("forwardingRefusal"), QStringList({u"Refused last: no such key"_s, QString()}));
    QVERIFY(textsOf("forwardingNotQueued").first().startsWith(u'3'));
    QVERIFY(!m_page->findChildren<QLabel*>(u"forwardingWaits"_s).last()->isVisible());

    // What somebody reads or selects stays the same widget while figures change.
    const QPointer<QLabel> words = m_page->findChild<QLabel*>(u"forwardingRefusal"_s);
    m_hub->collectorStatus.forwarding.first().sent = 1201;
    m_hub->collectorStatus.forwarding.first().notBefore.reset();
    emit m_hub->collectorFeed->changed();
    QVERIFY(figuresOf("forwardingCard").contains(u"Sent: 1,201"_s));
    QCOMPARE(textsOf("forwardingWaits").first(), u"Waits: the server is <b>busy</b>"_s);
    QVERIFY(words && words == m_page->findChild<QLabel*>(u"forwardingRefusal"_s));

    m_hub->collectorStatus.forwarding.clear();
    emit m_hub->collectorFeed->changed();
    QVERIFY(!find<QWidget>("forwardingCard")->isVisible());
}

void TestCollectorPage::longWordsOfAnUpstreamDoNotWidenThePage()
{
    m_page->resize(760, 800);
    QList<domain::Forwarding> rows;
    for (int i = 0; i < 30; ++i) {
        domain::Forwarding row{QString(90, u'p') + QString::number(i), 1, 2, 3, QString(2'000, u'x')};
        row.refusal = QString(2'000, u'y');
        rows.append(row);
    }
    m_hub->collectorStatus.forwarding = rows;
    emit m_hub->collectorFeed->changed();
    QCOMPARE(textsOf("forwardedProject").size(), 30);
    auto* scroll = find<QScrollArea>("collectorScroll");
    QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 0);
    QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0);
}

void TestCollectorPage::saysWhichPortItGot()
{
    const auto* note = find<QLabel>("portNote");
    const auto shows = [this](domain::SpotlightDoor door, int port) {
        m_hub->collectorStatus.spotlight = door;
        m_hub->collectorStatus.url = QUrl(u"http://127.0.0.1:%1"_s.arg(port));
        emit m_hub->collectorFeed->changed();
        return find<QLabel>("portNote")->accessibleName();
    };
    QVERIFY(shows({true, true, false}, 8969).isEmpty() && !note->isVisible());
    const QString taken = shows({true, false, true}, 8971);
    QVERIFY(note->isVisible());
    QVERIFY2(
        taken.contains(u"8969 was taken"_s) && taken.contains(u"port 8971 instead"_s), qPrintable(taken));
    QVERIFY2(taken.contains(u"SENTRY_SPOTLIGHT=http://127.0.0.1:8971/stream"_s), qPrintable(taken));
    const QString closed = shows({false, false, true}, 8971);
    QVERIFY2(closed.contains(u"port 8971 instead"_s) && !closed.contains(u"SPOTLIGHT"_s), qPrintable(closed));
    const QString chosen = shows({true, false, false}, 9000);
    QVERIFY2(chosen.contains(u"=http://127.0.0.1:9000/stream"_s) && !chosen.contains(u"taken"_s),
        qPrintable(chosen));
    QVERIFY(shows({false, false, false}, 9000).isEmpty() && !note->isVisible());
}

void TestCollectorPage::unfoldsManyProjects()
{
    QVERIFY(!find<QPushButton>("showAllProjects"));
    for (int i = 3; i <= 30; ++i) {
        sync::CollectorFeed::ProjectWithKeys entry;
        entry.project.slug = u"project-%1"_s.arg(i);
        entry.project.name = QString(200, u'n');
        m_hub->collectorProjects.append(entry);
    }
    emit m_hub->collectorFeed->changed();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(m_page->findChildren<QPushButton*>(u"projectSettings"_s).size(), 8);
    find<QPushButton>("showAllProjects")->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(m_page->findChildren<QPushButton*>(u"projectSettings"_s).size(), 30);
    QVERIFY(!find<QPushButton>("showAllProjects"));
    QVERIFY(textsOf("projectState").last().startsWith(u"project-30"_s));
    m_hub->collectorProjects.removeLast(); // what was unfolded stays so
    emit m_hub->collectorFeed->changed();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(m_page->findChildren<QPushButton*>(u"projectSettings"_s).size(), 29);
}

void TestCollectorPage::changesWhatIsKept()
{
    auto* save = find<QPushButton>("saveStorage");
    QTRY_VERIFY(find<QSpinBox>("retentionDays")->isEnabled());
    QVERIFY(!save->isEnabled()); // nothing to save yet
    find<QSpinBox>("retentionDays")->setValue(30);
    find<QCheckBox>("takesSpotlight")->click();
    QVERIFY(save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_VERIFY(!save->isEnabled());
    QCOMPARE(m_hub->collectorSettings->retentionDays, 30);
    QCOMPARE(m_hub->collectorSettings->takesSpotlight, false);
    QCOMPARE(m_hub->collectorSettings->retentionBytes, qint64(2'147'483'648)); // untouched to the byte
}

void TestCollectorPage::changesAProject()
{
    m_hub->projectSettings->filters.errorTypes = {u"OldError"_s};
    auto* dialog = openSettings(1);
    QVERIFY(dialog);
    auto* save = dialog->findChild<QPushButton*>(u"saveSettings"_s);
    QTRY_VERIFY(save->isEnabled());
    auto* types = dialog->findChild<QPlainTextEdit*>(u"filterErrorTypes"_s);
    QCOMPARE(types->toPlainText(), u"OldError"_s);
    types->setPlainText(u"OldError\n\n  ConnectionResetError  \n"_s);
    dialog->findChild<QSpinBox*>(u"rateCount"_s)->setValue(500);
    dialog->findChild<QSpinBox*>(u"rateWindow"_s)->setValue(60);
    dialog->findChild<QLineEdit*>(u"upstream"_s)->setText(u" https://key@errors.example.org/4 "_s);
    dialog->findChild<QLineEdit*>(u"projectNameField"_s)->setText(u"Our API"_s);
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_VERIFY(!find<ProjectSettingsDialog>("projectSettingsDialog"));
    QCOMPARE(
        m_hub->projectSettings->filters.errorTypes, QStringList({u"OldError"_s, u"ConnectionResetError"_s}));
    QCOMPARE(m_hub->projectSettings->rateCount, 500);
    QCOMPARE(m_hub->projectSettings->rateWindow, 60);
    QCOMPARE(m_hub->projectSettings->upstream, u"https://key@errors.example.org/4"_s);
    QCOMPARE(m_hub->collectorCalls, QStringList({u"settings api"_s, u"rename api Our API"_s}));
}

void TestCollectorPage::keepsTheDialogOpenWhenRefused()
{
    auto* dialog = openSettings(0);
    QVERIFY(dialog);
    auto* save = dialog->findChild<QPushButton*>(u"saveSettings"_s);
    QTRY_VERIFY(save->isEnabled());
    m_hub->collectorRefusal = core::Error{core::ErrorKind::Rejected, 400, u"This is no DSN."_s};
    dialog->findChild<QLineEdit*>(u"upstream"_s)->setText(u"nonsense"_s);
    QTest::mouseClick(save, Qt::LeftButton);
    const auto* status = dialog->findChild<QLabel*>(u"settingsStatus"_s);
    QTRY_VERIFY(status->text().contains(u"This is no DSN."_s));
    QVERIFY(dialog->isVisible());
    QCOMPARE(dialog->findChild<QLineEdit*>(u"upstream"_s)->text(), u"nonsense"_s);
    QVERIFY(save->isEnabled());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!find<ProjectSettingsDialog>("projectSettingsDialog"));
}

void TestCollectorPage::switchesKeys()
{
    auto* dialog = openSettings(0);
    QVERIFY(dialog);
    QTest::mouseClick(dialog->findChild<QPushButton*>(u"toggleKey"_s), Qt::LeftButton);
    QTRY_COMPARE(m_hub->collectorCalls, QStringList(u"active web k1 0"_s));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QTest::mouseClick(dialog->findChild<QPushButton*>(u"addKey"_s), Qt::LeftButton);
    QTRY_COMPARE(m_hub->collectorCalls.size(), 2);
    QTRY_COMPARE(dialog->findChildren<QLabel*>(u"keyDsn"_s, Qt::FindChildrenRecursively).size(), 2);
}

VEDETTE_TEST_MAIN(QApplication, TestCollectorPage)
#include "tst_collectorpage.moc"
