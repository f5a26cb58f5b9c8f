// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCryptographicHash>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Attachments over the web API: what was sent comes back byte for byte, whatever it is and however large.
class TestAttachments final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void listsAnEvents();
    void comesBackByteForByte();
    void aLargeOne();
    void survivesARepeat();
    void beforeAndWithoutItsEvent();
    void filters();
    void pages();
    void ofAnIssue();
    void hostileNames_data();
    void hostileNames();
    void deletes();
    void goesWithItsIssue();
    void deletedWhileItIsRead();
    void minidump();
    void postedAsAForm();
    void refusesForms_data();
    void refusesForms();
    void saysNotFound_data();
    void saysNotFound();

private:
    struct File
    {
        QByteArray name, type, bytes, kind = "event.attachment";
    };
    /// Posts to the door for files of an event.
    RawAnswer post(const QByteArray& id, const QByteArray& body,
        const QByteArray& contentType = "multipart/form-data; boundary=B");
    /// Sends an envelope of an event (none where `title` is empty) and files; answers the status.
    int send(const QByteArray& id, const QByteArray& title, const QList<File>& files);
    [[nodiscard]] QByteArray list(const QByteArray& id) const
    {
        return project() + "/events/" + id + "/attachments/";
    }
    [[nodiscard]] QByteArray project() const
    {
        return "/api/0/projects/" + QByteArray::fromStdString(m_world->collector().organization()) +
               "/default";
    }
    [[nodiscard]] QByteArray key() const
    {
        return QByteArray::fromStdString(m_world->collector().firstProject()->key);
    }
    std::unique_ptr<ApiWorld> m_world;
};

namespace {

const QByteArray first(32, 'a');
const QByteArray second(32, 'b');

QByteArray noise(qsizetype size)
{
    QByteArray out(size, '\0');
    std::uint32_t state = 7;
    for (char& c : out) {
        state = state * 1'664'525U + 1'013'904'223U;
        c = static_cast<char>(state >> 24U);
    }
    return out;
}

QByteArray bodyOf(const ApiAnswer& answer)
{
    return QByteArray::fromStdString(answer.raw.body);
}

} // namespace

void TestAttachments::init()
{
    m_world = std::make_unique<ApiWorld>();
}

int TestAttachments::send(const QByteArray& id, const QByteArray& title, const QList<File>& files)
{
    QByteArray body = R"({"event_id":")" + id + "\"}\n";
    if (!title.isEmpty())
        body += "{\"type\":\"event\"}\n{\"message\":\"" + title + "\"}\n";
    for (const File& file : files) {
        body += R"({"type":"attachment","filename":")" + file.name + R"(","content_type":")" + file.type +
                R"(","attachment_type":")" + file.kind + R"(","length":)" +
                QByteArray::number(file.bytes.size()) + "}\n" + file.bytes + "\n";
    }
    return m_world->call("POST", "/api/1/envelope/?sentry_key=" + key(), body).status;
}

void TestAttachments::listsAnEvents()
{
    QCOMPARE(
        send(first, "m", {{"a.txt", "text/plain", "hello"}, {"b", "", "", "event.view_hierarchy"}}), 200);
    const ApiAnswer answer = m_world->get(list(first));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json.toArray().size(), 2);
    const QJsonObject row = answer.json[0].toObject();
    QCOMPARE(row[u"name"_s].toString(), u"a.txt"_s);
    QCOMPARE(row[u"event_id"_s].toString().toLatin1(), first);
    QCOMPARE(row[u"type"_s].toString(), u"event.attachment"_s);
    QCOMPARE(row[u"mimetype"_s].toString(), u"text/plain"_s);
    QCOMPARE(row[u"size"_s].toInt(), 5);
    QCOMPARE(row[u"sha1"_s].toString().toLatin1(),
        QCryptographicHash::hash("hello", QCryptographicHash::Sha1).toHex());
    QCOMPARE(row[u"dateCreated"_s].toString(), u"2026-11-20T10:30:00.000Z"_s);
    QCOMPARE(row[u"headers"_s][u"Content-Type"_s].toString(), u"text/plain"_s);
    QVERIFY(row[u"id"_s].isString());
    QCOMPARE(answer.json[1][u"type"_s].toString(), u"event.view_hierarchy"_s);
    QVERIFY(answer.header("link").contains(u"rel=\"next\"; results=\"false\""_s));
    const ApiAnswer one = m_world->get(list(first) + row[u"id"_s].toString().toLatin1() + '/');
    QCOMPARE(one.json.toObject(), row);
}

void TestAttachments::comesBackByteForByte()
{
    const QByteArray odd("\r\n\0--\xff\n{\"type\":\"event\"}\n", 24);
    QCOMPARE(send(first, "m", {{"odd.bin", "application/x-odd; v=1", odd}, {"empty", "text/html", ""}}), 200);
    const QJsonValue rows = m_world->get(list(first)).json;
    const ApiAnswer answer =
        m_world->get(list(first) + rows[0][u"id"_s].toString().toLatin1() + "/?download");
    QCOMPARE(answer.status, 200);
    QCOMPARE(bodyOf(answer), odd);
    QCOMPARE(answer.header("content-type"), u"application/x-odd; v=1"_s);
    QCOMPARE(answer.header("content-length"), QString::number(odd.size()));
    QCOMPARE(answer.header("x-content-type-options"), u"nosniff"_s);
    QCOMPARE(answer.header("content-disposition"),
        u"attachment; filename=\"odd.bin\"; filename*=UTF-8''odd.bin"_s);
    const QByteArray empty = list(first) + rows[1][u"id"_s].toString().toLatin1() + "/?download=1";
    QCOMPARE(bodyOf(m_world->get(empty)), QByteArray());
    QCOMPARE(m_world->get(empty).status, 200);
    QCOMPARE(m_world->call("HEAD", empty).header("content-type"), u"text/html"_s);
}

void TestAttachments::aLargeOne()
{
    const QByteArray large = noise(5'000'003);
    QCOMPARE(send(first, "m", {{"core", "application/octet-stream", large}}), 200);
    const QByteArray path =
        list(first) + m_world->get(list(first)).json[0][u"id"_s].toString().toLatin1() + "/?download";
    for (int round = 0; round < 2; ++round) {
        const ApiAnswer answer = m_world->get(path);
        QCOMPARE(answer.header("content-length"), u"5000003"_s);
        QVERIFY(bodyOf(answer) == large);
    }
    QCOMPARE(bodyOf(m_world->call("HEAD", path)).size(), 0);
    QCOMPARE(m_world->get(list(first)).status, 200); // the connection is as good as before
}

void TestAttachments::survivesARepeat()
{
    for (int round = 0; round < 3; ++round)
        QCOMPARE(send(first, "m", {{"a", "text/plain", "1"}, {"a", "text/plain", "1"}}), 200);
    QCOMPARE(m_world->get(list(first)).json.toArray().size(), 2);
}

void TestAttachments::beforeAndWithoutItsEvent()
{
    QCOMPARE(send(first, {}, {{"early.txt", "text/plain", "early"}}), 200);
    QCOMPARE(m_world->get(list(first)).json.toArray().size(), 1); // there, though of no event yet
    QCOMPARE(send(first, "m", {{"with.txt", "text/plain", "with"}}), 200);
    QCOMPARE(column(m_world->get(list(first)).json, u"name"_s), (QStringList{u"early.txt"_s, u"with.txt"_s}));
    const QByteArray issue =
        m_world->get(m_world->org() + "/eventids/" + first + "/").json[u"groupId"_s].toString().toLatin1();
    QCOMPARE(m_world->get(m_world->org() + "/issues/" + issue + "/attachments/").json.toArray().size(), 2);
    // Without any event id there is nothing that it could belong to.
    const QByteArray body = "{}\n{\"type\":\"attachment\",\"length\":1}\nx\n";
    QCOMPARE(m_world->call("POST", "/api/1/envelope/?sentry_key=" + key(), body).status, 200);
    const auto refused = m_world->collector().store().read([](SQLite::Database& db) {
        return db.execAndGet("SELECT sum(quantity) FROM outcomes WHERE reason = 'no_event_id'").getInt64();
    });
    QCOMPARE(refused.value_or(0), 1);
}

void TestAttachments::filters()
{
    QCOMPARE(send(first, "m",
                 {{"screenshot.png", "image/png", "1"}, {"screenshot-1.jpg", "", "2"},
                     {"screenshot.html", "text/html", "3"}, {"log 100%.txt", "text/plain", "4"},
                     {"view.json", "application/json", "5", "event.view_hierarchy"}}),
        200);
    const auto names = [&](const QByteArray& query) {
        return column(m_world->get(list(first) + "?" + query).json, u"name"_s);
    };
    QCOMPARE(names("query=is%3Ascreenshot"), (QStringList{u"screenshot.png"_s, u"screenshot-1.jpg"_s}));
    QCOMPARE(names("query=LOG"), QStringList{u"log 100%.txt"_s});
    QCOMPARE(names("query=100%25"), QStringList{u"log 100%.txt"_s});
    QCOMPARE(names("query=1_0"), QStringList{});
    QCOMPARE(names("query=is%3Ascreenshot%20png"), QStringList{u"screenshot.png"_s});
    QCOMPARE(names("types=event.view_hierarchy"), QStringList{u"view.json"_s});
    QCOMPARE(names("types=event.view_hierarchy&types=event.attachment").size(), 5);
    QCOMPARE(names("types=other").size(), 0);
}

void TestAttachments::pages()
{
    QList<File> files;
    for (int i = 0; i < 5; ++i)
        files.append({"f" + QByteArray::number(i), "text/plain", QByteArray::number(i)});
    QCOMPARE(send(first, "m", files), 200);
    const ApiAnswer page = m_world->get(list(first) + "?per_page=2&cursor=0:2:0");
    QCOMPARE(column(page.json, u"name"_s), (QStringList{u"f2"_s, u"f3"_s}));
    QVERIFY(page.header("link").contains(u"rel=\"next\"; results=\"true\"; cursor=\"0:4:0\""_s));
    QCOMPARE(m_world->get(list(first) + "?cursor=x").status, 400);
}

void TestAttachments::ofAnIssue()
{
    QCOMPARE(send(first, "m", {{"a", "text/plain", "1"}}), 200);
    m_world->clock.advance(std::chrono::seconds(5));
    QCOMPARE(send(second, "m", {{"b", "text/plain", "2"}, {"c", "text/plain", "3", "event.minidump"}}), 200);
    QCOMPARE(send(QByteArray(32, 'c'), "another", {{"d", "text/plain", "4"}}), 200);
    const QByteArray issue =
        m_world->get(m_world->org() + "/eventids/" + first + "/").json[u"groupId"_s].toString().toLatin1();
    for (const QByteArray& base : {m_world->org(), QByteArray("/api/0")}) {
        const ApiAnswer answer = m_world->get(base + "/issues/" + issue + "/attachments/");
        QCOMPARE(column(answer.json, u"name"_s), (QStringList{u"c"_s, u"b"_s, u"a"_s})); // newest first
        QCOMPARE(column(m_world->get(base + "/issues/" + issue + "/attachments/?types=event.minidump").json,
                     u"name"_s),
            QStringList{u"c"_s});
    }
    const auto expanded = [&](const QByteArray& query) {
        return m_world->get(m_world->org() + "/issues/" + issue + "/" + query)
            .json[u"latestEventHasAttachments"_s];
    };
    QCOMPARE(expanded("?expand=latestEventHasAttachments"), QJsonValue(true));
    QCOMPARE(expanded(""), QJsonValue(QJsonValue::Undefined));
    m_world->clock.advance(std::chrono::seconds(5));
    QCOMPARE(send(QByteArray(32, 'd'), "m", {}), 200);
    QCOMPARE(expanded("?expand=inbox&expand=latestEventHasAttachments"), QJsonValue(false));
    const ApiAnswer rows = m_world->get(m_world->org() + "/issues/?expand=latestEventHasAttachments");
    QCOMPARE(rows.json.toArray().size(), 2);
    for (const QJsonValue& row : rows.json.toArray())
        QCOMPARE(row[u"latestEventHasAttachments"_s].toBool(), row[u"title"_s].toString() == u"another"_s);
}

void TestAttachments::hostileNames_data()
{
    QTest::addColumn<QByteArray>("name"); // as JSON
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("disposition");
    QTest::addColumn<QString>("contentType");
    const QString bytes = u"application/octet-stream"_s;
    QTest::newRow("path") << QByteArray("../../etc/passwd") << QByteArray("text/plain")
                          << u"attachment; filename=\".._.._etc_passwd\"; filename*=UTF-8''.._.._etc_passwd"_s
                          << u"text/plain"_s;
    QTest::newRow("header") << QByteArray(R"(a\r\nX-Evil: 1\"b)") << QByteArray(R"(text/html\r\nX-Evil: 1)")
                            << u"attachment; filename=\"a__X-Evil_ 1_b\"; "
                               "filename*=UTF-8''a%0D%0AX-Evil%3A%201%22b"_s
                            << bytes;
    QTest::newRow("unicode")
        << QByteArray(R"(\u30ed\u30b0.txt)") << QByteArray("text/x-log")
        << u"attachment; filename=\"______.txt\"; filename*=UTF-8''%E3%83%AD%E3%82%B0.txt"_s
        << u"text/x-log"_s;
    QTest::newRow("no type") << QByteArray("a") << QByteArray("nonsense")
                             << u"attachment; filename=\"a\"; filename*=UTF-8''a"_s << bytes;
}

void TestAttachments::hostileNames()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, type);
    QFETCH(QString, disposition);
    QFETCH(QString, contentType);
    QCOMPARE(send(first, "m", {{name, type, "x"}}), 200);
    const QByteArray id = m_world->get(list(first)).json[0][u"id"_s].toString().toLatin1();
    const ApiAnswer answer = m_world->get(list(first) + id + "/?download");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-disposition"), disposition);
    QCOMPARE(answer.header("content-type"), contentType);
    QVERIFY(answer.header("x-evil").isEmpty());
    QCOMPARE(bodyOf(answer), QByteArray("x"));
}

void TestAttachments::deletes()
{
    QCOMPARE(send(first, "m", {{"a", "text/plain", "1"}, {"b", "text/plain", "2"}}), 200);
    const QByteArray id = m_world->get(list(first)).json[0][u"id"_s].toString().toLatin1();
    QCOMPARE(m_world->call("DELETE", list(second) + id + "/").status, 404);
    QCOMPARE(m_world->call("DELETE", list(first) + id + "/").status, 204);
    QCOMPARE(m_world->call("DELETE", list(first) + id + "/").status, 404);
    QCOMPARE(column(m_world->get(list(first)).json, u"name"_s), QStringList{u"b"_s});
    const QByteArray issue =
        m_world->get(m_world->org() + "/eventids/" + first + "/").json[u"groupId"_s].toString().toLatin1();
    const QJsonValue activity =
        m_world->get(m_world->org() + "/issues/" + issue + "/activities/").json[u"activity"_s];
    QCOMPARE(activity[0][u"type"_s].toString(), u"deleted_attachment"_s);
}

void TestAttachments::goesWithItsIssue()
{
    QCOMPARE(send(first, "m", {{"a", "text/plain", "1"}}), 200);
    QCOMPARE(send(second, "other", {{"b", "text/plain", "2"}}), 200);
    const QByteArray issue =
        m_world->get(m_world->org() + "/eventids/" + first + "/").json[u"groupId"_s].toString().toLatin1();
    QCOMPARE(m_world->call("DELETE", m_world->org() + "/issues/" + issue + "/").status, 202);
    QCOMPARE(m_world->get(list(first)).status, 404);
    QCOMPARE(m_world->get(list(second)).json.toArray().size(), 1);
    const auto parts = m_world->collector().store().read([](SQLite::Database& db) {
        return db.execAndGet("SELECT count(*) FROM attachment_parts").getInt64();
    });
    QCOMPARE(parts.value_or(0), 1);
}

void TestAttachments::deletedWhileItIsRead()
{
    const QByteArray large = noise(30'000'000);
    QCOMPARE(send(first, "m", {{"core", "application/octet-stream", large}}), 200);
    const QByteArray id = m_world->get(list(first)).json[0][u"id"_s].toString().toLatin1();
    // A client that reads nothing: what fits into the sockets' buffers is sent, the rest waits.
    RawConnection slow(
        static_cast<std::uint16_t>(m_world->base().mid(m_world->base().lastIndexOf(':') + 1).toInt()));
    QVERIFY(slow.send(
        ("GET " + list(first) + id + "/?download HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
            QByteArray::fromStdString(m_world->collector().token()) + "\r\n\r\n")
            .toStdString()));
    QCOMPARE(m_world->call("DELETE", list(first) + id + "/").status, 204);
    const RawAnswer answer = slow.answer();
    // Cut, or not begun: the client sees that it is not whole, and gets no other bytes.
    QVERIFY(answer.status == 0 || answer.status == 404 || answer.status == 200);
    if (answer.status == 200) {
        QVERIFY(answer.body.size() < std::size_t(large.size()));
        QVERIFY(large.startsWith(QByteArray::fromStdString(answer.body)));
    }
    QCOMPARE(m_world->get(list(first)).json.toArray().size(), 0);
}

void TestAttachments::minidump()
{
    const QByteArray dump = "MDMP" + noise(300'000);
    const QByteArray body =
        "--B\r\nContent-Disposition: form-data; name=\"sentry[release]\"\r\n\r\nshop@1\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"upload_file_minidump\"; filename=\"x.dmp\"\r\n\r\n" +
        dump +
        "\r\n--B\r\nContent-Disposition: form-data; name=\"log\"; filename=\"shop.log\"\r\n"
        "Content-Type: text/plain\r\n\r\nlines\r\n--B--\r\n";
    const QByteArray head = "POST /api/1/minidump/?sentry_key=" + key() +
                            " HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; "
                            "boundary=B\r\nContent-Length: " +
                            QByteArray::number(body.size()) + "\r\n\r\n";
    const auto port =
        static_cast<std::uint16_t>(m_world->base().mid(m_world->base().lastIndexOf(':') + 1).toInt());
    const RawAnswer answer = request(port, (head + body).toStdString());
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body.size(), std::size_t(36)); // a dashed id, as crash reporters keep it
    const QByteArray id = QByteArray::fromStdString(answer.body).replace("-", "");
    const QJsonValue rows = m_world->get(list(id)).json;
    QCOMPARE(column(rows, u"type"_s), (QStringList{u"event.minidump"_s, u"event.attachment"_s}));
    QVERIFY(bodyOf(m_world->get(list(id) + rows[0][u"id"_s].toString().toLatin1() + "/?download")) == dump);
    const ApiAnswer event = m_world->get(project() + "/events/" + id + "/");
    QCOMPARE(event.json[u"platform"_s].toString(), u"native"_s);
    QCOMPARE(event.json[u"release"_s][u"version"_s].toString(), u"shop@1"_s);
    QCOMPARE(event.json[u"crashFile"_s][u"name"_s].toString(), u"x.dmp"_s);
}

RawAnswer TestAttachments::post(const QByteArray& id, const QByteArray& body, const QByteArray& contentType)
{
    const QByteArray head =
        "POST /api/1/events/" + id + "/attachments/?sentry_key=" + key() +
        " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://shop\r\nContent-Type: " + contentType +
        "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    const auto port =
        static_cast<std::uint16_t>(m_world->base().mid(m_world->base().lastIndexOf(':') + 1).toInt());
    return request(port, (head + body).toStdString());
}

void TestAttachments::postedAsAForm()
{
    QCOMPARE(send(first, "m", {}), 200);
    const QByteArray body =
        "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nno file\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.txt\"\r\n"
        "Content-Type: text/plain\r\n\r\nlines\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"view-hierarchy.json\"; "
        "filename=\"view-hierarchy.json\"\r\nContent-Type: application/json\r\n\r\n{}\r\n--B--\r\n";
    const RawAnswer answer = post(first, body);
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.header("access-control-allow-origin"), std::string("*"));
    const QJsonValue rows = m_world->get(list(first)).json;
    QCOMPARE(column(rows, u"name"_s), (QStringList{u"a.txt"_s, u"view-hierarchy.json"_s}));
    QCOMPARE(column(rows, u"type"_s), (QStringList{u"event.attachment"_s, u"event.view_hierarchy"_s}));
    QCOMPARE(bodyOf(m_world->get(list(first) + rows[0][u"id"_s].toString().toLatin1() + "/?download")),
        QByteArray("lines"));
    QCOMPARE(post(first, body).status, 201); // a repeat
    QCOMPARE(m_world->get(list(first)).json.toArray().size(), 2);
}

void TestAttachments::refusesForms_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("contentType");
    const QByteArray file =
        "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n1\r\n--B--\r\n";
    const QByteArray form = "multipart/form-data; boundary=B";
    QTest::newRow("no id") << QByteArray("nothing") << file << form;
    QTest::newRow("no form") << first << file << QByteArray("text/plain");
    QTest::newRow("no boundary") << first << file << QByteArray("multipart/form-data");
    QTest::newRow("no file") << first << QByteArray(file).replace("; filename=\"a\"", "") << form;
    QTest::newRow("cut off") << first << file.chopped(8) << form;
    QTest::newRow("empty") << first << QByteArray() << form;
}

void TestAttachments::refusesForms()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, contentType);
    QCOMPARE(post(id, body, contentType).status, 400);
    QCOMPARE(m_world->get(list(first)).json.toArray().size(), 0);
}

void TestAttachments::saysNotFound_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("no such event") << "/events/" + second + "/attachments/";
    QTest::newRow("no id") << QByteArray("/events/nothing/attachments/");
    QTest::newRow("no such attachment") << "/events/" + first + "/attachments/99/";
    QTest::newRow("a word for a number") << "/events/" + first + "/attachments/x/?download";
}

void TestAttachments::saysNotFound()
{
    QFETCH(QByteArray, path);
    QCOMPARE(send(first, "m", {}), 200);
    const ApiAnswer answer = m_world->get(project() + path);
    QCOMPARE(answer.status, 404);
    QVERIFY(!answer.detail().isEmpty());
    QCOMPARE(m_world->get(list(first)).json.toArray().size(), 0);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestAttachments)
#include "tst_attachments.moc"
