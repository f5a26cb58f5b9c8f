// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/collector/api/apiworld.h"

#include <QJsonDocument>
#include <QUrl>

namespace vedette::tests {

using namespace Qt::Literals::StringLiterals;

QString ApiAnswer::header(const char* lowerCaseName) const
{
    const auto found = raw.headers.find(lowerCaseName);
    return found == raw.headers.end() ? QString() : QString::fromStdString(found->second);
}

ApiWorld::ApiWorld(const std::string& vfs)
    : clock(*core::parseTime("2026-11-20T10:30:00Z"))
{
    collector::Collector::Options options;
    options.dataDir = m_dir.path().toStdString();
    options.port = 0;
    options.vfs = vfs;
    options.version = "1.2.3";
    auto started = collector::Collector::start(options, clock);
    if (!started)
        qFatal("no collector: %s", qPrintable(started.error().detail));
    m_collector = std::move(*started);
    m_port = static_cast<std::uint16_t>(QUrl(QString::fromStdString(m_collector->url())).port());
}

QByteArray ApiWorld::org() const
{
    return "/api/0/organizations/" + QByteArray::fromStdString(m_collector->organization());
}

ApiAnswer ApiWorld::exchange(const QByteArray& bytes)
{
    ApiAnswer answer;
    // A connection that the server has closed meanwhile is opened once more.
    for (int attempt = 0; attempt < 2 && answer.raw.status == 0; ++attempt) {
        if (!m_connection || attempt > 0)
            m_connection = std::make_unique<RawConnection>(m_port);
        m_connection->send(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        answer.raw = m_connection->answer(bytes.startsWith("HEAD "));
    }
    if (answer.header("connection").compare(u"close"_s, Qt::CaseInsensitive) == 0)
        m_connection.reset();
    answer.status = answer.raw.status;
    // A bare JSON text is an answer too, which QJsonDocument alone does not read.
    const QByteArray body = QByteArray::fromStdString(answer.raw.body);
    const QJsonDocument document = QJsonDocument::fromJson("[" + body + "]");
    if (!body.isEmpty() && document.isArray())
        answer.json = document.array().first();
    else
        answer.json = QJsonValue(QJsonValue::Undefined);
    return answer;
}

ApiAnswer ApiWorld::call(
    const QByteArray& method, const QByteArray& path, const QByteArray& body, const QByteArray& extra)
{
    QByteArray bytes = method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) +
                       "\r\nAuthorization: Bearer " + QByteArray::fromStdString(m_collector->token()) +
                       "\r\n" + extra;
    if (!body.isEmpty() || method == "PUT" || method == "POST") {
        bytes +=
            "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    }
    return exchange(bytes + "\r\n" + body);
}

ApiAnswer ApiWorld::anonymous(const QByteArray& method, const QByteArray& path, const QByteArray& extra)
{
    return exchange(method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) +
                    "\r\n" + extra + "\r\n");
}

int ApiWorld::send(const QByteArray& event, std::int64_t project)
{
    const auto key = m_collector->firstProject();
    if (!key)
        qFatal("no project");
    QByteArray public_ = QByteArray::fromStdString(key->key);
    if (project != key->project) {
        const ApiAnswer keys =
            get(org().replace("organizations", "projects") + '/' + QByteArray::number(project) + "/keys/");
        public_ = keys.json[0][u"public"_s].toString().toLatin1();
    }
    return call("POST",
        "/api/" + QByteArray::number(project) + "/store/?sentry_version=7&sentry_key=" + public_, event)
        .status;
}

QString ApiWorld::addIssue(const QByteArray& type, int count, const QByteArray& extra)
{
    QByteArray id;
    for (int i = 0; i < count; ++i) {
        const QByteArray number = QByteArray::number(m_nextEvent++);
        id = QByteArray(32 - number.size(), '0').replace(0, 1, "e") + number;
        const QByteArray event = R"({"event_id":")" + id + R"(","platform":"python","user":{"id":)" + number +
                                 R"(},"exception":[{"type":")" + type + R"(","value":"it broke"}])" + extra +
                                 "}";
        if (const int status = send(event); status != 200)
            qFatal("the event was refused: %d", status);
    }
    return get(org() + "/eventids/" + id + "/").json[u"groupId"_s].toString();
}

QStringList column(const QJsonValue& rows, const QString& key)
{
    QStringList out;
    for (const QJsonValue& row : rows.toArray())
        out << row[key].toVariant().toString();
    return out;
}

} // namespace vedette::tests
