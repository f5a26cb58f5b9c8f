// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/collector/storage/releaseorder.h"
#include "tests/support/main.h"

using namespace vedette::collector;

/// Which release is later: what regressions hang on.
class TestReleaseOrder final : public QObject
{
    Q_OBJECT

private slots:
    void semantic_data();
    void semantic();
    void risesAlongTheList();
    void comparesAsTold_data();
    void comparesAsTold();
    void hostileVersionsAreHarmless();
};

void TestReleaseOrder::semantic_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("isSemantic");
    for (const char* yes : {"app@1.2.3", "app@1.2.3-rc.1+7", "1.2.3", "1.2", "app@1", "app@1.2.3.4",
             "@scope/app@1.0.0", "a b@1.0-beta", "1.2.3-rc-1"})
        QTest::newRow(yes) << QString::fromLatin1(yes) << true;
    for (const char* no : {"", "app", "1", "20261120", "app@", "@1.0", "app@1.2.3.4.5", "app@v1.2",
             "app@1..2", "app@1.2.3-", "app@1.2.3+", "app@1.2.3-a..b", "1a2b3c4",
             "app@da39a3ee5e6b4b0d3255bfef95601890afd80709", "app@1.2-r\xC3\xA9"})
        QTest::newRow(*no ? no : "(empty)") << QString::fromUtf8(no) << false;
}

void TestReleaseOrder::semantic()
{
    QFETCH(QString, version);
    QFETCH(bool, isSemantic);
    const std::string text = version.toStdString();
    QCOMPARE(SemanticVersion::parse(text).has_value(), isSemantic);
}

void TestReleaseOrder::risesAlongTheList()
{
    // The chain of semver.org section 11, and around it.
    const std::vector<std::string> rising = {"0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
        "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.0.1", "1.0.1", "1.2",
        "1.10", "2.0.0", "10.0.0", "20261120.1", "99999999999999999999.0"};
    for (std::size_t a = 0; a < rising.size(); ++a) {
        for (std::size_t b = 0; b < rising.size(); ++b) {
            const int order =
                compareVersions(*SemanticVersion::parse(rising[a]), *SemanticVersion::parse(rising[b]));
            QVERIFY2((order < 0) == (a < b) && (order > 0) == (a > b), (rising[a] + ' ' + rising[b]).c_str());
        }
    }
    const auto same = [](const char* a, const char* b) {
        return compareVersions(*SemanticVersion::parse(a), *SemanticVersion::parse(b)) == 0;
    };
    QVERIFY(same("1.0", "1.0.0"));
    QVERIFY(same("1.0.0+a", "1.0.0+b"));
    QVERIFY(!same("1.0.0+1", "1.0.0+2"));
}

void TestReleaseOrder::comparesAsTold_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<int>("order"); // of a, which came a day before b
    const auto row = [](const char* name, const char* a, const char* b, int order) {
        QTest::newRow(name) << QString::fromLatin1(a) << QString::fromLatin1(b) << order;
    };
    row("by version, not by date", "app@2.0.0", "app@1.9.0", 1);
    row("a candidate before its release", "app@1.0.0-rc.1", "app@1.0.0", -1);
    row("two packages: by date", "web@2.0.0", "api@1.0.0", -1);
    row("one is no version: by date", "app@2.0.0", "da39a3ee", -1);
    row("neither is: by date", "zebra", "ape", -1);
    row("same version, builds that are no numbers: by date", "app@1.0.0+b", "app@1.0.0+a", -1);
    row("same version, builds that are numbers", "app@1.0.0+9", "app@1.0.0+10", -1);
}

void TestReleaseOrder::comparesAsTold()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(int, order);
    const ReleaseInOrder first{1, a.toStdString(), 1'000'000};
    const ReleaseInOrder second{2, b.toStdString(), 1'000'000 + 86'400'000};
    QCOMPARE(compareReleases(first, second) < 0 ? -1 : 1, order);
    QCOMPARE(compareReleases(second, first) < 0 ? -1 : 1, -order);
    QCOMPARE(compareReleases(first, first), 0);
}

void TestReleaseOrder::hostileVersionsAreHarmless()
{
    for (const std::string& version :
        {std::string(100'000, '1'), std::string(100'000, '.'), std::string(50'000, '@') + "1.0",
            "app@1.0-" + std::string(100'000, 'a'), std::string("app@1.0\0-x", 10)}) {
        const auto parsed = SemanticVersion::parse(version);
        if (parsed)
            QCOMPARE(compareVersions(*parsed, *parsed), 0);
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestReleaseOrder)
#include "tst_releaseorder.moc"
