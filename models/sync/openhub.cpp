// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/openhub.h"

#include <QCoreApplication>
#include <QDir>

#include "models/api/accessmanager.h"
#include "models/sync/livecollector.h"
#include "models/sync/livedetail.h"
#include "models/sync/livelist.h"
#include "models/sync/liveoverview.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

/// Old rows are forgotten when the start is long over, and then once in a while.
constexpr std::chrono::milliseconds firstTidy{60'000};
constexpr std::chrono::milliseconds tidyInterval{std::chrono::hours(6)};
constexpr std::chrono::hours historyAge{24 * 90};

auto networksBy(const core::Clock& clock)
{
    return [&clock](const api::Transport& transport) {
        return std::make_unique<api::AccessManager>(QCoreApplication::applicationVersion(), clock, transport);
    };
}

} // namespace

core::Result<std::unique_ptr<Hub>> Hub::open(
    const Options& options, const core::Clock& clock, secrets::SecretStore& tokens)
{
    auto hub = std::make_unique<OpenHub>(options, clock, tokens);
    if (auto started = hub->start(); !started)
        return core::fail(started.error());
    return std::unique_ptr<Hub>(std::move(hub));
}

OpenHub::OpenHub(const Options& options, const core::Clock& clock, secrets::SecretStore& tokens)
    : m_options(options)
    , m_clock(clock)
    , m_tokens(tokens)
    , m_timers(options.timers != nullptr ? *options.timers : m_systemTimers)
    , m_decoding("decode")
    , m_pace(m_timers, options.visibleInterval, options.hiddenInterval, options.collectorInterval)
{}

OpenHub::~OpenHub() = default;

core::Result<void> OpenHub::start()
{
    auto user = store::UserDatabase::open(QDir(m_options.dataFolder).filePath(u"user.sqlite"_s), m_home,
        [this](const store::Rescued& rescued) { emit userDataRescued(rescued.keptAs, rescued.isComplete); });
    if (!user)
        return core::fail(user.error());
    m_parts = std::make_unique<Parts>(*this, *std::move(user));
    if (m_options.environment != nullptr)
        m_pace.setEnvironment(*m_options.environment);
    m_tidy = m_timers.make([this] { tidyUp(); });
    m_tidy->start(firstTidy);
    return {};
}

OpenHub::Parts::Parts(OpenHub& hub, std::unique_ptr<store::UserDatabase> openUser)
    : user(std::move(openUser))
    , cache(QDir(hub.m_options.cacheFolder).filePath(u"cache.sqlite"_s), hub.m_home,
          [&hub](const QString& file) { emit hub.cacheSetAside(file); })
    , around{hub.m_clock, hub.m_timers, hub.m_tokens, hub.m_home, hub.m_decoding, networksBy(hub.m_clock),
          *user, cache, hub.m_pace, hub.m_options.requestTimeout}
    , book(around)
    , outbox(around, book)
    , directory(around, book)
    , lookout(around, book, outbox)
    , finder(book)
{
    outbox.setPerson([this](const domain::AccountId& account) { return directory.me(account); });
}

void OpenHub::attachCollector(const QUrl& url, const QString& token)
{
    m_parts->book.attachCollector(url, token);
}

void OpenHub::setVisible(bool visible)
{
    m_pace.setVisible(visible);
}

std::unique_ptr<IssueFeed> OpenHub::makeIssueFeed()
{
    return std::make_unique<LiveList>(m_parts->around, m_parts->book, m_parts->outbox);
}

std::unique_ptr<DetailFeed> OpenHub::makeDetailFeed()
{
    return std::make_unique<LiveDetail>(m_parts->around, m_parts->book, m_parts->outbox);
}

std::unique_ptr<OverviewFeed> OpenHub::makeOverviewFeed()
{
    return std::make_unique<LiveOverview>(m_parts->around, m_parts->book);
}

std::unique_ptr<CollectorFeed> OpenHub::makeCollectorFeed()
{
    return std::make_unique<LiveCollector>(m_parts->around, m_parts->book);
}

void OpenHub::tidyUp()
{
    store::CacheDatabase::Limits limits;
    limits.bytes = m_options.cacheBytes;
    limits.age = m_options.cacheAge;
    QList<domain::IssueKey> pinned; // whatever is to be sent must be there to be shown
    const QList<Outbox::Entry> entries = m_parts->outbox.entries();
    for (const Outbox::Entry& entry : entries) {
        if (entry.state == domain::ActionState::Queued || entry.state == domain::ActionState::Sent)
            pinned.append(domain::keyOf(entry.before));
    }
    m_parts->cache.trim(limits, m_clock.now(), pinned);
    m_parts->user->forgetBefore(m_clock.now() - historyAge);
    m_tidy->start(tidyInterval);
}

} // namespace vedette::sync
