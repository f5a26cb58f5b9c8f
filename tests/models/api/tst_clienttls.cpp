// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The client over TLS: what is wrong with a certificate is told apart, with its fingerprint, and nothing is
// sent to whom it does not prove; own authorities, accepted certificates, client certificates.

#include <QProcess>
#include <QRegularExpression>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include "tests/models/api/clientbench.h"
#include "tests/support/certificates.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorCause;
using core::ErrorKind;
using tests::Certificates;
using tests::ClientBench;
using tests::FaultServer;
using tests::outcome;

namespace {

const domain::OrganizationId org{u"acme"_s};
constexpr const char* projectsPath = "/api/0/organizations/acme/projects/";
constexpr const char* oneProject = R"([{"id":"7","slug":"web","name":"Web"}])";

} // namespace

class TestClientTls final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void causes_data();
    void causes();
    void whatIsNoTls();
    void anAuthorityOfOnesOwn();
    void anAcceptedCertificateIsThatOneOnly();
    void onlyWhatWasShownIsForgiven();
    void anAcceptedCertificateIsNotForOthers();
    void aClientCertificateIsShown();
    void aClientCertificateIsForItsServer();
    void aServerThatWantsACertificate();
    void settingsThatCannotBeUsedSendNothing_data();
    void settingsThatCannotBeUsedSendNothing();
    void aStepDownIsNotTaken();

private:
    [[nodiscard]] api::Transport trusting() const
    {
        api::Transport transport;
        transport.authorities = m_made.authority();
        return transport;
    }
    [[nodiscard]] api::Transport::Pin pin(const QString& name, const QList<ErrorCause>& faults = {}) const
    {
        return {m_made.fingerprint(name), faults};
    }

    const Certificates m_made;
};

void TestClientTls::initTestCase()
{
    QVERIFY(QSslSocket::supportsSsl());
    const QString here = u"IP:127.0.0.1"_s;
    m_made.make(u"right"_s, here);
    m_made.make(u"elsewhere"_s, u"DNS:elsewhere.example"_s);
    m_made.make(u"expired"_s, here, Certificates::Life::Expired);
    m_made.make(u"early"_s, here, Certificates::Life::NotYetValid);
    m_made.makeSelfSigned(u"self"_s, here);
    m_made.makeSelfSigned(u"other"_s, here);
    m_made.makeClient(u"ada"_s, u"ada"_s, u"a pass phrase"_s);
}

void TestClientTls::causes_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<int>("cause");
    const auto row = [](const char* name, const QString& certificate, bool isTrusted, ErrorCause cause) {
        QTest::newRow(name) << certificate << isTrusted << int(cause);
    };
    row("unknown authority", u"right"_s, false, ErrorCause::UnknownIssuer);
    row("self-signed", u"self"_s, true, ErrorCause::SelfSigned);
    row("wrong host", u"elsewhere"_s, true, ErrorCause::WrongHost);
    row("expired", u"expired"_s, true, ErrorCause::Expired);
    row("not yet valid", u"early"_s, true, ErrorCause::NotYetValid);
    row("expired, unknown authority", u"expired"_s, false, ErrorCause::UnknownIssuer);
}

void TestClientTls::causes()
{
    QFETCH(QString, certificate);
    QFETCH(bool, isTrusted);
    QFETCH(int, cause);
    ClientBench bench(m_made.server(certificate));
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    bench.open(bench.options(), isTrusted ? trusting() : api::Transport());
    // Whatever came before, it is the same each time: nothing was learned to be trusted.
    for (int i = 0; i < 2; ++i) {
        const auto result = outcome(bench.client->projects(org));
        QVERIFY(!result);
        QCOMPARE(core::errorKindName(result.error().kind), u"tls"_s);
        QCOMPARE(core::errorCauseName(result.error().cause), core::errorCauseName(ErrorCause(cause)));
        QVERIFY(!result.error().detail.isEmpty());
        QVERIFY(result.error().certificate);
        QCOMPARE(result.error().certificate->sha256, m_made.fingerprint(certificate));
        QCOMPARE(result.error().certificate->subject, certificate);
        QVERIFY(result.error().certificate->faults.contains(ErrorCause(cause)));
    }
    QVERIFY(bench.server.requests().isEmpty());
    QCOMPARE(bench.client->openRequests(), 0);
    QTRY_COMPARE(bench.way->openReplies(), 0);
}

void TestClientTls::whatIsNoTls()
{
    // A web server at the same port without TLS takes the greeting for a broken request.
    QTcpServer plain;
    connect(&plain, &QTcpServer::newConnection, this, [&plain] {
        QTcpSocket* socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    QVERIFY(plain.listen(QHostAddress::LocalHost, 0));
    ClientBench bench;
    auto options = bench.options();
    options.baseUrl = QUrl(u"https://127.0.0.1:%1"_s.arg(plain.serverPort()));
    bench.open(options, {});
    const auto result = outcome(bench.client->projects(org));
    QCOMPARE(core::errorKindName(result.error().kind), u"tls"_s);
    QCOMPARE(result.error().cause, ErrorCause::None);
}

void TestClientTls::anAuthorityOfOnesOwn()
{
    ClientBench bench(m_made.server(u"right"_s));
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    bench.open(bench.options(), trusting());
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(
        bench.server.requests().first().header("Authorization"), QByteArray("Bearer ") + ClientBench::token);
}

void TestClientTls::anAcceptedCertificateIsThatOneOnly()
{
    api::Transport transport = trusting();
    transport.pin = pin(u"self"_s, {ErrorCause::SelfSigned});
    {
        ClientBench bench(m_made.server(u"self"_s));
        bench.server.script(projectsPath, FaultServer::json(oneProject));
        bench.open(bench.options(), transport);
        for (int i = 0; i < 3; ++i)
            QVERIFY(outcome(bench.client->projects(org)));
    }
    // Not even one that an authority vouches for.
    for (const QString& other : {u"other"_s, u"right"_s}) {
        ClientBench bench(m_made.server(other));
        bench.server.script(projectsPath, FaultServer::json(oneProject));
        bench.open(bench.options(), transport);
        const auto result = outcome(bench.client->projects(org));
        QCOMPARE(core::errorCauseName(result.error().cause), u"other-certificate"_s);
        QCOMPARE(result.error().certificate->sha256, m_made.fingerprint(other));
        QVERIFY(bench.server.requests().isEmpty());
    }
}

void TestClientTls::onlyWhatWasShownIsForgiven()
{
    ClientBench bench(m_made.server(u"expired"_s));
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    api::Transport transport;
    transport.pin = pin(u"expired"_s);
    bench.open(bench.options(), transport);
    const auto result = outcome(bench.client->projects(org));
    QCOMPARE(result.error().kind, ErrorKind::Tls);
    QVERIFY(result.error().certificate->faults.contains(ErrorCause::Expired));
    QVERIFY(bench.server.requests().isEmpty());

    transport.pin.faults = result.error().certificate->faults;
    bench.open(bench.options(), transport);
    QVERIFY(outcome(bench.client->projects(org)));
}

void TestClientTls::anAcceptedCertificateIsNotForOthers()
{
    // The server is at another port: another origin.
    ClientBench bench(m_made.server(u"self"_s));
    FaultServer region(m_made.server(u"self"_s));
    region.script(projectsPath, FaultServer::json(oneProject));
    auto options = bench.options();
    options.organizations = {{org, u"Acme"_s, region.url()}};
    api::Transport transport;
    transport.pin = pin(u"self"_s);
    bench.open(options, transport);
    QCOMPARE(outcome(bench.client->projects(org)).error().cause, ErrorCause::SelfSigned);
    QVERIFY(region.requests().isEmpty());
}

void TestClientTls::aClientCertificateIsShown()
{
    QSslConfiguration tls = m_made.server(u"right"_s);
    tls.setPeerVerifyMode(QSslSocket::QueryPeer);
    m_made.openssl({u"pkcs12"_s, u"-export"_s, u"-in"_s, m_made.file(u"ada.pem"_s), u"-inkey"_s,
        m_made.file(u"ada.key"_s), u"-passin"_s, u"pass:a pass phrase"_s, u"-passout"_s,
        u"pass:a pass phrase"_s, u"-out"_s, m_made.file(u"ada.p12.pem"_s)});
    ClientBench bench(tls);
    bench.server.script(projectsPath, FaultServer::json(oneProject));

    bench.open(bench.options(), trusting());
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(bench.server.requests().last().clientName, QString());

    api::Transport transport = trusting();
    transport.passphrase = u"a pass phrase"_s;
    transport.clientCertificate = m_made.pem(u"ada"_s);
    transport.clientKey = m_made.key(u"ada"_s);
    bench.open(bench.options(), transport);
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(bench.server.requests().last().clientName, u"ada"_s);

    // Both in one file.
    transport.clientCertificate += transport.clientKey;
    transport.clientKey.clear();
    bench.open(bench.options(), transport);
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(bench.server.requests().last().clientName, u"ada"_s);

    transport.clientCertificate = m_made.pem(u"ada.p12"_s);
    bench.open(bench.options(), transport);
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(bench.server.requests().last().clientName, u"ada"_s);
}

void TestClientTls::aClientCertificateIsForItsServer()
{
    QSslConfiguration tls = m_made.server(u"right"_s);
    tls.setPeerVerifyMode(QSslSocket::QueryPeer);
    ClientBench bench(tls);
    FaultServer region(tls);
    region.script(projectsPath, FaultServer::json(oneProject));
    auto options = bench.options();
    options.organizations = {{org, u"Acme"_s, region.url()}};
    api::Transport transport = trusting();
    transport.passphrase = u"a pass phrase"_s;
    transport.clientCertificate = m_made.pem(u"ada"_s);
    transport.clientKey = m_made.key(u"ada"_s);
    bench.open(options, transport);
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(region.requests().size(), 1);
    QCOMPARE(region.requests().first().clientName, QString());
}

void TestClientTls::aServerThatWantsACertificate()
{
    // Qt's own server only closes; OpenSSL's says why, as web servers do.
    QProcess server;
    server.setProcessChannelMode(QProcess::MergedChannels);
    server.start(
        u"openssl"_s, {u"s_server"_s, u"-accept"_s, u"127.0.0.1:0"_s, u"-www"_s, u"-Verify"_s, u"1"_s,
                          u"-verify_return_error"_s, u"-CAfile"_s, m_made.file(u"ca.pem"_s), u"-cert"_s,
                          m_made.file(u"right.pem"_s), u"-key"_s, m_made.file(u"right.key"_s)});
    QByteArray said;
    static const QRegularExpression place(u"ACCEPT \\S+:(\\d+)"_s);
    QTRY_VERIFY2(
        (said += server.readAll(), place.match(QString::fromLatin1(said)).hasMatch()), said.constData());
    const int port = place.match(QString::fromLatin1(said)).captured(1).toInt();
    ClientBench bench;
    auto options = bench.options();
    options.baseUrl = QUrl(u"https://127.0.0.1:%1"_s.arg(port));
    bench.open(options, trusting());
    const auto result = outcome(bench.client->projects(org));
    server.kill();
    server.waitForFinished();
    QCOMPARE(core::errorKindName(result.error().kind), u"tls"_s);
    QCOMPARE(core::errorCauseName(result.error().cause), u"wants-certificate"_s);
}

void TestClientTls::settingsThatCannotBeUsedSendNothing_data()
{
    QTest::addColumn<QString>("which");
    for (const char* which : {"authorities", "certificate", "no key", "passphrase", "pin", "proxy"})
        QTest::newRow(which) << QString::fromLatin1(which);
}

void TestClientTls::settingsThatCannotBeUsedSendNothing()
{
    QFETCH(QString, which);
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    api::Transport transport;
    if (which == u"authorities"_s)
        transport.authorities = "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n";
    if (which == u"certificate"_s)
        transport.clientCertificate = QByteArray("\0\1\2", 3);
    if (which == u"no key"_s)
        transport.clientCertificate = m_made.pem(u"ada"_s);
    if (which == u"passphrase"_s) {
        transport.clientCertificate = m_made.pem(u"ada"_s);
        transport.clientKey = m_made.key(u"ada"_s);
        transport.passphrase = u"another"_s;
    }
    if (which == u"pin"_s)
        transport.pin.sha256 = u"1234"_s;
    if (which == u"proxy"_s)
        transport.proxy = {api::Transport::Proxy::Kind::Http, u"gate"_s, 0, {}, {}};
    bench.open(bench.options(), transport);
    QCOMPARE(outcome(bench.client->projects(org)).error().kind, ErrorKind::Usage);
    // Whoever goes past the client gets nowhere either.
    std::unique_ptr<QNetworkReply> reply(bench.way->get(QNetworkRequest(bench.server.url())));
    QTRY_VERIFY(reply->isFinished());
    QVERIFY(reply->error() != QNetworkReply::NoError);
    QVERIFY(bench.server.requests().isEmpty());
}

void TestClientTls::aStepDownIsNotTaken()
{
    FaultServer plain;
    ClientBench bench(m_made.server(u"right"_s));
    bench.server.script(projectsPath, FaultServer::redirect(plain.url()));
    bench.open(bench.options(), trusting());
    const auto result = outcome(bench.client->projects(org));
    QCOMPARE(result.error().kind, ErrorKind::Redirected);
    QCOMPARE(result.error().cause, ErrorCause::LessSafe);
    QCOMPARE(result.error().about, plain.url().toString());
    QVERIFY(plain.requests().isEmpty());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestClientTls)
#include "tst_clienttls.moc"
