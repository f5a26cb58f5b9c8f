// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/api/serversentevents.h"
#include "tests/support/main.h"

using namespace vedette::api;

class TestServerSentEvents : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void readsWhateverTheCut();
    void keepsTheLastId();
    void dropsWhatIsTooLong();
    void forgetsABrokenEvent();
};

void TestServerSentEvents::reads_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QList<ServerSentEvent>>("events");
    using Events = QList<ServerSentEvent>;
    QTest::newRow("one") << QByteArray("event: issue\nid: 7-1\ndata: {\"a\":1}\n\n")
                         << Events{{"issue", "7-1", "{\"a\":1}"}};
    QTest::newRow("no type") << QByteArray("data: x\n\n") << Events{{"message", "", "x"}};
    QTest::newRow("several lines of data")
        << QByteArray("data: a\ndata:\ndata:  b\n\n") << Events{{"message", "", "a\n\n b"}};
    QTest::newRow("carriage returns")
        << QByteArray("data: a\r\rdata: b\r\n\r\n") << Events{{"message", "", "a"}, {"message", "", "b"}};
    QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbf"
                                                     "data: a\n\n")
                                       << Events{{"message", "", "a"}};
    QTest::newRow("heartbeats") << QByteArray(": here\n\n: here\n\n") << Events{};
    QTest::newRow("no data is no event")
        << QByteArray("event: issue\nid: 3\n\ndata: a\n\n") << Events{{"message", "3", "a"}};
    QTest::newRow("unknown fields") << QByteArray("color: red\ndata\n\n") << Events{{"message", "", ""}};
    QTest::newRow("not ended") << QByteArray("data: a\n") << Events{};
}

void TestServerSentEvents::reads()
{
    QFETCH(QByteArray, stream);
    QFETCH(QList<ServerSentEvent>, events);
    ServerSentEvents reader;
    QCOMPARE(reader.read(stream), events);
}

void TestServerSentEvents::readsWhateverTheCut()
{
    const QByteArray stream =
        "event: issue\r\nid: 1-9\r\ndata: first\r\ndata: second\r\n\r\n: x\n\nretry: 250\ndata: z\n\n";
    const QList<ServerSentEvent> whole = ServerSentEvents().read(stream);
    QCOMPARE(whole.size(), 2);
    for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
        ServerSentEvents reader;
        QList<ServerSentEvent> events = reader.read(stream.first(cut));
        events += reader.read(stream.sliced(cut));
        QCOMPARE(events, whole);
        QCOMPARE(reader.retry(), std::optional(std::chrono::milliseconds(250)));
    }
}

void TestServerSentEvents::keepsTheLastId()
{
    ServerSentEvents reader;
    QCOMPARE(reader.read("id: 5\ndata: a\n\ndata: b\n\n").back().id, QByteArray("5"));
    QVERIFY(reader.read(QByteArray("id: 6\0 \ndata: c\n\n", 18)).back().id == "5");
    QVERIFY(reader.read("retry: soon\nretry: -3\ndata: d\n\n").size() == 1);
    QVERIFY(!reader.retry());
    reader.restart();
    QCOMPARE(reader.lastId(), QByteArray("5"));
    QVERIFY(reader.read("id\ndata: e\n\n").back().id.isEmpty());
}

void TestServerSentEvents::dropsWhatIsTooLong()
{
    ServerSentEvents reader(100);
    QVERIFY(reader.read("data: " + QByteArray(200, 'x') + "\n\n").isEmpty());
    QByteArray many;
    for (int i = 0; i < 20; ++i)
        many += "data: 0123456789\n";
    QVERIFY(reader.read(many + "\n").isEmpty());
    QCOMPARE(reader.read("data: small\n\n").size(), 1);
}

void TestServerSentEvents::forgetsABrokenEvent()
{
    ServerSentEvents reader;
    QVERIFY(reader.read("event: issue\ndata: half").isEmpty());
    reader.restart();
    QCOMPARE(reader.read("data: whole\n\n"), (QList<ServerSentEvent>{{"message", "", "whole"}}));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestServerSentEvents)
#include "tst_serversentevents.moc"
