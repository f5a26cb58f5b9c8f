// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <SQLiteCpp/Database.h>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// What people say of events, in every form that it comes in, over the web API; and what endpoints are slow.
class TestUserReports final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void ofAnIssue();
    void feedbackWithoutAnEvent();
    void repeatsAreOne();
    void postsByToken();
    void postsByDsn();
    void wrongDsns_data();
    void wrongDsns();
    void fieldErrors_data();
    void fieldErrors();
    void slowest();

private:
    int envelope(const QByteArray& items, const QByteArray& id = QByteArray(32, 'a'));
    ApiAnswer postReport(const QByteArray& body, const QByteArray& authorization = {});
    [[nodiscard]] QByteArray project() const
    {
        return "/api/0/projects/" + QByteArray::fromStdString(m_world->collector().organization()) +
               "/default";
    }
    [[nodiscard]] QByteArray key() const
    {
        return QByteArray::fromStdString(m_world->collector().firstProject()->key);
    }
    [[nodiscard]] QByteArray issueOf(const QByteArray& event) const
    {
        return m_world->get(m_world->org() + "/eventids/" + event + "/")
            .json[u"groupId"_s]
            .toString()
            .toLatin1();
    }
    [[nodiscard]] std::uint16_t port() const
    {
        return static_cast<std::uint16_t>(m_world->base().mid(m_world->base().lastIndexOf(':') + 1).toInt());
    }
    std::unique_ptr<ApiWorld> m_world;
};

namespace {

const QByteArray first(32, 'a');
const QByteArray second(32, 'b');

const QByteArray eventItem = "{\"type\":\"event\"}\n{\"message\":\"m\",\"user\":{\"id\":\"7\"}}\n";

QByteArray report(const QByteArray& comments)
{
    return "{\"type\":\"user_report\"}\n{\"event_id\":\"" + first +
           R"(","name":"Ann","email":"ann@example.org","comments":")" + comments + "\"}\n";
}

QByteArray feedback(const QByteArray& message, const QByteArray& about)
{
    return R"({"type":"feedback"})"
           "\n"
           R"({"contexts":{"feedback":{"message":")" +
           message + R"(","contact_email":"bob@example.org","url":"https://shop/","associated_event_id":")" +
           about + "\"}}}\n";
}

QByteArray form(const QByteArray& comments = "it broke")
{
    return R"({"event_id":")" + first + R"(","name":"Cy","email":"cy@example.org","comments":")" + comments +
           "\"}";
}

} // namespace

void TestUserReports::init()
{
    m_world = std::make_unique<ApiWorld>();
}

int TestUserReports::envelope(const QByteArray& items, const QByteArray& id)
{
    return m_world
        ->call("POST", "/api/1/envelope/?sentry_key=" + key(), "{\"event_id\":\"" + id + "\"}\n" + items)
        .status;
}

ApiAnswer TestUserReports::postReport(const QByteArray& body, const QByteArray& authorization)
{
    const QByteArray path = project() + "/user-feedback/";
    if (authorization.isEmpty())
        return m_world->call("POST", path, body);
    const QByteArray head =
        "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
        "\r\nAuthorization: " + authorization + "\r\n";
    ApiAnswer answer;
    answer.raw = request(
        port(), ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + head + "\r\n" + body).toStdString());
    answer.status = answer.raw.status;
    return answer;
}

void TestUserReports::ofAnIssue()
{
    QCOMPARE(envelope(report("before its event")), 200);
    QCOMPARE(envelope(eventItem), 200);
    m_world->clock.advance(std::chrono::seconds(2));
    QCOMPARE(envelope(feedback("too slow", first), second), 200);
    const QByteArray issue = issueOf(first);
    for (const QByteArray& path : {m_world->org() + "/issues/" + issue + "/user-reports/",
             m_world->org() + "/issues/" + issue + "/user-feedback/",
             "/api/0/issues/" + issue + "/user-reports/"}) {
        const ApiAnswer answer = m_world->get(path);
        QCOMPARE(answer.status, 200);
        QCOMPARE(column(answer.json, u"comments"_s), (QStringList{u"too slow"_s, u"before its event"_s}));
        const QJsonObject row = answer.json[1].toObject();
        QCOMPARE(row[u"eventID"_s].toString().toLatin1(), first);
        QCOMPARE(row[u"event"_s][u"eventID"_s].toString().toLatin1(), first);
        QCOMPARE(row[u"name"_s].toString(), u"Ann"_s);
        QCOMPARE(row[u"email"_s].toString(), u"ann@example.org"_s);
        QCOMPARE(row[u"user"_s][u"id"_s].toString(), u"7"_s);
        QCOMPARE(row[u"dateCreated"_s].toString(), u"2026-11-20T10:30:00.000Z"_s);
        QVERIFY(answer.header("link").contains(u"results=\"false\""_s));
    }
    QCOMPARE(m_world->get(m_world->org() + "/issues/" + issue + "/").json[u"userReportCount"_s].toInt(), 2);
    const ApiAnswer full = m_world->get(project() + "/events/" + first + "/");
    QCOMPARE(full.json[u"userReport"_s][u"comments"_s].toString(), u"too slow"_s);
    QCOMPARE(m_world->get(project() + "/user-feedback/").json.toArray().size(), 2);
    QCOMPARE(m_world->get(project() + "/user-reports/?per_page=1").json.toArray().size(), 1);
}

void TestUserReports::feedbackWithoutAnEvent()
{
    const QByteArray item = "{\"type\":\"feedback\"}\n{\"contexts\":{\"feedback\":{\"message\":\"nice\"}}}\n"
                            "{\"type\":\"attachment\",\"filename\":\"screenshot.png\",\"length\":3}\nPNG\n";
    QCOMPARE(envelope(item, second), 200);
    const QJsonValue row = m_world->get(project() + "/user-feedback/").json[0];
    QCOMPARE(row[u"comments"_s].toString(), u"nice"_s);
    QCOMPARE(row[u"eventID"_s].toString().toLatin1(), second);
    QVERIFY(row[u"user"_s].isNull());
    const ApiAnswer attachments = m_world->get(project() + "/events/" + second + "/attachments/");
    QCOMPARE(column(attachments.json, u"name"_s), QStringList{u"screenshot.png"_s});
    QCOMPARE(m_world->get(m_world->org() + "/issues/?query=").json.toArray().size(), 0);
}

void TestUserReports::repeatsAreOne()
{
    for (int round = 0; round < 3; ++round) {
        QCOMPARE(envelope(eventItem + report("a") + report("b")), 200);
        QCOMPARE(envelope(feedback("c", first), second), 200);
    }
    QCOMPARE(m_world->get(project() + "/user-feedback/").json.toArray().size(), 3);
}

void TestUserReports::postsByToken()
{
    QCOMPARE(envelope(eventItem), 200);
    const ApiAnswer answer = postReport(form());
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json[u"comments"_s].toString(), u"it broke"_s);
    QCOMPARE(answer.json[u"eventID"_s].toString().toLatin1(), first);
    QCOMPARE(answer.json[u"user"_s][u"id"_s].toString(), u"7"_s);
    m_world->clock.advance(std::chrono::minutes(4));
    QCOMPARE(postReport(form("it broke twice")).json[u"id"_s], answer.json[u"id"_s]); // corrected
    m_world->clock.advance(std::chrono::minutes(4));
    QCOMPARE(postReport(form("too late")).status, 409);
    QCOMPARE(column(m_world->get(project() + "/user-feedback/").json, u"comments"_s),
        QStringList{u"it broke twice"_s});
}

void TestUserReports::postsByDsn()
{
    const QByteArray dsn = "http://" + key() + "@localhost:" + QByteArray::number(port()) + "/1";
    QCOMPARE(postReport(form(), "DSN " + dsn).status, 200);
    QCOMPARE(m_world->get(project() + "/user-feedback/").json.toArray().size(), 1);
    // And nothing else: not the list, nor any other change.
    const QByteArray head = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: DSN " + dsn + "\r\n";
    QCOMPARE(
        request(port(), ("GET " + project() + "/user-feedback/" + head + "\r\n").toStdString()).status, 401);
    QCOMPARE(
        request(port(), ("POST " + project() + "/keys/" + head + "Content-Length: 2\r\n\r\n{}").toStdString())
            .status,
        401);
}

void TestUserReports::wrongDsns_data()
{
    QTest::addColumn<QByteArray>("dsn"); // KEY stands for the real one
    QTest::newRow("another key") << QByteArray("http://" + QByteArray(32, '0') + "@localhost/1");
    QTest::newRow("no key") << QByteArray("http://localhost/1");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a token") << QByteArray("KEY");
}

void TestUserReports::wrongDsns()
{
    QFETCH(QByteArray, dsn);
    QCOMPARE(postReport(form(), "DSN " + dsn.replace("KEY", key())).status, 401);
    QCOMPARE(m_world->get(project() + "/user-feedback/").json.toArray().size(), 0);
}

void TestUserReports::fieldErrors_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::newRow("nothing") << QByteArray("{}") << u"comments"_s;
    QTest::newRow("blank") << form("  ") << u"comments"_s;
    QTest::newRow("a list") << QByteArray(R"({"event_id":["a"],"name":"a","email":"b","comments":"c"})")
                            << u"event_id"_s;
    QTest::newRow("no id") << QByteArray(R"({"event_id":"x","name":"a","email":"b","comments":"c"})")
                           << u"event_id"_s;
    QTest::newRow("long") << form(QByteArray(9'000, 'x')) << u"comments"_s;
    QTest::newRow("no JSON") << QByteArray("comments=x") << u"detail"_s;
}

void TestUserReports::fieldErrors()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    const ApiAnswer answer = postReport(body);
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.json.toObject().contains(field));
}

void TestUserReports::slowest()
{
    const auto transaction = [](const char* name, double ms) {
        return QByteArray("{\"type\":\"transaction\"}\n{\"transaction\":\"") + name +
               "\",\"start_timestamp\":100,\"timestamp\":" + QByteArray::number(100 + ms / 1'000, 'f', 6) +
               "}\n";
    };
    for (int i = 1; i <= 20; ++i) {
        QCOMPARE(envelope(transaction("GET /cart", i * 10)), 200);
        QCOMPARE(envelope(transaction("GET /fast", 1)), 200);
    }
    m_world->clock.advance(std::chrono::hours(1));
    QCOMPARE(envelope(transaction("POST /pay", 5'000)), 200);
    const QJsonArray rows = m_world->get("/api/0/vedette/collector/").json[u"transactions"_s].toArray();
    QCOMPARE(column(rows, u"name"_s), (QStringList{u"POST /pay"_s, u"GET /cart"_s, u"GET /fast"_s}));
    QCOMPARE(column(rows, u"project"_s), (QStringList{u"default"_s, u"default"_s, u"default"_s}));
    QVERIFY(qAbs(rows[1][u"p50"_s].toDouble() - 100) < 3);
    QVERIFY(qAbs(rows[1][u"p95"_s].toDouble() - 190) < 6);
    QCOMPARE(rows[1][u"perHour"_s].toDouble(), 10.0); // twenty over two hours
    QCOMPARE(rows[0][u"perHour"_s].toDouble(), 1.0);
    m_world->clock.advance(std::chrono::hours(24));
    QCOMPARE(m_world->get("/api/0/vedette/collector/").json[u"transactions"_s].toArray().size(), 0);
    QCOMPARE(m_world->get(m_world->org() + "/issues/?query=").json.toArray().size(), 0);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestUserReports)
#include "tst_userreports.moc"
