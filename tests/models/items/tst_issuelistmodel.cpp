// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>

#include "models/items/issuelistmodel.h"
#include "tests/support/main.h"

using namespace Qt::Literals::StringLiterals;
using namespace vedette;
using items::IssueListModel;

namespace {

domain::Issue issue(int id, const QString& title = u"Title"_s, qint64 count = 1)
{
    domain::Issue out;
    out.account = domain::AccountId(u"a"_s);
    out.id = domain::IssueId(QString::number(id));
    out.title = title;
    out.count = count;
    return out;
}

QList<domain::Issue> issues(const QList<int>& ids)
{
    QList<domain::Issue> out;
    for (const int id : ids)
        out << issue(id);
    return out;
}

QList<int> idsOf(const IssueListModel& model)
{
    QList<int> out;
    for (int row = 0; row < model.rowCount(); ++row)
        out << model.issueAt(row)->id.value().toInt();
    return out;
}

} // namespace

class TestIssueListModel final : public QObject
{
    Q_OBJECT

private slots:
    void resetShowsRowsInTheirOrder();
    void mergeMovesComesAndGoes_data();
    void mergeMovesComesAndGoes();
    void mergeKeepsPersistentIndexesOnTheirIssues();
    void mergeTellsExactlyWhatChanged();
    void manyChangesAreOneRange();
    void anyMergeEndsInTheWantedRows();
    void doublesAreDropped();
    void idsOfTwoAccountsAreTwoIssues();
    void checksFollowTheirIssues();
    void moreIsOnlyAskedFor();
    void rolesHoldRawValues();
    void hostileTextsAreBoundedAndEscaped();
};

void TestIssueListModel::resetShowsRowsInTheirOrder()
{
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.reset(issues({3, 1, 2}));
    QCOMPARE(reset.size(), 1);
    QCOMPARE(idsOf(model), (QList<int>{3, 1, 2}));
    QCOMPARE(model.rowOf(issue(1)), 1);
    QCOMPARE(model.rowOf(issue(9)), -1);
    QCOMPARE(model.columnCount(), int(IssueListModel::ColumnCount));
    QCOMPARE(model.rowCount(model.index(0, 0)), 0);
    QVERIFY(!model.issueAt(3));
    QVERIFY(!model.issueAt(-1));
}

void TestIssueListModel::mergeMovesComesAndGoes_data()
{
    QTest::addColumn<QList<int>>("before");
    QTest::addColumn<QList<int>>("after");
    QTest::addColumn<int>("removals");
    QTest::addColumn<int>("insertions");
    QTest::addColumn<int>("moves");
    const auto row = [](const char* name, const QList<int>& before, const QList<int>& after, int removals,
                         int insertions, int moves) {
        QTest::newRow(name) << before << after << removals << insertions << moves;
    };
    row("same", {1, 2, 3}, {1, 2, 3}, 0, 0, 0);
    row("from nothing", {}, {1, 2, 3}, 0, 1, 0);
    row("to nothing", {1, 2, 3}, {}, 1, 0, 0);
    row("one on top", {1, 2, 3}, {4, 1, 2, 3}, 0, 1, 0);
    row("another page", {1, 2}, {1, 2, 3, 4}, 0, 1, 0);
    row("two runs in between", {1, 2}, {5, 1, 6, 7, 2}, 0, 2, 0);
    row("one gone", {1, 2, 3}, {1, 3}, 1, 0, 0);
    row("two runs gone", {1, 2, 3, 4, 5}, {2, 4}, 3, 0, 0);
    row("swapped", {1, 2, 3}, {3, 2, 1}, 0, 0, 1);
    row("all at once", {1, 2, 3, 4}, {9, 4, 2, 8}, 2, 2, 1);
}

void TestIssueListModel::mergeMovesComesAndGoes()
{
    QFETCH(QList<int>, before);
    QFETCH(QList<int>, after);
    QFETCH(int, removals);
    QFETCH(int, insertions);
    QFETCH(int, moves);
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset(issues(before));
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy aboutToInsert(&model, &QAbstractItemModel::rowsAboutToBeInserted);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy laidOut(&model, &QAbstractItemModel::layoutChanged);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.merge(issues(after));
    QCOMPARE(idsOf(model), after);
    QCOMPARE(removed.size(), removals);
    QCOMPARE(inserted.size(), insertions);
    QCOMPARE(aboutToInsert.size(), insertions);
    QCOMPARE(laidOut.size(), moves);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(reset.size(), 0);
    for (int i = 0; i < after.size(); ++i)
        QCOMPARE(model.rowOf(issue(after[i])), i);
}

void TestIssueListModel::mergeKeepsPersistentIndexesOnTheirIssues()
{
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset(issues({1, 2, 3, 4}));
    const QPersistentModelIndex two(model.index(1, IssueListModel::Events));
    const QPersistentModelIndex three(model.index(2, 0));
    model.merge(issues({4, 9, 2, 1}));
    QCOMPARE(two.row(), 2);
    QCOMPARE(two.column(), int(IssueListModel::Events));
    QCOMPARE(model.issueAt(two.row())->id.value(), u"2"_s);
    QVERIFY(!three.isValid());
}

void TestIssueListModel::mergeTellsExactlyWhatChanged()
{
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    QList<domain::Issue> rows = issues({1, 2, 3, 4, 5, 6});
    model.reset(rows);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    rows[1].count = 7;
    rows[2].hasSeen = false;
    rows[4].title = u"Other"_s;
    model.merge(rows);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 2);
    QCOMPARE(changed[1][0].toModelIndex().row(), 4);
    QCOMPARE(changed[1][1].toModelIndex().row(), 4);
    const auto roles = changed[0][2].value<QList<int>>();
    QVERIFY(roles.contains(Qt::DisplayRole));
    QVERIFY(roles.contains(int(IssueListModel::SortRole)));
    QVERIFY(!roles.contains(int(IssueListModel::CheckedRole)));
    QCOMPARE(model.data(model.index(1, IssueListModel::Events), IssueListModel::SortRole).toLongLong(), 7);

    changed.clear();
    model.update(rows[1]); // as it is already
    QCOMPARE(changed.size(), 0);
    rows[1].status = domain::IssueStatus::Resolved;
    model.update(rows[1]);
    QCOMPARE(changed.size(), 1);
    model.update(issue(99));
    QCOMPARE(changed.size(), 1);
}

void TestIssueListModel::manyChangesAreOneRange()
{
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    QList<domain::Issue> rows = issues({1, 2, 3, 4, 5});
    model.reset(rows);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (const int row : {0, 2, 4})
        rows[row].count = 100;
    model.merge(rows);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 0);
    QCOMPARE(changed[0][1].toModelIndex().row(), 4);
}

void TestIssueListModel::anyMergeEndsInTheWantedRows()
{
    QRandomGenerator random(20261120);
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    QList<int> now;
    for (int round = 0; round < 200; ++round) {
        QList<int> next;
        for (int id = 0; id < 30; ++id) {
            if (random.bounded(3) > 0)
                next.insert(random.bounded(int(next.size()) + 1), id);
        }
        QHash<int, QPersistentModelIndex> held;
        for (int row = 0; row < model.rowCount(); ++row)
            held.insert(now[row], QPersistentModelIndex(model.index(row, 0)));
        model.merge(issues(next));
        QCOMPARE(idsOf(model), next);
        for (auto it = held.cbegin(); it != held.cend(); ++it)
            QCOMPARE(it.value().isValid() ? it.value().row() : -1, int(next.indexOf(it.key())));
        now = next;
    }
}

void TestIssueListModel::doublesAreDropped()
{
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset({issue(1, u"first"_s), issue(2), issue(1, u"second"_s)});
    QCOMPARE(idsOf(model), (QList<int>{1, 2}));
    model.merge({issue(2), issue(3), issue(2), issue(1, u"first"_s), issue(3)});
    QCOMPARE(idsOf(model), (QList<int>{2, 3, 1}));
    QCOMPARE(model.issueAt(2)->title, u"first"_s);
}

void TestIssueListModel::idsOfTwoAccountsAreTwoIssues()
{
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    domain::Issue other = issue(1, u"of another server"_s);
    other.account = domain::AccountId(u"b"_s);
    model.reset({issue(1), other});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.rowOf(other), 1);
    other.count = 5;
    model.update(other);
    QCOMPARE(model.issueAt(0)->count, 1);
    QCOMPARE(model.issueAt(1)->count, 5);
}

void TestIssueListModel::checksFollowTheirIssues()
{
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset(issues({1, 2, 3}));
    QSignalSpy checks(&model, &IssueListModel::checksChanged);
    model.setChecked(1, true);
    model.setChecked(1, true);
    model.setChecked(7, true);
    QCOMPARE(checks.size(), 1);
    QVERIFY(model.isChecked(1));
    QVERIFY(model.data(model.index(1, 0), IssueListModel::CheckedRole).toBool());
    model.merge(issues({3, 2, 1}));
    QCOMPARE(model.checkedIssues(), issues({2}));
    model.merge(issues({3, 1}));
    QCOMPARE(model.checkedCount(), 0);
    QCOMPARE(checks.size(), 2);
    model.checkAll();
    QCOMPARE(model.checkedIssues(), issues({3, 1}));
    model.clearChecks();
    QCOMPARE(model.checkedCount(), 0);
    model.checkAll();
    model.reset(issues({3}));
    QCOMPARE(model.checkedCount(), 0);
}

void TestIssueListModel::moreIsOnlyAskedFor()
{
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset(issues({1}));
    QSignalSpy more(&model, &IssueListModel::moreRequested);
    QVERIFY(!model.canFetchMore({}));
    model.fetchMore({});
    QCOMPARE(more.size(), 0);
    model.setCanFetchMore(true);
    QVERIFY(model.canFetchMore({}));
    QVERIFY(!model.canFetchMore(model.index(0, 0)));
    model.fetchMore({});
    QCOMPARE(more.size(), 1);
    QCOMPARE(model.rowCount(), 1);
}

void TestIssueListModel::rolesHoldRawValues()
{
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    domain::Issue row = issue(1, u"KeyError: 'user'"_s, 1204);
    row.userCount = 1;
    row.culprit = u"shop/views.py in pay"_s;
    row.shortId = u"WEB-1"_s;
    row.hasSeen = false;
    row.status = domain::IssueStatus::Archived;
    row.lastSeen = core::TimePoint(std::chrono::milliseconds(5000));
    row.assignedTo = domain::Actor{domain::ActorId(u"user:1"_s), {}, u"Mika"_s, {}, false};
    model.reset({row});
    const auto raw = [&model](IssueListModel::Column column) {
        return model.data(model.index(0, column), IssueListModel::SortRole);
    };
    QCOMPARE(raw(IssueListModel::Events).toLongLong(), 1204);
    QCOMPARE(raw(IssueListModel::Users).toLongLong(), 1);
    QCOMPARE(raw(IssueListModel::Seen).toLongLong(), 5000);
    QCOMPARE(raw(IssueListModel::Age).toLongLong(), 0);
    QCOMPARE(model.data(model.index(0, 0), IssueListModel::IssueRole).value<domain::Issue>(), row);
    const QString sentence = model.data(model.index(0, 0), Qt::AccessibleTextRole).toString();
    for (const QString& part : {u"error"_s, u"WEB-1"_s, u"unread"_s, u"KeyError: 'user'"_s, u"pay"_s,
             u"1204 event"_s, u"Mika"_s, u"archived"_s})
        QVERIFY2(sentence.contains(part), qPrintable(sentence));
    for (int column = 0; column < IssueListModel::ColumnCount; ++column) {
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString().isEmpty());
        QVERIFY(column == IssueListModel::Age ||
                !model.data(model.index(0, column), Qt::DisplayRole).toString().isEmpty());
    }
}

void TestIssueListModel::hostileTextsAreBoundedAndEscaped()
{
    IssueListModel model;
    const QAbstractItemModelTester tester(&model);
    domain::Issue row = issue(1, u"<img src=x onerror=alert(1)>\n\u202Egnp.exe"_s + QString(2'000'000, u'x'));
    row.culprit = QString(10'000, u'<');
    row.assignedTo = domain::Actor{domain::ActorId(u"user:1"_s), {}, u"<b>M</b>"_s, {}, false};
    model.reset({row});
    const QString title = model.data(model.index(0, 0), Qt::DisplayRole).toString();
    QVERIFY(title.size() <= 500);
    QVERIFY(!title.contains(u'\n'));
    QVERIFY(!title.contains(QChar(0x202E)));
    const QString tip = model.data(model.index(0, 0), Qt::ToolTipRole).toString();
    QVERIFY(!tip.contains(u"<img"_s));
    QVERIFY(tip.contains(u"&lt;img"_s));
    QVERIFY(tip.size() < 5000);
    QVERIFY(!model.data(model.index(0, IssueListModel::Assignee), Qt::ToolTipRole).toString().contains(u'<'));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestIssueListModel)
#include "tst_issuelistmodel.moc"
