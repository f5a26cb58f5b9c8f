// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The commands about issues, on a real hub in front of a real collector.

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include "app/collector/collector.h"
#include "app/commands/clientcommand.h"
#include "models/secrets/memorysecretstore.h"
#include "models/sync/hub.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using collector::Collector;

namespace {

constexpr int patience = 60'000;

struct Answer
{
    int exitCode = -1;
    QString out;
    QString err;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
    [[nodiscard]] QJsonArray rows() const { return json().value("issues"_L1).toArray(); }
};

} // namespace

class TestIssueCommands final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void lists();
    void listsInTheOrderThatIsWanted();
    void findsByWhateverIsPasted_data();
    void findsByWhateverIsPasted();
    void showsTheLatestEvent();
    void hostileTextMovesNothing();
    void actsOnSeveral();
    void actsOnNoneWhereOneIsMissing();
    void assigns();
    void refuses_data();
    void refuses();
    void withoutTheServer();
    void withoutAccounts();
    void takesNoOtherCommands();

private:
    Answer run(const QStringList& words);
    /// As an SDK would; what is sent is acknowledged when this returns.
    void send(const QString& type, const QString& value, int count = 1);

    std::unique_ptr<QTemporaryDir> m_folder;
    core::SystemClock m_clock;
    secrets::MemorySecretStore m_tokens;
    QNetworkAccessManager m_network;
    std::unique_ptr<Collector> m_collector;
    std::unique_ptr<sync::Hub> m_hub;
    int m_events = 0;
};

void TestIssueCommands::init()
{
    m_events = 0;
    m_folder = std::make_unique<QTemporaryDir>();
    Collector::Options options;
    options.dataDir = m_folder->path().toStdString();
    options.port = 0;
    options.version = "test";
    auto started = Collector::start(options, m_clock);
    QVERIFY2(started.has_value(), started ? "" : qPrintable(started.error().detail));
    m_collector = *std::move(started);
    sync::Hub::Options hubOptions;
    hubOptions.dataFolder = m_folder->filePath(u"data"_s);
    hubOptions.cacheFolder = m_folder->filePath(u"cache"_s);
    hubOptions.requestTimeout = std::chrono::seconds(10);
    QVERIFY(QDir().mkpath(hubOptions.dataFolder) && QDir().mkpath(hubOptions.cacheFolder));
    auto hub = sync::Hub::open(hubOptions, m_clock, m_tokens);
    QVERIFY(hub.has_value());
    m_hub = *std::move(hub);
    m_hub->attachCollector(
        QUrl(QString::fromStdString(m_collector->url())), QString::fromStdString(m_collector->token()));
}

void TestIssueCommands::cleanup()
{
    m_hub.reset();
    m_collector.reset();
}

Answer TestIssueCommands::run(const QStringList& words)
{
    std::optional<QJsonObject> answer;
    app::runBroughtCommand(words, *m_hub, [&answer](const QJsonObject& given) { answer = given; });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, patience))
        qFatal("no answer to %s", qPrintable(words.join(u' ')));
    return {answer->value("exitCode"_L1).toInt(-1), answer->value("out"_L1).toString(),
        answer->value("err"_L1).toString()};
}

void TestIssueCommands::send(const QString& type, const QString& value, int count)
{
    const QUrl dsn(QString::fromStdString(m_collector->dsn(*m_collector->firstProject())));
    for (int i = 0; i < count; ++i) {
        const QJsonObject frame{
            {u"function"_s, u"run"_s}, {u"filename"_s, u"app.py"_s}, {u"lineno"_s, 7}, {u"in_app"_s, true}};
        const QJsonObject exception{{u"type"_s, type}, {u"value"_s, value},
            {u"stacktrace"_s, QJsonObject{{u"frames"_s, QJsonArray{frame}}}}};
        const QJsonObject event{{u"event_id"_s, u"%1"_s.arg(++m_events, 32, 16, QChar(u'0'))},
            {u"platform"_s, u"python"_s}, {u"release"_s, u"shop@1.2"_s}, {u"fingerprint"_s, QJsonArray{type}},
            {u"user"_s, QJsonObject{{u"id"_s, QString::number(i)}}},
            {u"exception"_s, QJsonObject{{u"values"_s, QJsonArray{exception}}}}};
        QUrl url = dsn;
        url.setUserInfo({});
        url.setPath(u"/api"_s + dsn.path() + u"/store/"_s);
        QNetworkRequest request(url);
        request.setRawHeader(
            "X-Sentry-Auth", "Sentry sentry_version=7, sentry_key=" + dsn.userName().toLatin1());
        const std::unique_ptr<QNetworkReply> reply(m_network.post(request, QJsonDocument(event).toJson()));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        QVERIFY(finished.wait(patience));
        QCOMPARE(reply->error(), QNetworkReply::NoError);
    }
}

void TestIssueCommands::lists()
{
    send(u"KeyError"_s, u"cart"_s, 3);
    send(u"ValueError"_s, u"price"_s);
    const Answer text = run({u"issues"_s});
    QCOMPARE(text.exitCode, 0);
    QCOMPARE(text.err, QString());
    const QStringList lines = text.out.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines.at(0).startsWith(u"ID "_s));
    QVERIFY2(
        lines.at(1).contains(u"KeyError: cart"_s) && lines.at(1).contains(u" 3 "_s), qPrintable(text.out));
    QVERIFY(lines.at(2).contains(u"ValueError: price"_s));

    const Answer json = run({u"issues"_s, u"--json"_s, u"--limit"_s, u"1"_s});
    QCOMPARE(json.exitCode, 0);
    QCOMPARE(json.rows().size(), 1);
    const QJsonObject row = json.rows().first().toObject();
    QCOMPARE(row.value("title"_L1).toString(), u"KeyError: cart"_s);
    QCOMPARE(row.value("count"_L1).toInt(), 3);
    QCOMPARE(row.value("userCount"_L1).toInt(), 3);
    QCOMPARE(row.value("status"_L1).toString(), u"unresolved"_s);
    QVERIFY(row.value("assignedTo"_L1).isNull());
    QVERIFY(row.value("lastSeen"_L1).toString().endsWith(u'Z'));
    const QJsonObject source = json.json().value("accounts"_L1).toArray().first().toObject();
    QCOMPARE(source.value("name"_L1).toString(), m_hub->accounts().accounts().first().name);
    QVERIFY(source.value("error"_L1).isNull());
    QVERIFY(!source.value("isStale"_L1).toBool(true));

    const Answer some = run({u"issues"_s, u"--json"_s, u"is:unresolved"_s, u"price"_s});
    QCOMPARE(some.rows().size(), 1);
    QCOMPARE(run({u"issues"_s, u"is:resolved"_s}).out, QString());
}

void TestIssueCommands::listsInTheOrderThatIsWanted()
{
    send(u"First"_s, u"a"_s, 2);
    send(u"Second"_s, u"b"_s, 1);
    const auto firstOf = [this](const QStringList& words) {
        return run(QStringList{u"issues"_s, u"--json"_s} + words)
            .rows()
            .first()
            .toObject()
            .value("title"_L1)
            .toString();
    };
    QCOMPARE(firstOf({}), u"First: a"_s);
    QCOMPARE(firstOf({u"--sort"_s, u"last-seen"_s}), u"Second: b"_s);
    QCOMPARE(firstOf({u"--sort"_s, u"first-seen"_s, u"--period"_s, u"24h"_s}), u"Second: b"_s);
    QCOMPARE(firstOf({u"--sort"_s, u"users"_s}), u"First: a"_s);
}

void TestIssueCommands::findsByWhateverIsPasted_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::newRow("number") << u"1"_s;
    QTest::newRow("short id") << u"default-1"_s;
    QTest::newRow("event") << u"00000000000000000000000000000001"_s;
    QTest::newRow("page") << u"%1/organizations/local/issues/1/"_s;
}

void TestIssueCommands::findsByWhateverIsPasted()
{
    QFETCH(QString, pasted);
    send(u"KeyError"_s, u"cart"_s);
    if (pasted.contains(u'%'))
        pasted = pasted.arg(QString::fromStdString(m_collector->url()));
    const Answer answer = run({u"issue"_s, u"--json"_s, pasted});
    QVERIFY2(answer.exitCode == 0, qPrintable(answer.err));
    QCOMPARE(answer.json().value("issue"_L1).toObject().value("title"_L1).toString(), u"KeyError: cart"_s);
}

void TestIssueCommands::showsTheLatestEvent()
{
    send(u"KeyError"_s, u"cart"_s, 2);
    const Answer text = run({u"issue"_s, u"DEFAULT-1"_s});
    QCOMPARE(text.exitCode, 0);
    for (const QString& part : {u"DEFAULT-1  KeyError: cart"_s, u"Events:       2"_s, u"in shop@1.2"_s,
             u"00000000000000000000000000000002"_s, u"* run  app.py:7"_s})
        QVERIFY2(text.out.contains(part), qPrintable(part + u" is missing in "_s + text.out));
    const QJsonObject event =
        run({u"issue"_s, u"DEFAULT-1"_s, u"--json"_s}).json().value("event"_L1).toObject();
    QCOMPARE(event.value("id"_L1).toString(), u"00000000000000000000000000000002"_s);
    const QJsonObject exception = event.value("exceptions"_L1).toArray().first().toObject();
    QCOMPARE(exception.value("type"_L1).toString(), u"KeyError"_s);
    QCOMPARE(exception.value("frames"_L1).toArray().first().toObject().value("line"_L1).toInt(), 7);
}

void TestIssueCommands::hostileTextMovesNothing()
{
    send(u"Evil\u001b[2J"_s, u"a\u202eb\nDEFAULT-9  forged\u0007"_s);
    for (const QStringList& words : {QStringList{u"issues"_s}, QStringList{u"issue"_s, u"1"_s}}) {
        const Answer answer = run(words);
        QCOMPARE(answer.exitCode, 0);
        QVERIFY(answer.out.contains(u"Evil"_s));
        QVERIFY(!answer.out.contains(u'\u001b'));
        QVERIFY(!answer.out.contains(u'\u0007'));
        QVERIFY(!answer.out.contains(u'\u202e'));
        QVERIFY(!answer.out.contains(u"\nDEFAULT-9"_s));
    }
}

void TestIssueCommands::actsOnSeveral()
{
    send(u"KeyError"_s, u"cart"_s);
    send(u"ValueError"_s, u"price"_s);
    const Answer resolved = run({u"resolve"_s, u"DEFAULT-1"_s, u"2"_s, u"default-1"_s, u"--json"_s});
    QVERIFY2(resolved.exitCode == 0, qPrintable(resolved.err + resolved.out));
    QCOMPARE(resolved.rows().size(), 2);
    for (const auto& row : resolved.rows()) {
        QCOMPARE(row.toObject().value("outcome"_L1).toString(), u"done"_s);
        QCOMPARE(row.toObject().value("status"_L1).toString(), u"resolved"_s);
    }
    QCOMPARE(run({u"issues"_s, u"--json"_s, u"is:resolved"_s}).rows().size(), 2); // as the server says
    const Answer reopened = run({u"reopen"_s, u"1"_s});
    QCOMPARE(reopened.exitCode, 0);
    QCOMPARE(reopened.out, u"DEFAULT-1  unresolved\n"_s);
    QCOMPARE(run({u"archive"_s, u"2"_s}).out, u"DEFAULT-2  archived\n"_s);
    QCOMPARE(run({u"issues"_s, u"--json"_s, u"is:archived"_s}).rows().size(), 1);
}

void TestIssueCommands::actsOnNoneWhereOneIsMissing()
{
    send(u"KeyError"_s, u"cart"_s);
    const Answer answer = run({u"resolve"_s, u"1"_s, u"DEFAULT-77"_s});
    QCOMPARE(answer.exitCode, 4);
    QVERIFY(answer.err.contains(u"DEFAULT-77"_s));
    QCOMPARE(run({u"issues"_s, u"--json"_s}).rows().size(), 1);
}

void TestIssueCommands::assigns()
{
    send(u"KeyError"_s, u"cart"_s);
    const auto assignee = [this] {
        return run({u"issue"_s, u"1"_s, u"--json"_s})
            .json()
            .value("issue"_L1)
            .toObject()
            .value("assignedTo"_L1);
    };
    const Answer mine = run({u"assign"_s, u"1"_s, u"me"_s});
    QVERIFY2(mine.exitCode == 0, qPrintable(mine.err));
    const QString me = assignee().toString();
    QVERIFY(!me.isEmpty());
    QVERIFY(mine.out.contains(u"assigned to "_s + me));
    QCOMPARE(run({u"assign"_s, u"1"_s, u"nobody"_s}).exitCode, 0);
    QVERIFY(assignee().isNull());
    QCOMPARE(run({u"assign"_s, u"1"_s, me.toUpper()}).exitCode, 0);
    QCOMPARE(assignee().toString(), me);
    const Answer stranger = run({u"assign"_s, u"1"_s, u"stranger@example.org"_s});
    QCOMPARE(stranger.exitCode, 4);
    QVERIFY(stranger.err.contains(u"stranger@example.org"_s));
}

void TestIssueCommands::refuses_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("order") << QStringList{u"issues"_s, u"--sort"_s, u"size"_s} << 2;
    QTest::newRow("period") << QStringList{u"issues"_s, u"--period"_s, u"2y"_s} << 2;
    QTest::newRow("limit") << QStringList{u"issues"_s, u"--limit"_s, u"0"_s} << 2;
    QTest::newRow("limit is no number") << QStringList{u"issues"_s, u"--limit"_s, u"many"_s} << 2;
    QTest::newRow("wait") << QStringList{u"resolve"_s, u"1"_s, u"--wait"_s, u"-1"_s} << 2;
    QTest::newRow("account") << QStringList{u"issues"_s, u"--account"_s, u"nowhere"_s} << 4;
    QTest::newRow("no id") << QStringList{u"issue"_s, u"is:unresolved"_s} << 2;
    QTest::newRow("unknown number") << QStringList{u"issue"_s, u"99"_s} << 4;
    QTest::newRow("another server") << QStringList{u"issue"_s,
                                           u"https://example.org/organizations/local/issues/1/"_s}
                                    << 4;
    QTest::newRow("query") << QStringList{u"issues"_s, u"is:nonsense"_s} << 1;
}

void TestIssueCommands::refuses()
{
    QFETCH(const QStringList, words);
    QFETCH(const int, exitCode);
    send(u"KeyError"_s, u"cart"_s);
    const Answer answer = run(words);
    QCOMPARE(answer.exitCode, exitCode);
    QCOMPARE(answer.out, QString());
    QVERIFY(answer.err.startsWith(u"vedette "_s));
}

void TestIssueCommands::withoutTheServer()
{
    send(u"KeyError"_s, u"cart"_s);
    QCOMPARE(run({u"issues"_s, u"--json"_s}).rows().size(), 1);
    m_collector.reset();
    const Answer list = run({u"issues"_s, u"--json"_s});
    QCOMPARE(list.exitCode, 1);
    QCOMPARE(list.rows().size(), 1); // what was known
    const QJsonObject source = list.json().value("accounts"_L1).toArray().first().toObject();
    QVERIFY(source.value("isStale"_L1).toBool());
    QCOMPARE(source.value("error"_L1).toObject().value("kind"_L1).toString(), u"offline"_s);
    QVERIFY(list.err.contains(u"as of"_s));
    QCOMPARE(run({u"issue"_s, u"1"_s}).exitCode, 1);
}

void TestIssueCommands::withoutAccounts()
{
    const QTemporaryDir folder;
    auto hub =
        sync::Hub::open({.dataFolder = folder.path(), .cacheFolder = folder.path()}, m_clock, m_tokens);
    QVERIFY(hub.has_value());
    std::optional<QJsonObject> answer;
    app::runBroughtCommand({u"issues"_s}, **hub, [&answer](const QJsonObject& given) { answer = given; });
    QTRY_VERIFY(answer.has_value());
    QCOMPARE(answer->value("exitCode"_L1).toInt(), 4);
    QVERIFY(answer->value("err"_L1).toString().contains(u"no account"_s));
}

void TestIssueCommands::takesNoOtherCommands()
{
    for (const QStringList& words :
        {QStringList{u"collect"_s}, QStringList{}, QStringList{u"issues"_s, u"--demo"_s}}) {
        const Answer answer = run(words);
        QCOMPARE(answer.exitCode, 2);
        QVERIFY(!answer.err.isEmpty());
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestIssueCommands)
#include "tst_issuecommands.moc"
