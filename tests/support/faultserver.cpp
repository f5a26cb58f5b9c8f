// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/faultserver.h"

#include <QHostAddress>
#include <QSslCertificate>
#include <QSslServer>
#include <QSslSocket>

#include <memory>

#include <sys/socket.h>
#include <zlib.h>

namespace vedette::tests {
namespace {

using Fault = FaultServer::Reply::Fault;

QByteArray headOf(const FaultServer::Reply& reply, qint64 announced)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + " Scripted\r\n";
    if (!reply.contentType.isEmpty())
        head += "Content-Type: " + reply.contentType + "\r\n";
    if (announced >= 0)
        head += "Content-Length: " + QByteArray::number(announced) + "\r\n";
    for (const auto& [name, value] : reply.headers)
        head += name + ": " + value + "\r\n";
    return head + "\r\n";
}

/// Closes with a reset instead of a farewell: what a crashed or overloaded peer looks like.
void resetConnection(QTcpSocket* socket)
{
    socket->flush();
    const linger hard{1, 0};
    ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    socket->abort();
}

void drip(QTcpSocket* socket, const QByteArray& body, std::chrono::milliseconds every)
{
    auto* timer = new QTimer(socket);
    auto sent = std::make_shared<qsizetype>(0);
    QObject::connect(timer, &QTimer::timeout, socket, [socket, timer, body, sent] {
        if (*sent >= body.size()) {
            timer->deleteLater();
            return;
        }
        socket->write(body.constData() + *sent, 1);
        socket->flush();
        ++*sent;
    });
    timer->start(every);
}

void pour(QTcpSocket* socket)
{
    const auto more = [socket] {
        while (socket->bytesToWrite() < 1'000'000)
            socket->write(QByteArray(64'000, ' '));
    };
    QObject::connect(socket, &QTcpSocket::bytesWritten, socket, more);
    more();
}

std::unique_ptr<QTcpServer> encrypting(const QSslConfiguration& tls)
{
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(tls);
    return server;
}

} // namespace

QByteArray FaultServer::Request::header(const QByteArray& name) const
{
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

FaultServer::FaultServer(QObject* parent)
    : FaultServer(std::make_unique<QTcpServer>(), QStringLiteral("http"), parent)
{}

FaultServer::FaultServer(const QSslConfiguration& tls)
    : FaultServer(encrypting(tls), QStringLiteral("https"), nullptr)
{}

FaultServer::FaultServer(std::unique_ptr<QTcpServer> server, QString scheme, QObject* parent)
    : QObject(parent)
    , m_server(std::move(server))
    , m_scheme(std::move(scheme))
{
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FaultServer::accept);
    if (!m_server->listen(QHostAddress::LocalHost, 0))
        qFatal("the fault server cannot listen: %s", qPrintable(m_server->errorString()));
}

FaultServer::~FaultServer()
{
    // The sockets die with m_server, after m_buffers: they must not report that.
    for (auto it = m_buffers.constBegin(); it != m_buffers.constEnd(); ++it)
        it.key()->disconnect(this);
}

QUrl FaultServer::url() const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2").arg(m_scheme).arg(m_server->serverPort()));
}

void FaultServer::script(const QByteArray& path, const QList<Reply>& replies)
{
    m_scripts.insert(path, replies);
}

void FaultServer::script(const QByteArray& method, const QByteArray& path, const QList<Reply>& replies)
{
    m_scripts.insert(method + ' ' + path, replies);
}

FaultServer::Reply FaultServer::json(const QByteArray& body, int status)
{
    Reply reply;
    reply.status = status;
    reply.body = body;
    return reply;
}

FaultServer::Reply FaultServer::html(int status)
{
    Reply reply;
    reply.status = status;
    reply.body = "<!doctype html><html><title>Hello</title><body>A page for people</body></html>";
    reply.contentType = "text/html; charset=utf-8";
    return reply;
}

FaultServer::Reply FaultServer::redirect(const QUrl& to, int status)
{
    Reply reply;
    reply.status = status;
    reply.with("Location", to.toEncoded());
    return reply;
}

FaultServer::Reply FaultServer::gzip(const QByteArray& body, qsizetype leftOut)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("zlib does not start");
    QByteArray in = body;
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(in.size()))), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (::deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("zlib does not pack");
    out.truncate(static_cast<qsizetype>(stream.total_out) - leftOut);
    deflateEnd(&stream);
    Reply reply = json(out);
    return reply.with("Content-Encoding", "gzip");
}

FaultServer::Reply FaultServer::fault(Reply::Fault kind, const QByteArray& body, qint64 bytes)
{
    Reply reply;
    reply.fault = kind;
    reply.body = body;
    reply.bytes = bytes;
    return reply;
}

void FaultServer::release()
{
    const auto held = std::exchange(m_held, {});
    for (const auto& [socket, reply] : held) {
        Reply now = reply;
        now.fault = Fault::None;
        if (socket)
            answer(socket, now);
    }
}

QList<FaultServer::Request> FaultServer::requestsTo(const QByteArray& path) const
{
    QList<Request> out;
    for (const Request& request : m_requests) {
        if (request.path() == path)
            out.append(request);
    }
    return out;
}

int FaultServer::openConnections() const
{
    int open = 0;
    for (auto it = m_buffers.constBegin(); it != m_buffers.constEnd(); ++it) {
        if (it.key()->state() == QAbstractSocket::ConnectedState)
            ++open;
    }
    return open;
}

void FaultServer::accept()
{
    while (QTcpSocket* socket = m_server->nextPendingConnection()) {
        m_buffers.insert(socket, {});
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
        if (socket->bytesAvailable() > 0)
            read(socket); // came with the end of the handshake
    }
}

void FaultServer::read(QTcpSocket* socket)
{
    if (!m_buffers.contains(socket))
        return;
    m_buffers[socket] += socket->readAll();
    for (;;) {
        const QByteArray buffer = m_buffers.value(socket);
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        QList<QByteArray> lines = buffer.left(end).split('\n');
        const QList<QByteArray> words = lines.takeFirst().trimmed().split(' ');
        Request request;
        request.method = words.value(0);
        request.target = words.value(1);
        if (request.target.startsWith("http://")) // as it comes through a proxy (RFC 9112 section 3.2.2)
            request.target =
                QUrl::fromEncoded(request.target).toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
        for (const QByteArray& line : lines) {
            const qsizetype colon = line.indexOf(':');
            request.headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
        }
        const qsizetype length = request.header("Content-Length").toLongLong();
        if (buffer.size() < end + 4 + length)
            return;
        request.body = buffer.mid(end + 4, length);
        m_buffers[socket] = buffer.mid(end + 4 + length);
        if (const auto* secure = qobject_cast<QSslSocket*>(socket))
            request.clientName =
                secure->peerCertificate().subjectInfo(QSslCertificate::CommonName).join(u'|');
        m_requests.append(request);
        emit requested();
        answer(socket, next(request));
        if (!m_buffers.contains(socket))
            return; // it was closed
    }
}

FaultServer::Reply FaultServer::next(const Request& request)
{
    for (const QByteArray& key : {request.method + ' ' + request.path(), request.path()}) {
        const auto it = m_scripts.find(key);
        if (it == m_scripts.end() || it->isEmpty())
            continue;
        return it->size() > 1 ? it->takeFirst() : it->first();
    }
    return json(R"({"detail":"The requested resource does not exist"})", 404);
}

void FaultServer::answer(QTcpSocket* socket, const Reply& reply)
{
    const qint64 size = reply.body.size();
    switch (reply.fault) {
    case Fault::None: {
        // 204 and 304 have no body and no length (RFC 9110 section 8.6).
        const bool bare = reply.status == 204 || reply.status == 304;
        socket->write(headOf(reply, bare ? -1 : size) + (bare ? QByteArray() : reply.body));
        return;
    }
    case Fault::Hang:
        return;
    case Fault::Hold:
        m_held.append({QPointer<QTcpSocket>(socket), reply});
        m_mostHeld = std::max(m_mostHeld, held());
        return;
    case Fault::HeadOnly:
        socket->write(headOf(reply, size));
        return;
    case Fault::Drip:
        socket->write(headOf(reply, size));
        drip(socket, reply.body, reply.every);
        return;
    case Fault::Truncate:
        socket->write(headOf(reply, size) + reply.body.left(reply.bytes));
        socket->disconnectFromHost();
        return;
    case Fault::Reset:
        if (reply.bytes >= 0)
            socket->write(headOf(reply, size) + reply.body.left(reply.bytes));
        resetConnection(socket);
        return;
    case Fault::LieLong:
        socket->write(headOf(reply, size + reply.bytes) + reply.body);
        return;
    case Fault::LieShort:
        socket->write(headOf(reply, size - reply.bytes) + reply.body);
        return;
    case Fault::Raw:
        socket->write(reply.body);
        return;
    case Fault::RawCut:
        socket->write(reply.body);
        socket->disconnectFromHost();
        return;
    case Fault::Endless:
        socket->write(headOf(reply, -1));
        pour(socket);
        return;
    }
}

} // namespace vedette::tests
