// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Accounts are identities, and each signs in by a way of its own: authorities, headers, accepted
// certificates.

#include <QTest>

#include "models/core/runon.h"
#include "tests/models/sync/hubbench.h"
#include "tests/support/certificates.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;
using core::ErrorCause;
using core::ErrorKind;

namespace {

constexpr int patience = 20'000;
const QString token = u"sntryu_secret0123456789abcdef"_s;

/// Speaks as much as signing in takes, for whoever is named.
void speak(FaultServer& server, const QByteArray& person, const QByteArray& organizations = "acme")
{
    const QByteArray user =
        person.isEmpty() ? "null" : R"({"id":")" + person + R"(","name":"P)" + person + R"("})";
    server.script(
        "/api/0/", FaultServer::json(
                       R"({"version":"0","auth":{"scopes":["org:read","event:read"]},"user":)" + user + "}"));
    server.script("/api/0/auth/", FaultServer::json("{}", 404));
    server.script("/api/0/users/me/", FaultServer::json("{}", 403));
    QByteArray all;
    for (const QByteArray& slug : organizations.split(','))
        all += (all.isEmpty() ? "" : ",") + (R"({"slug":")" + slug + R"(","name":")" + slug + R"("})");
    server.script("/api/0/organizations/", FaultServer::json('[' + all + ']'));
}

/// Takes nothing.
class LockedKeychain final : public secrets::SecretStore
{
public:
    QFuture<core::Result<QString>> read(const domain::AccountId&, const QString&) override
    {
        return core::finished<QString>(core::fail(ErrorKind::Keychain, u"locked"_s));
    }
    QFuture<core::Result<void>> write(const domain::AccountId&, const QString&, const QString&) override
    {
        return core::finished<void>(core::fail(ErrorKind::Keychain, u"locked"_s));
    }
    QFuture<core::Result<void>> remove(const domain::AccountId&, const QString&) override
    {
        return core::finished<void>(core::fail(ErrorKind::Keychain, u"locked"_s));
    }
};

} // namespace

class TestSignInWays final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void peopleShareAServer();
    void whoDoesNotTellIsKnownByOrganizations();
    void aTokenOfAnotherPersonIsRefused();
    void aNewTokenKeepsTheChoice();
    void someOrganizationsOnly();
    void examineKeepsNothing();
    void anAuthorityOfOnesOwn();
    void anAcceptedCertificate();
    void headersFromTheFirstRequestOn();
    void settingsThatCannotBeUsedChangeNothing();
    void changedSettingsForgetSecrets();
    void aLockedKeychainHoldsForTheSession();

private:
    [[nodiscard]] sync::Accounts& accounts() const { return m_bench->hub->accounts(); }
    [[nodiscard]] core::Result<domain::Account> signIn(
        const FaultServer& server, const sync::NetworkWay& way = {}, const QString& secret = token) const
    {
        return outcome(accounts().signIn({server.url(), secret, {}, {}, way}));
    }
    [[nodiscard]] QString kept(const domain::AccountId& account, const QString& name)
    {
        return outcome(m_bench->tokens.read(account, name)).value_or(QString());
    }

    std::unique_ptr<HubBench> m_bench;
};

void TestSignInWays::init()
{
    m_bench = std::make_unique<HubBench>();
    m_bench->open();
}

void TestSignInWays::peopleShareAServer()
{
    FaultServer server;
    speak(server, "1");
    const auto first = signIn(server);
    QVERIFY(first);
    QCOMPARE(first->identity->id.value(), u"user:1"_s);
    QCOMPARE(first->capabilities.scopes, (QStringList{u"org:read"_s, u"event:read"_s}));
    // The same person with another token, and with other organizations: one account.
    speak(server, "1", "other");
    const auto again = signIn(server, {}, u"sntryu_another"_s);
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::Usage);
    // Somebody else in the same organization.
    speak(server, "2");
    const auto second = signIn(server, {}, u"sntryu_ofsomebodyelse"_s);
    QVERIFY(second);
    QCOMPARE(accounts().accounts().size(), 2);
}

void TestSignInWays::whoDoesNotTellIsKnownByOrganizations()
{
    FaultServer server;
    speak(server, {});
    const auto first = signIn(server);
    QVERIFY(first);
    QVERIFY(!first->identity);
    QVERIFY(!signIn(server, {}, u"sntryu_another"_s));
    speak(server, {}, "other");
    QVERIFY(signIn(server, {}, u"sntryu_another"_s));
}

void TestSignInWays::aTokenOfAnotherPersonIsRefused()
{
    FaultServer server;
    speak(server, "1");
    const auto added = signIn(server);
    QVERIFY(added);
    speak(server, "2");
    const auto renewed = outcome(accounts().renewToken(added->id, u"sntryu_ofsomebodyelse"_s));
    QVERIFY(!renewed);
    QCOMPARE(renewed.error().kind, ErrorKind::Usage);
    QVERIFY2(renewed.error().detail.contains(u"P2"_s), qPrintable(renewed.error().detail));
    QCOMPARE(kept(added->id, secrets::tokenName), token);
    QCOMPARE(accounts().account(added->id)->identity->id.value(), u"user:1"_s);
    speak(server, "1");
    QVERIFY(outcome(accounts().renewToken(added->id, u"sntryu_mynewone"_s)));
    QCOMPARE(kept(added->id, secrets::tokenName), u"sntryu_mynewone"_s);
}

void TestSignInWays::aNewTokenKeepsTheChoice()
{
    FaultServer server;
    speak(server, "1", "acme,blue,green");
    const auto added =
        outcome(accounts().signIn({server.url(), token, {}, {domain::OrganizationId(u"blue"_s)}, {}}));
    QVERIFY(added);
    const auto renewed = outcome(accounts().renewToken(added->id, u"sntryu_mynewone"_s));
    QVERIFY(renewed);
    QCOMPARE(renewed->organizations.size(), 1);
    QCOMPARE(renewed->organizations.first().id.value(), u"blue"_s);
    // Nobody tells who it is, and nothing is in common: not this account's.
    speak(server, {}, "violet");
    QVERIFY(!outcome(accounts().renewToken(added->id, u"sntryu_stranger"_s)));
}

void TestSignInWays::someOrganizationsOnly()
{
    FaultServer server;
    speak(server, "1", "acme,blue,green");
    const auto none =
        outcome(accounts().signIn({server.url(), token, {}, {domain::OrganizationId(u"red"_s)}, {}}));
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::Usage);
    const auto added = outcome(accounts().signIn({server.url(), token, {},
        {domain::OrganizationId(u"green"_s), domain::OrganizationId(u"acme"_s)}, {}}));
    QVERIFY(added);
    QCOMPARE(added->organizations.size(), 2);
    m_bench->open();
    QCOMPARE(accounts().accounts(), QList<domain::Account>{*added});
}

void TestSignInWays::examineKeepsNothing()
{
    FaultServer server;
    speak(server, "1", "acme,blue");
    const auto reach = outcome(accounts().examine(server.url(), token));
    QVERIFY(reach);
    QCOMPARE(reach->organizations.size(), 2);
    QCOMPARE(reach->scopes, (QStringList{u"org:read"_s, u"event:read"_s}));
    QVERIFY(accounts().accounts().isEmpty());
}

void TestSignInWays::anAuthorityOfOnesOwn()
{
    const Certificates made;
    made.make(u"here"_s, u"IP:127.0.0.1"_s);
    FaultServer server(made.server(u"here"_s));
    speak(server, "1");
    const auto refused = signIn(server);
    QVERIFY(!refused);
    QCOMPARE(refused.error().cause, ErrorCause::UnknownIssuer);
    QVERIFY(refused.error().certificate);
    QCOMPARE(refused.error().certificate->sha256, made.fingerprint(u"here"_s));
    QVERIFY(server.requests().isEmpty());
    sync::NetworkWay way;
    way.settings.caCertificates = QString::fromUtf8(made.authority());
    const auto added = signIn(server, way);
    QVERIFY(added);
    QCOMPARE(added->network, way.settings);
    // The new token goes the same way.
    QVERIFY(outcome(accounts().renewToken(added->id, u"sntryu_mynewone"_s)));
}

void TestSignInWays::anAcceptedCertificate()
{
    const Certificates made;
    made.makeSelfSigned(u"here"_s, u"IP:127.0.0.1"_s);
    FaultServer server(made.server(u"here"_s));
    speak(server, "1");
    const auto refused = outcome(accounts().inspect(server.url()));
    QVERIFY(!refused);
    QVERIFY(refused.error().certificate);
    sync::NetworkWay way;
    way.settings.pin.sha256 = refused.error().certificate->sha256;
    for (const ErrorCause fault : refused.error().certificate->faults)
        way.settings.pin.faults << core::errorCauseName(fault);
    QVERIFY(outcome(accounts().inspect(server.url(), way)));
    const auto added = signIn(server, way);
    QVERIFY(added);
    // Another certificate there: nothing is sent, whoever asks.
    sync::NetworkWay other = way;
    other.settings.pin.sha256 = QString(64, u'a');
    QVERIFY(outcome(accounts().setNetwork(added->id, other)));
    server.forget();
    const auto renewed = outcome(accounts().renewToken(added->id, u"sntryu_mynewone"_s));
    QVERIFY(!renewed);
    QCOMPARE(renewed.error().cause, ErrorCause::OtherCertificate);
    for (const FaultServer::Request& request : server.requests()) // late ones of the former way
        QVERIFY(request.header("Authorization") != "Bearer sntryu_mynewone");
}

void TestSignInWays::headersFromTheFirstRequestOn()
{
    FaultServer server;
    speak(server, "1");
    sync::NetworkWay way;
    way.settings.headerNames = {u"X-Gate"_s};
    way.headers = {{u"X-Gate"_s, u"open sesame"_s}};
    const auto added = signIn(server, way);
    QVERIFY(added);
    QVERIFY(server.requests().size() > 2);
    for (const FaultServer::Request& request : server.requests())
        QCOMPARE(request.header("X-Gate"), QByteArray("open sesame"));
    QCOMPARE(kept(added->id, secrets::headerName(u"X-Gate"_s)), u"open sesame"_s);
    // A restart reads it from the keychain.
    server.forget();
    m_bench->open();
    QTRY_VERIFY_WITH_TIMEOUT(!server.requests().isEmpty(), patience);
    QCOMPARE(server.requests().first().header("X-Gate"), QByteArray("open sesame"));
    const auto removed = added->id;
    accounts().remove(removed);
    QCOMPARE(kept(removed, secrets::headerName(u"X-Gate"_s)), QString());
}

void TestSignInWays::settingsThatCannotBeUsedChangeNothing()
{
    FaultServer server;
    speak(server, "1");
    sync::NetworkWay bad;
    bad.settings.headerNames = {u"Authorization"_s};
    bad.headers = {{u"Authorization"_s, u"Bearer mine"_s}};
    const auto refused = signIn(server, bad);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Usage);
    QVERIFY(server.requests().isEmpty());
    const auto added = signIn(server);
    QVERIFY(added);
    for (const QString& pem : {u"no certificate"_s, u"-----BEGIN CERTIFICATE-----\nAAAA\n"_s}) {
        sync::NetworkWay way;
        way.settings.caCertificates = pem;
        const auto changed = outcome(accounts().setNetwork(added->id, way));
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, ErrorKind::Usage);
    }
    QVERIFY(!outcome(accounts().setNetwork(added->id, bad)));
    QCOMPARE(accounts().account(added->id)->network, domain::NetworkSettings());
    QCOMPARE(kept(added->id, secrets::headerName(u"Authorization"_s)), QString());
}

void TestSignInWays::changedSettingsForgetSecrets()
{
    FaultServer server;
    speak(server, "1");
    sync::NetworkWay way;
    way.settings.headerNames = {u"X-Gate"_s, u"X-Other"_s};
    way.headers = {{u"X-Gate"_s, u"one"_s}, {u"X-Other"_s, u"two"_s}};
    const auto added = signIn(server, way);
    QVERIFY(added);
    // One goes, the other stays as it is kept, without being typed again.
    way.settings.headerNames = {u"X-Other"_s};
    way.headers.clear();
    QVERIFY(outcome(accounts().setNetwork(added->id, way)));
    QCOMPARE(kept(added->id, secrets::headerName(u"X-Gate"_s)), QString());
    QCOMPARE(kept(added->id, secrets::headerName(u"X-Other"_s)), u"two"_s);
    // What is needed and neither kept nor typed is asked for.
    way.settings.headerNames = {u"X-Other"_s, u"X-Gate"_s};
    const auto changed = outcome(accounts().setNetwork(added->id, way));
    QVERIFY(!changed);
    QCOMPARE(changed.error().kind, ErrorKind::Keychain);
    server.forget();
    QVERIFY(outcome(accounts().renewToken(added->id, u"sntryu_mynewone"_s)));
    for (const FaultServer::Request& request : server.requests()) {
        QCOMPARE(request.header("X-Gate"), QByteArray());
        QCOMPARE(request.header("X-Other"), QByteArray("two"));
    }
}

void TestSignInWays::aLockedKeychainHoldsForTheSession()
{
    FaultServer server;
    speak(server, "1");
    LockedKeychain locked;
    auto opened = sync::Hub::open(m_bench->options, m_bench->clock, locked);
    QVERIFY(opened);
    const std::unique_ptr<sync::Hub> hub = *std::move(opened);
    sync::NetworkWay way;
    way.settings.headerNames = {u"X-Gate"_s};
    way.headers = {{u"X-Gate"_s, u"one"_s}};
    const auto added = outcome(hub->accounts().signIn({server.url(), token, {}, {}, way}));
    QVERIFY(added);
    QVERIFY(!hub->accounts().keepsTokens());
    server.forget();
    // All of it is still at hand: the new client reads it again.
    way.headers.clear();
    QVERIFY(outcome(hub->accounts().setNetwork(added->id, way)));
    QTRY_VERIFY_WITH_TIMEOUT(!server.requests().isEmpty(), patience);
    QCOMPARE(server.requests().first().header("X-Gate"), QByteArray("one"));
    QCOMPARE(server.requests().first().header("Authorization"), "Bearer " + token.toUtf8());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSignInWays)
#include "tst_signinways.moc"
