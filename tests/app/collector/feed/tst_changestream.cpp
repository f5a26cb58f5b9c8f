// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The change feed of a whole collector, over its sockets.

#include <QTest>
#include <QUrl>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;

class TestChangeStream final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_world = std::make_unique<ApiWorld>(); }
    void cleanup() { m_world.reset(); }

    void needsTheToken();
    void tellsOfEvents();
    void tellsOfDecisions();
    void tellsOfLateItems_data();
    void tellsOfLateItems();
    void tellsOfReportsWithoutAnEvent_data();
    void tellsOfReportsWithoutAnEvent();
    void tellsOfProjects();
    void goesOnAfterABreak();
    void readsEventsAlong();
    void endsWithTheCollector();

private:
    [[nodiscard]] std::string head(const QByteArray& path, const QByteArray& extra = {}) const
    {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                QByteArray::fromStdString(m_world->collector().token()) + "\r\n" + extra + "\r\n")
            .toStdString();
    }
    [[nodiscard]] std::unique_ptr<RawConnection> listen(const QByteArray& extra = {}) const
    {
        auto connection =
            std::make_unique<RawConnection>(std::uint16_t(QUrl(QString::fromUtf8(m_world->base())).port()));
        if (!connection->send(head(m_world->org() + "/vedette/changes/", extra)) ||
            !connection->until("text/event-stream"))
            return nullptr;
        return connection;
    }

    /// The same when nothing of before is still on its way.
    [[nodiscard]] std::unique_ptr<RawConnection> listenAfresh()
    {
        const auto first = listen();
        const QString marker = m_world->addIssue("MarkerError");
        return first && first->until("\"" + marker.toStdString() + "\"") ? listen() : nullptr;
    }
    [[nodiscard]] int sendEnvelope(const QByteArray& envelope)
    {
        const QByteArray key = QByteArray::fromStdString(m_world->collector().firstProject()->key);
        return m_world->call("POST", "/api/1/envelope/?sentry_key=" + key, envelope).status;
    }

    std::unique_ptr<ApiWorld> m_world;
};

void TestChangeStream::needsTheToken()
{
    QCOMPARE(m_world->anonymous("GET", m_world->org() + "/vedette/changes/").status, 401);
    const ApiAnswer fromAPage =
        m_world->call("GET", m_world->org() + "/vedette/changes/", {}, "Origin: http://localhost:3000\r\n");
    QCOMPARE(fromAPage.status, 400);
}

void TestChangeStream::tellsOfEvents()
{
    const auto listener = listen();
    QVERIFY(listener);
    const QString issue = m_world->addIssue("KeyError", 3);
    QVERIFY(listener->until("event: issue\ndata: {\"issues\":[\"" + issue.toStdString() + "\"]"));
}

void TestChangeStream::tellsOfDecisions()
{
    const QString issue = m_world->addIssue("KeyError");
    const auto listener = listen();
    QVERIFY(listener);
    QCOMPARE(
        m_world->put(m_world->org() + "/issues/" + issue.toUtf8() + "/", R"({"status":"resolved"})").status,
        200);
    QVERIFY(listener->until("{\"issues\":[\"" + issue.toStdString() + "\"]"));
    // Marks without a row id of their own are told as well.
    QCOMPARE(
        m_world->put(m_world->org() + "/issues/" + issue.toUtf8() + "/", R"({"isBookmarked":true})").status,
        200);
    QVERIFY(listener->until("event: issue"));
}

void TestChangeStream::tellsOfLateItems_data()
{
    QTest::addColumn<QByteArray>("item"); // % stands for the event's id
    QTest::newRow("report") << QByteArray(
        "{\"type\":\"user_report\"}\n{\"event_id\":\"%\",\"comments\":\"it broke\"}\n");
    QTest::newRow("feedback") << QByteArray(
        "{\"type\":\"feedback\"}\n"
        "{\"contexts\":{\"feedback\":{\"message\":\"it broke\",\"associated_event_id\":\"%\"}}}\n");
    QTest::newRow("attachment") << QByteArray("{\"type\":\"attachment\",\"filename\":\"log.txt\"}\nlines\n");
}

void TestChangeStream::tellsOfLateItems()
{
    // What belongs to an event that came before changes its issue, though no event comes with it.
    QFETCH(QByteArray, item);
    const QString issue = m_world->addIssue("KeyError");
    const QByteArray event = m_world->get(m_world->org() + "/issues/" + issue.toUtf8() + "/events/latest/")
                                 .json[QStringLiteral("eventID")]
                                 .toString()
                                 .toUtf8();
    QVERIFY(!event.isEmpty());
    const auto listener = listenAfresh();
    QVERIFY(listener);
    QCOMPARE(sendEnvelope("{\"event_id\":\"" + event + "\"}\n" + item.replace("%", event)), 200);
    QVERIFY(listener->until("event: issue\ndata: {\"issues\":[\"" + issue.toStdString() + "\"]"));
}

void TestChangeStream::tellsOfReportsWithoutAnEvent_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::newRow("of nothing") << QByteArray(
        "{\"type\":\"feedback\"}\n{\"contexts\":{\"feedback\":{\"message\":\"nice\"}}}\n");
    QTest::newRow("of an event that is not here") << "{\"type\":\"user_report\"}\n{\"event_id\":\"" +
                                                         QByteArray(32, 'c') +
                                                         "\",\"comments\":\"it broke\"}\n";
}

void TestChangeStream::tellsOfReportsWithoutAnEvent()
{
    // No issue changes, but what people say of the project does.
    QFETCH(QByteArray, item);
    const auto listener = listenAfresh();
    QVERIFY(listener);
    QCOMPARE(sendEnvelope("{\"event_id\":\"" + QByteArray(32, 'b') + "\"}\n" + item), 200);
    QVERIFY(listener->until("event: project"));
}

void TestChangeStream::tellsOfProjects()
{
    const auto listener = listenAfresh();
    QVERIFY(listener);
    QCOMPARE(m_world->call("POST", m_world->org() + "/projects/", R"({"name":"Web"})").status, 201);
    QVERIFY(listener->until("event: project"));
}

void TestChangeStream::goesOnAfterABreak()
{
    auto listener = listen();
    QVERIFY(listener);
    m_world->addIssue("FirstError");
    QVERIFY(listener->until("event: issue"));
    listener.reset();
    // Where it broke off is told by a listener that is there all the time.
    const auto steady = listen();
    QVERIFY(steady);
    const QString second = m_world->addIssue("SecondError");
    QVERIFY(steady->until("\"" + second.toStdString() + "\""));
    const auto stranger = listen("Last-Event-ID: 00ff.1\r\n");
    QVERIFY(stranger);
    QVERIFY(stranger->until("event: reset"));
}

void TestChangeStream::readsEventsAlong()
{
    QCOMPARE(m_world->anonymous("GET", "/stream").status, 401);
    QCOMPARE(m_world->call("GET", "/stream", {}, "Origin: http://localhost:3000\r\n").status, 400);
    m_world->addIssue("Before");
    const auto port = std::uint16_t(QUrl(QString::fromUtf8(m_world->base())).port());
    RawConnection listener(port);
    QVERIFY(listener.send(head("/stream")));
    QVERIFY(listener.until("spotlight-by-sentry"));
    QVERIFY(listener.until("retry: ")); // it listens
    m_world->addIssue("While");
    QVERIFY(listener.until("event: application/x-sentry-envelope\ndata: [{\"event_id\":\""));
    QVERIFY(listener.until("[[{\"type\":\"event\"},{"));
    QVERIFY(listener.until("While"));
    // From the beginning on, for who says that it has seen nothing.
    RawConnection all(port);
    QVERIFY(all.send(head("/stream", "Last-Event-ID: 0\r\n")));
    QVERIFY(all.until("Before"));
    QVERIFY(all.until("While"));
}

void TestChangeStream::endsWithTheCollector()
{
    const auto listener = listen();
    QVERIFY(listener);
    QVERIFY(listener->until("id: "));
    m_world.reset(); // does not wait for who listens
    QVERIFY(!listener->until("never"));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestChangeStream)
#include "tst_changestream.moc"
