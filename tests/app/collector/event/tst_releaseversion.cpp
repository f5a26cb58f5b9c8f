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

VEDETTE_TEST_MAIN(QCoreApplication, TestReleaseVersion)
#include "tst_releaseversion.moc"
