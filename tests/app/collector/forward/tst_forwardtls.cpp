// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// An upstream over TLS: envelopes go to whom the certificate proves it to be, and to nobody else. Who signs
// is a CA of the test's own, which this process trusts or not.

#include <QSslSocket>
#include <QTest>

#include "tests/app/collector/forward/forwardworld.h"
#include "tests/support/certificates.h"
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
    void trustTheCa() const;
    /// The collector's project passes on to that server.
    void passOnTo(const FaultServer& server) const;
    void tryAgain() const { m_world->world.clock.advance(50ms); }

    const Certificates m_certificates;
    QSslConfiguration m_before = QSslConfiguration::defaultConfiguration();
    std::unique_ptr<ForwardWorld> m_world;
};

void TestForwardTls::initTestCase()
{
    QVERIFY(QSslSocket::supportsSsl());
    m_certificates.make(u"right"_s, u"IP:127.0.0.1"_s);
    m_certificates.make(u"other"_s, u"DNS:elsewhere.example"_s);
}

void TestForwardTls::cleanup()
{
    m_world.reset();
    QSslConfiguration::setDefaultConfiguration(m_before);
}

void TestForwardTls::trustTheCa() const
{
    QSslConfiguration configuration = m_before;
    configuration.addCaCertificates(QSslCertificate::fromData(m_certificates.authority()));
    QSslConfiguration::setDefaultConfiguration(configuration);
}

void TestForwardTls::passOnTo(const FaultServer& server) const
{
    m_world->setUpstream("https://upkey@127.0.0.1:" + std::to_string(server.url().port()) + "/7");
}

void TestForwardTls::sendsToWhomItTrusts()
{
    FaultServer server(m_certificates.server(u"right"_s));
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
    FaultServer server(m_certificates.server(u"right"_s));
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
    FaultServer server(m_certificates.server(u"other"_s));
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
