// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// user.sqlite: what was said to be stored is there after a restart, whichever call to the disk fails.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include "models/core/mailbox.h"
#include "models/store/userdatabase.h"
#include "tests/models/store/randomvalues.h"
#include "tests/support/faultvfs.h"
#include "tests/support/main.h"
#include "tests/support/outcome.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using store::UserDatabase;
using tests::outcome;

namespace {

void runSql(const QString& file, const char* sql)
{
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(QFile::encodeName(file).constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    QCOMPARE(sqlite3_close(database), SQLITE_OK);
}

} // namespace

class TestUserDatabase final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { tests::FaultVfs::setDefault(true); }
    void init();
    void everythingIsThereAfterwards();
    void rowsAreChangedAndRemoved();
    void aFormerFileIsCarriedOver();
    void abilitiesOfLaterVersionsAreIgnored();
    void aNewerFileIsNotTouched();
    void opensTwice();
    void filesBelongToTheirOwner();
    void removingAnAccountRemovesAllOfIt();
    void oldRowsAreForgotten();
    void theNthCallFails();
    void theNthCallFailsWhileItIsMade();

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(u"deep/er/user.sqlite"_s); }
    std::unique_ptr<UserDatabase> open();

    std::unique_ptr<QTemporaryDir> m_folder;
    core::Mailbox m_home;
    const domain::AccountId m_account{u"account-1"_s};
};

void TestUserDatabase::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<UserDatabase> TestUserDatabase::open()
{
    auto database = UserDatabase::open(file(), m_home);
    if (!database)
        qFatal("user.sqlite: %s", qPrintable(database.error().detail));
    return *std::move(database);
}

void TestUserDatabase::everythingIsThereAfterwards()
{
    for (quint32 seed = 1; seed <= 5; ++seed) {
        init();
        tests::RandomValues random(seed);
        const QList<domain::Account> accounts = {
            random.account(u"account-2"_s), random.account(u"account-1"_s)};
        const QList<store::OutboxRow> rows = {
            random.outboxRow(m_account, 3), random.outboxRow(m_account, 4), random.outboxRow(m_account, 9)};
        const QList<store::AlertRecord> alerts = {random.alert(m_account), random.alert(m_account)};
        const store::Mark mark{m_account, random.text(), random.time()};
        const QByteArray document("\0binary\xff", 8);
        {
            const auto database = open();
            QVERIFY(database->content().accounts.isEmpty());
            for (const domain::Account& account : accounts)
                QVERIFY(outcome(database->saveAccount(account)).has_value());
            QVERIFY(outcome(database->saveOutbox(rows)).has_value());
            for (const store::AlertRecord& alert : alerts)
                QVERIFY(outcome(database->addAlert(alert)).has_value());
            QVERIFY(outcome(database->saveMark(mark)).has_value());
            database->saveDocument(u"view/list"_s, document); // finished by closing
        }
        const auto database = open();
        const UserDatabase::Content& content = database->content();
        QCOMPARE(content.accounts, accounts);
        QCOMPARE(content.outbox, rows);
        QCOMPARE(content.alerts.size(), 2);
        for (const store::AlertRecord& alert : alerts)
            QVERIFY(content.alerts.contains(alert));
        QVERIFY(content.alerts.front().raised >= content.alerts.back().raised);
        QCOMPARE(content.marks, QList<store::Mark>{mark});
        QCOMPARE(content.documents.value(u"view/list"_s), document);
    }
}

void TestUserDatabase::rowsAreChangedAndRemoved()
{
    tests::RandomValues random(5);
    store::OutboxRow row = random.outboxRow(m_account, 1);
    row.state = domain::ActionState::Queued;
    domain::Account account = random.account(u"account-1"_s);
    {
        const auto database = open();
        database->saveOutbox({row, random.outboxRow(m_account, 2)});
        row.state = domain::ActionState::Sent;
        row.attempts = 7;
        row.error = random.error();
        row.known = domain::basisOf(random.issue(m_account, random.text()), random.text());
        row.conflict = domain::Conflict{};
        database->saveOutbox({row});
        database->removeOutbox({2});
        database->saveAccount(account);
        database->saveAccount(random.account(u"account-2"_s));
        account.name = u"renamed"_s;
        account.organizations.removeFirst();
        QVERIFY(outcome(database->saveAccount(account)).has_value());
    }
    const auto database = open();
    QCOMPARE(database->content().outbox, QList<store::OutboxRow>{row});
    QCOMPARE(database->content().accounts.front(), account); // it kept its place
}

/// Accounts, actions and alerts that the first schema kept are all there, with nothing known of what is new.
void TestUserDatabase::aFormerFileIsCarriedOver()
{
    static_cast<void>(open());
    QVERIFY(QFile::remove(file()));
    QFile::remove(file() + u"-wal"_s);
    QFile::remove(file() + u"-shm"_s);
    QFile first(u":/store/migrations/user/0001_first.sql"_s);
    QVERIFY(first.open(QIODevice::ReadOnly));
    const QByteArray sql =
        first.readAll() +
        "INSERT INTO account VALUES ('a1', 1, 'Work', 'https://sentry.example', 'sentry', '', 3);"
        "INSERT INTO organization VALUES ('a1', 0, 'acme', 'Acme', '');"
        "INSERT INTO outbox VALUES (4, 'a1', 'acme', '7', 4, 'resolve', '', "
        "'{\"id\":\"7\",\"title\":\"T\",\"status\":\"unresolved\"}', 'queued', 5, 6, 1, '');"
        "INSERT INTO mark VALUES ('a1', 'watch', 9);"
        "PRAGMA user_version = 1;";
    runSql(file(), sql.constData());
    const auto database = open();
    const UserDatabase::Content& content = database->content();
    QCOMPARE(content.accounts.size(), 1);
    domain::Account account;
    account.id = domain::AccountId(u"a1"_s);
    account.name = u"Work"_s;
    account.baseUrl = QUrl(u"https://sentry.example"_s);
    account.kind = domain::ServerKind::Sentry;
    account.organizations = {{domain::OrganizationId(u"acme"_s), u"Acme"_s, {}}};
    account.colour = 3;
    QCOMPARE(content.accounts.first(), account);
    QCOMPARE(content.outbox.size(), 1);
    const store::OutboxRow& row = content.outbox.first();
    QCOMPARE(row.state, domain::ActionState::Queued);
    QCOMPARE(row.before.title, u"T"_s);
    QVERIFY(!row.known && !row.conflict);
    QVERIFY(row.action.details.isEmpty() && row.action.priority.isEmpty());
    QCOMPARE(row.action.substatus, domain::Substatus::None);
    QCOMPARE(row.undoes, 0);
    QCOMPARE(keyOf(row.before),
        (domain::IssueKey{account.id, domain::OrganizationId(u"acme"_s), domain::IssueId(u"7"_s)}));
    QCOMPARE(content.marks.size(), 1);
    account.isPaused = true;
    account.network.headerNames = {u"X-Way"_s};
    QVERIFY(outcome(database->saveAccount(account)).has_value());
    QCOMPARE(open()->content().accounts.first(), account);
}

void TestUserDatabase::abilitiesOfLaterVersionsAreIgnored()
{
    tests::RandomValues random(8);
    QVERIFY(outcome(open()->saveAccount(random.account(u"a1"_s))).has_value());
    runSql(file(),
        "UPDATE account SET capabilities = '{\"findings\":[{\"ability\":\"teleport\",\"isAble\":true},"
        "{\"ability\":\"merge\",\"reason\":\"whim\"}]}', network = 'not JSON', credential = '[3]', "
        "identity = '{\"id\":7}'");
    const domain::Account account = open()->content().accounts.first();
    QCOMPARE(account.capabilities.findings.size(), 1);
    QVERIFY(account.capabilities.find(domain::Ability::Merge) != nullptr);
    QVERIFY(account.capabilities.find(domain::Ability::Unknown) == nullptr);
    QCOMPARE(account.network, domain::NetworkSettings());
    QCOMPARE(account.credential, domain::Credential());
    QCOMPARE(account.identity->id.value(), u"7"_s);
}

void TestUserDatabase::aNewerFileIsNotTouched()
{
    open();
    runSql(file(), "PRAGMA journal_mode = DELETE; PRAGMA user_version = 9999;");
    const QByteArray before = tests::readFile(file());
    const QStringList names = QFileInfo(file()).dir().entryList(QDir::Files);
    const auto database = UserDatabase::open(file(), m_home);
    QVERIFY(!database.has_value());
    QCOMPARE(database.error().kind, ErrorKind::NewerData);
    QCOMPARE(tests::readFile(file()), before);
    QCOMPARE(QFileInfo(file()).dir().entryList(QDir::Files), names);
}

void TestUserDatabase::opensTwice()
{
    tests::RandomValues random(1);
    const auto first = open();
    const auto second = open();
    QVERIFY(outcome(first->saveOutbox({random.outboxRow(m_account, 1)})).has_value());
    QVERIFY(outcome(second->saveOutbox({random.outboxRow(m_account, 2)})).has_value());
    QCOMPARE(open()->content().outbox.size(), 2);
}

void TestUserDatabase::filesBelongToTheirOwner()
{
    const auto database = open();
    QVERIFY(outcome(database->saveMark({m_account, u"m"_s, {}})).has_value());
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    const QFileInfoList files = QFileInfo(file()).dir().entryInfoList(QDir::Files);
    QVERIFY(files.size() >= 2); // the file and its -wal
    for (const QFileInfo& info : files)
        QVERIFY2((info.permissions() & others) == 0, qPrintable(info.fileName()));
}

void TestUserDatabase::removingAnAccountRemovesAllOfIt()
{
    tests::RandomValues random(3);
    const domain::AccountId other(u"account-2"_s);
    {
        const auto database = open();
        for (const domain::AccountId& account : {m_account, other}) {
            database->saveAccount(random.account(account.value()));
            database->saveOutbox({random.outboxRow(account, account == other ? 2 : 1)});
            database->addAlert(random.alert(account));
            database->saveMark({account, u"watch"_s, random.time()});
        }
        QVERIFY(outcome(database->removeAccount(m_account)).has_value());
    }
    const auto database = open();
    const UserDatabase::Content& content = database->content();
    QCOMPARE(content.accounts.size(), 1);
    QCOMPARE(content.accounts.front().id, other);
    QCOMPARE(content.outbox.size(), 1);
    QCOMPARE(content.outbox.front().before.account, other);
    QCOMPARE(content.alerts.size(), 1);
    QCOMPARE(content.marks.size(), 1);
}

void TestUserDatabase::oldRowsAreForgotten()
{
    tests::RandomValues random(3);
    const core::TimePoint now{std::chrono::milliseconds(1'763'600'400'000)};
    QList<store::OutboxRow> rows;
    for (const auto state : {domain::ActionState::Queued, domain::ActionState::Sent,
             domain::ActionState::Conflict, domain::ActionState::Done, domain::ActionState::Failed}) {
        store::OutboxRow row = random.outboxRow(m_account, rows.size() + 1);
        row.state = state;
        row.changed = now - std::chrono::hours(1000);
        rows.append(row);
    }
    {
        const auto database = open();
        database->saveOutbox(rows);
        QVERIFY(outcome(database->forgetBefore(now)).has_value());
    }
    // What was never carried out is never forgotten.
    QCOMPARE(open()->content().outbox, rows.mid(0, 3));
}

/// The disk fails once, at every place in turn: what was reported as stored is there afterwards, and the
/// program goes on.
void TestUserDatabase::theNthCallFails()
{
    tests::RandomValues random(11);
    const store::OutboxRow kept = random.outboxRow(m_account, 1);
    const domain::Account account = random.account(u"account-1"_s);
    QVERIFY(outcome(open()->saveOutbox({kept})).has_value());
    const QTemporaryDir start;
    const QString original = start.filePath(u"user.sqlite"_s);
    QVERIFY(QFile::copy(file(), original));
    int failures = 0;
    for (int n = 0;; ++n) {
        QVERIFY2(n < 5'000, "it never runs untouched");
        init();
        QVERIFY(QDir().mkpath(QFileInfo(file()).path()) && QFile::copy(original, file()));
        QList<qint64> promised;
        bool accountPromised = false;
        tests::FaultVfs::failOnce(n);
        if (auto database = UserDatabase::open(file(), m_home)) {
            // Three that wait together, then one by itself.
            QList<QFuture<core::Result<void>>> futures;
            for (qint64 id = 2; id <= 4; ++id)
                futures.append((*database)->saveOutbox({random.outboxRow(m_account, id)}));
            for (qsizetype i = 0; i < futures.size(); ++i) {
                if (outcome(futures.at(i)))
                    promised.append(i + 2);
            }
            accountPromised = outcome((*database)->saveAccount(account)).has_value();
            if (outcome((*database)->saveOutbox({random.outboxRow(m_account, 5)})))
                promised.append(5);
        } else {
            QCOMPARE(database.error().kind, ErrorKind::Storage);
        }
        const bool hasFailed = tests::FaultVfs::disarm();
        const auto database = open();
        QList<qint64> present;
        for (const store::OutboxRow& row : database->content().outbox)
            present.append(row.id);
        QVERIFY(present.contains(1));
        QCOMPARE(database->content().outbox.front(), kept);
        for (const qint64 id : std::as_const(promised))
            QVERIFY2(present.contains(id), qPrintable(u"row %1 was lost at call %2"_s.arg(id).arg(n)));
        if (accountPromised)
            QCOMPARE(database->content().accounts, QList<domain::Account>{account});
        if (!hasFailed) {
            QCOMPARE(promised.size(), 4);
            break;
        }
        ++failures;
    }
    QVERIFY(failures > 20);
}

void TestUserDatabase::theNthCallFailsWhileItIsMade()
{
    for (int n = 0;; ++n) {
        QVERIFY2(n < 5'000, "it never runs untouched");
        init();
        tests::FaultVfs::failOnce(n);
        const auto made = UserDatabase::open(file(), m_home);
        const bool hasFailed = tests::FaultVfs::disarm();
        QVERIFY(made.has_value() || made.error().kind == ErrorKind::Storage);
        // Half made is no reason to refuse it for ever.
        QVERIFY(outcome(open()->saveMark({m_account, u"m"_s, {}})).has_value());
        if (!hasFailed)
            break;
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestUserDatabase)
#include "tst_userdatabase.moc"
