// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/collector/event/useragent.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

class TestUserAgent final : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
};

void TestUserAgent::reads_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("read"); // browser | os | device
    const auto row = [](const char* name, const char* header, const char* read) {
        QTest::newRow(name) << QString::fromLatin1(header) << QString::fromLatin1(read);
    };
    row("Firefox on Ubuntu", "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:96.0) Gecko/20100101 Firefox/96.0",
        "Firefox 96.0|Ubuntu |");
    row("Chrome on Windows",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/120.0.6099.71 "
        "Safari/537.36",
        "Chrome 120.0.6099|Windows 10|");
    row("Edge",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 "
        "Safari/537.36 Edg/120.0.2210.61",
        "Edge 120.0.2210|Windows 10|");
    row("Chrome on Android",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UD1A) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/119.0.0.0 Mobile Safari/537.36",
        "Chrome Mobile 119.0.0|Android 14|Pixel 8");
    row("WebView",
        "Mozilla/5.0 (Linux; Android 9; SM-G960F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
        "Chrome/80.0.3987.99 Mobile Safari/537.36",
        "Chrome Mobile WebView 80.0.3987|Android 9|SM-G960F");
    row("Safari on a Mac",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/17.1 "
        "Safari/605.1.15",
        "Safari 17.1|Mac OS X 10.15.7|");
    row("iPhone",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 16_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/16.3 Mobile/15E148 Safari/604.1",
        "Mobile Safari 16.3|iOS 16.3|iPhone");
    row("Internet Explorer 11", "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
        "IE 11.0|Windows 7|");
    row("Headless",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/118.0.5993.0 "
        "Safari/537.36",
        "HeadlessChrome 118.0.5993|Linux |");
    row("not a browser", "python-requests/2.28 Linux", " | |");
    row("empty", "", " | |");
    row("only marks", "Chrome/ Firefox/", "Chrome | |");
}

void TestUserAgent::reads()
{
    QFETCH(QString, header);
    QFETCH(QString, read);
    const collector::UserAgent agent = collector::readUserAgent(header.toStdString());
    QCOMPARE(QString::fromStdString(agent.browser + " " + agent.browserVersion + "|" + agent.os + " " +
                                    agent.osVersion + "|" + agent.deviceModel),
        read);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestUserAgent)
#include "tst_useragent.moc"
