// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QHeaderView>
#include <QImage>
#include <QScrollBar>
#include <QSignalSpy>

#include "models/items/issuelistmodel.h"
#include "tests/support/main.h"
#include "tests/support/manualclock.h"
#include "tests/support/sampledata.h"
#include "views/common/issuepainter.h"
#include "views/common/theme.h"
#include "views/issues/issuedelegate.h"
#include "views/issues/issuelist.h"

using namespace Qt::Literals::StringLiterals;
using namespace vedette;
using namespace vedette::views;
using items::IssueListModel;

namespace {

/// How many pixels of a region have another colour than the ground.
int inked(const QImage& picture, const QRect& region, const QColor& ground)
{
    int count = 0;
    for (int y = region.top(); y <= region.bottom(); ++y) {
        for (int x = region.left(); x <= region.right(); ++x)
            count += picture.pixelColor(x, y) != ground ? 1 : 0;
    }
    return count;
}

/// The longest run of a colour in any line of the region.
int longestRun(const QImage& picture, const QRect& region, const QColor& colour)
{
    int longest = 0;
    for (int y = region.top(); y <= region.bottom(); ++y) {
        int run = 0;
        for (int x = region.left(); x <= region.right(); ++x) {
            run = picture.pixelColor(x, y) == colour ? run + 1 : 0;
            longest = std::max(longest, run);
        }
    }
    return longest;
}

} // namespace

class TestIssueList final : public QObject
{
    Q_OBJECT

public:
    TestIssueList()
        : m_clock(*core::parseTime("2026-11-20T10:42:00Z"))
        , m_theme(*qApp)
    {}

private slots:
    void init() { m_theme.setChoice(settings::Theme::Light); }
    void everyCellIsDrawn_data();
    void everyCellIsDrawn();
    void badgesAreNeverCut();
    void spikeBarsHaveTheirColour();
    void titleTakesTheFreeWidth();
    void narrowListsDropColumns();
    void headersThatAreOrdersSort();
    void checkBoxesAppearWhileChoosing();
    void rowsAreAsHighAsTheFontNeeds();
    void tooltipsAndColumnsMirror();

private:
    tests::ManualClock m_clock;
    Theme m_theme;
};

void TestIssueList::everyCellIsDrawn_data()
{
    QTest::addColumn<settings::Theme>("choice");
    QTest::newRow("light") << settings::Theme::Light;
    QTest::newRow("dark") << settings::Theme::Dark;
}

void TestIssueList::everyCellIsDrawn()
{
    QFETCH(settings::Theme, choice);
    m_theme.setChoice(choice);
    IssueListModel model;
    model.reset(tests::sampleIssues(m_clock.now()));
    IssueList list(model, m_clock);
    list.resize(720, 900);
    list.show();
    const QImage picture = list.viewport()->grab().toImage();
    const QColor ground = m_theme.tokens().surface;
    for (int row = 0; row < 16; ++row) {
        for (int column = 0; column < IssueListModel::ColumnCount; ++column) {
            const QRect cell = list.visualRect(model.index(row, column)).adjusted(4, 0, 0, -2);
            QVERIFY2(inked(picture, cell, ground) > 10,
                qPrintable(u"row %1, column %2 is blank"_s.arg(row).arg(column)));
        }
    }
}

void TestIssueList::badgesAreNeverCut()
{
    QList<domain::Issue> rows = tests::sampleIssues(m_clock.now());
    rows[0].culprit = QString(300, u'w');
    IssueListModel model;
    model.reset(rows);
    IssueList list(model, m_clock);
    list.delegate().setSpiking({{keyOf(rows[0]), m_clock.now()}});
    const auto badge = badgeOf(rows[0], true);
    QVERIFY(badge);
    const int wanted = badgeWidth(*badge, smallFont(list.font()));
    for (const int width : {1000, 700, 500, 380, 320}) {
        list.resize(width, 300);
        list.show();
        const QImage picture = list.viewport()->grab().toImage();
        const QRect cell = list.visualRect(model.index(0, 0));
        // The tint's widest line runs below and above the letters, less the rounded corners.
        const int run = longestRun(picture, cell, m_theme.tokens().spikeTint);
        QVERIFY2(run >= wanted - 8, qPrintable(u"%1 of %2 at %3"_s.arg(run).arg(wanted).arg(width)));
    }
}

void TestIssueList::spikeBarsHaveTheirColour()
{
    const QList<domain::Issue> rows = tests::sampleIssues(m_clock.now());
    const alerts::Alert spike = tests::sampleSpike(m_clock.now());
    IssueListModel model;
    model.reset(rows);
    IssueList list(model, m_clock);
    list.resize(720, 300);
    list.show();
    const QRect cell = list.visualRect(model.index(0, IssueListModel::Trend));
    const auto spikePixels = [&] {
        const QImage picture = list.viewport()->grab().toImage();
        int count = 0;
        for (int y = cell.top(); y <= cell.bottom(); ++y) {
            for (int x = cell.left(); x <= cell.right(); ++x)
                count += picture.pixelColor(x, y) == m_theme.tokens().spike ? 1 : 0;
        }
        return count;
    };
    QCOMPARE(spikePixels(), 0);
    list.delegate().setSpiking({{keyOf(rows[0]), spike.since}});
    QVERIFY(spikePixels() > 40); // two bars of nearly full height
}

void TestIssueList::titleTakesTheFreeWidth()
{
    IssueListModel model;
    model.reset(tests::sampleIssues(m_clock.now()));
    IssueList list(model, m_clock);
    // What the list has of a window of 1440 pixels.
    list.resize(690, 600);
    list.show();
    int total = 0;
    for (int column = 0; column < IssueListModel::ColumnCount; ++column) {
        QVERIFY(!list.isColumnHidden(column));
        total += list.columnWidth(column);
    }
    QCOMPARE(total, list.viewport()->width());
    const int room = list.columnWidth(0) - list.delegate().textIndent() - space::s;
    const QString shown =
        QFontMetrics(list.font())
            .elidedText(u"OperationalError: could not connect to server: refused"_s, Qt::ElideRight, room);
    QVERIFY2(shown.size() >= 40, qPrintable(shown));
}

void TestIssueList::narrowListsDropColumns()
{
    IssueListModel model;
    model.reset(tests::sampleIssues(m_clock.now()));
    IssueList list(model, m_clock);
    list.show();
    list.resize(1000, 400);
    QVERIFY(!list.isColumnHidden(IssueListModel::Age));
    int shown = IssueListModel::ColumnCount;
    for (const int width : {620, 520, 460, 400, 340}) {
        list.resize(width, 400);
        int now = 0;
        for (int column = 0; column < IssueListModel::ColumnCount; ++column)
            now += list.isColumnHidden(column) ? 0 : 1;
        QVERIFY(now <= shown);
        shown = now;
    }
    QVERIFY(list.isColumnHidden(IssueListModel::Age));
    QVERIFY(list.isColumnHidden(IssueListModel::Users));
    QVERIFY(!list.isColumnHidden(IssueListModel::Title));
    QVERIFY(!list.isColumnHidden(IssueListModel::Events)); // the first sort stays to be seen
    list.resize(1000, 400);
    QVERIFY(!list.isColumnHidden(IssueListModel::Age));
}

void TestIssueList::headersThatAreOrdersSort()
{
    IssueListModel model;
    model.reset(tests::sampleIssues(m_clock.now()));
    IssueList list(model, m_clock);
    list.resize(720, 400);
    list.show();
    QVERIFY(QTest::qWaitForWindowExposed(&list));
    QSignalSpy sorts(&list, &IssueList::sortRequested);
    const auto click = [&list](int column) {
        const int x = list.header()->sectionViewportPosition(column) + list.columnWidth(column) / 2;
        QTest::mouseClick(
            list.header()->viewport(), Qt::LeftButton, {}, QPoint(x, list.header()->height() / 2));
    };
    click(IssueListModel::Users);
    click(IssueListModel::Seen);
    click(IssueListModel::Age);
    click(IssueListModel::Events);
    QCOMPARE(sorts.size(), 4);
    QCOMPARE(sorts[0][0].value<sync::IssueSort>(), sync::IssueSort::Users);
    QCOMPARE(sorts[1][0].value<sync::IssueSort>(), sync::IssueSort::LastSeen);
    QCOMPARE(sorts[2][0].value<sync::IssueSort>(), sync::IssueSort::FirstSeen);
    QCOMPARE(sorts[3][0].value<sync::IssueSort>(), sync::IssueSort::Events);
    for (const int column : {IssueListModel::Title, IssueListModel::Trend, IssueListModel::Assignee})
        click(column);
    QCOMPARE(sorts.size(), 4);
    // The rows themselves are never sorted here.
    QCOMPARE(model.issueAt(0)->count, 1204);
}

void TestIssueList::checkBoxesAppearWhileChoosing()
{
    IssueListModel model;
    model.reset(tests::sampleIssues(m_clock.now()));
    IssueList list(model, m_clock);
    list.resize(720, 400);
    list.show();
    const QRect cell = list.visualRect(model.index(1, 0));
    QVERIFY(!list.delegate().checkBoxRect(cell, Qt::LeftToRight).isValid());
    const int indent = list.delegate().textIndent();
    model.setChecked(0, true);
    const QRect box = list.delegate().checkBoxRect(cell, Qt::LeftToRight);
    QVERIFY(box.isValid());
    QVERIFY(list.delegate().textIndent() > indent);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, box.center());
    QVERIFY(model.isChecked(1));
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, box.center());
    QVERIFY(!model.isChecked(1));
    model.clearChecks();
    QVERIFY(!list.delegate().checkBoxRect(cell, Qt::LeftToRight).isValid());
}

void TestIssueList::rowsAreAsHighAsTheFontNeeds()
{
    IssueListModel model;
    model.reset(tests::sampleIssues(m_clock.now()));
    IssueList list(model, m_clock);
    list.resize(720, 400);
    list.show();
    QCOMPARE(list.visualRect(model.index(0, 0)).height(), space::row);
    QFont large = list.font();
    large.setPointSizeF(large.pointSizeF() * 2);
    list.setFont(large);
    list.doItemsLayout();
    const int lines = QFontMetrics(boldFont(large)).height() + QFontMetrics(smallFont(large)).height();
    QVERIFY(lines > space::row);
    QVERIFY(list.visualRect(model.index(0, 0)).height() >= lines);
}

void TestIssueList::tooltipsAndColumnsMirror()
{
    IssueListModel model;
    model.reset(tests::sampleIssues(m_clock.now()));
    IssueList list(model, m_clock);
    list.setLayoutDirection(Qt::RightToLeft);
    list.resize(720, 400);
    list.show();
    QVERIFY(list.visualRect(model.index(0, 0)).right() > list.visualRect(model.index(0, 1)).right());
    // The stripe of the project stands at the right edge then.
    const QImage picture = list.viewport()->grab().toImage();
    const QRect cell = list.visualRect(model.index(0, 0));
    list.delegate().setProjectColours({{model.issueAt(0)->project.id, 0}});
    const QImage coloured = list.viewport()->grab().toImage();
    QCOMPARE(coloured.pixelColor(cell.right() - 1, cell.center().y()), m_theme.tokens().projects.first());
    QVERIFY(picture.pixelColor(cell.right() - 1, cell.center().y()) != m_theme.tokens().projects.first());
}

VEDETTE_TEST_MAIN(QApplication, TestIssueList)
#include "tst_listview.moc"
