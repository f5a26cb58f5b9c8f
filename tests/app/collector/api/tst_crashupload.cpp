// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// What Crashpad uploads for an SDK of native programs, from its bytes to the web API's answers: a form with
/// the dump, the process's annotations, and the scope and breadcrumbs as the SDK wrote them before the crash.
class TestCrashUpload final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_world = std::make_unique<ApiWorld>(); }
    void cleanup() { m_world.reset(); }

    void tellsWhatTheSdkKnew();
    void takesItCompressed();

private:
    RawAnswer upload(const QByteArray& body, const QByteArray& extra = {});
    [[nodiscard]] QJsonValue event(const RawAnswer& answer) const
    {
        const QByteArray id = QByteArray::fromStdString(answer.body).replace("-", "");
        return m_world->get(project() + "/events/" + id + "/").json;
    }
    [[nodiscard]] QByteArray project() const
    {
        return "/api/0/projects/" + QByteArray::fromStdString(m_world->collector().organization()) +
               "/default";
    }

    std::unique_ptr<ApiWorld> m_world;
};

namespace {

const QByteArray boundary = "---MultipartBoundary-a1B2c3D4---";

QByteArray field(const QByteArray& name, const QByteArray& value)
{
    return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value +
           "\r\n";
}

QByteArray file(const QByteArray& name, const QByteArray& filename, const QByteArray& bytes)
{
    return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" +
           filename + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes + "\r\n";
}

/// {"level": "fatal", "platform": "native", "release": "shop@1.2", "environment": "staging", "dist": "7",
/// "user": {"id": "42", "email": "a@b.c"}, "tags": {"shard": "3"}, "extra": {"n": -2, "f": 1.5, "t": true},
/// "contexts": {"gpu": {"name": "G"}}, "sdk": {"name": "sentry.native", "version": "0.7"},
/// "transaction": "checkout"}, as msgpack.
const QByteArray scope =
    QByteArray::fromHex("8ba56c6576656ca5666174616ca8706c6174666f726da66e6174697665a772656c"
                        "65617365a873686f7040312e32ab656e7669726f6e6d656e74a773746167696e67"
                        "a464697374a137a47573657282a26964a23432a5656d61696ca56140622e63a474"
                        "61677381a57368617264a133a5657874726183a16efea166cb3ff8000000000000"
                        "a174c3a8636f6e746578747381a367707581a46e616d65a147a373646b82a46e61"
                        "6d65ad73656e7472792e6e6174697665a776657273696f6ea3302e37ab7472616e"
                        "73616374696f6ea8636865636b6f7574");

/// {"timestamp": "2026-11-20T09:59:0N.000Z", "message": "cN", "level": "info"}, as msgpack.
QByteArray crumb(char number)
{
    return QByteArray::fromHex("83a974696d657374616d70b8323032362d31312d32305430393a35393a30") + number +
           QByteArray::fromHex("2e3030305aa76d657373616765a263") + number +
           QByteArray::fromHex("a56c6576656ca4696e666f");
}

QByteArray form()
{
    return field("guid", "5d2b3a5c-ffff-4a4b-9c0d-000000000001") + field("ptype", "browser") +
           file("__sentry-breadcrumb1", "__sentry-breadcrumb1", crumb('3') + crumb('4')) +
           file("__sentry-breadcrumb2", "__sentry-breadcrumb2", crumb('1') + crumb('2')) +
           file("__sentry-event", "__sentry-event", scope) + file("shop.log", "shop.log", "lines") +
           file("upload_file_minidump", "5d2b3a5c.dmp", "MDMP" + QByteArray(400, '\0')) + "--" + boundary +
           "--\r\n";
}

} // namespace

RawAnswer TestCrashUpload::upload(const QByteArray& body, const QByteArray& extra)
{
    const QByteArray head =
        "POST /api/1/minidump/?sentry_client=sentry.native/0.7&sentry_key=" +
        QByteArray::fromStdString(m_world->collector().firstProject()->key) +
        " HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=" + boundary +
        "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + extra + "\r\n";
    const QByteArray port = m_world->base().mid(m_world->base().lastIndexOf(':') + 1);
    return request(static_cast<std::uint16_t>(port.toInt()), (head + body).toStdString());
}

void TestCrashUpload::tellsWhatTheSdkKnew()
{
    const RawAnswer answer = upload(form());
    QCOMPARE(answer.status, 200);
    const QJsonValue shown = event(answer);
    QCOMPARE(shown[u"platform"_s].toString(), u"native"_s);
    QCOMPARE(shown[u"release"_s][u"version"_s].toString(), u"shop@1.2"_s);
    QCOMPARE(shown[u"dist"_s].toString(), u"7"_s);
    QCOMPARE(shown[u"user"_s][u"email"_s].toString(), u"a@b.c"_s);
    QCOMPARE(shown[u"culprit"_s].toString(), u"checkout"_s);
    QCOMPARE(shown[u"sdk"_s][u"name"_s].toString(), u"sentry.native"_s);
    QCOMPARE(shown[u"contexts"_s][u"gpu"_s][u"name"_s].toString(), u"G"_s);
    QCOMPARE(shown[u"context"_s].toObject(),
        (QJsonObject{{u"n"_s, -2}, {u"f"_s, 1.5}, {u"t"_s, true}, {u"ptype"_s, u"browser"_s},
            {u"guid"_s, u"5d2b3a5c-ffff-4a4b-9c0d-000000000001"_s}}));
    QStringList tags;
    for (const QJsonValue& tag : shown[u"tags"_s].toArray())
        tags << tag[u"key"_s].toString() + u'=' + tag[u"value"_s].toString();
    for (const QString& tag : {u"shard=3"_s, u"environment=staging"_s, u"level=fatal"_s, u"handled=no"_s,
             u"release=shop@1.2"_s, u"user=id:42"_s})
        QVERIFY2(tags.contains(tag), qPrintable(tags.join(u' ')));
    QStringList crumbs;
    for (const QJsonValue& entry : shown[u"entries"_s].toArray()) {
        if (entry[u"type"_s].toString() != u"breadcrumbs"_s)
            continue;
        for (const QJsonValue& each : entry[u"data"_s][u"values"_s].toArray())
            crumbs << each[u"message"_s].toString();
    }
    QCOMPARE(crumbs, (QStringList{u"c3"_s, u"c4"_s})); // the newest two: so many the SDK keeps
    QCOMPARE(shown[u"crashFile"_s][u"name"_s].toString(), u"5d2b3a5c.dmp"_s);
    QVERIFY2(shown[u"errors"_s].toArray().isEmpty(), answer.body.c_str());
    const QByteArray id = shown[u"eventID"_s].toString().toLatin1();
    QCOMPARE(column(m_world->get(project() + "/events/" + id + "/attachments/").json, u"name"_s),
        (QStringList{u"5d2b3a5c.dmp"_s, u"shop.log"_s}));
    // And it is found by what it says.
    const QJsonValue issues =
        m_world->get(m_world->org() + "/issues/?query=release%3Ashop%401.2%20shard%3A3&environment=staging")
            .json;
    QCOMPARE(issues.toArray().size(), 1);
    QCOMPARE(issues[0][u"userCount"_s].toInt(), 1);
}

void TestCrashUpload::takesItCompressed()
{
    const QByteArray plain = form();
    const QByteArray zlib = qCompress(plain).mid(4); // behind Qt's own length
    const RawAnswer answer = upload(zlib, "Content-Encoding: deflate\r\n");
    QCOMPARE(answer.status, 200);
    QCOMPARE(event(answer)[u"release"_s][u"version"_s].toString(), u"shop@1.2"_s);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCrashUpload)
#include "tst_crashupload.moc"
