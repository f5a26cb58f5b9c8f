// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Who is told what, from where on, and what becomes of those who do not listen well.

#include <QTest>

#include <array>

#include "app/collector/feed/changefeed.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;

namespace {

/// All that waits for a listener now.
QByteArray heard(BodyStream& listener)
{
    QByteArray out;
    std::array<char, 4096> room{};
    for (;;) {
        const BodyStream::Piece piece = listener.read(room.data(), room.size());
        if (piece.state != BodyStream::State::Data)
            return out;
        out.append(room.data(), qsizetype(piece.size));
    }
}

Changes ofIssue(std::int64_t id)
{
    Changes changes;
    changes.addIssue(id);
    return changes;
}

/// The last id that a text tells.
std::string lastId(const QByteArray& text)
{
    const qsizetype at = text.lastIndexOf("id: ");
    return at < 0 ? std::string() : text.mid(at + 4, text.indexOf('\n', at) - at - 4).toStdString();
}

ChangeFeed::Options quick()
{
    ChangeFeed::Options options;
    options.gather = std::chrono::milliseconds(1);
    return options;
}

} // namespace

class TestChangeFeed final : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhereToGoOnFrom();
    void gathersWhatComesTogether();
    void tellsKindsApart();
    void goesOnWhereItBrokeOff();
    void resetsWhatItCannotKnow_data();
    void resetsWhatItCannotKnow();
    void resetsWhoDoesNotRead();
    void boundsItsListeners();
    void beats();
    void readsEventsAlong();
};

void TestChangeFeed::tellsWhereToGoOnFrom()
{
    ChangeFeed feed(quick());
    const auto listener = feed.listen({});
    const QByteArray first = heard(*listener);
    QVERIFY2(first.contains("retry: ") && first.contains("\nid: ") && !first.contains("event:"),
        first.constData());
}

void TestChangeFeed::gathersWhatComesTogether()
{
    ChangeFeed::Options options;
    options.gather = std::chrono::milliseconds(300);
    ChangeFeed feed(options);
    const auto listener = feed.listen({});
    heard(*listener);
    for (int i = 1; i <= 3; ++i)
        feed.note(ofIssue(i));
    feed.note(ofIssue(2));
    QByteArray told;
    QTRY_VERIFY((told += heard(*listener)).contains("event: issue"));
    QVERIFY2(told.contains(R"(data: {"issues":["1","2","3"],"many":false})"), told.constData());
    QCOMPARE(told.count("event: "), 1);
}

void TestChangeFeed::tellsKindsApart()
{
    ChangeFeed feed(quick());
    const auto listener = feed.listen({});
    heard(*listener);
    Changes changes;
    for (std::int64_t id = 0; id < 200; ++id)
        changes.addIssue(id);
    changes.projects = true;
    changes.collector = true;
    feed.note(changes);
    QByteArray told;
    QTRY_VERIFY((told += heard(*listener)).contains("event: collector"));
    QVERIFY(told.contains("event: project"));
    QVERIFY(told.contains(R"("99"],"many":true)"));
    QVERIFY(!told.contains(R"("100")"));
    feed.note({}); // nothing changed: nobody is told
    feed.note(ofIssue(7));
    told.clear();
    QTRY_VERIFY((told += heard(*listener)).contains("event: "));
    QCOMPARE(told.count("event: "), 1);
}

void TestChangeFeed::goesOnWhereItBrokeOff()
{
    ChangeFeed feed(quick());
    auto listener = feed.listen({});
    QByteArray told;
    feed.note(ofIssue(1));
    QTRY_VERIFY((told += heard(*listener)).contains("event: issue"));
    const std::string id = lastId(told);
    listener.reset();
    const auto other = feed.listen({});
    QByteArray elsewhere;
    feed.note(ofIssue(2));
    QTRY_VERIFY((elsewhere += heard(*other)).contains("\"2\""));
    feed.note(ofIssue(3));
    QTRY_VERIFY((elsewhere += heard(*other)).contains("\"3\""));

    listener = feed.listen(id);
    told = heard(*listener);
    QVERIFY2(told.contains("\"2\"") && told.contains("\"3\"") && !told.contains("\"1\""), told.constData());
    QVERIFY2(!told.contains("reset"), told.constData());
    listener = feed.listen(lastId(told));
    QVERIFY(!heard(*listener).contains("event:"));
}

void TestChangeFeed::resetsWhatItCannotKnow_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("another start") << QByteArray("0123.1");
    QTest::newRow("no number") << QByteArray("EPOCH.x");
    QTest::newRow("from the future") << QByteArray("EPOCH.99");
    QTest::newRow("long gone") << QByteArray("EPOCH.1");
    QTest::newRow("too large") << QByteArray("EPOCH.99999999999999999999999");
    QTest::newRow("nonsense") << QByteArray("\xff\n?");
}

void TestChangeFeed::resetsWhatItCannotKnow()
{
    QFETCH(QByteArray, id);
    ChangeFeed::Options options = quick();
    options.kept = 3;
    ChangeFeed feed(options);
    const auto listener = feed.listen({});
    QByteArray told = heard(*listener);
    const std::string start = lastId(told);
    for (int i = 1; i <= 8; ++i) {
        feed.note(ofIssue(i));
        QTRY_VERIFY((told += heard(*listener)).contains('"' + QByteArray::number(i) + '"'));
    }
    id.replace("EPOCH", QByteArray::fromStdString(start.substr(0, start.find('.'))));
    const auto back = feed.listen(id.toStdString());
    const QByteArray answer = heard(*back);
    QVERIFY2(answer.contains("event: reset"), answer.constData());
    QCOMPARE(lastId(answer), lastId(told));
}

void TestChangeFeed::resetsWhoDoesNotRead()
{
    Listener listener("event: reset\n\n", 100);
    listener.say(std::string(60, 'a') + "\n\n");
    QVERIFY(heard(listener).contains("aaa"));
    listener.say(std::string(60, 'b') + "\n\n");
    std::array<char, 10> room{};
    QCOMPARE(listener.read(room.data(), room.size()).size, std::size_t(10)); // half of a message is out
    listener.say(std::string(60, 'c') + "\n\n");
    QCOMPARE(heard(listener), QByteArray("\n\nevent: reset\n\n"));
    listener.say("d\n\n");
    QCOMPARE(heard(listener), QByteArray("d\n\n"));
}

void TestChangeFeed::boundsItsListeners()
{
    ChangeFeed::Options options = quick();
    options.listeners = 2;
    ChangeFeed feed(options);
    auto one = feed.listen({});
    const auto two = feed.listen({});
    QVERIFY(one && two);
    QVERIFY(!feed.listen({}));
    one.reset();
    QVERIFY(feed.listen({}));
}

void TestChangeFeed::beats()
{
    ChangeFeed::Options options = quick();
    options.heartbeat = std::chrono::milliseconds(20);
    ChangeFeed feed(options);
    const auto listener = feed.listen({});
    heard(*listener);
    QByteArray told;
    QTRY_VERIFY((told += heard(*listener)).count(":\n\n") >= 3);
    QVERIFY(!told.contains("event"));
}

void TestChangeFeed::readsEventsAlong()
{
    ChangeFeed feed(quick());
    constexpr std::int64_t last = 120;
    feed.setEventReader([](std::int64_t row, std::size_t most) {
        std::vector<ChangeFeed::ReadEvent> out;
        for (std::int64_t next = row + 1; next <= last && out.size() < most; ++next)
            out.push_back({next, "[{},[]]"});
        return out;
    });
    const auto listener = feed.listenToEvents(5);
    QByteArray told;
    QTRY_VERIFY((told += heard(*listener)).contains("id: 120\n"));
    QCOMPARE(told.count("event: application/x-sentry-envelope\ndata: [{},[]]\n\n"), 115);
    feed.setEventReader({});
    Changes changes;
    changes.events = true;
    changes.projects = true;
    const auto other = feed.listen({});
    feed.note(changes);
    QByteArray elsewhere;
    QTRY_VERIFY((elsewhere += heard(*other)).contains("event: project"));
    QVERIFY(heard(*listener).isEmpty());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestChangeFeed)
#include "tst_changefeed.moc"
