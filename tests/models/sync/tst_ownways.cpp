// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Accounts go to their servers each by a way of its own: what one server asks for holds up no other.

#include <QDir>
#include <QFile>
#include <QTest>

#include "models/core/mailbox.h"
#include "models/secrets/secretstore.h"
#include "models/store/userdatabase.h"
#include "tests/models/sync/hubbench.h"
#include "tests/support/certificates.h"
#include "tests/support/faultproxy.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestOwnWays final : public QObject
{
    Q_OBJECT

private slots:
    void aPauseIsOneAccounts();
    void networkSettingsAreKept();
    void aMissingSecretSendsNothing();
    void aCertificateFileIsRead();

private:
    /// Signs in, then gives the account these settings, as a restart finds them.
    static void reopenWith(HubBench& bench, const domain::NetworkSettings& settings);
};

void TestOwnWays::reopenWith(HubBench& bench, const domain::NetworkSettings& settings)
{
    bench.openWithAccount();
    bench.hub.reset();
    {
        core::Mailbox home;
        const auto user =
            store::UserDatabase::open(QDir(bench.options.dataFolder).filePath(u"user.sqlite"_s), home);
        QVERIFY(user);
        domain::Account account = (*user)->content().accounts.first();
        account.network = settings;
        QVERIFY(outcome((*user)->saveAccount(account)));
    }
    bench.acme.server.forget();
}

void TestOwnWays::aPauseIsOneAccounts()
{
    HubBench bench;
    bench.acme.addMany(3, bench.acme.nowMs);
    bench.openWithAccount();
    Acme strict;
    strict.nowMs = bench.acme.nowMs;
    strict.addMany(3, strict.nowMs);
    const auto second = outcome(bench.hub->accounts().add(strict.url(), u"sntryu_9876543210"_s, {}));
    QVERIFY(second);
    const auto showing = [&bench](const domain::AccountId& account) {
        auto feed = bench.hub->makeIssueFeed();
        sync::IssueQuery query = bench.query();
        query.scopes = {domain::Scope(account)};
        feed->setQuery(query);
        return feed;
    };
    const auto slowDown = FaultServer::json(R"({"message":"slow down"})", 429).with("Retry-After", "600");
    strict.listReplies({slowDown, slowDown, slowDown, slowDown, slowDown, slowDown, slowDown, slowDown});
    const auto held = showing(second->id);
    QTRY_VERIFY_WITH_TIMEOUT(held->state().error && !held->state().loading, patience);
    QCOMPARE(held->state().error->kind, ErrorKind::RateLimited);
    // Another look sends nothing there, whoever looks.
    const int asked = strict.listRequests();
    const auto again = showing(second->id);
    QTRY_VERIFY_WITH_TIMEOUT(again->state().error && !again->state().loading, patience);
    QCOMPARE(again->state().error->cause, core::ErrorCause::HeldBack);
    QVERIFY(again->state().error->retryAfter.value_or(std::chrono::seconds(0)) > std::chrono::seconds(500));
    QCOMPARE(strict.listRequests(), asked);
    // The other account knows nothing of it.
    const auto free = showing(bench.account);
    QTRY_VERIFY_WITH_TIMEOUT(
        free->state().asOf && !free->state().fromCache && !free->state().loading, patience);
    QVERIFY(!free->state().error);
    QCOMPARE(free->rows().size(), 3);
    // It ends by the time that passes, and not by the date.
    bench.clock.set(bench.clock.now() + std::chrono::hours(1));
    again->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!again->state().loading, patience);
    QCOMPARE(strict.listRequests(), asked);
    strict.listReplies({});
    bench.clock.advance(std::chrono::hours(1));
    again->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(again->state().asOf && !again->state().error, patience);
    QVERIFY(strict.listRequests() > asked);
}

void TestOwnWays::networkSettingsAreKept()
{
    FaultProxy proxy(FaultProxy::Mood::WantsPassword);
    proxy.setPassword("ada", "open sesame");
    HubBench bench;
    bench.acme.addMany(3, bench.acme.nowMs);
    domain::NetworkSettings settings;
    settings.headerNames = {u"CF-Access-Client-Id"_s, u"CF-Access-Client-Secret"_s};
    settings.proxy = {domain::Proxy::Kind::Http, u"127.0.0.1"_s, proxy.port(), u"ada"_s};
    reopenWith(bench, settings);
    const auto keep = [&bench](const QString& name, const QString& secret) {
        QVERIFY(outcome(bench.tokens.write(bench.account, name, secret)));
    };
    keep(secrets::headerName(u"CF-Access-Client-Id"_s), u"id.access"_s);
    keep(secrets::headerName(u"CF-Access-Client-Secret"_s), u"s3cr3t"_s);
    keep(secrets::proxyName, u"open sesame"_s);
    bench.open();
    const auto feed = bench.hub->makeIssueFeed();
    feed->setQuery(bench.query());
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().asOf && !feed->state().loading, patience);
    QVERIFY(!feed->state().error);
    QVERIFY(proxy.passed() > 0);
    QVERIFY(!bench.acme.server.requests().isEmpty());
    for (const FaultServer::Request& request : bench.acme.server.requests()) {
        QCOMPARE(request.header("CF-Access-Client-Id"), QByteArray("id.access"));
        QCOMPARE(request.header("CF-Access-Client-Secret"), QByteArray("s3cr3t"));
    }
}

void TestOwnWays::aMissingSecretSendsNothing()
{
    HubBench bench;
    bench.acme.addMany(3, bench.acme.nowMs);
    domain::NetworkSettings settings;
    settings.headerNames = {u"X-Gate"_s};
    reopenWith(bench, settings);
    bench.open();
    QTRY_COMPARE_WITH_TIMEOUT(
        bench.hub->accounts().state(bench.account).phase, sync::ConnectionState::Phase::NeedsToken, patience);
    QCOMPARE(bench.hub->accounts().state(bench.account).error->kind, ErrorKind::Keychain);
    QVERIFY(bench.acme.server.requests().isEmpty());
}

void TestOwnWays::aCertificateFileIsRead()
{
    HubBench bench;
    bench.acme.addMany(3, bench.acme.nowMs);
    domain::NetworkSettings settings;
    settings.clientCertificate = bench.folder.filePath(u"none.pem"_s);
    reopenWith(bench, settings);
    bench.open();
    QTRY_VERIFY_WITH_TIMEOUT(bench.hub->accounts().state(bench.account).error, patience);
    QCOMPARE(bench.hub->accounts().state(bench.account).error->kind, ErrorKind::Storage);
    QVERIFY(bench.acme.server.requests().isEmpty());
    // It is there, with its key behind a passphrase.
    const Certificates made;
    made.makeClient(u"ada"_s, u"ada"_s, u"a pass phrase"_s);
    QFile file(settings.clientCertificate);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(made.pem(u"ada"_s) + made.key(u"ada"_s));
    file.close();
    QVERIFY(outcome(bench.tokens.write(bench.account, secrets::clientKeyName, u"a pass phrase"_s)));
    bench.open();
    const auto feed = bench.hub->makeIssueFeed();
    feed->setQuery(bench.query());
    QTRY_VERIFY_WITH_TIMEOUT(
        feed->state().asOf && !feed->state().fromCache && !feed->state().loading, patience);
    QVERIFY(!feed->state().error);
    QCOMPARE(feed->rows().size(), 3);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOwnWays)
#include "tst_ownways.moc"
