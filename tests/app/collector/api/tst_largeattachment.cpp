// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCryptographicHash>
#include <QFile>
#include <QTest>

#include <array>
#include <atomic>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// An attachment near the limit goes in and comes out without ever lying in memory: what the process holds of
/// its own (RssAnon) stays small while it is received, packed, stored and sent.
class TestLargeAttachment final : public QObject
{
    Q_OBJECT

private slots:
    void staysOutOfMemory();
};

namespace {

constexpr qsizetype pieceBytes = 1'000'000;
constexpr int pieces = 80;

/// Bytes of its own in memory, by the kernel's count.
qint64 ownMemory()
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).trimmed().split(' ').front().toLongLong() * 1024;
    }
    return 0;
}

/// Watches the highest ownMemory() while it lives.
class MemoryWatch final
{
public:
    MemoryWatch()
        : m_thread([this] {
            while (!m_stop)
                m_highest = std::max(m_highest.load(), ownMemory());
        })
    {}
    ~MemoryWatch()
    {
        m_stop = true;
        m_thread.join();
    }
    [[nodiscard]] qint64 highest() const { return m_highest; }

private:
    std::atomic<bool> m_stop = false;
    std::atomic<qint64> m_highest = 0;
    std::thread m_thread;
};

/// A connection that neither gathers what it sends nor what it reads.
class PlainSocket final
{
public:
    explicit PlainSocket(std::uint16_t port)
        : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            qFatal("cannot connect");
    }
    ~PlainSocket() { ::close(m_fd); }
    PlainSocket(const PlainSocket&) = delete;
    PlainSocket& operator=(const PlainSocket&) = delete;

    void send(const QByteArray& bytes) const
    {
        for (qsizetype at = 0; at < bytes.size();) {
            const ssize_t sent = ::send(
                m_fd, bytes.constData() + at, static_cast<std::size_t>(bytes.size() - at), MSG_NOSIGNAL);
            if (sent <= 0)
                qFatal("cannot send");
            at += sent;
        }
    }
    /// Appends what comes next to `buffer`; false at the end.
    bool read(QByteArray& buffer) const
    {
        std::array<char, 65'536> bytes{};
        const ssize_t got = ::recv(m_fd, bytes.data(), bytes.size(), 0);
        if (got <= 0)
            return false;
        buffer.append(bytes.data(), got);
        return true;
    }

private:
    int m_fd;
};

/// A piece of the file; each is another, none packs well.
QByteArray piece(int number)
{
    QByteArray out(pieceBytes, '\0');
    std::uint32_t state = static_cast<std::uint32_t>(number) * 2'654'435'761U + 1;
    for (char& c : out) {
        state = state * 1'664'525U + 1'013'904'223U;
        c = static_cast<char>(state >> 24U);
    }
    return out;
}

} // namespace

void TestLargeAttachment::staysOutOfMemory()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("a sanitizer's own memory hides what is measured");
#endif
    ApiWorld world;
    const QByteArray id(32, 'a');
    const auto port = static_cast<std::uint16_t>(world.base().mid(world.base().lastIndexOf(':') + 1).toInt());
    const QByteArray head = "{\"event_id\":\"" + id +
                            "\"}\n{\"type\":\"event\"}\n{\"message\":\"m\"}\n"
                            "{\"type\":\"attachment\",\"filename\":\"core\",\"length\":" +
                            QByteArray::number(pieces * pieceBytes) + "}\n";
    const QByteArray key = QByteArray::fromStdString(world.collector().firstProject()->key);
    const qint64 before = ownMemory();
    QVERIFY(before > 0);
    QCryptographicHash sum(QCryptographicHash::Sha1);
    {
        const MemoryWatch watch;
        const PlainSocket socket(port);
        socket.send("POST /api/1/envelope/?sentry_key=" + key +
                    " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                    QByteArray::number(head.size() + pieces * pieceBytes) + "\r\n\r\n" + head);
        for (int i = 0; i < pieces; ++i) {
            const QByteArray bytes = piece(i);
            sum.addData(bytes);
            socket.send(bytes);
        }
        QByteArray answer;
        while (!answer.contains("\r\n\r\n") && socket.read(answer)) {
        }
        QVERIFY2(answer.startsWith("HTTP/1.1 200"), answer.constData());
        QVERIFY2(
            watch.highest() - before < 40'000'000, qPrintable(QString::number(watch.highest() - before)));
    }
    const QByteArray list = "/api/0/projects/" + QByteArray::fromStdString(world.collector().organization()) +
                            "/default/events/" + id + "/attachments/";
    const QJsonValue row = world.get(list).json[0];
    QCOMPARE(row[u"sha1"_s].toString().toLatin1(), sum.result().toHex());
    {
        const MemoryWatch watch;
        const PlainSocket socket(port);
        socket.send("GET " + list + row[u"id"_s].toString().toLatin1() +
                    "/?download HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " +
                    QByteArray::fromStdString(world.collector().token()) + "\r\n\r\n");
        QByteArray buffer;
        while (!buffer.contains("\r\n\r\n") && socket.read(buffer)) {
        }
        buffer.remove(0, buffer.indexOf("\r\n\r\n") + 4);
        QCryptographicHash got(QCryptographicHash::Sha1);
        do {
            got.addData(buffer);
            buffer.clear();
        } while (socket.read(buffer));
        QCOMPARE(got.result().toHex(), sum.result().toHex());
        QVERIFY2(
            watch.highest() - before < 40'000'000, qPrintable(QString::number(watch.highest() - before)));
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestLargeAttachment)
#include "tst_largeattachment.moc"
