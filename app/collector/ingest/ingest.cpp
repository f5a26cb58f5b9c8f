// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/ingest.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "app/collector/http/decode.h"
#include "app/collector/ingest/packing.h"
#include "app/collector/storage/directory.h"
#include "models/core/logging.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

/// Pages of any origin may send: the key says whether they may. What scripts are allowed to read of the
/// answer.
Response withCors(Response response)
{
    response.header("Access-Control-Allow-Origin", "*");
    response.header("Access-Control-Expose-Headers", "X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After");
    return response;
}

Response preflight(const Request& head)
{
    Response response = withCors(Response::empty(204));
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
    return Response::json(200, writer.take());
}

constexpr unsigned workerCount = 2;

} // namespace

/// Answers the sender when the store has committed, or could not.
class Ingest::Waiter final : public CommitWaiter
{
public:
    Waiter(Completion done, Response response, bool refused)
        : m_done(std::move(done))
        , m_response(std::move(response))
        , m_refused(refused)
    {}

    void committed(const core::Result<Stored>& result) override
    {
        // A refusal stands whether or not it could be counted.
        if (result || m_refused)
            m_done(withCors(std::move(m_response)));
        else
            m_done(withCors(refusalResponse(result.error())));
    }

private:
    Completion m_done;
    Response m_response;
    bool m_refused;
};

Ingest::Ingest(Store& store, const core::Clock& clock, HttpLimits limits, std::string spoolDir)
    : m_store(store)
    , m_clock(clock)
    , m_limits(limits)
    , m_spoolDir(std::move(spoolDir))
    , m_workers("collector-work", workerCount)
{}

std::optional<Response> Ingest::refuse(const Request& head) const
{
    if (head.method == "POST")
        return std::nullopt;
    if (head.method == "OPTIONS")
        return preflight(head);
    return withCors(Response::detail(405, "Method \"" + head.method + "\" not allowed.")
                        .header("Allow", "POST, OPTIONS"));
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
    if (!unpackedFine) {
        reading.refusal = unpackedFine.error();
        const bool large = unpackedFine.error().kind == core::ErrorKind::TooLarge;
        reading.incoming.outcomes = {{"envelope", "refused", large ? "too_large" : "encoding", 1}};
    } else {
        reading = readIngest(route, request, bytes, m_clock.now(),
            [this](const std::string& key) { return projectOfKey(key); });
    }
    const PackingRoom room{bodies, m_limits.spoolAfterBytes, m_spoolDir};
    if (auto packed = packAttachments(std::move(reading.attachments), room, reading.incoming.items);
        !packed) {
        const std::int64_t project = reading.incoming.project;
        reading.refusal = packed.error();
        reading.incoming = Incoming();
        reading.incoming.project = project;
        reading.incoming.outcomes = {{"envelope", "refused", "no_room", 1}};
    }
    Response response =
        reading.refusal ? refusalResponse(*reading.refusal) : accepted(route, reading.eventId);
    if (!reading.incoming.event && reading.incoming.items.empty() && reading.incoming.outcomes.empty()) {
        done(withCors(std::move(response))); // an envelope without items: legal, and nothing to commit
        return;
    }
    m_store.submit(std::move(reading.incoming),
        std::make_unique<Waiter>(std::move(done), std::move(response), reading.refusal.has_value()));
}

std::optional<std::int64_t> Ingest::projectOfKey(const std::string& key)
{
    const std::lock_guard lock(m_keysMutex);
    // Read before the keys: a change in between makes us read once more, never once too few.
    const std::uint64_t generation = m_store.generation();
    if (m_keysGeneration != generation) {
        auto keys = m_store.read([](SQLite::Database& db) { return activeKeys(db); });
        if (keys) {
            m_keys = std::move(*keys);
            m_keysGeneration = generation;
        } else {
            qCWarning(
                core::lcCore, "the collector could not read its keys: %s", qPrintable(keys.error().detail));
        }
    }
    const auto found = m_keys.find(key);
    if (found == m_keys.end())
        return std::nullopt;
    return found->second;
}

} // namespace vedette::collector
