// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/collector.h"

#include <charconv>
#include <utility>

#include <QFile>

#include <SQLiteCpp/Database.h>

#include "app/collector/api/webapi.h"
#include "app/collector/door/rules.h"
#include "app/collector/feed/changefeed.h"
#include "app/collector/feed/storedevents.h"
#include "app/collector/http/server.h"
#include "app/collector/http/spotlight.h"
#include "app/collector/ingest/ingest.h"
#include "models/core/lane.h"
#include "models/core/logging.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::uint16_t firstPort = 8969;
constexpr std::uint16_t lastPort = 8979;

Response notFound()
{
    return Response::detail(404, "The requested resource does not exist");
}

bool isApi(const Request& request)
{
    return request.segments.size() >= 2 && request.segments[0] == "api" && request.segments[1] == "0";
}

} // namespace

class Collector::Impl final : public RequestHandler
{
public:
    Impl(Options options, const core::Clock& clock)
        : m_options(std::move(options))
        , m_clock(clock)
        , m_folder(folderOf(m_options.dataDir))
    {}

    ~Impl() override { m_feed.setEventReader({}); } // it reads from a store that goes before it
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    core::Result<void> start();
    core::Result<void> seed();
    core::Result<void> listen();
    std::unique_ptr<ApiHandler> makeWebApi();

    std::optional<Response> refuse(const Request& head) override;
    void handle(Request request, Completion done) override;
    void refused(const Request& head, std::string_view reason) override;
    Response readAlong(const Request& request);

    const Options m_options;
    const core::Clock& m_clock;
    const std::string m_folder;

    // In the order of their birth; they go the other way round: first the door, then those who answer, then
    // the store.
    FolderLock m_lock;
    ChangeFeed m_feed;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Rulebook> m_rules;
    std::unique_ptr<Forwarder> m_forwarder;
    std::string m_token;
    std::string m_organization;
    std::unique_ptr<ApiHandler> m_api;
    std::unique_ptr<core::Lane> m_readLane;
    std::unique_ptr<Ingest> m_ingest;
    std::unique_ptr<HttpServer> m_server;
    bool m_usualPortTaken = false;
    // Set once before the first request is handed on: the server answers 503 until then.
    std::atomic<HttpServer*> m_open = nullptr;
};

core::Result<void> Collector::Impl::start()
{
    if (auto made = makeFolder(m_folder); !made)
        return made;
    auto lock = FolderLock::take(m_folder, m_clock);
    if (!lock)
        return core::fail(lock.error());
    m_lock = std::move(*lock);

    Store::Options storage;
    storage.path = databaseIn(m_folder);
    storage.readFacts = extractFacts;
    storage.journal = true;
    storage.vfs = m_options.vfs;
    storage.forwards = m_options.forwardLimits;
    storage.tallied = m_options.tallied;
    storage.changed = [this](const Changes& changes) { m_feed.note(changes); };
    auto store = Store::open(storage, m_clock);
    if (!store)
        return core::fail(store.error());
    m_store = std::move(*store);
    m_feed.setEventReader(
        [this](std::int64_t row, std::size_t most) { return storedEvents(*m_store, row, most); });
    if (auto seeded = seed(); !seeded)
        return seeded;
    auto organization = m_store->read([](SQLite::Database& db) { return organizationSlug(db); });
    if (!organization)
        return core::fail(organization.error());
    m_organization = std::move(*organization);
    auto token = readOrMakeToken(m_folder);
    if (!token)
        return core::fail(token.error());
    m_token = std::move(*token);

    m_readLane = std::make_unique<core::Lane>("collector-read");
    m_rules = std::make_unique<Rulebook>(*m_store);
    m_ingest = std::make_unique<Ingest>(*m_store, *m_rules, m_clock, m_options.limits, m_folder,
        Ingest::Observers{
            [this] { m_forwarder->wake(); }, [this](const Changes& changes) { m_feed.note(changes); }});
    if (auto listening = listen(); !listening)
        return listening;
    // Not before it is known where it listens, which it tells.
    m_api = m_options.makeApi ? m_options.makeApi(ApiContext{*m_store, m_clock, m_token}) : makeWebApi();
    m_lock.publish(m_server->url());
    ForwardOptions forward = m_options.forward;
    forward.version = m_options.version;
    m_forwarder =
        std::make_unique<Forwarder>(*m_store, *m_rules, m_clock, std::move(forward), m_server->port());
    m_open = m_server.get();
    m_forwarder->wakeIfNeeded();
    return {};
}

/// Not where all is there: a collector starts on a full disk too, to show what it has.
core::Result<void> Collector::Impl::seed()
{
    const auto isSeeded = m_store->read([](SQLite::Database& db) {
        return db.execAndGet(
                     "SELECT EXISTS (SELECT 1 FROM organization) AND EXISTS (SELECT 1 FROM meta WHERE "
                     "key = 'instance')")
                   .getInt() != 0;
    });
    if (!isSeeded)
        return core::fail(isSeeded.error());
    if (*isSeeded)
        return {};
    return m_store->write([this](SQLite::Database& db) {
        seedDirectory(db, m_clock.now(), m_options.firstProjects);
        nameInstance(db);
    });
}

std::unique_ptr<ApiHandler> Collector::Impl::makeWebApi()
{
    return std::make_unique<WebApi>(*m_store,
        api::Context{m_clock, {}, m_organization, m_folder, m_options.version, &m_feed, m_store.get(),
            [this](core::UniqueFunction job) { m_readLane->post(std::move(job)); }, &m_store->health(),
            m_usualPortTaken},
        [this](std::string_view given) { return sameToken(given, m_token); });
}

core::Result<void> Collector::Impl::listen()
{
    HttpServer::Options options;
    options.host = m_options.host;
    options.spoolDir = m_folder;
    options.limits = m_options.limits;
    const std::uint16_t first = m_options.port.value_or(firstPort);
    const std::uint16_t last = m_options.port.value_or(lastPort);
    for (std::uint16_t port = first;; ++port) {
        options.port = port;
        auto server = HttpServer::start(options, *this);
        if (server) {
            m_server = std::move(*server);
            m_usualPortTaken = !m_options.port && port != firstPort;
            if (m_usualPortTaken) {
                qCWarning(core::lcCore,
                    "port %d is taken: the collector listens on %s instead. SDKs that look for Spotlight are "
                    "told so with SENTRY_SPOTLIGHT=%s/stream",
                    firstPort, m_server->url().c_str(), m_server->url().c_str());
            }
            return {};
        }
        if (server.error().kind != core::ErrorKind::Busy || port == last)
            return core::fail(server.error());
    }
}

std::optional<Response> Collector::Impl::refuse(const Request& head)
{
    if (!m_open)
        return Response::detail(503, "the collector is starting").header("Retry-After", "1");
    if (isSpotlightHealth(head))
        return std::nullopt;
    if (isSpotlightReading(head)) {
        return refuseSpotlightReading(
            head, [this](std::string_view given) { return sameToken(given, m_token); });
    }
    if (const auto route = ingestRoute(head))
        return m_ingest->refuse(*route, head);
    if (isApi(head) && m_api)
        return std::nullopt;
    return notFound();
}

void Collector::Impl::handle(Request request, Completion done)
{
    const auto route = isSpotlightReading(request) ? std::nullopt : ingestRoute(request);
    if (route) {
        m_ingest->handle(*route, std::move(request), m_open.load()->bodies(), std::move(done));
        return;
    }
    m_readLane->post([this, request = std::move(request), done = std::move(done)]() mutable {
        Response response;
        try {
            if (isSpotlightHealth(request))
                response = spotlightHealth(m_rules->rules()->spotlight);
            else if (isSpotlightReading(request))
                response = readAlong(request);
            else
                response = m_api->handle(request);
        } catch (const std::exception& fault) {
            qCWarning(
                core::lcCore, "%s %s failed: %s", request.method.c_str(), request.path.c_str(), fault.what());
            response = Response::detail(500, "Internal Error");
        }
        done(std::move(response));
        if (request.method != "GET" && request.method != "HEAD")
            m_forwarder->wakeIfNeeded(); // settings may have changed
    });
}

/// `GET /stream`: the events as they come, from the one that the client saw last on.
Response Collector::Impl::readAlong(const Request& request)
{
    std::optional<std::int64_t> last;
    if (const auto told = request.header("last-event-id")) {
        std::int64_t row = 0;
        const auto [end, error] = std::from_chars(told->data(), told->data() + told->size(), row);
        if (error == std::errc() && end == told->data() + told->size() && row >= 0)
            last = row;
    }
    Response response;
    response.stream = m_feed.listenToEvents(last ? *last : newestEvent(*m_store));
    if (!response.stream)
        return Response::detail(503, "Too many clients read along").header("Retry-After", "10");
    response.header("Content-Type", "text/event-stream").header("Cache-Control", "no-store");
    return response.header("X-Powered-By", spotlightName);
}

void Collector::Impl::refused(const Request& head, std::string_view reason)
{
    if (m_open)
        m_ingest->countRefusal(head, reason);
}

Collector::Collector(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{}

Collector::~Collector() = default;

core::Result<std::unique_ptr<Collector>> Collector::start(const Options& options, const core::Clock& clock)
{
    auto impl = std::make_unique<Impl>(options, clock);
    if (const auto started = impl->start(); !started)
        return core::fail(started.error());
    return std::unique_ptr<Collector>(new Collector(std::move(impl)));
}

std::string Collector::url() const
{
    return m_impl->m_server->url();
}

const std::string& Collector::token() const
{
    return m_impl->m_token;
}

std::string Collector::organization() const
{
    return m_impl->m_organization;
}

std::optional<ProjectKey> Collector::firstProject()
{
    auto found = m_impl->m_store->read([](SQLite::Database& db) { return collector::firstProject(db); });
    return found ? std::move(*found) : std::nullopt;
}

std::string Collector::dsn(const std::string& projectSlug)
{
    const auto found =
        m_impl->m_store->read([&](SQLite::Database& db) { return projectBySlug(db, projectSlug); });
    return found && *found ? dsn(**found) : std::string();
}

std::string Collector::dsn(const ProjectKey& project) const
{
    return "http://" + project.key + "@" + url().substr(std::string_view("http://").size()) + "/" +
           std::to_string(project.project);
}

core::Result<ProjectKey> Collector::addProject(const ProjectSeed& seed)
{
    return m_impl->m_store->write(
        [&](SQLite::Database& db) { return collector::addProject(db, seed, m_impl->m_clock.now()); });
}

Store& Collector::store()
{
    return *m_impl->m_store;
}

std::optional<Holder> Collector::holder(const std::string& dataDir)
{
    return folderHolder(folderOf(dataDir));
}

core::Result<std::string> Collector::tokenOf(const std::string& dataDir)
{
    const QString path = QString::fromStdString(folderOf(dataDir) + "/token");
    QFile file(path);
    if (!file.exists())
        return core::fail(core::ErrorKind::NotFound, u"no collector has run on this data folder"_s);
    if (!file.open(QIODevice::ReadOnly))
        return core::fail(core::ErrorKind::Storage, u"cannot read %1: %2"_s.arg(path, file.errorString()));
    return file.readAll().trimmed().toStdString();
}

} // namespace vedette::collector
