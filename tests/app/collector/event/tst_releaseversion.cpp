// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/collector/event/releaseversion.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

class TestReleaseVersion final : public QObject
{
    Q_OBJECT

private slots:
    void semantic_data();
    void semantic();
    void risesAlongTheList();
    void hostileVersionsAreHarmless();
    void reads_data();
    void reads();
};

namespace {

/// package | raw | major.minor.patch.revision/components | pre | build | hash | description
QString asText(const collector::ReleaseVersion& version)
{
    QStringList out{QString::fromStdString(version.package), QString::fromStdString(version.raw)};
    if (const auto& n = version.numbers) {
        out << u"%1.%2.%3.%4/%5"_s.arg(n->major)
                   .arg(n->minor)
                   .arg(n->patch)
                   .arg(n->revision)
                   .arg(n->components)
            << QString::fromStdString(n->preRelease) << QString::fromStdString(n->buildCode);
    } else {
        out << u"text"_s << QString() << QString();
    }
    out << QString::fromStdString(version.buildHash) << QString::fromStdString(version.description());
    return out.join(u'|');
}

} // namespace

void TestReleaseVersion::reads_data()
{
    QTest::addColumn<QByteArray>("release");
    QTest::addColumn<QString>("read");
    const auto row = [](const char* release, const char* read) {
        QTest::newRow(release) << QByteArray(release) << QString::fromLatin1(read);
    };
    row("web@4.2.1", "web|4.2.1|4.2.1.0/3||||4.2.1");
    row("@shop/web@4.2.1-beta.1+77", "@shop/web|4.2.1-beta.1+77|4.2.1.0/3|beta.1|77||4.2.1-beta.1 (77)");
    row("org.example.App@2.0+20B44", "org.example.App|2.0+20B44|2.0.0.0/2||20B44||2.0 (20B44)");
    row("web@1.2.3.4", "web|1.2.3.4|1.2.3.4/4||||1.2.3.4");
    row("web@7", "web|7|7.0.0.0/1||||7");
    row("web@v1.0", "web|v1.0|1.0.0.0/2||||1.0");
    row("web@1.0b2", "web|1.0b2|1.0.0.0/2|b2|||1.0b2");
    row("1.2.3", "|1.2.3|1.2.3.0/3||||1.2.3");
    row("8ce89484-0fec-4913-a2cd-e8e2d41dee36",
        "|8ce89484-0fec-4913-a2cd-e8e2d41dee36|text||||8ce89484-0fec-4913-a2cd-e8e2d41dee36");
    row("b65bc521378269d3eaefdc964f8ef56621414943", "|b65bc521378269d3eaefdc964f8ef56621414943|text|||"
                                                    "b65bc521378269d3eaefdc964f8ef56621414943|b65bc5213782");
    row("web@1.0+b65bc521378269d3eaef", "web|1.0+b65bc521378269d3eaef|1.0.0.0/"
                                        "2||b65bc521378269d3eaef|b65bc521378269d3eaef|1.0 (b65bc5213782)");
    row("20261120", "|20261120|text||||20261120");
    row("", "||text||||");
    row("@", "|@|text||||@");
    row("web@", "|web@|text||||web@");
    row("web@1.", "web|1.|text||||1.");
    row("web@1.0-", "web|1.0-|text||||1.0-");
    row("web@1.0+", "web|1.0+|text||||1.0+");
    row("web@1.0-a..b", "web|1.0-a..b|text||||1.0-a..b");
    row("web@-1.0", "web|-1.0|text||||-1.0");
    row("web@99999999999999999999.0", "web|99999999999999999999.0|text||||99999999999999999999.0");
    row("web@latest and greatest", "web|latest and greatest|text||||latest and greatest");
}

void TestReleaseVersion::reads()
{
    QFETCH(QByteArray, release);
    QFETCH(QString, read);
    QCOMPARE(asText(collector::parseRelease(release.toStdString())), read);
}

void TestReleaseVersion::semantic_data()
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

void TestReleaseVersion::semantic()
{
    QFETCH(QString, version);
    QFETCH(bool, isSemantic);
    const std::string text = version.toStdString();
    QCOMPARE(collector::SemanticVersion::parse(text).has_value(), isSemantic);
}

void TestReleaseVersion::risesAlongTheList()
{
    // The chain of semver.org section 11, and around it.
    const std::vector<std::string> rising = {"0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
        "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.0.1", "1.0.1", "1.2",
        "1.10", "2.0.0", "10.0.0", "20261120.1", "99999999999999999999.0"};
    for (std::size_t a = 0; a < rising.size(); ++a) {
        for (std::size_t b = 0; b < rising.size(); ++b) {
            const int order = collector::compareVersions(
                *collector::SemanticVersion::parse(rising[a]), *collector::SemanticVersion::parse(rising[b]));
            QVERIFY2((order < 0) == (a < b) && (order > 0) == (a > b), (rising[a] + ' ' + rising[b]).c_str());
        }
    }
    const auto same = [](const char* a, const char* b) {
        return collector::compareVersions(
                   *collector::SemanticVersion::parse(a), *collector::SemanticVersion::parse(b)) == 0;
    };
    QVERIFY(same("1.0", "1.0.0"));
    QVERIFY(same("1.0.0+a", "1.0.0+b"));
    QVERIFY(!same("1.0.0+1", "1.0.0+2"));
}

void TestReleaseVersion::hostileVersionsAreHarmless()
{
    for (const std::string& version :
        {std::string(100'000, '1'), std::string(100'000, '.'), std::string(50'000, '@') + "1.0",
            "app@1.0-" + std::string(100'000, 'a'), std::string("app@1.0\0-x", 10)}) {
        const auto parsed = collector::SemanticVersion::parse(version);
        if (parsed)
            QCOMPARE(collector::compareVersions(*parsed, *parsed), 0);
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestReleaseVersion)
#include "tst_releaseversion.moc"
