// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Signing in: the server first, then the token, and neither anywhere but where it belongs.

#include <QDir>
#include <QFile>
#include <QTest>

#include "models/core/runon.h"
#include "models/sync/signin.h"
#include "tests/models/sync/hubbench.h"
#include "tests/support/main.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using tests::FaultServer;
using tests::HubBench;
using tests::outcome;
using Fault = FaultServer::Reply::Fault;

namespace {

constexpr int patience = 20'000;
const QString token = u"sntryu_secret0123456789abcdef"_s;

/// A desktop without a keychain.
class NoKeychain final : public secrets::SecretStore
{
public:
    QFuture<core::Result<QString>> read(const domain::AccountId&, const QString&) override
    {
        return core::finished<QString>(core::fail(ErrorKind::Keychain, u"no keychain"_s));
    }
    QFuture<core::Result<void>> write(const domain::AccountId&, const QString&, const QString&) override
    {
        return core::finished<void>(core::fail(ErrorKind::Keychain, u"no keychain"_s));
    }
    QFuture<core::Result<void>> remove(const domain::AccountId&, const QString&) override
    {
        return core::finished<void>(core::fail(ErrorKind::Keychain, u"no keychain"_s));
    }
};

} // namespace

class TestAccounts final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void rootsOfPastedUrls_data();
    void rootsOfPastedUrls();
    void inspects();
    void aCollectorElsewhereIsAServer();
    void inspectsWhatIsNoServer_data();
    void inspectsWhatIsNoServer();
    void addsAndKeeps();
    void refusesTokens_data();
    void refusesTokens();
    void theSameAccountTwice();
    void withoutAKeychain();
    void removes();
    void tokensAreInNoFile();
    void theDirectoryIsCached();
    void aNewerDataFolderIsRefused();

private:
    [[nodiscard]] sync::Accounts& accounts() const { return m_bench->hub->accounts(); }

    std::unique_ptr<HubBench> m_bench;
};

void TestAccounts::init()
{
    m_bench = std::make_unique<HubBench>();
    m_bench->acme.addMany(3, m_bench->acme.nowMs);
    m_bench->open();
}

void TestAccounts::rootsOfPastedUrls_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QStringList>("roots");
    QTest::newRow("host") << u"https://sentry.example"_s << QStringList{u"https://sentry.example"_s};
    QTest::newRow("no scheme") << u"sentry.example"_s << QStringList{u"https://sentry.example"_s};
    QTest::newRow("this machine") << u"localhost:9000"_s << QStringList{u"http://localhost:9000"_s};
    QTest::newRow("API URL") << u"https://sentry.example/api/0/projects/"_s
                             << QStringList{u"https://sentry.example"_s};
    QTest::newRow("an issue's page") << u"https://acme.sentry.io/issues/123/?project=7#x"_s
                                     << QStringList{u"https://acme.sentry.io"_s};
    QTest::newRow("prefix") << u"https://example.com/tools/sentry/organizations/acme/issues/"_s
                            << QStringList{u"https://example.com/tools/sentry"_s,
                                   u"https://example.com/tools"_s, u"https://example.com"_s};
    QTest::newRow("password") << u"https://user:pass@sentry.example/"_s
                              << QStringList{u"https://sentry.example"_s};
    QTest::newRow("file") << u"file:///etc/passwd"_s << QStringList();
    QTest::newRow("ftp") << u"ftp://sentry.example/"_s << QStringList();
    QTest::newRow("nothing") << QString() << QStringList();
}

void TestAccounts::rootsOfPastedUrls()
{
    QFETCH(const QString, pasted);
    QFETCH(const QStringList, roots);
    QStringList found;
    for (const QUrl& url : sync::apiRootCandidates(QUrl(pasted)))
        found.append(url.toString());
    QCOMPARE(found, roots);
}

void TestAccounts::inspects()
{
    QUrl deep = m_bench->acme.url();
    deep.setPath(u"/organizations/acme/issues/7/"_s);
    const auto info = outcome(accounts().inspect(deep));
    QVERIFY(info.has_value());
    QCOMPARE(info->baseUrl, m_bench->acme.url());
    QCOMPARE(info->kind, domain::ServerKind::Sentry);
    // The token of nobody was sent.
    for (const FaultServer::Request& request : m_bench->acme.server.requests())
        QVERIFY(request.header("Authorization").isEmpty());
}

void TestAccounts::aCollectorElsewhereIsAServer()
{
    // It says what it is, but the program's own collector is another one: this needs its token at every
    // start.
    m_bench->acme.collectorVersion = "1.2.3";
    const auto info = outcome(accounts().inspect(m_bench->acme.url()));
    QVERIFY(info.has_value());
    QCOMPARE(info->kind, domain::ServerKind::Collector);
    QCOMPARE(info->version, u"1.2.3"_s);
    const auto added = outcome(accounts().add(m_bench->acme.url(), token, {}));
    QVERIFY(added.has_value());
    QCOMPARE(added->kind, domain::ServerKind::Sentry);
    m_bench->open();
    QTRY_COMPARE_WITH_TIMEOUT(
        accounts().state(added->id).phase, sync::ConnectionState::Phase::Online, patience);
}

void TestAccounts::inspectsWhatIsNoServer_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::addColumn<int>("kind");
    QTest::newRow("HTML") << FaultServer::html() << int(ErrorKind::NotSentry);
    QTest::newRow("404") << FaultServer::json("{}", 404) << int(ErrorKind::NotSentry);
    QTest::newRow("other JSON") << FaultServer::json(R"({"hello":"world"})") << int(ErrorKind::NotSentry);
    QTest::newRow("500") << FaultServer::json("{}", 500) << int(ErrorKind::Server);
    QTest::newRow("reset") << FaultServer::fault(Fault::Reset, {}, -1) << int(ErrorKind::Offline);
}

void TestAccounts::inspectsWhatIsNoServer()
{
    QFETCH(const FaultServer::Reply, reply);
    QFETCH(const int, kind);
    FaultServer server;
    server.script("/api/0/", reply);
    const auto info = outcome(accounts().inspect(server.url()));
    QVERIFY(!info.has_value());
    QCOMPARE(int(info.error().kind), kind);
    const auto added = outcome(accounts().add(server.url(), token, {}));
    QVERIFY(!added.has_value());
    QCOMPARE(int(added.error().kind), kind);
    QVERIFY(accounts().accounts().isEmpty());
}

void TestAccounts::addsAndKeeps()
{
    QSignalSpy changed(&accounts(), &sync::Accounts::accountsChanged);
    const auto added = outcome(accounts().add(m_bench->acme.url(), u"  "_s + token + u"\n"_s, u"Work"_s));
    QVERIFY(added.has_value());
    QCOMPARE(added->name, u"Work"_s);
    QCOMPARE(added->organizations.size(), 1);
    QCOMPARE(added->organizations.first().id.value(), u"acme"_s);
    QCOMPARE(changed.size(), 1);
    QVERIFY(accounts().keepsTokens());
    QTRY_COMPARE_WITH_TIMEOUT(
        accounts().state(added->id).phase, sync::ConnectionState::Phase::Online, patience);
    QCOMPARE(accounts().state(added->id).lastChecked, std::optional(HubBench::start));
    QCOMPARE(outcome(m_bench->tokens.read(added->id, secrets::tokenName)).value(), token);
    m_bench->open();
    QCOMPARE(accounts().accounts(), QList<domain::Account>{*added});
    QTRY_COMPARE_WITH_TIMEOUT(
        accounts().state(added->id).phase, sync::ConnectionState::Phase::Online, patience);
}

void TestAccounts::refusesTokens_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    QTest::newRow("for uploads") << u"sntrys_eyJpYXQiOjF9_abc"_s << int(ErrorKind::Usage);
    QTest::newRow("none") << u"  "_s << int(ErrorKind::Usage);
    QTest::newRow("two lines") << u"abc\r\nX-Evil: 1"_s << int(ErrorKind::Usage);
    QTest::newRow("wrong") << u"wrong"_s << int(ErrorKind::Unauthorized);
}

void TestAccounts::refusesTokens()
{
    QFETCH(const QString, text);
    QFETCH(const int, kind);
    m_bench->acme.refuseTokens(true);
    const auto added = outcome(accounts().add(m_bench->acme.url(), text, {}));
    QVERIFY(!added.has_value());
    QCOMPARE(int(added.error().kind), kind);
    QVERIFY(accounts().accounts().isEmpty());
    for (const FaultServer::Request& request : m_bench->acme.server.requests())
        QVERIFY(kind != int(ErrorKind::Usage) || request.header("Authorization").isEmpty());
}

void TestAccounts::theSameAccountTwice()
{
    QVERIFY(outcome(accounts().add(m_bench->acme.url(), token, {})).has_value());
    const auto again = outcome(accounts().add(m_bench->acme.url(), u"sntryu_other"_s, {}));
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().kind, ErrorKind::Usage);
    QCOMPARE(accounts().accounts().size(), 1);
}

void TestAccounts::withoutAKeychain()
{
    NoKeychain none;
    auto opened = sync::Hub::open(m_bench->options, m_bench->clock, none);
    QVERIFY(opened.has_value());
    const std::unique_ptr<sync::Hub> hub = *std::move(opened);
    const auto added = outcome(hub->accounts().add(m_bench->acme.url(), token, {}));
    QVERIFY(added.has_value());
    QVERIFY(!hub->accounts().keepsTokens());
    QTRY_COMPARE_WITH_TIMEOUT(
        hub->accounts().state(added->id).phase, sync::ConnectionState::Phase::Online, patience);
}

void TestAccounts::removes()
{
    const auto added = outcome(accounts().add(m_bench->acme.url(), token, {}));
    QVERIFY(added.has_value());
    m_bench->account = added->id;
    m_bench->issue(u"1"_s);
    accounts().remove(added->id);
    QVERIFY(accounts().accounts().isEmpty());
    QCOMPARE(outcome(m_bench->tokens.read(added->id, secrets::tokenName)).error().kind, ErrorKind::NotFound);
    m_bench->open();
    QVERIFY(accounts().accounts().isEmpty());
    const auto feed = m_bench->hub->makeIssueFeed();
    QSignalSpy reset(feed.get(), &sync::IssueFeed::rowsReset);
    feed->setQuery(m_bench->query(QString()));
    QTRY_COMPARE_WITH_TIMEOUT(reset.size(), 1, patience);
    QVERIFY(feed->rows().isEmpty());
}

void TestAccounts::tokensAreInNoFile()
{
    const auto added = outcome(accounts().add(m_bench->acme.url(), token, {}));
    QVERIFY(added.has_value());
    m_bench->account = added->id;
    m_bench->hub->attachCollector(m_bench->acme.url(), u"collector-secret-token"_s);
    m_bench->issue(u"1"_s);
    m_bench->hub.reset();
    int files = 0;
    for (const QString& folder : {m_bench->options.dataFolder, m_bench->options.cacheFolder}) {
        for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files)) {
            const QByteArray bytes = tests::readFile(file.filePath());
            QVERIFY2(!bytes.contains(token.toUtf8()), qPrintable(file.fileName()));
            QVERIFY2(!bytes.contains("collector-secret-token"), qPrintable(file.fileName()));
            ++files;
        }
    }
    QVERIFY(files >= 2);
}

void TestAccounts::theDirectoryIsCached()
{
    const auto added = outcome(accounts().add(m_bench->acme.url(), token, {}));
    QVERIFY(added.has_value());
    const auto isComplete = [this, id = added->id] {
        const sync::Directory& directory = m_bench->hub->directory();
        return directory.projects(id).size() == 2 &&
               directory.environments(id) == QStringList{u"production"_s} && directory.me(id).has_value() &&
               directory.assignees(id, {}).size() == 3;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isComplete(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!m_bench->hub->directory().state(added->id).fromCache, patience);
    const QList<domain::Actor> people = m_bench->hub->directory().assignees(added->id, {});
    QCOMPARE(people.first().name, u"Ada"_s);
    QVERIFY(people.first().isMe);
    m_bench->acme.setOffline(true);
    m_bench->open();
    QTRY_VERIFY_WITH_TIMEOUT(isComplete(), patience);
    QVERIFY(m_bench->hub->directory().state(added->id).fromCache);
    // One project's candidates are asked for when somebody wants to know.
    m_bench->acme.setOffline(false);
    m_bench->open();
    QTRY_VERIFY_WITH_TIMEOUT(isComplete(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!m_bench->hub->directory().state(added->id).fromCache, patience);
    const domain::ProjectId web(u"7"_s);
    m_bench->acme.server.forget();
    QCOMPARE(m_bench->hub->directory().assignees(added->id, web).size(), 3);
    QTRY_VERIFY_WITH_TIMEOUT(
        !m_bench->acme.server.requestsTo("/api/0/organizations/acme/users/").isEmpty(), patience);
    QVERIFY(m_bench->acme.server.requestsTo("/api/0/organizations/acme/users/")
                .first()
                .query()
                .contains("project=7"));
}

void TestAccounts::aNewerDataFolderIsRefused()
{
    m_bench->hub.reset();
    // The version number of SQLite's file header, as a program of the future would have left it.
    QFile file(m_bench->options.dataFolder + u"/user.sqlite"_s);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(60);
    file.write(QByteArray::fromHex("00002710"));
    file.close();
    const auto opened = sync::Hub::open(m_bench->options, m_bench->clock, m_bench->tokens);
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().kind, ErrorKind::NewerData);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestAccounts)
#include "tst_accounts.moc"
