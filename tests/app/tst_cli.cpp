// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSet>
#include <QTest>

#include "app/cli.h"
#include "app/commands/exitcodes.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using app::parseCli;

class TestCli final : public QObject
{
    Q_OBJECT

private slots:
    void understands_data();
    void understands();
    void refuses_data();
    void refuses();
    void helpNamesEverything();
    void tableHasNoDoubles();
    void exitCodes();
};

void TestCli::understands_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{} << QString() << QStringList{} << QStringList{};
    QTest::newRow("demo") << QStringList{u"--demo"_s} << QString() << QStringList{u"--demo="_s}
                          << QStringList{};
    QTest::newRow("data dir") << QStringList{u"--data-dir"_s, u"/a b"_s} << QString()
                              << QStringList{u"--data-dir=/a b"_s} << QStringList{};
    QTest::newRow("equals") << QStringList{u"--data-dir=/x=y"_s, u"--background"_s} << QString()
                            << QStringList{u"--background="_s, u"--data-dir=/x=y"_s} << QStringList{};
    QTest::newRow("collect") << QStringList{u"collect"_s, u"--listen"_s, u"127.0.0.1:0"_s} << u"collect"_s
                             << QStringList{u"--listen=127.0.0.1:0"_s} << QStringList{};
    QTest::newRow("backup") << QStringList{u"collect"_s, u"--backup"_s, u"--restore"_s} << u"collect"_s
                            << QStringList{u"--backup=--restore"_s} << QStringList{};
    QTest::newRow("salvage") << QStringList{u"collect"_s, u"--salvage"_s, u"--data-dir=/x"_s} << u"collect"_s
                             << QStringList{u"--data-dir=/x"_s, u"--salvage="_s} << QStringList{};
    QTest::newRow("options first") << QStringList{u"--data-dir"_s, u"collect"_s, u"collect"_s} << u"collect"_s
                                   << QStringList{u"--data-dir=collect"_s} << QStringList{};
    QTest::newRow("files") << QStringList{u"import"_s, u"a"_s, u"import"_s, u"--"_s, u"-b"_s} << u"import"_s
                           << QStringList{} << QStringList{u"a"_s, u"import"_s, u"-b"_s};
    QTest::newRow("issues") << QStringList{u"issues"_s, u"is:unresolved"_s, u"--json"_s, u"--limit=5"_s,
                                   u"cart"_s}
                            << u"issues"_s << QStringList{u"--json="_s, u"--limit=5"_s}
                            << QStringList{u"is:unresolved"_s, u"cart"_s};
    QTest::newRow("negation") << QStringList{u"issues"_s, u"--"_s, u"-level:info"_s} << u"issues"_s
                              << QStringList{} << QStringList{u"-level:info"_s};
    QTest::newRow("assign") << QStringList{u"assign"_s, u"WEB-1"_s, u"#42"_s, u"me"_s, u"--wait"_s, u"0"_s}
                            << u"assign"_s << QStringList{u"--wait=0"_s}
                            << QStringList{u"WEB-1"_s, u"#42"_s, u"me"_s};
    QTest::newRow("short help") << QStringList{u"spikes"_s, u"-h"_s} << u"spikes"_s
                                << QStringList{u"--help="_s} << QStringList{};
    QTest::newRow("version") << QStringList{u"--version"_s} << QString() << QStringList{u"--version="_s}
                             << QStringList{};
}

void TestCli::understands()
{
    QFETCH(const QStringList, words);
    const auto invocation = parseCli(words);
    QVERIFY2(invocation.has_value(), invocation ? "" : qPrintable(invocation.error().detail));
    QTEST(invocation->command, "command");
    QStringList options;
    for (auto it = invocation->options.constBegin(); it != invocation->options.constEnd(); ++it)
        options << it.key() + u'=' + it.value();
    options.sort();
    QTEST(options, "options");
    QTEST(invocation->arguments, "arguments");
}

void TestCli::refuses_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown option") << QStringList{u"--frobnicate"_s} << u"--frobnicate"_s;
    QTest::newRow("unknown command") << QStringList{u"frobnicate"_s} << u"frobnicate"_s;
    QTest::newRow("another command's option")
        << QStringList{u"spikes"_s, u"--listen"_s, u"x"_s, u"f"_s} << u"--listen"_s;
    QTest::newRow("desktop option with a command") << QStringList{u"collect"_s, u"--demo"_s} << u"--demo"_s;
    QTest::newRow("no value") << QStringList{u"--data-dir"_s} << u"--data-dir"_s;
    QTest::newRow("empty value") << QStringList{u"--data-dir="_s} << u"--data-dir"_s;
    QTest::newRow("value for a switch") << QStringList{u"--demo=1"_s} << u"--demo"_s;
    QTest::newRow("backup to nowhere") << QStringList{u"collect"_s, u"--backup"_s} << u"--backup"_s;
    QTest::newRow("backup of the desktop") << QStringList{u"--backup"_s, u"x"_s} << u"--backup"_s;
    QTest::newRow("twice") << QStringList{u"--demo"_s, u"--demo"_s} << u"--demo"_s;
    QTest::newRow("no file") << QStringList{u"spikes"_s} << u"FILE.csv"_s;
    QTest::newRow("too many") << QStringList{u"spikes"_s, u"a"_s, u"b"_s} << u"\"b\""_s;
    QTest::newRow("words for collect") << QStringList{u"collect"_s, u"now"_s} << u"now"_s;
}

void TestCli::refuses()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, says);
    const auto invocation = parseCli(words);
    QVERIFY(!invocation.has_value());
    QCOMPARE(invocation.error().kind, core::ErrorKind::Usage);
    QVERIFY2(invocation.error().detail.contains(says), qPrintable(invocation.error().detail));
}

void TestCli::helpNamesEverything()
{
    const QString all = app::cliHelp();
    for (const auto& command : app::cliCommands()) {
        QVERIFY(all.contains(command.name));
        QVERIFY(all.contains(command.help));
        const QString own = app::cliHelp(command.name);
        for (const auto& option : command.options) {
            QVERIFY2(all.contains(option.name), qPrintable(option.name));
            QVERIFY2(own.contains(option.name), qPrintable(option.name));
        }
        for (const auto& option : app::cliCommonOptions())
            QVERIFY(own.contains(option.name));
    }
    const QStringList lines = all.split(u'\n');
    for (const QString& line : lines)
        QVERIFY2(line.size() <= 110, qPrintable(line));
}

void TestCli::tableHasNoDoubles()
{
    QSet<QString> names;
    for (const auto& command : app::cliCommands()) {
        QVERIFY(!names.contains(command.name));
        names << command.name;
        QSet<QString> options;
        for (const auto* list : {&command.options, &app::cliCommonOptions()}) {
            for (const auto& option : *list) {
                QVERIFY2(!options.contains(option.name), qPrintable(option.name));
                options << option.name;
            }
        }
    }
}

void TestCli::exitCodes()
{
    QCOMPARE(int(exitCodeOf(core::ErrorKind::Usage)), 2);
    QCOMPARE(int(exitCodeOf(core::ErrorKind::Busy)), 3);
    QCOMPARE(int(exitCodeOf(core::ErrorKind::NotFound)), 4);
    QCOMPARE(int(exitCodeOf(core::ErrorKind::Forbidden)), 5);
    QCOMPARE(int(exitCodeOf(core::ErrorKind::Storage)), 1);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCli)
#include "tst_cli.moc"
