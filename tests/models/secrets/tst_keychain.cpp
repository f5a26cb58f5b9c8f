// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The real Secret Service, or its absence. Run by tests/support/withkeyring, which says by the first argument
// which of the two there is, and names its throw-away folder in VEDETTE_KEYRING_WORLD.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFutureWatcher>
#include <QTest>

#include "models/secrets/keychainsecretstore.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using domain::AccountId;
using secrets::KeychainSecretStore;
using secrets::tokenName;

namespace {

const AccountId account{u"6f1e0c52-2f40-4d0c-9a57-000000000001"_s};
const AccountId other{u"6f1e0c52-2f40-4d0c-9a57-000000000002"_s};
const QString token = u"sntryu_keychain_test_0123456789abcdef"_s;

template<class T>
core::Result<T> outcome(const QFuture<core::Result<T>>& future)
{
    int finished = 0;
    QFutureWatcher<core::Result<T>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &watcher, [&finished] { ++finished; });
    watcher.setFuture(future);
    if (!QTest::qWaitFor([&finished] { return finished > 0; }, 30'000))
        qFatal("a keychain call did not end");
    if (finished != 1 || future.resultCount() != 1)
        qFatal("a keychain call ended %d times", finished);
    return future.result();
}

/// Files below our world that hold the token in plain.
QStringList leaks()
{
    QStringList out;
    QDirIterator it(qEnvironmentVariable("VEDETTE_KEYRING_WORLD"), QDir::Files | QDir::Hidden | QDir::System,
        QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (QFileInfo(file).isFile() && file.open(QIODevice::ReadOnly) &&
            file.readAll().contains(token.toUtf8()))
            out << file.fileName();
    }
    return out;
}

} // namespace

class TestKeychain final : public QObject
{
    Q_OBJECT

public:
    bool hasKeyring = false;

private slots:
    void keepsReadsAndForgets();
    void secretsOfAnAccountAreApart();
    void explainsItsAbsence();
    void dyingEndsTheCall();
    void refusesNothings();
};

void TestKeychain::keepsReadsAndForgets()
{
    if (!hasKeyring)
        QSKIP("this run has no keychain");
    {
        KeychainSecretStore store;
        QCOMPARE(outcome(store.read(account, tokenName)).error().kind, ErrorKind::NotFound);
        QVERIFY(outcome(store.write(account, tokenName, u"older"_s)));
        const auto written = outcome(store.write(account, tokenName, token));
        QVERIFY2(written, written ? "" : qPrintable(written.error().detail));
        QVERIFY(outcome(store.write(other, tokenName, u"another"_s)));
    }
    KeychainSecretStore store; // as after a restart
    QCOMPARE(outcome(store.read(account, tokenName)).value(), token);
    QCOMPARE(outcome(store.read(other, tokenName)).value(), u"another"_s);
    QVERIFY(outcome(store.remove(account, tokenName)));
    QVERIFY(outcome(store.remove(account, tokenName))); // forgotten already
    QCOMPARE(outcome(store.read(account, tokenName)).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(store.read(other, tokenName)).value(), u"another"_s);
    QCOMPARE(leaks(), QStringList());
    // It really was a keyring of this world that held them.
    const QDir keyrings(qEnvironmentVariable("XDG_DATA_HOME") + u"/keyrings"_s);
    QVERIFY(!keyrings.entryList({u"*.keyring"_s}, QDir::Files).isEmpty());
}

void TestKeychain::secretsOfAnAccountAreApart()
{
    if (!hasKeyring)
        QSKIP("this run has no keychain");
    const QString header = secrets::headerName(u"X-Way"_s);
    const QString webhook = secrets::webhookName(u"4"_s);
    KeychainSecretStore store;
    QVERIFY(outcome(store.write(account, tokenName, token)));
    QVERIFY(outcome(store.write(account, secrets::oauthName, u"pair"_s)));
    QVERIFY(outcome(store.write(account, header, u"value"_s)));
    QVERIFY(outcome(store.write(account, webhook, u"https://hooks.example/1"_s)));
    QVERIFY(outcome(store.write(other, header, u"another"_s)));
    QCOMPARE(outcome(store.read(account, tokenName)).value(), token);
    QCOMPARE(outcome(store.read(account, secrets::oauthName)).value(), u"pair"_s);
    QCOMPARE(outcome(store.read(account, header)).value(), u"value"_s);
    QVERIFY(outcome(store.remove(account, header)));
    QCOMPARE(outcome(store.read(account, header)).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(store.read(account, webhook)).value(), u"https://hooks.example/1"_s);
    QVERIFY(outcome(store.removeAll(account, {header, webhook})));
    for (const QString& name : {tokenName, secrets::oauthName, header, webhook})
        QCOMPARE(outcome(store.read(account, name)).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(store.read(other, header)).value(), u"another"_s);
    QVERIFY(outcome(store.removeAll(other, {header})));
    QCOMPARE(leaks(), QStringList());
}

void TestKeychain::explainsItsAbsence()
{
    if (hasKeyring)
        QSKIP("this run has a keychain");
    KeychainSecretStore store;
    for (const core::Error& error : {outcome(store.write(account, tokenName, token)).error(),
             outcome(store.read(account, tokenName)).error(),
             outcome(store.remove(account, tokenName)).error(),
             outcome(store.removeAll(account, {})).error()}) {
        QCOMPARE(error.kind, ErrorKind::Keychain);
        QVERIFY2(error.detail.startsWith(u"no keychain can be used here"_s), qPrintable(error.detail));
        QVERIFY(!error.detail.contains(token));
    }
    QCOMPARE(leaks(), QStringList());
}

void TestKeychain::dyingEndsTheCall()
{
    QFuture<core::Result<QString>> open;
    {
        KeychainSecretStore store;
        open = store.read(account, tokenName);
    }
    QTRY_VERIFY(open.isFinished());
    QCOMPARE(open.resultCount(), 1);
    QVERIFY(!open.result());
}

void TestKeychain::refusesNothings()
{
    KeychainSecretStore store;
    QCOMPARE(outcome(store.read({}, tokenName)).error().kind, ErrorKind::Usage);
    QCOMPARE(outcome(store.write(account, tokenName, {})).error().kind, ErrorKind::Usage);
    QCOMPARE(outcome(store.remove({}, tokenName)).error().kind, ErrorKind::Usage);
}

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 2 || qEnvironmentVariableIsEmpty("VEDETTE_KEYRING_WORLD"))
        qFatal("run by tests/support/withkeyring");
    TestKeychain test;
    test.hasKeyring = QByteArray(argv[1]) == "unlocked";
    QStringList arguments = QCoreApplication::arguments();
    arguments.removeAt(1);
    return QTest::qExec(&test, arguments);
}

#include "tst_keychain.moc"
