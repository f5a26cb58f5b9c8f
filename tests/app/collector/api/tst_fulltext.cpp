// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <algorithm>
#include <random>
#include <set>

#include "tests/app/collector/api/apiworld.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Free text finds what any event of an issue contains, also where the index alone does not tell.
class TestFullText final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void findsWhatIsContained();
    void findsOlderEvents_data();
    void findsOlderEvents();
    void forgetsDeletedIssues();

private:
    void send(int issue, const QByteArray& message);
    std::set<int> found(const QString& phrase);

    std::unique_ptr<ApiWorld> m_world;
    int m_sent = 0;
};

void TestFullText::init()
{
    m_world = std::make_unique<ApiWorld>();
    m_sent = 0;
}

/// The issue's number is its fingerprint and its logger.
void TestFullText::send(int issue, const QByteArray& message)
{
    const QByteArray number = QByteArray::number(issue);
    const QByteArray id = QByteArray(28, 'a') + QByteArray::number(1000 + m_sent++);
    QCOMPARE(m_world->send(R"({"event_id":")" + id + R"(","message":")" + message + R"(","logger":")" +
                           number + R"(","fingerprint":[")" + number + R"("]})"),
        200);
}

std::set<int> TestFullText::found(const QString& phrase)
{
    const ApiAnswer answer =
        m_world->get(m_world->org() + "/issues/?limit=100&query=" + phrase.toUtf8().toPercentEncoding());
    if (answer.status != 200)
        qFatal("%s: %d %s", qPrintable(phrase), answer.status, qPrintable(answer.detail()));
    std::set<int> out;
    for (const QString& logger : column(answer.json, u"logger"_s))
        out.insert(logger.toInt());
    return out;
}

void TestFullText::findsWhatIsContained()
{
    // Few words and numbers, so that texts share their parts and the index names wrong candidates too.
    std::mt19937 random(3); // NOLINT: the same each time
    const std::vector<std::string> words = {"order", "late", "a1", "2b", "ms", "X9y", "timeout", "of", "17",
        "4711", "b2c3", "Käse", "日本語", "v2.1", "pay-load", "35ms", "user_7", "id", "cafe12", "12cafe"};
    std::vector<std::pair<int, QString>> texts;
    for (int i = 0; i < 150; ++i) {
        std::string text;
        for (auto n = 2 + random() % 5; n > 0; --n)
            text += words[random() % words.size()] + (random() % 6 == 0 ? "" : n > 1 ? " " : "");
        while (text.ends_with(' '))
            text.pop_back();
        const int issue = static_cast<int>(random() % 12);
        send(issue, QByteArray::fromStdString(text));
        texts.emplace_back(issue, QString::fromStdString(text));
    }
    for (int i = 0; i < 300; ++i) {
        const QString& source = texts[random() % texts.size()].second;
        QString phrase = source
                             .mid(static_cast<qsizetype>(random() % static_cast<unsigned>(source.size())),
                                 1 + static_cast<qsizetype>(random() % 14))
                             .trimmed();
        if (i % 4 == 0)
            std::reverse(phrase.begin(), phrase.end()); // mostly contained nowhere
        if (i % 3 == 0)
            std::transform(phrase.begin(), phrase.end(), phrase.begin(), // ASCII alone compares without case
                [](QChar c) { return c.unicode() < 128 ? c.toUpper() : c; });
        if (phrase.isEmpty())
            continue;
        std::set<int> expected;
        for (const auto& [issue, text] : texts) {
            if (text.contains(phrase, Qt::CaseInsensitive))
                expected.insert(issue);
        }
        QVERIFY2(found(u"message:\"%1\""_s.arg(phrase)) == expected, qPrintable(phrase));
    }
}

void TestFullText::findsOlderEvents_data()
{
    QTest::addColumn<QString>("phrase");
    QTest::addColumn<int>("issues");
    QTest::newRow("words of the latest event") << u"was late"_s << 1;
    QTest::newRow("a number of the first event") << u"order 4711"_s << 1;
    QTest::newRow("a number of one between") << u"4712"_s << 1;
    QTest::newRow("the end of a number") << u"712 was"_s << 1;
    QTest::newRow("another shape, long ago") << u"NOT FOUND"_s << 1;
    QTest::newRow("the tail of a word with a digit") << u"ms late"_s << 1;
    QTest::newRow("both, but of different events") << u"4711 was 4712"_s << 0;
    QTest::newRow("a star") << u"order*late"_s << 1;
    QTest::newRow("parts of words") << u"rder 47"_s << 1;
    QTest::newRow("title alone") << u"message:\"not found\""_s << 1;
    QTest::newRow("not, which other events of it fit") << u"!message:\"not found\""_s << 1;
    QTest::newRow("not, which every event breaks") << u"!message:order !message:late"_s << 0;
}

void TestFullText::findsOlderEvents()
{
    QFETCH(const QString, phrase);
    QFETCH(const int, issues);
    send(1, "order 4711 was late");
    send(1, "order not found");
    send(1, "took 20s late");
    send(1, "took 35ms late");
    send(1, "order 4712 was late");
    send(1, "order 4713 was late");
    QCOMPARE(static_cast<int>(found(phrase).size()), issues);
}

void TestFullText::forgetsDeletedIssues()
{
    send(1, "order 4711 was late");
    send(1, "order 4712 was late");
    send(2, "order 4712 was late");
    QCOMPARE(found(u"order 4712"_s), (std::set<int>{1, 2}));
    const QString id = m_world->get(m_world->org() + "/issues/?query=logger:1").json[0][u"id"_s].toString();
    QCOMPARE(m_world->call("DELETE", m_world->org() + "/issues/" + id.toLatin1() + "/").status, 202);
    QCOMPARE(found(u"order 4712"_s), (std::set<int>{2}));
    send(1, "order 4712 was late"); // the same text in a new issue
    QCOMPARE(found(u"order 4712"_s), (std::set<int>{1, 2}));
}

QTEST_GUILESS_MAIN(TestFullText)
#include "tst_fulltext.moc"
