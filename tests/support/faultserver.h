// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <utility>

namespace vedette::tests {

/// A real HTTP/1.1 server on 127.0.0.1 that does what it is told, right or wrong, and remembers what it was
/// asked. Replies are scripted by path, query left out; what has no script is a 404 in Sentry's words.
class FaultServer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FaultServer)

public:
    using Header = std::pair<QByteArray, QByteArray>;

    struct Request
    {
        QByteArray method;
        QByteArray target; ///< path and query as sent
        QList<Header> headers;
        QByteArray body;
        QString clientName; ///< common name of the certificate that the client showed, where it was asked

        [[nodiscard]] QByteArray path() const { return target.split('?').first(); }
        [[nodiscard]] QByteArray query() const
        {
            const qsizetype at = target.indexOf('?');
            return at < 0 ? QByteArray() : target.sliced(at + 1);
        }
        /// The value of a header, empty where it was not sent.
        [[nodiscard]] QByteArray header(const QByteArray& name) const;
    };

    struct Reply
    {
        enum class Fault
        {
            None,
            Hang,     ///< reads the request and never says a word
            Hold,     ///< answers when release() is called
            HeadOnly, ///< sends the head, then nothing
            Drip,     ///< one byte of the body every `every`
            Truncate, ///< announces the whole body, sends `bytes` of it and closes
            Reset, ///< sends head and `bytes` of the body, then a TCP reset; with `bytes` < 0 only the reset
            LieLong,  ///< announces `bytes` more than the body has, and keeps the connection open
            LieShort, ///< announces `bytes` less than the body has
            Raw,      ///< sends `body` as it is, which need not be HTTP
            RawCut,   ///< the same, and closes
            Endless,  ///< a body without an end, as fast as it is read
        };

        int status = 200;
        QByteArray body;
        QList<Header> headers = {};
        QByteArray contentType = "application/json";
        Fault fault = Fault::None;
        qint64 bytes = 0;
        std::chrono::milliseconds every{5};

        Reply& with(const QByteArray& name, const QByteArray& value)
        {
            headers.append({name, value});
            return *this;
        }
    };

    explicit FaultServer(QObject* parent = nullptr);
    /// The same over TLS. What comes before a handshake is through is no request.
    explicit FaultServer(const QSslConfiguration& tls);
    ~FaultServer() override;

    [[nodiscard]] QUrl url() const;

    /// What to answer on a path. Several replies are given one after the other, the last one for ever.
    void script(const QByteArray& path, const Reply& reply) { script(path, QList<Reply>{reply}); }
    void script(const QByteArray& path, const QList<Reply>& replies);
    /// The same for one method of a path, before the rule for the path.
    void script(const QByteArray& method, const QByteArray& path, const QList<Reply>& replies);

    static Reply json(const QByteArray& body, int status = 200);
    static Reply html(int status = 200);
    static Reply redirect(const QUrl& to, int status = 302);
    /// JSON in gzip, of which `leftOut` bytes are left out at the end: the length announced is what is sent.
    static Reply gzip(const QByteArray& body, qsizetype leftOut = 0);
    static Reply fault(Reply::Fault kind, const QByteArray& body = "{}", qint64 bytes = 0);

    /// Lets everything that is held go.
    void release();

    [[nodiscard]] const QList<Request>& requests() const { return m_requests; }
    [[nodiscard]] QList<Request> requestsTo(const QByteArray& path) const;
    void forget() { m_requests.clear(); }
    /// Requests that were held at the same time, at most.
    [[nodiscard]] int mostHeld() const { return m_mostHeld; }
    [[nodiscard]] int held() const { return static_cast<int>(m_held.size()); }
    /// Connections that the client has not closed.
    [[nodiscard]] int openConnections() const;

signals:
    void requested();

private:
    void accept();
    void read(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const Reply& reply);
    [[nodiscard]] Reply next(const Request& request);

    FaultServer(std::unique_ptr<QTcpServer> server, QString scheme, QObject* parent);

    std::unique_ptr<QTcpServer> m_server;
    const QString m_scheme;
    QHash<QByteArray, QList<Reply>> m_scripts;
    QHash<QTcpSocket*, QByteArray> m_buffers;
    QList<Request> m_requests;
    QList<std::pair<QPointer<QTcpSocket>, Reply>> m_held;
    int m_mostHeld = 0;
};

} // namespace vedette::tests
