// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole loop without a window: an event goes into the real collector, the client finds it by HTTP, shows
// it, tells it, acts on it; and the collector's own API agrees afterwards.

#include <QDir>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

#include "app/collector/collector.h"
#include "models/secrets/memorysecretstore.h"
#include "models/sync/hub.h"
#include "tests/support/main.h"
#include "tests/support/outcome.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using alerts::Alert;
using collector::Collector;
using domain::IssueStatus;
using tests::outcome;

namespace {

constexpr int patience = 30'000;

} // namespace

class TestCollectorLoop final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void eventsBecomeIssues();
    void triageReachesTheCollector();
    void newIssuesAreToldOldOnesNot();
    void theCollectorComesBackOnAnotherPort();
    void theCollectorPage();
    void overviewCounts();

private:
    void startCollector();
    void openHub();
    /// Sends an event as an SDK would and waits until it was acknowledged.
    void send(const QString& type, const QString& value, std::chrono::seconds age = std::chrono::seconds(0));
    [[nodiscard]] sync::IssueQuery query(const QString& text = u"is:unresolved"_s) const;
    [[nodiscard]] domain::AccountId account() const { return m_hub->accounts().accounts().first().id; }

    std::unique_ptr<QTemporaryDir> m_folder;
    core::SystemClock m_clock;
    secrets::MemorySecretStore m_tokens;
    QNetworkAccessManager m_network;
    std::unique_ptr<Collector> m_collector;
    std::unique_ptr<sync::Hub> m_hub;
    int m_events = 0;
};

void TestCollectorLoop::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    startCollector();
    openHub();
}

void TestCollectorLoop::cleanup()
{
    m_hub.reset();
    m_collector.reset();
}

void TestCollectorLoop::startCollector()
{
    Collector::Options options;
    options.dataDir = m_folder->path().toStdString();
    options.port = 0;
    options.version = "test";
    auto started = Collector::start(options, m_clock);
    if (!started)
        qFatal("no collector: %s", qPrintable(started.error().detail));
    m_collector = *std::move(started);
}

void TestCollectorLoop::openHub()
{
    m_hub.reset();
    sync::Hub::Options options;
    options.dataFolder = m_folder->filePath(u"data"_s);
    options.cacheFolder = m_folder->filePath(u"cache"_s);
    options.collectorInterval = std::chrono::milliseconds(50);
    auto opened = sync::Hub::open(options, m_clock, m_tokens);
    if (!opened)
        qFatal("no hub: %s", qPrintable(opened.error().detail));
    m_hub = *std::move(opened);
    m_hub->attachCollector(
        QUrl(QString::fromStdString(m_collector->url())), QString::fromStdString(m_collector->token()));
}

void TestCollectorLoop::send(const QString& type, const QString& value, std::chrono::seconds age)
{
    const auto key = m_collector->firstProject();
    QVERIFY(key.has_value());
    const QUrl dsn(QString::fromStdString(m_collector->dsn(*key)));
    const qint64 when = (m_clock.now() - age).time_since_epoch().count() / 1'000;
    const QByteArray event =
        u"{\"event_id\":\"%1\",\"timestamp\":%2,\"platform\":\"python\",\"level\":\"error\",\"exception\":{"
        u"\"values\":[{\"type\":\"%3\",\"value\":\"%4\",\"stacktrace\":{\"frames\":[{\"function\":\"%3\","
        u"\"filename\":\"%3.py\",\"lineno\":7,\"in_app\":true}]}}]}}"_s
            .arg(u"%1"_s.arg(++m_events, 32, 16, QChar(u'0')), QString::number(when), type, value)
            .toUtf8();
    QUrl url = QUrl(QString::fromStdString(m_collector->url()));
    url.setPath(u"/api"_s + dsn.path() + u"/store/"_s);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("X-Sentry-Auth", "Sentry sentry_version=7, sentry_key=" + dsn.userName().toUtf8());
    const std::unique_ptr<QNetworkReply> reply(m_network.post(request, event));
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), patience);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
}

sync::IssueQuery TestCollectorLoop::query(const QString& text) const
{
    sync::IssueQuery query;
    query.scopes = {account()};
    query.text = text;
    return query;
}

void TestCollectorLoop::eventsBecomeIssues()
{
    const auto feed = m_hub->makeIssueFeed();
    feed->setQuery(query());
    feed->setFollowed(true);
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().asOf && !feed->state().fromCache, patience);
    QVERIFY(feed->rows().isEmpty());
    send(u"TypeError"_s, u"x is undefined"_s);
    send(u"KeyError"_s, u"user"_s);
    send(u"KeyError"_s, u"user"_s);
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().first().count, qint64(2), patience);
    const domain::Issue first = feed->rows().first();
    QVERIFY2(first.title.startsWith(u"KeyError"), qPrintable(first.title));
    QCOMPARE(first.trend.points.size(), 24);
    QCOMPARE(first.trend.total(), qint64(2));

    const auto detail = m_hub->makeDetailFeed();
    domain::Event shown;
    connect(detail.get(), &sync::DetailFeed::eventChanged, this, [&](const domain::Event& e) { shown = e; });
    detail->open(first);
    QTRY_COMPARE_WITH_TIMEOUT(shown.id.value(), u"%1"_s.arg(3, 32, 16, QChar(u'0')), patience);
    QCOMPARE(shown.exceptions.size(), 1);
    QCOMPARE(shown.exceptions.first().type, u"KeyError"_s);
    detail->showOlder();
    QTRY_COMPARE_WITH_TIMEOUT(shown.id.value(), u"%1"_s.arg(2, 32, 16, QChar(u'0')), patience);
    QVERIFY(!detail->issueState().error);
}

void TestCollectorLoop::triageReachesTheCollector()
{
    send(u"TypeError"_s, u"x is undefined"_s);
    const auto feed = m_hub->makeIssueFeed();
    feed->setQuery(query(QString()));
    feed->setFollowed(true);
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 1, patience);
    const QList<domain::Actor> none;
    QTRY_VERIFY_WITH_TIMEOUT(m_hub->directory().assignees(account(), {}) != none, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_hub->directory().me(account()).has_value(), patience);
    const domain::Actor me = m_hub->directory().assignees(account(), {}).first();
    QVERIFY(me.isMe);

    sync::Outbox& outbox = m_hub->outbox();
    QSignalSpy refused(&outbox, &sync::Outbox::refused);
    QSignalSpy done(&outbox, &sync::Outbox::done);
    outbox.submit(feed->rows(), {domain::Action::Kind::Resolve, {}});
    QCOMPARE(feed->rows().first().status, IssueStatus::Resolved);
    outbox.submit(feed->rows(), {domain::Action::Kind::Assign, me});
    outbox.submit(feed->rows(), {domain::Action::Kind::MarkSeen, {}});
    QTRY_COMPARE_WITH_TIMEOUT(outbox.pendingCount(), 0, patience);
    QCOMPARE(refused.size(), 0);
    QVERIFY(done.size() >= 2);
    // What another reader is told.
    const auto other = m_hub->makeIssueFeed();
    other->setQuery(query(u"is:resolved"_s));
    QTRY_COMPARE_WITH_TIMEOUT(other->rows().size(), 1, patience);
    QCOMPARE(other->rows().first().assignedTo->id, me.id);
    outbox.submit(other->rows(), {domain::Action::Kind::Archive, {}});
    QTRY_COMPARE_WITH_TIMEOUT(outbox.pendingCount(), 0, patience);
    outbox.undoLast();
    QTRY_COMPARE_WITH_TIMEOUT(outbox.pendingCount(), 0, patience);
    other->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!other->state().loading, patience);
    QCOMPARE(other->rows().first().status, IssueStatus::Resolved);
    QCOMPARE(refused.size(), 0);
}

void TestCollectorLoop::newIssuesAreToldOldOnesNot()
{
    // Before the watch began, then an import of old events, then something that happens now.
    cleanup();
    startCollector();
    send(u"BeforeError"_s, u"1"_s);
    openHub();
    QList<Alert> raised;
    connect(&m_hub->alertWatch(), &sync::AlertWatch::alertRaised, this,
        [&](const Alert& alert) { raised.append(alert); });
    QTRY_COMPARE_WITH_TIMEOUT(m_hub->alertWatch().topFive().size(), 1, patience);
    for (int i = 0; i < 30; ++i)
        send(u"ImportedError"_s, u"1"_s, std::chrono::minutes(70 + i));
    QTRY_COMPARE_WITH_TIMEOUT(m_hub->alertWatch().topFive().size(), 2, patience);
    send(u"FreshError"_s, u"1"_s, std::chrono::seconds(-1));
    QTRY_COMPARE_WITH_TIMEOUT(raised.size(), 1, patience);
    QCOMPARE(raised.first().kind, Alert::Kind::NewIssue);
    QVERIFY2(raised.first().issue.title.startsWith(u"FreshError"), qPrintable(raised.first().issue.title));

    // Resolved, and back: a regression, told once.
    m_hub->outbox().submit({raised.first().issue}, {domain::Action::Kind::Resolve, {}});
    QTRY_COMPARE_WITH_TIMEOUT(m_hub->outbox().pendingCount(), 0, patience);
    send(u"FreshError"_s, u"1"_s, std::chrono::seconds(-2));
    QTRY_COMPARE_WITH_TIMEOUT(raised.size(), 2, patience);
    QCOMPARE(raised.last().kind, Alert::Kind::Regression);
    send(u"FreshError"_s, u"1"_s, std::chrono::seconds(-3));
    send(u"MarkerError"_s, u"1"_s, std::chrono::seconds(-3));
    QTRY_COMPARE_WITH_TIMEOUT(raised.size(), 3, patience);
    QVERIFY(raised.last().issue.title.startsWith(u"MarkerError"));
}

void TestCollectorLoop::theCollectorComesBackOnAnotherPort()
{
    send(u"TypeError"_s, u"x is undefined"_s);
    const auto feed = m_hub->makeIssueFeed();
    feed->setQuery(query());
    feed->setFollowed(true);
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows().size(), 1, patience);
    const domain::AccountId before = account();
    m_collector.reset();
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().error.has_value(), patience);
    // An action that is taken meanwhile is carried out afterwards.
    m_hub->outbox().submit(feed->rows(), {domain::Action::Kind::Resolve, {}});
    startCollector();
    m_hub->attachCollector(
        QUrl(QString::fromStdString(m_collector->url())), QString::fromStdString(m_collector->token()));
    QCOMPARE(account(), before);
    QTRY_COMPARE_WITH_TIMEOUT(m_hub->outbox().pendingCount(), 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(feed->rows().isEmpty() && !feed->state().error, patience);
}

void TestCollectorLoop::theCollectorPage()
{
    send(u"TypeError"_s, u"x is undefined"_s);
    const auto feed = m_hub->makeCollectorFeed();
    feed->setFollowed(true);
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().asOf.has_value(), patience);
    QVERIFY(feed->isAvailable());
    QVERIFY2(!feed->state().error, feed->state().error ? qPrintable(feed->state().error->detail) : "");
    QTRY_COMPARE_WITH_TIMEOUT(feed->status().acceptedTotal, qint64(1), patience);
    QCOMPARE(feed->projects().size(), 1);
    QCOMPARE(feed->projects().first().keys.size(), 1);
    QCOMPARE(feed->projects().first().keys.first().dsn,
        QString::fromStdString(m_collector->dsn(*m_collector->firstProject())));
    const qsizetype members = feed->members().size();
    const auto member = outcome(feed->addMember(u"Grace"_s, u"grace@example.org"_s));
    QVERIFY2(member.has_value(), member ? "" : qPrintable(member.error().detail));
    QTRY_COMPARE_WITH_TIMEOUT(feed->members().size(), members + 1, patience);
    const auto again = outcome(feed->addMember(u"Grace"_s, u"grace@example.org"_s));
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().kind, core::ErrorKind::Rejected);
    const auto project = outcome(feed->addProject(u"Second"_s, u"go"_s));
    QVERIFY2(project.has_value(), project ? "" : qPrintable(project.error().detail));
    QTRY_COMPARE_WITH_TIMEOUT(feed->projects().size(), 2, patience);
}

void TestCollectorLoop::overviewCounts()
{
    send(u"TypeError"_s, u"x is undefined"_s);
    send(u"TypeError"_s, u"x is undefined"_s);
    send(u"KeyError"_s, u"user"_s);
    const auto feed = m_hub->makeOverviewFeed();
    feed->setScope(account());
    feed->setFollowed(true);
    QTRY_VERIFY_WITH_TIMEOUT(feed->state().asOf && !feed->state().fromCache, patience);
    QVERIFY2(!feed->state().error, feed->state().error ? qPrintable(feed->state().error->detail) : "");
    QCOMPARE(feed->summaries().size(), 1);
    QCOMPARE(feed->summaries().first().unresolved, qint64(2));
    QCOMPARE(feed->summaries().first().trend.total(), qint64(3));
    QCOMPARE(feed->summaries().first().trend.points.size(), 24);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCollectorLoop)
#include "tst_collectorloop.moc"
