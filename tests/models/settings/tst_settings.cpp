// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include "models/settings/settings.h"
#include "tests/support/main.h"

using namespace vedette::settings;
using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

class TestSettings final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void defaults();
    void keepsOverARestart();
    void tellsChangesOnce();
    void resetGoesBack();
    void brokenValuesReadAsDefaults();
    void anUnwritablePlaceIsTold();
    void namesAreUnique();

private:
    [[nodiscard]] QString file() const { return m_dir->filePath(u"config/vedette.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestSettings::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

void TestSettings::defaults()
{
    const Settings settings(file());
    QCOMPARE(settings.value(keys::theme), Theme::Follow);
    QVERIFY(settings.value(keys::singleLetterKeys));
    QVERIFY(settings.value(keys::notifications));
    QCOMPARE(settings.value(keys::visibleInterval), seconds(60));
    QCOMPARE(settings.value(keys::hiddenInterval), seconds(300));
    QCOMPARE(settings.value(keys::cacheMegabytes), 256);
    QCOMPARE(settings.value(keys::cacheDays), 30);
    QVERIFY(settings.value(keys::windowGeometry).isEmpty());
    QVERIFY(!QFile::exists(file())); // reading writes nothing
}

void TestSettings::keepsOverARestart()
{
    const QByteArray geometry("\x00\x01\xFFgeometry\n", 12);
    {
        Settings settings(file());
        settings.setValue(keys::theme, Theme::Dark);
        settings.setValue(keys::singleLetterKeys, false);
        settings.setValue(keys::visibleInterval, seconds(90));
        settings.setValue(keys::windowGeometry, geometry);
        settings.setValue(widgetState(u"issues/splitter"_s), "state");
        QVERIFY(settings.sync());
    }
    const Settings settings(file());
    QCOMPARE(settings.value(keys::theme), Theme::Dark);
    QVERIFY(!settings.value(keys::singleLetterKeys));
    QCOMPARE(settings.value(keys::visibleInterval), seconds(90));
    QCOMPARE(settings.value(keys::windowGeometry), geometry);
    QCOMPARE(settings.value(widgetState(u"issues/splitter"_s)), QByteArray("state"));
    QFile ini(file());
    QVERIFY(ini.open(QIODevice::ReadOnly));
    QVERIFY(ini.readAll().contains("theme=dark")); // a person can edit it
}

void TestSettings::tellsChangesOnce()
{
    Settings settings(file());
    QSignalSpy changed(&settings, &Settings::changed);
    settings.setValue(keys::theme, Theme::Follow); // as it is
    QCOMPARE(changed.size(), 0);
    settings.setValue(keys::theme, Theme::Light);
    settings.setValue(keys::theme, Theme::Light);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toString(), keys::theme.name);
    settings.setValue(keys::visibleInterval, seconds(0)); // bounded to a second
    QCOMPARE(settings.value(keys::visibleInterval), seconds(1));
    QCOMPARE(changed.size(), 2);
    settings.setValue(keys::cacheMegabytes, -7); // at least one
    QCOMPARE(settings.value(keys::cacheMegabytes), 1);
    settings.setValue(keys::cacheDays, 2'000'000'000);
    QCOMPARE(settings.value(keys::cacheDays), 1'000'000);
    QCOMPARE(changed.size(), 4);
}

void TestSettings::resetGoesBack()
{
    Settings settings(file());
    settings.setValue(keys::closeToTray, !keys::closeToTray.defaultValue);
    QSignalSpy changed(&settings, &Settings::changed);
    settings.reset(keys::closeToTray);
    settings.reset(keys::closeToTray);
    QCOMPARE(settings.value(keys::closeToTray), keys::closeToTray.defaultValue);
    QCOMPARE(changed.size(), 1);
}

void TestSettings::brokenValuesReadAsDefaults()
{
    QVERIFY(QDir().mkpath(m_dir->filePath(u"config"_s)));
    QFile ini(file());
    QVERIFY(ini.open(QIODevice::WriteOnly));
    ini.write(
        "[appearance]\ntheme=@Variant(\\0\\0\\0)\n[keyboard]\nsingleLetterKeys=perhaps\n"
        "[polling]\nvisibleSeconds=999999999999999999999\nhiddenSeconds=-5\n"
        "[cache]\nmegabytesPerAccount=0\ndays=many\n"
        "[window]\ngeometry=***not base64***\nstate=1, 2, 3\n[notifications]\nenabled=\nnonsense\n\x01\xFF");
    ini.close();
    const Settings settings(file());
    QCOMPARE(settings.value(keys::theme), Theme::Follow);
    QVERIFY(settings.value(keys::singleLetterKeys));
    QCOMPARE(settings.value(keys::visibleInterval), seconds(60));
    QCOMPARE(settings.value(keys::hiddenInterval), seconds(300));
    QCOMPARE(settings.value(keys::cacheMegabytes), 256);
    QCOMPARE(settings.value(keys::cacheDays), 30);
    QVERIFY(settings.value(keys::windowGeometry).isEmpty());
    QVERIFY(settings.value(keys::windowState).isEmpty());
    QVERIFY(settings.value(keys::notifications));
}

void TestSettings::anUnwritablePlaceIsTold()
{
    // A file where the folder should be stops even root.
    QFile blocker(m_dir->filePath(u"config"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    Settings settings(file());
    settings.setValue(keys::theme, Theme::Dark);
    QVERIFY(!settings.sync());
    QCOMPARE(settings.value(keys::theme), Theme::Dark); // for this session
}

void TestSettings::namesAreUnique()
{
    const QStringList names = {keys::theme.name, keys::windowGeometry.name, keys::windowState.name,
        keys::singleLetterKeys.name, keys::notifications.name, keys::notifyNewIssues.name,
        keys::notifyRegressions.name, keys::notifySpikes.name, keys::snooze.name, keys::visibleInterval.name,
        keys::hiddenInterval.name, keys::closeToTray.name};
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    QVERIFY(widgetState(u"a"_s).name != widgetState(u"b"_s).name);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSettings)
#include "tst_settings.moc"
