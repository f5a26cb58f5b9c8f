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
    void reads_data();
    void reads();
    void compares_data();
    void compares();
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

void TestReleaseVersion::compares_data()
{
    QTest::addColumn<QByteArray>("older");
    QTest::addColumn<QByteArray>("newer");
    QTest::addColumn<int>("order"); // -1, 0; 2: cannot be told
    const auto row = [](const char* older, const char* newer, int order) {
        QTest::addRow("%s, %s", older, newer) << QByteArray(older) << QByteArray(newer) << order;
    };
    row("web@1.2.3", "web@1.2.10", -1);
    row("web@1.2", "web@1.2.0", 0);
    row("web@1.2.3", "web@1.2.3.1", -1);
    row("web@1.2.3-rc.1", "web@1.2.3", -1);
    // The chain of semantic versioning's section 11.
    row("web@1.0.0-alpha", "web@1.0.0-alpha.1", -1);
    row("web@1.0.0-alpha.1", "web@1.0.0-alpha.beta", -1);
    row("web@1.0.0-beta.2", "web@1.0.0-beta.11", -1);
    row("web@1.0.0-beta.11", "web@1.0.0-rc.1", -1);
    row("web@1.0.0-9", "web@1.0.0-99999999999999999999999", -1);
    row("web@1.0+1", "web@1.0+2", 0);
    row("1.9", "1.10", -1);
    row("web@1.0", "api@1.1", 2);
    row("web@1.0", "web@soon", 2);
}

void TestReleaseVersion::compares()
{
    QFETCH(QByteArray, older);
    QFETCH(QByteArray, newer);
    QFETCH(int, order);
    const auto a = collector::parseRelease(older.toStdString());
    const auto b = collector::parseRelease(newer.toStdString());
    QCOMPARE(collector::compareVersions(a, b).value_or(2), order);
    QCOMPARE(collector::compareVersions(b, a).value_or(2), order == 2 ? 2 : -order);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestReleaseVersion)
#include "tst_releaseversion.moc"
