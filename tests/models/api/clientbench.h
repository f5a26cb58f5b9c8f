// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QFuture>
#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

#include <memory>

#include "models/api/accessmanager.h"
#include "models/api/client.h"
#include "models/core/lane.h"
#include "models/core/mailbox.h"
#include "tests/support/faultserver.h"
#include "tests/support/manualclock.h"

namespace vedette::tests {

/// A client against a fault server, with clocks that a busy machine can keep.
struct ClientBench
{
    ClientBench() = default;
    /// The same over TLS.
    explicit ClientBench(const QSslConfiguration& tls)
        : server(tls)
    {}

    FaultServer server;
    ManualClock clock{core::TimePoint(std::chrono::milliseconds(1'760'000'000'000))};
    api::AccessManager network{QStringLiteral("0.0-test"), clock};
    core::Mailbox home;
    core::Lane lane{"decode"};
    std::unique_ptr<api::AccessManager> way; ///< instead of `network`, where a test goes its own
    std::unique_ptr<api::Client> client;

    static constexpr const char* token = "sntryu_0123456789abcdef0123456789abcdef";

    [[nodiscard]] api::Client::Options options() const
    {
        api::Client::Options out;
        out.baseUrl = server.url();
        out.token = QString::fromLatin1(token);
        out.timeout = std::chrono::seconds(10);
        out.deadline = std::chrono::seconds(15);
        return out;
    }
    void open(const api::Client::Options& options)
    {
        client = std::make_unique<api::Client>(options, network, lane, home, clock);
    }
    void open(const api::Client::Options& options, api::Transport transport)
    {
        client.reset();
        transport.baseUrl = options.baseUrl;
        way = std::make_unique<api::AccessManager>(QStringLiteral("0.0-test"), clock, transport);
        client = std::make_unique<api::Client>(options, *way, lane, home, clock);
    }
    void open(domain::ServerKind kind)
    {
        api::Client::Options opts = options();
        opts.kind = kind;
        open(opts);
    }
};

/// The result of a call, waited for. Fails the program if it does not come or comes twice.
template<class T>
core::Result<T> outcome(const QFuture<core::Result<T>>& future)
{
    QFutureWatcher<core::Result<T>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    // An event loop, not QTRY's polling: an answer makes four hops between threads.
    if (finished.isEmpty() && !finished.wait(20'000))
        qFatal("a call did not end");
    QCoreApplication::processEvents();
    if (finished.size() != 1 || future.resultCount() != 1)
        qFatal("a call ended %d times with %d results", int(finished.size()), int(future.resultCount()));
    return future.result();
}

/// What a request's query says for a name; a name may stand there several times.
[[nodiscard]] inline QStringList values(const FaultServer::Request& request, const QString& name)
{
    return QUrlQuery(QString::fromUtf8(request.query())).allQueryItemValues(name, QUrl::FullyDecoded);
}

[[nodiscard]] inline QString value(const FaultServer::Request& request, const QString& name)
{
    return values(request, name).join(u'|');
}

} // namespace vedette::tests
