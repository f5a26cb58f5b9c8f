// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// An upstream over TLS: envelopes go to whom the certificate proves it to be, and to nobody else. Who signs
// is a CA of the test's own, which this process trusts or not.

#include <QFile>
#include <QProcess>
#include <QSslKey>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/collector/forward/forwardworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

class TestForwardTls final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { m_world = std::make_unique<ForwardWorld>(); }
    void cleanup();

    void sendsToWhomItTrusts();
    void sendsNothingToWhomItDoesNotTrust();
    void sendsNothingUnderAnotherName();
    void sendsNothingOverABrokenHandshake();

private:
    [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(name); }
    void openssl(const QStringList& arguments) const;
    void makeCertificate(const QString& name, const QString& subject) const;
    [[nodiscard]] QSslConfiguration serverWith(const QString& certificate) const;
    void trustTheCa() const;
    /// The collector's project passes on to that server.
    void passOnTo(const FaultServer& server) const;
    void tryAgain() const { m_world->world.clock.advance(50ms); }

    QTemporaryDir m_folder;
    QSslConfiguration m_before = QSslConfiguration::defaultConfiguration();
    std::unique_ptr<ForwardWorld> m_world;
};

void TestForwardTls::openssl(const QStringList& arguments) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"openssl"_s, arguments);
    QVERIFY2(process.waitForFinished() && process.exitCode() == 0, process.readAll().constData());
}

void TestForwardTls::makeCertificate(const QString& name, const QString& subject) const
{
    openssl({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
        u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=upstream"_s, u"-addext"_s,
        u"subjectAltName="_s + subject, u"-addext"_s, u"basicConstraints=critical,CA:FALSE"_s, u"-CA"_s,
        file(u"ca.pem"_s), u"-CAkey"_s, file(u"ca.key"_s), u"-keyout"_s, file(name + u".key"_s), u"-out"_s,
        file(name + u".pem"_s)});
}

void TestForwardTls::initTestCase()
{
    QVERIFY(QSslSocket::supportsSsl());
    openssl({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
        u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=Vedette test CA"_s, u"-keyout"_s,
        file(u"ca.key"_s), u"-out"_s, file(u"ca.pem"_s)});
    makeCertificate(u"right"_s, u"IP:127.0.0.1"_s);
    makeCertificate(u"other"_s, u"DNS:elsewhere.example"_s);
}

void TestForwardTls::cleanup()
{
    m_world.reset();
    QSslConfiguration::setDefaultConfiguration(m_before);
}

QSslConfiguration TestForwardTls::serverWith(const QString& certificate) const
{
    QFile key(file(certificate + u".key"_s));
    if (!key.open(QIODevice::ReadOnly))
        qFatal("no key");
    QSslConfiguration tls;
    tls.setLocalCertificateChain(QSslCertificate::fromPath(file(certificate + u".pem"_s)));
    tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
    return tls;
}

void TestForwardTls::trustTheCa() const
{
    QSslConfiguration configuration = m_before;
    configuration.addCaCertificates(QSslCertificate::fromPath(file(u"ca.pem"_s)));
    QSslConfiguration::setDefaultConfiguration(configuration);
}

void TestForwardTls::passOnTo(const FaultServer& server) const
{
    m_world->setUpstream("https://upkey@127.0.0.1:" + std::to_string(server.url().port()) + "/7");
}

void TestForwardTls::sendsToWhomItTrusts()
{
    FaultServer server(serverWith(u"right"_s));
    server.script(ForwardWorld::path, FaultServer::json("{}"));
    trustTheCa();
    passOnTo(server);
    m_world->send(ForwardWorld::id(1));
    m_world->send(ForwardWorld::id(2));
    QTRY_COMPARE((tryAgain(), m_world->waiting()), 0);
    const auto requests = server.requestsTo(ForwardWorld::path);
    QCOMPARE(requests.size(), 2);
    QVERIFY(requests.first().body.contains(ForwardWorld::id(1).c_str()));
    QVERIFY(requests.first().header("X-Sentry-Auth").contains("sentry_key=upkey"));
    QCOMPARE(m_world->error(), std::string());
}

void TestForwardTls::sendsNothingToWhomItDoesNotTrust()
{
    FaultServer server(serverWith(u"right"_s));
    server.script(ForwardWorld::path, FaultServer::json("{}"));
    passOnTo(server);
    m_world->send(ForwardWorld::id(1));
    QTRY_VERIFY2((tryAgain(), QString::fromStdString(m_world->error()).contains(u"certificate"_s)),
        m_world->error().c_str());
    // It is tried again and again, and nothing gets there.
    QTRY_VERIFY((tryAgain(), m_world->world.number("SELECT attempts FROM forward_state") >= 3));
    QCOMPARE(server.requests().size(), 0);
    QCOMPARE(m_world->waiting(), 1);
    // What waited goes when the CA is trusted; a process knows its CAs from its start on.
    m_world->world.stop();
    trustTheCa();
    m_world->world.start();
    QTRY_COMPARE((tryAgain(), m_world->waiting()), 0);
    QCOMPARE(server.requestsTo(ForwardWorld::path).size(), 1);
    QCOMPARE(m_world->error(), std::string());
}

void TestForwardTls::sendsNothingUnderAnotherName()
{
    FaultServer server(serverWith(u"other"_s));
    server.script(ForwardWorld::path, FaultServer::json("{}"));
    trustTheCa();
    passOnTo(server);
    m_world->send(ForwardWorld::id(1));
    QTRY_VERIFY2((tryAgain(), QString::fromStdString(m_world->error()).contains(u"host name"_s)),
        m_world->error().c_str());
    QTRY_VERIFY((tryAgain(), m_world->world.number("SELECT attempts FROM forward_state") >= 3));
    QCOMPARE(server.requests().size(), 0);
    QCOMPARE(m_world->waiting(), 1);
}

void TestForwardTls::sendsNothingOverABrokenHandshake()
{
    // A server without TLS at the same address: what it says is no handshake.
    trustTheCa();
    passOnTo(m_world->upstream);
    m_world->send(ForwardWorld::id(1));
    QTRY_VERIFY((tryAgain(), m_world->world.number("SELECT attempts FROM forward_state") >= 2));
    QCOMPARE(m_world->upstream.requestsTo(ForwardWorld::path).size(), 0);
    QVERIFY2(m_world->error().starts_with("no answer"), m_world->error().c_str());
    QCOMPARE(m_world->waiting(), 1);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestForwardTls)
#include "tst_forwardtls.moc"
