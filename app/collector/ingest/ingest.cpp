// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/ingest.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/door/senders.h"
#include "app/collector/http/decode.h"
#include "app/collector/http/spotlight.h"
#include "app/collector/ingest/packing.h"
#include "app/collector/ingest/passon.h"
#include "app/collector/ingest/stream.h"
#include "app/collector/storage/shortid.h"
#include "models/core/uniquefunction.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

/// Pages of any origin may send: the key says whether they may. What scripts are allowed to read of the
/// answer. Spotlight's own door also says what it is.
Response dressed(IngestRoute route, Response response)
{
    if (route == IngestRoute::Stream)
        response.header("X-Powered-By", spotlightName);
    response.header("Access-Control-Allow-Origin", "*");
    response.header("Access-Control-Expose-Headers", "X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After");
    return response;
}

Response preflight(IngestRoute route, const Request& head)
{
    Response response = dressed(route, Response::empty(204));
    response.header("Access-Control-Allow-Methods", "POST, OPTIONS");
    response.header("Access-Control-Allow-Headers",
        "content-type, content-encoding, x-sentry-auth, x-requested-with, authorization, accept, origin, "
        "sentry-trace, baggage, traceparent, transfer-encoding");
    response.header("Access-Control-Max-Age", "3600");
    // A page of the public web that talks to this machine is asked twice by Chromium.
    if (head.header("access-control-request-private-network"))
        response.header("Access-Control-Allow-Private-Network", "true");
    return response;
}

Response accepted(IngestRoute route, const std::string& eventId)
{
    if (route == IngestRoute::Minidump) { // crash reporters keep the text of the answer as the report's id
        Response response;
        response.header("Content-Type", "text/plain; charset=utf-8");
        response.body = eventId;
        for (const std::size_t dash : {20, 16, 12, 8})
            response.body.insert(std::min(dash, response.body.size()), 1, '-');
        return response;
    }
    json::Writer writer;
    writer.beginObject();
    if (!eventId.empty())
        writer.field("id", eventId);
    writer.endObject();
    return Response::json(route == IngestRoute::Files ? 201 : 200, writer.take());
}

constexpr unsigned workerCount = 2;

/// Finds the project of a key; tells the one that was asked for.
KeyLookup lookupIn(const DoorRules& rules, std::string* asked = nullptr)
{
    return [&rules, asked](const std::string& key) -> std::optional<std::int64_t> {
        const auto found = rules.keys.find(key);
        if (found == rules.keys.end())
            return std::nullopt;
        if (asked)
            *asked = key;
        return found->second.project;
    };
}

bool announcesMuch(const Request& head)
{
    constexpr std::size_t digitsOf100kB = 6;
    return head.header("content-length").value_or("").size() >= digitsOf100kB;
}

/// Events that reports and attachments belong to, other than the one that comes with them; as many as a
/// change tells one by one.
std::vector<std::string> eventsOfItems(const Incoming& incoming)
{
    std::vector<std::string> out;
    const auto add = [&](const std::string& id) {
        const bool isOwn = incoming.event && incoming.event->facts.eventId == id;
        if (!id.empty() && !isOwn && out.size() < Changes::mostIssues &&
            std::find(out.begin(), out.end(), id) == out.end())
            out.push_back(id);
    };
    for (const IncomingAttachment& attachment : incoming.items.attachments)
        add(attachment.eventId);
    for (const IncomingReport& report : incoming.items.reports)
        add(report.eventId);
    return out;
}

/// Of a refused request, as far as there is such a project.
std::int64_t knownProject(const DoorRules& rules, IngestRoute route, const Request& head)
{
    const std::int64_t told = projectTold(route, head, lookupIn(rules));
    return rules.project(told) ? told : 0;
}

} // namespace

/// Answers the sender when the store has committed, or could not.
class Ingest::Waiter final : public CommitWaiter
{
public:
    /// `committed` is called before the answer, where it is not null.
    Waiter(
        IngestRoute route, Completion done, Response response, bool refused, core::UniqueFunction committed)
        : m_route(route)
        , m_done(std::move(done))
        , m_response(std::move(response))
        , m_refused(refused)
        , m_committed(std::move(committed))
    {}

    void committed(const core::Result<Stored>& result) override
    {
        if (result && m_committed)
            m_committed();
        // A refusal stands whether or not it could be counted.
        if (result || m_refused)
            m_done(dressed(m_route, std::move(m_response)));
        else
            m_done(dressed(m_route, refusalResponse(result.error())));
    }

private:
    IngestRoute m_route;
    Completion m_done;
    Response m_response;
    bool m_refused;
    core::UniqueFunction m_committed;
};

Ingest::Ingest(Store& store, Rulebook& rules, const core::Clock& clock, HttpLimits limits,
    std::string spoolDir, Observers observers)
    : m_store(store)
    , m_rules(rules)
    , m_clock(clock)
    , m_limits(limits)
    , m_spoolDir(std::move(spoolDir))
    , m_observers(std::move(observers))
    , m_admission(clock)
    , m_refusals(store)
    , m_workers("collector-work", workerCount)
{}

std::optional<Response> Ingest::refuse(IngestRoute route, const Request& head)
{
    if (head.method == "OPTIONS")
        return preflight(route, head);
    if (head.method != "POST") {
        countRefusal(head, "method");
        return dressed(route, Response::detail(405, "Method \"" + head.method + "\" not allowed.")
                                  .header("Allow", "POST, OPTIONS"));
    }
    // A key that is wrong whatever the body says spares reading a large one. The disk is not asked for that
    // here: where the rules have changed, a worker reads them anew.
    if (const auto rules = announcesMuch(head) ? m_rules.rulesAtHand() : nullptr) {
        if (const auto wrong = headRefusal(route, head, lookupIn(*rules))) {
            m_refusals.count(knownProject(*rules, route, head), "envelope", reasonOf(*wrong));
            return dressed(route, refusalResponse(*wrong));
        }
    }
    return std::nullopt;
}

void Ingest::countRefusal(const Request& head, std::string_view reason)
{
    const auto route = ingestRoute(head);
    const auto rules = m_rules.rulesAtHand();
    m_refusals.count(
        route && rules ? knownProject(*rules, *route, head) : 0, route ? "envelope" : "request", reason);
}

void Ingest::handle(IngestRoute route, Request request, std::shared_ptr<BodyBudget> bodies, Completion done)
{
    m_workers.post([this, route, request = std::move(request), bodies = std::move(bodies),
                       done = std::move(done)]() mutable {
        // Taken out of the job, so that its memory is given back as soon as the work is done.
        const Request own = std::move(request);
        work(route, own, bodies, std::move(done));
    });
}

void Ingest::work(
    IngestRoute route, const Request& request, const std::shared_ptr<BodyBudget>& bodies, Completion done)
{
    const std::string_view encoding = request.header("content-encoding").value_or("");
    std::string_view bytes = request.body.bytes();
    IngestReading reading;
    Body plain;
    core::Result<void> unpackedFine;
    if (request.body.size() > 0 && bytes.empty()) {
        unpackedFine =
            core::fail(core::ErrorKind::Storage, QStringLiteral("the spooled body cannot be read"));
    } else if (!encoding.empty() && encoding != "identity" && !bytes.empty()) {
        plain = Body(bodies, m_limits.spoolAfterBytes, m_spoolDir);
        unpackedFine = unpack(encoding, bytes, m_limits.plainBytes,
            [&plain](std::string_view piece) { return plain.append(piece); });
        bytes = plain.bytes();
    }
    std::shared_ptr<const DoorRules> rules = m_rules.rules();
    std::string key;
    if (!unpackedFine) {
        const bool large = unpackedFine.error().kind == core::ErrorKind::TooLarge;
        collector::refuse(reading, unpackedFine.error(), large ? "too_large" : "encoding");
    } else if (route == IngestRoute::Stream && !rules->spotlight) {
        collector::refuse(reading,
            {core::ErrorKind::Forbidden, 0, QStringLiteral("senders without a key are switched off"), {}},
            "spotlight_off");
    } else {
        reading = readIngest(route, request, bytes, m_clock.now(), lookupIn(*rules, &key));
    }
    if (route == IngestRoute::Stream && !reading.refusal) {
        findStreamProject(bytes, request, *rules, reading);
        rules = m_rules.rules(); // it may have been made just now
    }
    const Admission::Verdict verdict = m_admission.admit(reading, *rules, key);
    Incoming& incoming = reading.incoming;
    const PackingRoom room{bodies, m_limits.spoolAfterBytes, m_spoolDir};
    if (auto packed = packAttachments(std::move(reading.attachments), room, incoming.items); !packed)
        collector::refuse(reading, packed.error(), "no_room");
    if (reading.refusal && incoming.project == 0)
        incoming.project = knownProject(*rules, route, request);
    if (!incoming.event && incoming.items.empty() && incoming.outcomes.empty()) {
        // An envelope without items: legal, and nothing to commit.
        done(dressed(route, accepted(route, reading.eventId)));
        return;
    }
    const ProjectRules* project = rules->project(incoming.project);
    if (!reading.refusal && project && !project->upstream.empty()) {
        const PassOn part = verdict.turnedAway ? PassOn::WithoutEvent
                            : reading.damaged  ? PassOn::IntactItems
                                               : PassOn::Whole;
        incoming.forward = forwardItem(route, request, bytes, part, rules->instance, bodies);
    }
    Response response = reading.refusal    ? refusalResponse(*reading.refusal)
                        : verdict.response ? *verdict.response
                                           : accepted(route, reading.eventId);
    core::UniqueFunction committed;
    std::vector<std::string> laterItems = eventsOfItems(incoming);
    const bool hasReports = !incoming.items.reports.empty();
    if (incoming.forward || hasReports || !laterItems.empty()) {
        committed = [this, queues = incoming.forward.has_value(), project = incoming.project, hasReports,
                        ids = std::move(laterItems)]() mutable {
            if (queues)
                m_observers.queued();
            // Which issues these are is asked of the store, which the write lane must not.
            if (hasReports || !ids.empty())
                m_workers.post([this, project, hasReports, ids = std::move(ids)] {
                    tellOfItems(project, ids, hasReports);
                });
        };
    }
    m_store.submit(std::move(incoming), std::make_unique<Waiter>(route, std::move(done), std::move(response),
                                            reading.refusal || verdict.response, std::move(committed)));
}

void Ingest::tellOfItems(std::int64_t project, const std::vector<std::string>& eventIds, bool hasReports)
{
    const auto changes = m_store.readCommitted([&](SQLite::Database& db) {
        Changes out;
        out.projects = hasReports; // the list of what people say, of no event or of one that is not here yet
        SQLite::Statement query(
            db, "SELECT issue_id FROM events WHERE event_id = CAST(? AS BLOB) AND project_id = ?");
        for (const std::string& id : eventIds) {
            query.reset();
            query.bind(1, bytesOfHex(id));
            query.bind(2, project);
            if (query.executeStep())
                out.addIssue(query.getColumn(0).getInt64());
        }
        return out;
    });
    if (changes && !changes->isEmpty())
        m_observers.changed(*changes);
}

void Ingest::findStreamProject(
    std::string_view envelope, const Request& request, const DoorRules& rules, IngestReading& reading)
{
    Incoming& incoming = reading.incoming;
    if (incoming.project != 0 || (!incoming.event && incoming.items.empty() && incoming.outcomes.empty() &&
                                     reading.attachments.empty()))
        return; // the envelope names a DSN of ours, or is empty
    const std::string sender = senderOf(envelope, reading);
    auto known = rules.senders.find(sender);
    if (known == rules.senders.end() && std::int64_t(rules.senders.size()) >= maxSenderProjects)
        known = rules.senders.find(commonSender);
    if (known != rules.senders.end()) {
        incoming.project = known->second;
    } else {
        const auto made =
            m_store.write([&](SQLite::Database& db) { return senderProject(db, sender, m_clock.now()); });
        if (!made) {
            collector::refuse(reading, made.error(), "storage");
            return;
        }
        incoming.project = *made;
    }
    incoming.origin = webOrigin(request);
}

} // namespace vedette::collector
