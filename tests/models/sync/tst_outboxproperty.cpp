// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Random actions, random faults and SIGKILL at random moments, over real sockets and files; then the client
// comes back and the server is well. Whatever happened: the server's issues are as if the actions on disk had
// been done once each, in their order, no effect was made twice, and nothing that was promised is lost.
//
// VEDETTE_SEED starts with another history, as the test prints it; VEDETTE_FULL runs 2,000 in place of 100.

#include <QDir>
#include <QHash>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTimer>

#include "models/api/actionbody.h"
#include "models/core/mailbox.h"
#include "models/store/userdatabase.h"
#include "tests/models/sync/hubbench.h"
#include "tests/models/sync/propertyactions.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using domain::ActionState;
using tests::Acme;
using tests::FaultServer;
using Fault = FaultServer::Reply::Fault;

namespace {

constexpr int issues = 6;
constexpr int patience = 60'000;

QByteArray describe(const store::OutboxRow& row)
{
    return QByteArray::number(row.id) + " on " + row.before.id.value().toUtf8() + ": kind " +
           QByteArray::number(int(row.action.kind)) + ", state " + QByteArray::number(int(row.state)) +
           (row.error ? ", " + row.error->detail.toUtf8() : QByteArray());
}

void copyFolder(const QString& from, const QString& to)
{
    QDir().mkpath(to);
    const QFileInfoList files = QDir(from).entryInfoList(QDir::Files);
    for (const QFileInfo& file : files)
        QFile::copy(file.filePath(), to + u'/' + file.fileName());
}

} // namespace

class TestOutboxProperty final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void histories();

private:
    /// What the check after a history has to know of it.
    struct History
    {
        quint32 seed = 0;
        bool hasUndo = false;
        QSet<QString> touched; ///< issues that somebody else changed
        QSet<qint64> promised; ///< rows that were on disk after a kill
        int kills = 0;
    };

    void fillServer();
    void run(History& history, const QString& folder, QRandomGenerator& random);
    void round(History& history, const QString& folder, QRandomGenerator& random, bool isLast);
    [[nodiscard]] QByteArray lines(History& history, QRandomGenerator& random) const;
    void setFaults(QRandomGenerator& random);
    void check(const History& history, const QString& folder);
    [[nodiscard]] QList<store::OutboxRow> rowsIn(const QString& folder);

    QTemporaryDir m_folder;
    std::unique_ptr<tests::HubBench> m_bench; // its server is that of all histories
    core::Mailbox m_home;
    QHash<ActionState, int> m_ends; ///< how many rows ended so
};

/// An account, and a list in the cache so that it can be acted on offline: what each history begins with.
void TestOutboxProperty::initTestCase()
{
    m_bench = std::make_unique<tests::HubBench>();
    fillServer();
    m_bench->openWithAccount();
    static_cast<void>(m_bench->issue(u"1"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->hub->directory().me(m_bench->account).has_value(), patience);
    m_bench->hub.reset();
    // Whose account it is is known from the first moment, whatever is read first from the files.
    const QString file = m_bench->options.dataFolder + u"/user.sqlite"_s;
    const auto database = store::UserDatabase::open(file, m_home);
    QVERIFY(database.has_value());
    domain::Account account = (*database)->content().accounts.first();
    account.identity = domain::Actor{domain::ActorId(u"user:1"_s), {}, u"Ada"_s, {}, true};
    QVERIFY(tests::outcome((*database)->saveAccount(account)).has_value());
}

void TestOutboxProperty::fillServer()
{
    m_bench->acme.reset();
    m_bench->acme.addMany(issues, m_bench->acme.nowMs);
    for (int i = 1; i <= issues; ++i) {
        Acme::Row& row = m_bench->acme.row(QString::number(i));
        row.activity = {QJsonObject{{u"id"_s, u"0"_s}, {u"type"_s, u"first_seen"_s}}};
    }
    m_bench->acme.row(u"5"_s).status = u"resolved"_s;
    m_bench->acme.row(u"5"_s).substatus.clear();
    m_bench->acme.row(u"6"_s).assignee = u"user:9"_s;
}

void TestOutboxProperty::histories()
{
    const bool isFull = qEnvironmentVariableIsSet("VEDETTE_FULL");
    const quint32 first = qEnvironmentVariableIsSet("VEDETTE_SEED")
                              ? qEnvironmentVariable("VEDETTE_SEED").toUInt()
                              : QRandomGenerator::system()->generate();
    const quint32 wanted = qEnvironmentVariableIsSet("VEDETTE_HISTORIES")
                               ? qEnvironmentVariable("VEDETTE_HISTORIES").toUInt()
                               : (isFull ? 2'000 : 100);
    qInfo("%u histories, VEDETTE_SEED=%u", wanted, first);
    int kills = 0;
    for (quint32 i = 0; i < wanted; ++i) {
        History history;
        history.seed = first + i;
        QRandomGenerator random(history.seed);
        const QString folder = m_folder.filePath(QString::number(i));
        copyFolder(m_bench->options.dataFolder, folder + u"/data"_s);
        copyFolder(m_bench->options.cacheFolder, folder + u"/cache"_s);
        fillServer();
        run(history, folder, random);
        if (!QTest::currentTestFailed())
            check(history, folder);
        if (QTest::currentTestFailed()) {
            qWarning("VEDETTE_SEED=%u VEDETTE_HISTORIES=1 repeats it", history.seed);
            return;
        }
        kills += history.kills;
        QDir(folder).removeRecursively();
    }
    const int done = m_ends.value(ActionState::Done);
    const int failed = m_ends.value(ActionState::Failed);
    qInfo("%d kills; %d actions done, %d refused, %d in conflict", kills, done, failed,
        m_ends.value(ActionState::Conflict));
    // Something was tried at all.
    QVERIFY(wanted < 100 || (kills > int(wanted) / 2 && done > int(wanted) * 2 && failed > 0));
}

void TestOutboxProperty::run(History& history, const QString& folder, QRandomGenerator& random)
{
    const int rounds = random.bounded(1, 3);
    for (int i = 0; i < rounds && !QTest::currentTestFailed(); ++i) {
        round(history, folder, random, false);
        if (random.bounded(4) == 0) {
            const QString id = QString::number(random.bounded(1, issues + 1));
            history.touched.insert(id);
            m_bench->acme.changeAs(u"9"_s, u"Amira"_s, m_bench->acme.row(id),
                random.bounded(2) == 0 ? QJsonObject{{u"status"_s, u"ignored"_s}}
                                       : QJsonObject{{u"assignedTo"_s, u"user:9"_s}});
        }
    }
    if (!QTest::currentTestFailed())
        round(history, folder, random, true);
}

QByteArray TestOutboxProperty::lines(History& history, QRandomGenerator& random) const
{
    QByteArray out;
    const QByteArrayList words = tests::propertyWords();
    const int n = random.bounded(1, 5);
    for (int i = 0; i < n; ++i) {
        if (random.bounded(8) == 0) {
            history.hasUndo = true;
            out += "undo\n";
            continue;
        }
        QByteArrayList ids;
        const bool isMany = random.bounded(3) == 0;
        for (int id = 1; id <= issues; ++id) {
            if (isMany && random.bounded(3) > 0)
                ids.append(QByteArray::number(id));
        }
        if (ids.isEmpty())
            ids.append(QByteArray::number(random.bounded(1, issues + 1)));
        out += ids.join(',') + ' ' + words.at(random.bounded(int(words.size()))) + '\n';
    }
    return out;
}

void TestOutboxProperty::setFaults(QRandomGenerator& random)
{
    const auto fate = [&random]() -> Acme::Fate {
        switch (random.bounded(10)) {
        case 0:
            return {FaultServer::json(R"({"detail":"Internal Error"})", 500), false};
        case 1:
            return {FaultServer::json(R"({"detail":"Internal Error"})", 500), true};
        case 2:
            return {FaultServer::fault(Fault::Reset, {}, -1), false};
        case 3:
            return {FaultServer::fault(Fault::Reset, R"({"id":"2"})", 4), true};
        case 4:
            return {FaultServer::fault(Fault::Truncate, R"({"id":"2"})", 4), true};
        case 5:
            return {FaultServer::html(502), random.bounded(2) == 0};
        case 6:
            return {FaultServer::json(R"({"detail":"slow"})", 429).with("Retry-After", "1"), false};
        case 7:
            return {FaultServer::json(R"({"detail":"no"})", 403), false};
        case 8:
            return {FaultServer::json(R"({"detail":"odd"})", 400), true};
        default:
            return {FaultServer::fault(Fault::Hang), random.bounded(2) == 0};
        }
    };
    QList<Acme::Fate> single;
    QList<Acme::Fate> many;
    for (int i = random.bounded(4); i > 0; --i)
        single.append(fate());
    if (random.bounded(2) == 0)
        many.append(fate());
    m_bench->acme.putFates(single);
    m_bench->acme.bulkFates(many);
    m_bench->acme.setOffline(random.bounded(5) == 0);
}

/// The client runs until it is killed, or, in the last one, until it has nothing left to do.
void TestOutboxProperty::round(History& history, const QString& folder, QRandomGenerator& random, bool isLast)
{
    Acme& acme = m_bench->acme;
    if (isLast) {
        acme.putFates({});
        acme.bulkFates({});
        acme.setOffline(false);
    } else {
        setFaults(random);
    }
    const int way = isLast ? -1 : random.bounded(3);
    const int number = random.bounded(1, 40);
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_LOGGING_RULES"_s, u"*.info=false;*.warning=false"_s);
    child.setProcessEnvironment(environment);
    QSignalSpy finished(&child, &QProcess::finished);
    child.start(QStringLiteral(OUTBOX_CHILD),
        {folder, m_bench->account.value(), QString::number(way == 0 ? number * 3 : 0)});
    child.write(lines(history, random));
    if (isLast)
        child.closeWriteChannel();
    // By the n-th request; the change, if there is one, is made already.
    int requests = 0;
    QObject context;
    connect(&acme.server, &FaultServer::requested, &context, [&] {
        const bool isChange = acme.server.requests().last().method == "PUT";
        if (way == 1 && ((isChange && number % 2 == 0) || ++requests == number))
            child.kill();
    });
    // By time; and whatever was not reached ends some time.
    QTimer timer;
    connect(&timer, &QTimer::timeout, &child, &QProcess::kill);
    if (!isLast)
        timer.start(way == 2 ? number * 4 : 160);
    QVERIFY2(finished.wait(patience), "the client does not come to an end");
    if (isLast) {
        QCOMPARE(child.exitStatus(), QProcess::NormalExit);
        QCOMPARE(child.exitCode(), 0);
        return;
    }
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
    ++history.kills;
    const QList<store::OutboxRow> rows = rowsIn(folder);
    for (const store::OutboxRow& row : rows)
        history.promised.insert(row.id);
}

QList<store::OutboxRow> TestOutboxProperty::rowsIn(const QString& folder)
{
    const auto database = store::UserDatabase::open(folder + u"/data/user.sqlite"_s, m_home);
    if (!database)
        qFatal("user.sqlite: %s", qPrintable(database.error().detail));
    return (*database)->content().outbox;
}

void TestOutboxProperty::check(const History& history, const QString& folder)
{
    const Acme& acme = m_bench->acme;
    const QList<store::OutboxRow> rows = rowsIn(folder);
    QSet<qint64> there;
    QByteArray all;
    for (const store::OutboxRow& row : rows) {
        there.insert(row.id);
        all += "\n  " + describe(row);
    }
    for (const QString& applied : acme.applied())
        all += "\n  made: " + applied.toUtf8();
    QVERIFY2(history.hasUndo || there.contains(history.promised), all.constData());
    QCOMPARE(acme.strays(), QStringList());

    // The same on a server of its own.
    Acme replay;
    replay.nowMs = acme.nowMs;
    replay.addMany(issues, acme.nowMs);
    replay.row(u"5"_s).status = u"resolved"_s;
    replay.row(u"5"_s).substatus.clear();
    replay.row(u"6"_s).assignee = u"user:9"_s;
    for (const store::OutboxRow& row : rows) {
        const QString id = row.before.id.value();
        ++m_ends[row.state];
        switch (row.state) {
        case ActionState::Done: {
            const auto body = api::actionBody(row.action, false, tests::HubBench::start);
            QVERIFY(body.has_value());
            replay.changeAs(u"1"_s, u"Ada"_s, replay.row(id),
                QJsonDocument::fromJson(QByteArray::fromStdString(*body)).object());
            break;
        }
        case ActionState::Failed:
            QVERIFY2(row.error.has_value(), all.constData());
            break;
        case ActionState::Conflict:
            QVERIFY2(history.touched.contains(id) && row.conflict, all.constData());
            break;
        case ActionState::Queued:
        case ActionState::Sent:
            QFAIL(all.constData());
        }
    }
    for (int i = 1; i <= issues; ++i) {
        const QString id = QString::number(i);
        if (history.touched.contains(id))
            continue; // whose turn came when is the other one's affair
        const Acme::Row& is = m_bench->acme.row(id);
        const Acme::Row& expected = replay.row(id);
        QVERIFY2(is.state() == expected.state(),
            (id.toUtf8() + ": " + is.state().toUtf8() + " instead of " + expected.state().toUtf8() + all)
                .constData());
        // Beside the entry that was there before.
        QVERIFY2(is.activity.size() - 1 == expected.activity.size(),
            (id.toUtf8() + ": made more than once, or less" + all).constData());
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOutboxProperty)
#include "tst_outboxproperty.moc"
