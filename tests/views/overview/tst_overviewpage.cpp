// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/main.h"
#include "tests/support/manualclock.h"
#include "tests/support/scriptedhub.h"
#include "views/common/format.h"
#include "views/common/theme.h"
#include "views/overview/overviewpage.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace vedette;
using namespace vedette::views;

namespace {

const core::TimePoint now = *core::parseTime("2026-11-20T10:00:00Z");

domain::ProjectSummary summary(const QString& id, qint64 perHour, qint64 unresolved)
{
    domain::ProjectSummary out;
    out.project.id = domain::ProjectId(id);
    out.project.slug = u"project-"_s + id;
    out.unresolved = unresolved;
    out.trend.step = 1h;
    for (int hour = 23; hour >= 0; --hour)
        out.trend.points.append({now - std::chrono::hours(hour), perHour});
    return out;
}

} // namespace

/// All projects of an account at one look.
class TestOverviewPage final : public QObject
{
    Q_OBJECT

public:
    TestOverviewPage()
        : m_theme(*qApp)
    {}

private slots:
    void init();
    void cleanup();

    void busiestProjectFirst();
    void addsUp();
    void aProjectIsOneClickAway();
    void saysWhyItIsOld();

private:
    [[nodiscard]] QStringList rows() const
    {
        QStringList out;
        for (const QAbstractButton* row : m_page->findChildren<QAbstractButton*>(u"projectRow"_s))
            out << row->accessibleName();
        return out;
    }
    [[nodiscard]] QString allTexts() const
    {
        QStringList out;
        for (const QLabel* label : m_page->findChildren<QLabel*>())
            out << label->text();
        return out.join(u'\n');
    }

    Theme m_theme;
    tests::ManualClock m_clock{now};
    std::unique_ptr<tests::ScriptedHub> m_hub;
    std::unique_ptr<OverviewPage> m_page;
};

void TestOverviewPage::init()
{
    m_hub = std::make_unique<tests::ScriptedHub>();
    m_hub->summaries = {summary(u"1"_s, 2, 5), summary(u"2"_s, 100, 1), summary(u"3"_s, 0, 0)};
    m_page = std::make_unique<OverviewPage>(*m_hub, m_clock);
    m_page->resize(900, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_page->setAccount(domain::AccountId(u"a"_s));
    m_hub->overviewFeed->emitSummaries();
}

void TestOverviewPage::cleanup()
{
    m_page.reset();
    m_hub.reset();
}

void TestOverviewPage::busiestProjectFirst()
{
    QCOMPARE(rows(), (QStringList{u"project-2: 1 unresolved issues, 2,400 events in 24 hours"_s,
                         u"project-1: 5 unresolved issues, 48 events in 24 hours"_s,
                         u"project-3: 0 unresolved issues, 0 events in 24 hours"_s}));
}

void TestOverviewPage::addsUp()
{
    QCOMPARE(m_page->findChild<QLabel*>(u"overviewTotal"_s)->text(),
        u"2,448 events in 24 hours, 6 unresolved issues in 3 projects"_s);
    m_hub->summaries.removeFirst();
    m_hub->overviewFeed->emitSummaries();
    QCOMPARE(rows().size(), 2);
    m_hub->summaries.clear();
    m_hub->overviewFeed->emitSummaries();
    QVERIFY(rows().isEmpty());
    QVERIFY(allTexts().contains(u"No projects yet."_s));
}

void TestOverviewPage::aProjectIsOneClickAway()
{
    QSignalSpy chosen(m_page.get(), &Page::projectRequested);
    auto* row = m_page->findChild<QAbstractButton*>(u"projectRow"_s);
    QTest::mouseClick(row, Qt::LeftButton);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().at(1).value<domain::ProjectId>().value(), u"2"_s);
    row->setFocus();
    QTest::keyClick(row, Qt::Key_Space);
    QCOMPARE(chosen.size(), 2);
}

void TestOverviewPage::saysWhyItIsOld()
{
    sync::FeedState state;
    state.asOf = now;
    m_hub->overviewFeed->setState(state);
    const QString today = u"As of %1."_s.arg(clockTime(now));
    QVERIFY2(allTexts().contains(today), qPrintable(allTexts())); // also while all is well
    state.asOf = now - 24h;
    m_hub->overviewFeed->setState(state);
    QVERIFY(!allTexts().contains(today));
    QVERIFY2(allTexts().contains(u", %1."_s.arg(clockTime(now))), qPrintable(allTexts()));
    state.error = core::Error{core::ErrorKind::Offline, 0, {}};
    m_hub->overviewFeed->setState(state);
    QVERIFY2(allTexts().contains(u"As of"_s), qPrintable(allTexts()));
    QVERIFY(allTexts().contains(u"cannot be reached"_s));
    QCOMPARE(rows().size(), 3); // what is known stays
}

VEDETTE_TEST_MAIN(QApplication, TestOverviewPage)
#include "tst_overviewpage.moc"
