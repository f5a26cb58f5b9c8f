// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/forward/courier.h"

#include <algorithm>

#include <QNetworkReply>
#include <QNetworkRequest>

#include "app/collector/forward/outgoing.h"
#include "models/core/logging.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::size_t readAheadMost = 16;
constexpr std::size_t readAheadBytes = 4'000'000;
constexpr qsizetype answerBytes = 65'536; ///< of a body; more is not waited for
/// The clock is looked at at least so often: it may be set, and machines sleep.
constexpr std::int64_t longestNapMs = 1'000;
constexpr std::chrono::seconds loopPatience{60};

QByteArray bytesOf(const std::string& text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

std::string headerOf(const QNetworkReply& reply, const char* name)
{
    return reply.rawHeader(name).toStdString();
}

} // namespace

/// Tells the courier what became of a commit.
class Courier::Waiter final : public CommitWaiter
{
public:
    Waiter(std::shared_ptr<CourierBox> box, Courier* courier, std::vector<ForwardResult> results)
        : m_box(std::move(box))
        , m_courier(courier)
        , m_results(std::move(results))
    {}
    void committed(const core::Result<Stored>& result) override
    {
        m_box->post(
            [courier = m_courier, results = std::move(m_results), done = result.has_value()]() mutable {
                courier->committed(std::move(results), done);
            });
    }

private:
    std::shared_ptr<CourierBox> m_box;
    Courier* m_courier; ///< there as long as the box delivers
    std::vector<ForwardResult> m_results;
};

Courier::Courier(World world)
    : m_world(std::move(world))
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setTransferTimeout(static_cast<int>(m_world.options.timeout.count()));
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Courier::step);
}

Courier::~Courier()
{
    for (auto& [project, route] : m_routes)
        drop(route);
    // What upstream has taken and no commit knows of is sent once more after the next start; the store is
    // still there to be told.
    if (!m_committing)
        commitSettled();
}

void Courier::step()
{
    m_lookAgain.reset();
    followRules(*m_world.rules.rules());
    for (auto& [project, route] : m_routes)
        advance(route);
    if (!m_settled.empty() && !m_committing)
        commitSettled();
    if (m_lookAgain) {
        const std::int64_t now = m_world.clock.now().time_since_epoch().count();
        m_timer.start(static_cast<int>(std::clamp<std::int64_t>(*m_lookAgain - now, 1, longestNapMs)));
    }
}

void Courier::lookAgainAt(std::int64_t time)
{
    m_lookAgain = std::min(m_lookAgain.value_or(time), time);
}

void Courier::followRules(const DoorRules& rules)
{
    for (auto it = m_routes.begin(); it != m_routes.end();) {
        const ProjectRules* project = rules.project(it->first);
        const bool stays = project && project->upstream == it->second.dsn;
        if (!stays)
            drop(it->second);
        it = stays ? std::next(it) : m_routes.erase(it);
    }
    for (const auto& [id, project] : rules.projects) {
        if (project.upstream.empty() || m_routes.count(id))
            continue;
        Route route;
        route.project = id;
        route.dsn = project.upstream;
        if (auto upstream = parseUpstream(project.upstream))
            route.upstream = std::move(*upstream);
        m_routes.emplace(id, std::move(route));
    }
}

void Courier::drop(Route& route)
{
    if (QNetworkReply* reply = std::exchange(route.reply, nullptr)) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

bool Courier::readAhead(Route& route)
{
    if (!route.waiting.empty())
        return true;
    auto read = m_world.store.readCommitted([&route](SQLite::Database& db) {
        return std::pair(readForwardState(db, route.project),
            readForwards(db, route.project, route.read, readAheadMost, readAheadBytes));
    });
    if (!read) {
        qCWarning(core::lcCore, "the collector could not read what to pass on: %s",
            qPrintable(read.error().detail));
        lookAgainAt(m_world.clock.now().time_since_epoch().count() + longestNapMs);
        return false;
    }
    if (!route.knowsState) {
        route.knowsState = true;
        route.notBefore = read->first.notBefore;
        route.attempts = read->first.attempts;
    }
    for (QueuedForward& next : read->second) {
        route.read = next.row;
        route.waiting.push_back(std::move(next));
    }
    return !route.waiting.empty();
}

void Courier::advance(Route& route)
{
    if (route.reply || !readAhead(route))
        return;
    if (route.notBefore > m_world.clock.now().time_since_epoch().count()) {
        lookAgainAt(route.notBefore);
        return;
    }
    if (!route.upstream)
        wait(route, "the upstream is not a usable DSN", loopPatience);
    else if (leadsTo(*route.upstream, m_world.ownPort))
        wait(route, "the upstream is this collector itself", loopPatience);
    else
        send(route);
}

void Courier::send(Route& route)
{
    const QueuedForward& next = route.waiting.front();
    const Upstream& upstream = *route.upstream;
    Outgoing outgoing = outgoingOf(next, upstream, m_world.clock.now());
    const std::string version = m_world.options.version.empty() ? "0" : m_world.options.version;
    const std::string client = next.item.client.empty() ? "vedette/" + version : next.item.client;
    QNetworkRequest request(QUrl(QString::fromStdString(upstream.endpoint + next.item.door + '/')));
    const bool isEnvelope = next.item.door == "envelope";
    const std::string type = !next.item.contentType.empty() ? next.item.contentType
                             : isEnvelope                   ? "application/x-sentry-envelope"
                                                            : "application/octet-stream";
    request.setRawHeader("Content-Type", bytesOf(type));
    if (!outgoing.encoding.empty())
        request.setRawHeader("Content-Encoding", bytesOf(outgoing.encoding));
    request.setRawHeader("User-Agent", bytesOf(next.item.userAgent.empty() ? client : next.item.userAgent));
    request.setRawHeader("X-Sentry-Auth",
        bytesOf("Sentry sentry_version=7, sentry_client=" + client + ", sentry_key=" + upstream.key));
    request.setRawHeader(forwardedHeader, bytesOf(next.item.via));
    // In order: the next one waits for the answer to this one anyway.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    QNetworkReply* reply = m_network.post(request, bytesOf(outgoing.body));
    route.reply = reply;
    route.answer.clear();
    reply->setReadBufferSize(answerBytes);
    const std::int64_t project = route.project;
    connect(reply, &QNetworkReply::readyRead, this, [this, project, reply] { take(project, reply); });
    connect(reply, &QNetworkReply::finished, this, [this, project, reply] { finish(project, reply); });
}

void Courier::take(std::int64_t project, QNetworkReply* reply)
{
    const auto found = m_routes.find(project);
    if (found == m_routes.end() || found->second.reply != reply)
        return;
    found->second.answer += reply->readAll();
    if (found->second.answer.size() > answerBytes)
        reply->abort(); // what counts is in the head
}

void Courier::finish(std::int64_t project, QNetworkReply* reply)
{
    reply->disconnect(this);
    reply->deleteLater();
    const auto found = m_routes.find(project);
    if (found == m_routes.end() || found->second.reply != reply)
        return;
    Route& route = found->second;
    route.reply = nullptr;
    UpstreamAnswer answer;
    // The head alone decides: an answer that ends in its middle has been given all the same.
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.retryAfter = headerOf(*reply, "Retry-After");
    answer.rateLimits = headerOf(*reply, "X-Sentry-Rate-Limits");
    answer.sentryError = headerOf(*reply, "X-Sentry-Error");
    answer.text = answer.status == 0 ? reply->errorString().toStdString()
                                     : (route.answer + reply->readAll()).left(answerBytes).toStdString();
    const double chance = std::uniform_real_distribution<double>(0.0, 1.0)(m_random);
    ForwardResult result = judge(answer, m_world.options.pace, route.attempts, chance, m_world.clock.now());
    result.project = project;
    result.row = route.waiting.front().row;
    route.notBefore = result.notBefore;
    route.attempts = result.attempts;
    if (result.fate != ForwardResult::Fate::Waits)
        route.waiting.pop_front();
    if (result.fate == ForwardResult::Fate::Refused)
        qCWarning(core::lcCore, "upstream refused an envelope: %s", result.text.c_str());
    settle(std::move(result));
    step();
}

void Courier::wait(Route& route, const std::string& why, std::chrono::milliseconds delay)
{
    ForwardResult result;
    result.project = route.project;
    result.fate = ForwardResult::Fate::Waits;
    result.text = why;
    result.attempts = route.attempts;
    route.notBefore = (m_world.clock.now() + delay).time_since_epoch().count();
    result.notBefore = route.notBefore;
    lookAgainAt(route.notBefore);
    settle(std::move(result));
}

void Courier::settle(ForwardResult result)
{
    m_settled.push_back(std::move(result));
    if (!m_committing)
        commitSettled();
}

void Courier::commitSettled()
{
    if (m_settled.empty())
        return;
    m_committing = true;
    Incoming incoming;
    incoming.forwarded = std::move(m_settled);
    m_settled.clear();
    auto waiter = std::make_unique<Waiter>(m_world.box, this, incoming.forwarded);
    m_world.store.submit(std::move(incoming), std::move(waiter));
}

void Courier::committed(std::vector<ForwardResult> results, bool done)
{
    m_committing = false;
    if (done) {
        commitSettled();
        return;
    }
    // In their order, with whatever comes meanwhile, as soon as the disk may be better.
    m_settled.insert(
        m_settled.begin(), std::make_move_iterator(results.begin()), std::make_move_iterator(results.end()));
    m_timer.start(static_cast<int>(longestNapMs));
}

} // namespace vedette::collector
