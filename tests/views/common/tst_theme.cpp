// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QDir>
#include <QDirIterator>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QWidget>

#include "tests/support/main.h"
#include "views/common/icons.h"
#include "views/common/stylesheet.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;
using namespace vedette;
using namespace vedette::views;

class TestTheme final : public QObject
{
    Q_OBJECT

private slots:
    void textsCanBeRead_data();
    void textsCanBeRead();
    void barsStandOut();
    void lettersOnProjectColoursCanBeRead();
    void sheetKnowsEveryToken();
    void choiceWinsOverTheSystem();
    void everyIconIsDrawnInItsTone();
    void everyIconIsListed();
};

void TestTheme::textsCanBeRead_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");
    for (const bool dark : {false, true}) {
        const Tokens& t = dark ? Tokens::dark() : Tokens::light();
        const auto pair = [dark](const char* what, const QColor& text, const QColor& ground) {
            QTest::addRow("%s, %s", dark ? "dark" : "light", what) << text << ground;
        };
        const QList<std::pair<const char*, QColor>> grounds = {{"window", t.window}, {"surface", t.surface},
            {"sidebar", t.sidebar}, {"selection", t.selection}, {"code", t.code}};
        for (const auto& [name, ground] : grounds) {
            pair(qPrintable(u"text on %1"_s.arg(QLatin1StringView(name))), t.text, ground);
            pair(qPrintable(u"secondary on %1"_s.arg(QLatin1StringView(name))), t.secondary, ground);
        }
        for (const auto& [name, ground] : grounds.first(4))
            pair(qPrintable(u"accent on %1"_s.arg(QLatin1StringView(name))), t.accent, ground);
        const QList<std::pair<const char*, QColor>> inks = {{"fatal", t.fatal}, {"error", t.error},
            {"warning", t.warning}, {"info", t.info}, {"debug", t.debug}, {"good", t.good},
            {"spike", t.spike}};
        for (const auto& [name, ink] : inks) {
            pair(qPrintable(u"%1 on surface"_s.arg(QLatin1StringView(name))), ink, t.surface);
            pair(qPrintable(u"%1 on window"_s.arg(QLatin1StringView(name))), ink, t.window);
            pair(qPrintable(u"letter on %1"_s.arg(QLatin1StringView(name))), textOn(ink), ink);
        }
        pair("accent on its tint", t.accent, t.accentTint);
        pair("text on accent tint", t.text, t.accentTint);
        pair("spike on its tint", t.spike, t.spikeTint);
        pair("text on spike tint", t.text, t.spikeTint);
        pair("text on band", t.text, t.band);
        pair("button on accent", t.onFill, t.accent);
        pair("text on error", t.onFill, t.error);
        pair("text on spike", t.onFill, t.spike);
    }
}

void TestTheme::textsCanBeRead()
{
    QFETCH(QColor, text);
    QFETCH(QColor, ground);
    const double ratio = contrast(text, ground);
    QVERIFY2(ratio >= 4.5, qPrintable(u"%1 on %2: %3"_s.arg(text.name(), ground.name()).arg(ratio)));
}

void TestTheme::barsStandOut()
{
    for (const Tokens* t : {&Tokens::light(), &Tokens::dark()}) {
        for (const QColor& ground : {t->surface, t->selection}) {
            QVERIFY2(contrast(t->bar, ground) >= 3.0,
                qPrintable(u"bar on %1: %2"_s.arg(ground.name()).arg(contrast(t->bar, ground))));
            QVERIFY2(contrast(t->spike, ground) >= 3.0, qPrintable(ground.name()));
        }
    }
}

void TestTheme::lettersOnProjectColoursCanBeRead()
{
    for (const Tokens* t : {&Tokens::light(), &Tokens::dark()}) {
        QCOMPARE(t->projects.size(), 8);
        for (const QColor& colour : t->projects)
            QVERIFY2(contrast(textOn(colour), colour) >= 4.5,
                qPrintable(u"%1: %2"_s.arg(colour.name()).arg(contrast(textOn(colour), colour))));
    }
    // Any index has a colour.
    QCOMPARE(projectColour(Tokens::light(), -1), Tokens::light().projects.last());
    QCOMPARE(projectColour(Tokens::light(), 8), Tokens::light().projects.first());
}

void TestTheme::sheetKnowsEveryToken()
{
    for (const Tokens* t : {&Tokens::light(), &Tokens::dark()}) {
        const QString sheet = styleSheet(*t);
        QVERIFY2(!sheet.contains(u'@'), qPrintable(sheet.mid(sheet.indexOf(u'@'), 30)));
    }
    QVERIFY(styleSheet(Tokens::light()) != styleSheet(Tokens::dark()));
}

void TestTheme::choiceWinsOverTheSystem()
{
    Theme theme(*qApp);
    QVERIFY(!theme.isDark()); // the offscreen platform's palette is light
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setSystemPrefersDark(true);
    QVERIFY(theme.isDark());
    theme.setChoice(settings::Theme::Light);
    QVERIFY(!theme.isDark());
    theme.setChoice(settings::Theme::Dark);
    theme.setSystemPrefersDark(false);
    QVERIFY(theme.isDark());
    QCOMPARE(qApp->palette().color(QPalette::Window), Tokens::dark().window);
    QCOMPARE(&tokensOf(qApp->palette()), &Tokens::dark());
    theme.setChoice(settings::Theme::Follow);
    QVERIFY(!theme.isDark());
    QCOMPARE(qApp->palette().color(QPalette::Base), Tokens::light().surface);
    QCOMPARE(changed.size(), 5);
}

void TestTheme::everyIconIsDrawnInItsTone()
{
    Theme theme(*qApp);
    theme.setChoice(settings::Theme::Light);
    const QIcon search = icon(u"search"_s, IconTone::Accent);
    for (const int side : {16, 32}) {
        const QImage picture = search.pixmap(QSize(side, side), 1.0).toImage();
        QCOMPARE(picture.size(), QSize(side, side));
        int inked = 0;
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                const QColor pixel = picture.pixelColor(x, y);
                if (pixel.alpha() < 250)
                    continue;
                ++inked;
                QVERIFY2(
                    std::abs(pixel.blue() - Tokens::light().accent.blue()) < 8, qPrintable(pixel.name()));
            }
        }
        QVERIFY(inked > side / 4);
    }
    // The same icon follows the theme, without being made again.
    theme.setChoice(settings::Theme::Dark);
    const QImage dark = search.pixmap(QSize(32, 32), 1.0).toImage();
    bool found = false;
    for (int x = 0; x < 32 && !found; ++x) {
        for (int y = 0; y < 32 && !found; ++y)
            found = dark.pixelColor(x, y).alpha() > 250 &&
                    std::abs(dark.pixelColor(x, y).red() - Tokens::dark().accent.red()) < 8;
    }
    QVERIFY(found);
    // Sharp where a pixel of ours is two of the screen.
    QCOMPARE(search.pixmap(QSize(16, 16), 2.0).size(), QSize(32, 32));
}

void TestTheme::everyIconIsListed()
{
    (void)icon(u"search"_s).pixmap(16); // makes the resources known
    const QDir drawn(QStringLiteral(VEDETTE_SOURCE_DIR "/resources/icons"));
    const QStringList files = drawn.entryList({u"*.svg"_s});
    QVERIFY(files.size() > 40);
    for (const QString& name : files) {
        QVERIFY2(QFile::exists(u":/icons/"_s + name), qPrintable(name + u" is not in icons.qrc"_s));
        QSvgRenderer renderer(u":/icons/"_s + name);
        QVERIFY2(renderer.isValid(), qPrintable(name));
        QImage picture(32, 32, QImage::Format_ARGB32_Premultiplied);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        renderer.render(&painter);
        painter.end();
        bool blank = true;
        for (int y = 0; y < 32 && blank; ++y) {
            for (int x = 0; x < 32 && blank; ++x)
                blank = picture.pixelColor(x, y).alpha() == 0;
        }
        QVERIFY2(!blank, qPrintable(name));
    }
    // Names that the code asks for exist.
    static const QRegularExpression asked(uR"re(\bicon\(u"([a-z-]+)")re"_s);
    int seen = 0;
    QDirIterator it(
        QStringLiteral(VEDETTE_SOURCE_DIR "/views"), {u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile source(it.next());
        QVERIFY(source.open(QIODevice::ReadOnly));
        auto matches = asked.globalMatch(QString::fromUtf8(source.readAll()));
        while (matches.hasNext()) {
            const QString name = matches.next().captured(1);
            QVERIFY2(files.contains(name + u".svg"_s), qPrintable(name + u" in "_s + source.fileName()));
            ++seen;
        }
    }
    QVERIFY(seen > 0);
}

VEDETTE_TEST_MAIN(QApplication, TestTheme)
#include "tst_theme.moc"
