// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

#include "tests/support/main.h"
#include "tests/support/scriptedhub.h"
#include "views/collector/collectorpage.h"
#include "views/collector/snippets.h"
#include "views/common/banner.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;
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

    Theme m_theme;
    std::unique_ptr<tests::ScriptedHub> m_hub;
    std::unique_ptr<CollectorPage> m_page;
};

void TestCollectorPage::init()
{
    m_hub = std::make_unique<tests::ScriptedHub>();
    m_hub->collectorStatus.url = QUrl(u"http://127.0.0.1:8969"_s);
    m_hub->collectorStatus.acceptedTotal = 1234;
    m_hub->collectorStatus.refusedByReason = {{u"wrong <b>key</b>"_s, 7}};
    for (int i = 1; i <= 2; ++i) {
        sync::CollectorFeed::ProjectWithKeys entry;
        entry.project.id = domain::ProjectId(QString::number(i));
        entry.project.slug = i == 1 ? u"web"_s : u"api"_s;
        domain::ProjectKey key;
        key.dsn = u"http://0123456789abcdef@127.0.0.1:8969/%1"_s.arg(i);
        entry.keys = {key};
        m_hub->collectorProjects.append(entry);
    }
    m_page = std::make_unique<CollectorPage>(*m_hub);
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
        QVERIFY2(code.contains(u"0123456789abcdef"_s), qPrintable(languages->tabText(i)));
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
    QVERIFY(before.last().contains(u"wrong <b>key</b>: 7"_s)); // as text
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
    const auto* banner = m_page->findChild<MessageBanner*>();
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

VEDETTE_TEST_MAIN(QApplication, TestCollectorPage)
#include "tst_collectorpage.moc"
