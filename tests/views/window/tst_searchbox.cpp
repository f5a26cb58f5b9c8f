// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QSignalSpy>
#include <QToolButton>

#include "tests/support/main.h"
#include "views/common/theme.h"
#include "views/window/searchbox.h"
#include "views/window/statusline.h"
#include "views/window/viewcatalog.h"

using namespace Qt::Literals::StringLiterals;
using namespace vedette;
using namespace vedette::views;

class TestSearchBox final : public QObject
{
    Q_OBJECT

private slots:
    void enterSearches();
    void faultsAreSaidAndNotSent();
    void escapeGoesBack();
    void clearingSearchesForAll();
    void filtersStandOnATint();
    void composingDoesNotSearch();
    void spikingNamesTheIssuesInAlarm();
    void zonesAreWrittenWithTheirSign();
};

void TestSearchBox::enterSearches()
{
    SearchBox box;
    box.show();
    QSignalSpy searches(&box, &SearchBox::searchRequested);
    auto* field = box.findChild<SearchField*>();
    box.setText(u"is:unresolved"_s);
    QCOMPARE(searches.size(), 0);
    box.takeFocus();
    QTest::keyClicks(field, u"  timeout assigned:me "_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(searches.size(), 1);
    QCOMPARE(searches[0][0].toString(), u"timeout assigned:me"_s); // what was selected was typed over
}

void TestSearchBox::faultsAreSaidAndNotSent()
{
    SearchBox box;
    box.show();
    QSignalSpy searches(&box, &SearchBox::searchRequested);
    auto* field = box.findChild<SearchField*>();
    QTest::keyClicks(field, u"a OR b"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(searches.size(), 0);
    QVERIFY(box.property("fault").toBool());
    QVERIFY(!field->accessibleDescription().isEmpty());
    QVERIFY(!field->selectedText().isEmpty());
    // Typing on takes the mark away.
    QTest::keyClick(field, Qt::Key_Backspace);
    QVERIFY(!box.property("fault").toBool());
    QVERIFY(field->accessibleDescription().isEmpty());
}

void TestSearchBox::escapeGoesBack()
{
    SearchBox box;
    box.show();
    QSignalSpy left(&box, &SearchBox::left);
    auto* field = box.findChild<SearchField*>();
    box.setText(u"is:unresolved"_s);
    QTest::keyClicks(field, u" half a thought"_s);
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(box.text(), u"is:unresolved"_s);
    QCOMPARE(left.size(), 1);
}

void TestSearchBox::clearingSearchesForAll()
{
    SearchBox box;
    box.show();
    QSignalSpy searches(&box, &SearchBox::searchRequested);
    auto* clear = box.findChild<QToolButton*>(u"searchClear"_s);
    QVERIFY(!clear->isVisible());
    box.setText(u"is:unresolved"_s);
    QVERIFY(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    QCOMPARE(searches.size(), 1);
    QCOMPARE(searches[0][0].toString(), QString());
    QVERIFY(!clear->isVisible());
}

void TestSearchBox::filtersStandOnATint()
{
    Theme theme(*qApp);
    theme.setChoice(settings::Theme::Light);
    SearchBox box;
    box.resize(500, 32);
    box.show();
    const auto tinted = [&box] {
        const QImage picture = box.grab().toImage();
        int count = 0;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x)
                count += picture.pixelColor(x, y) == Tokens::light().accentTint ? 1 : 0;
        }
        return count;
    };
    box.setText(u"plain words only"_s);
    QCOMPARE(tinted(), 0);
    box.setText(u"is:unresolved plain words"_s);
    const int one = tinted();
    QVERIFY(one > 100);
    box.setText(u"is:unresolved assigned:me words"_s);
    QVERIFY(tinted() > one * 3 / 2);
    QCOMPARE(box.text(), u"is:unresolved assigned:me words"_s);
}

void TestSearchBox::composingDoesNotSearch()
{
    SearchBox box;
    box.show();
    QSignalSpy searches(&box, &SearchBox::searchRequested);
    auto* field = box.findChild<SearchField*>();
    QInputMethodEvent composing(u"けっさい"_s, {});
    QApplication::sendEvent(field, &composing);
    QCOMPARE(box.text(), QString());
    QInputMethodEvent committed;
    committed.setCommitString(u"決済"_s);
    QApplication::sendEvent(field, &committed);
    QCOMPARE(box.text(), u"決済"_s);
    QCOMPARE(searches.size(), 0);
}

void TestSearchBox::spikingNamesTheIssuesInAlarm()
{
    const domain::AccountId account(u"a"_s);
    const auto alert = [&account](
                           const QString& shortId, alerts::Alert::Kind kind = alerts::Alert::Kind::Spike) {
        alerts::Alert out;
        out.kind = kind;
        out.issue.account = account;
        out.issue.shortId = shortId;
        return out;
    };
    QCOMPARE(spikingQuery({}, account), u"is:unresolved is:escalating"_s);
    QCOMPARE(spikingQuery({alert(u"WEB-1"_s)}, account), u"is:unresolved issue:WEB-1"_s);
    QCOMPARE(spikingQuery({alert(u"WEB-1"_s), alert(u"API-2"_s), alert(u"WEB-1"_s)}, account),
        u"is:unresolved issue:[WEB-1, API-2]"_s);
    // Another account's, another kind, and what a hostile server calls a short id.
    alerts::Alert foreign = alert(u"WEB-9"_s);
    foreign.issue.account = domain::AccountId(u"b"_s);
    QCOMPARE(spikingQuery({foreign, alert(u"WEB-3"_s, alerts::Alert::Kind::NewIssue),
                              alert(u"x] OR is:resolved"_s), alert(QString())},
                 account),
        u"is:unresolved is:escalating"_s);
}

void TestSearchBox::zonesAreWrittenWithTheirSign()
{
    QCOMPARE(zoneText(0), u"UTC"_s);
    QCOMPARE(zoneText(9 * 3600), u"UTC+9"_s);
    QCOMPARE(zoneText(5 * 3600 + 1800), u"UTC+5:30"_s);
    QCOMPARE(zoneText(-(3 * 3600 + 1800)), u"UTC\u22123:30"_s);
}

VEDETTE_TEST_MAIN(QApplication, TestSearchBox)
#include "tst_searchbox.moc"
