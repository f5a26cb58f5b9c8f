// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "models/items/sidebarmodel.h"
#include "tests/support/main.h"

using namespace Qt::Literals::StringLiterals;
using namespace vedette;
using items::SidebarEntry;
using items::SidebarModel;

namespace {

SidebarEntry entry(const QString& key, const QString& count = {})
{
    SidebarEntry out;
    out.key = key;
    out.label = key.toUpper();
    out.count = count;
    return out;
}

QString keysOf(const SidebarModel& model)
{
    QString out;
    for (int row = 0; row < model.rowCount(); ++row)
        out += model.data(model.index(row), SidebarModel::KeyRole).toString();
    return out;
}

} // namespace

class TestSidebarModel final : public QObject
{
    Q_OBJECT

private slots:
    void newCountsLeaveTheRestAlone();
    void linesComeGoAndMove();
    void sectionsCannotBeChosen();
};

void TestSidebarModel::newCountsLeaveTheRestAlone()
{
    SidebarModel model;
    const QAbstractItemModelTester tester(&model);
    model.setEntries({entry(u"a"_s), entry(u"b"_s, u"3"_s)});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.setEntries({entry(u"a"_s), entry(u"b"_s, u"4"_s)});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(inserted.size(), 0);
    model.setEntries({entry(u"a"_s), entry(u"b"_s, u"4"_s)});
    QCOMPARE(changed.size(), 1);
}

void TestSidebarModel::linesComeGoAndMove()
{
    SidebarModel model;
    const QAbstractItemModelTester tester(&model);
    const auto show = [&model](const QString& keys) {
        QList<SidebarEntry> entries;
        for (const QChar key : keys)
            entries << entry(QString(key));
        model.setEntries(entries);
    };
    show(u"abcd"_s);
    const QPersistentModelIndex c(model.index(2));
    for (const QString& keys : {u"dcba"_s, u"xcay"_s, u"c"_s, u"zzc"_s.mid(1), u"cq"_s}) {
        show(keys);
        QCOMPARE(keysOf(model), keys);
        QCOMPARE(c.row(), int(keys.indexOf(u'c')));
    }
    show({});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!c.isValid());
}

void TestSidebarModel::sectionsCannotBeChosen()
{
    SidebarModel model;
    const QAbstractItemModelTester tester(&model);
    SidebarEntry section = entry(u"s"_s);
    section.kind = SidebarEntry::Kind::Section;
    SidebarEntry view = entry(u"v"_s, u"37"_s);
    view.description = u"37 issues"_s;
    model.setEntries({section, view});
    QVERIFY(!model.flags(model.index(0)).testFlag(Qt::ItemIsSelectable));
    QVERIFY(model.flags(model.index(1)).testFlag(Qt::ItemIsSelectable));
    QCOMPARE(model.data(model.index(1), Qt::AccessibleTextRole).toString(), u"V, 37 issues"_s);
    QCOMPARE(model.data(model.index(0), Qt::AccessibleTextRole).toString(), u"S"_s);
    QCOMPARE(model.rowOf(u"v"_s), 1);
    QCOMPARE(model.rowOf(u"?"_s), -1);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSidebarModel)
#include "tst_sidebarmodel.moc"
