// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The client that tst_outboxproperty kills: a real hub on real files and sockets, which takes actions as
// lines on its standard input and ends when everything is sent and nothing more comes.
//
//     outboxchild FOLDER ACCOUNT CALLS
//
// After CALLS writes and syncs of its databases it kills itself; 0: never. A line is `ISSUE ACTION`, where
// ACTION is one of the words below; `undo` takes back the last one. Time runs a hundred times as fast here,
// so that waiting for the next attempt takes none.

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <csignal>
#include <cstdio>

#include <unistd.h>

#include "models/secrets/memorysecretstore.h"
#include "models/sync/hub.h"
#include "tests/models/sync/fasttime.h"
#include "tests/models/sync/propertyactions.h"
#include "tests/support/killvfs.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

namespace {

class Child final : public QObject
{
public:
    Child(sync::Hub& hub, domain::AccountId account)
        : m_hub(hub)
        , m_feed(hub.makeIssueFeed())
        , m_input(STDIN_FILENO, QSocketNotifier::Read)
    {
        connect(&m_input, &QSocketNotifier::activated, this, [this] { read(); });
        connect(m_feed.get(), &sync::IssueFeed::rowsReset, this, [this] { work(); });
        connect(m_feed.get(), &sync::IssueFeed::rowsMerged, this, [this] { work(); });
        connect(&hub.outbox(), &sync::Outbox::pendingCountChanged, this, [this] { work(); });
        sync::IssueQuery query;
        query.scopes = {std::move(account)};
        m_feed->setQuery(query);
    }

private:
    void read()
    {
        char bytes[4096];
        const ssize_t n = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (n <= 0) {
            m_input.setEnabled(false);
            m_isAtEnd = true;
        } else {
            m_text.append(bytes, qsizetype(n));
        }
        work();
    }

    /// As a person would: on the rows that are shown.
    void work()
    {
        if (m_isWorking || m_feed->rows().isEmpty())
            return;
        m_isWorking = true;
        while (m_text.contains('\n')) {
            const qsizetype end = m_text.indexOf('\n');
            const QList<QByteArray> words = m_text.first(end).split(' ');
            m_text.remove(0, end + 1);
            if (words.first() == "undo") {
                m_hub.outbox().undoLast();
                continue;
            }
            QList<domain::Issue> issues;
            for (const domain::Issue& row : m_feed->rows()) {
                if (words.first().split(',').contains(row.id.value().toUtf8()))
                    issues.append(row);
            }
            m_hub.outbox().submit(issues, tests::propertyAction(words.value(1)));
        }
        m_isWorking = false;
        if (m_isAtEnd && m_hub.outbox().pendingCount() == 0)
            QTimer::singleShot(0, this, [] { QCoreApplication::quit(); });
    }

    sync::Hub& m_hub;
    std::unique_ptr<sync::IssueFeed> m_feed;
    QSocketNotifier m_input;
    QByteArray m_text;
    bool m_isAtEnd = false;
    bool m_isWorking = false;
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 4)
        return 2;
    tests::killAfterCalls(arguments.at(3).toLong());
    const tests::FastClock clock;
    tests::FastTimers timers;
    secrets::MemorySecretStore tokens;
    const domain::AccountId account(arguments.at(2));
    tokens.write(account, {}, u"sntryu_0123456789"_s);
    sync::Hub::Options options;
    options.dataFolder = arguments.at(1) + u"/data"_s;
    options.cacheFolder = arguments.at(1) + u"/cache"_s;
    options.visibleInterval = std::chrono::hours(500);
    options.hiddenInterval = options.visibleInterval;
    options.requestTimeout = std::chrono::seconds(5);
    options.timers = &timers;
    auto hub = sync::Hub::open(options, clock, tokens);
    if (!hub) {
        std::fprintf(stderr, "the hub does not open: %s\n", qPrintable(hub.error().detail));
        return 3;
    }
    const Child child(**hub, account);
    return QCoreApplication::exec();
}
