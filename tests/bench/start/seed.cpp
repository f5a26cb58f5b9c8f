// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCoreApplication>
#include <QDir>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

#include <cstdio>

#include "app/builtincollector.h"
#include "app/paths.h"
#include "models/core/ondone.h"
#include "models/json/writer.h"
#include "models/secrets/memorysecretstore.h"
#include "models/sync/hub.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int atOnce = 16;

/// Fills a data folder by the ways of the program itself: events go into a collector over HTTP, one issue
/// each, and a hub reads its list to the end, which leaves it in the cache.
class Seed final : public QObject
{
public:
    Seed(const QString& folder, int issues)
        : m_paths(app::Paths::find(folder))
        , m_issues(issues)
        , m_collector(m_paths.data, m_clock)
    {}

    void start()
    {
        if (!m_paths.make())
            qFatal("cannot make %s", qPrintable(m_paths.data));
        core::onDone(m_collector.start({.anyPort = true}), this,
            [this](const core::Result<app::BuiltInCollector::Address>& at) {
                if (!at)
                    qFatal("no collector: %s", qPrintable(at.error().detail));
                m_at = *at;
                for (int i = 0; i < atOnce; ++i)
                    send();
            });
    }

private:
    void send()
    {
        if (m_sent == m_issues)
            return;
        const int number = m_sent++;
        const QUrl dsn(m_at.dsn);
        QUrl url = dsn;
        url.setUserInfo({});
        url.setPath(u"/api"_s + dsn.path() + u"/store/"_s);
        QNetworkRequest request(url);
        request.setRawHeader(
            "X-Sentry-Auth", "Sentry sentry_version=7, sentry_key=" + dsn.userName().toLatin1());
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        const QByteArray id = QByteArray::number(number).rightJustified(32, '0');
        const QByteArray body = "{\"event_id\":\"" + id +
                                "\",\"platform\":\"python\",\"level\":\"error\",\"fingerprint\":[\"seed-" +
                                QByteArray::number(number) +
                                "\"],\"exception\":{\"values\":[{\"type\":\"SeedError\",\"value\":\"number " +
                                QByteArray::number(number) +
                                " of a list that is long enough to be "
                                "scrolled\",\"stacktrace\":{\"frames\":[{\"filename\":\"shop/"
                                "views.py\",\"function\":\"pay\",\"lineno\":7,\"in_app\":true}]}}]}}";
        QNetworkReply* reply = m_network.post(request, body);
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            if (reply->error() != QNetworkReply::NoError)
                qFatal("the collector refused an event: %s", qPrintable(reply->errorString()));
            reply->deleteLater();
            if (++m_acknowledged == m_issues)
                readList();
            else
                send();
        });
    }

    void readList()
    {
        sync::Hub::Options options;
        options.dataFolder = m_paths.data;
        options.cacheFolder = m_paths.cache;
        auto hub = sync::Hub::open(options, m_clock, m_tokens);
        if (!hub)
            qFatal("no hub: %s", qPrintable(hub.error().detail));
        m_hub = *std::move(hub);
        m_hub->attachCollector(m_at.url, m_at.token);
        m_feed = m_hub->makeIssueFeed();
        connect(m_feed.get(), &sync::IssueFeed::stateChanged, this, [this](const sync::FeedState& state) {
            if (state.error)
                qFatal("the list could not be read: %s", qPrintable(state.error->detail));
            if (state.loading || !state.asOf || state.fromCache)
                return;
            if (state.hasMore) {
                m_feed->fetchMore();
                return;
            }
            if (m_feed->rows().size() != m_issues)
                qFatal("%lld issues instead of %d", static_cast<long long>(m_feed->rows().size()), m_issues);
            QTimer::singleShot(0, this, [] { QCoreApplication::quit(); });
        });
        // What the window asks for first.
        sync::IssueQuery query;
        query.scopes = {m_hub->accounts().accounts().first().id};
        query.text = u"is:unresolved"_s;
        m_feed->setQuery(query);
    }

    core::SystemClock m_clock;
    app::Paths m_paths;
    int m_issues;
    int m_sent = 0;
    int m_acknowledged = 0;
    app::BuiltInCollector m_collector;
    app::BuiltInCollector::Address m_at;
    QNetworkAccessManager m_network;
    secrets::MemorySecretStore m_tokens;
    std::unique_ptr<sync::Hub> m_hub;
    std::unique_ptr<sync::IssueFeed> m_feed;
};

} // namespace

/// bench_start_seed FOLDER COUNT
int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(u"vedette.*.info=false"_s);
    if (argc != 3)
        qFatal("usage: bench_start_seed FOLDER COUNT");
    Seed seed(QDir(QString::fromLocal8Bit(argv[1])).absolutePath(), QByteArray(argv[2]).toInt());
    QTimer::singleShot(0, &seed, [&seed] { seed.start(); });
    return QCoreApplication::exec();
}
