// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Patterns of the inbound filters.

#include <QElapsedTimer>
#include <QTest>

#include "app/collector/door/glob.h"
#include "tests/support/main.h"

using namespace vedette::collector;

class TestGlob final : public QObject
{
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void agreesWithAPlainSearch();
    void hostilePatternsTakeNoLonger();
    void longPatternsAreKnown();
};

namespace {

bool fits(const std::string& pattern, const std::string& text)
{
    return Glob(pattern).matches(foldedText(text));
}

/// The same by trying everything: slow and plainly right.
bool plainly(std::string_view pattern, std::string_view text)
{
    if (pattern.empty())
        return text.empty();
    if (pattern.front() == '*')
        return plainly(pattern.substr(1), text) || (!text.empty() && plainly(pattern, text.substr(1)));
    return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
           plainly(pattern.substr(1), text.substr(1));
}

} // namespace

void TestGlob::matches_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char* pattern, const char* text, bool expected) {
        QTest::addRow("%s|%s", pattern, text) << QByteArray(pattern) << QByteArray(text) << expected;
    };
    row("TypeError", "TypeError", true);
    row("TypeError", "TypeErrors", false);
    row("TypeError", "ATypeError", false);
    row("typeerror", "TypeError", true);
    row("*timed out*", "the request Timed Out after 5 s", true);
    row("*timed out*", "timed out", true);
    row("*timed out", "timed out!", false);
    row("web@1.*", "web@1.2.3", true);
    row("web@1.*", "web@12", false);
    row("web@?.0", "web@1.0", true);
    row("web@?.0", "web@.0", false);
    row("web@?.0", "web@10.0", false);
    row("", "", true);
    row("", "x", false);
    row("*", "", true);
    row("*", "line\nline", true);
    row("a*b*c", "a1b2c", true);
    row("a*b*c", "a1c2b", false);
    row("**a**", "a", true);
    row("?", "\xC3\xA9", true);                          // one character of two bytes
    row("\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9", true); // case folded
    row("?", "\xF0\x9F\x90\x98", true);
    row("?", "\xFF", true); // no UTF-8
    row("a?c", "a\xE2\x82", false);
    row("*[x]*", "a[x]b", true); // no other character is special
    row("a.c", "abc", false);
    row("a\\*", "a\\b", true);
}

void TestGlob::matches()
{
    QFETCH(const QByteArray, pattern);
    QFETCH(const QByteArray, text);
    QFETCH(const bool, expected);
    QCOMPARE(fits(pattern.toStdString(), text.toStdString()), expected);
}

void TestGlob::agreesWithAPlainSearch()
{
    // All patterns and texts of a small alphabet.
    const std::string signs = "ab?*";
    int compared = 0;
    for (int p = 0; p < 1'024; ++p) {
        std::string pattern;
        for (int rest = p, i = 0; i < 5; ++i, rest /= 4)
            pattern += signs[static_cast<std::size_t>(rest % 4)];
        for (int t = 0; t < 64; ++t) {
            std::string text;
            for (int i = 0; i < t % 7; ++i)
                text += (t >> i & 1) != 0 ? 'a' : 'b';
            QCOMPARE(fits(pattern, text), plainly(pattern, text));
            ++compared;
        }
    }
    QCOMPARE(compared, 65'536);
    // Across the words that hold the places.
    const std::string longText(240, 'x');
    for (const std::size_t at : {0, 62, 63, 64, 65, 127, 128, 191, 192, 239}) {
        std::string pattern = longText;
        pattern[at] = '?';
        QVERIFY(fits(pattern, longText));
        pattern[at] = 'y';
        QVERIFY(!fits(pattern, longText));
        pattern[at] = '*';
        QVERIFY(fits(pattern, longText));
        QVERIFY(fits(pattern, longText + longText));
    }
}

void TestGlob::hostilePatternsTakeNoLonger()
{
    const std::string text(Glob::textLength, 'a');
    std::string pattern;
    for (int i = 0; i < 124; ++i)
        pattern += "a*";
    pattern += 'b';
    const std::u32string folded = foldedText(text);
    const auto timeOf = [&folded](const std::string& given) {
        const Glob glob(given);
        qint64 best = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 5; ++i) {
            QElapsedTimer timer;
            timer.start();
            if (glob.matches(folded) == (given == "nothing to be found"))
                qFatal("it matched wrongly");
            best = std::min(best, timer.nsecsElapsed());
        }
        return best;
    };
    const qint64 honest = timeOf("*a*");
    // Backtracking would take some 10^30 steps.
    QVERIFY(!Glob(pattern).matches(folded));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!Glob(pattern).matches(folded));
    QVERIFY2(timer.nsecsElapsed() < std::max<qint64>(100 * honest, 50'000'000),
        qPrintable(QString::number(timer.nsecsElapsed())));
}

void TestGlob::longPatternsAreKnown()
{
    QVERIFY(!Glob::isTooLong(std::string(Glob::maxCharacters, 'a')));
    QVERIFY(Glob::isTooLong(std::string(Glob::maxCharacters + 1, 'a')));
    // Characters, not bytes.
    std::string wide;
    for (std::size_t i = 0; i < Glob::maxCharacters; ++i)
        wide += "\xE2\x82\xAC";
    QVERIFY(!Glob::isTooLong(wide));
    QVERIFY(fits(wide, wide));
    // Of a text, so much is looked at.
    QVERIFY(fits("a*", "a" + std::string(100'000, 'b')));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestGlob)
#include "tst_glob.moc"
