// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/reader.h"

#include <algorithm>
#include <charconv>

#include <QByteArray>

#include "app/collector/envelope/auth.h"
#include "app/collector/envelope/envelope.h"
#include "app/collector/envelope/msgpack.h"
#include "app/collector/event/fields.h"
#include "app/collector/http/decode.h"
#include "app/collector/ingest/attachmentform.h"
#include "app/collector/ingest/crashreport.h"
#include "app/collector/ingest/securityreport.h"
#include "app/collector/storage/payload.h"
#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

AuthSources sourcesOf(const Request& request, IngestRoute route)
{
    AuthSources sources;
    sources.sentryAuth = request.header("x-sentry-auth");
    sources.authorization = request.header("authorization");
    sources.queryKey = request.queryValue("sentry_key");
    if (route != IngestRoute::Tunnel && route != IngestRoute::Stream)
        sources.project = request.segments[1];
    return sources;
}

/// The project, if the credentials open it.
core::Result<std::int64_t> checkedProject(const AuthSources& sources, const KeyLookup& projectOfKey)
{
    const auto credentials = readCredentials(sources);
    if (!credentials)
        return core::fail(credentials.error());
    const auto project = projectOfKey(credentials->key);
    if (!project)
        return core::fail(core::ErrorKind::Forbidden, u"unknown or inactive key"_s);
    if (std::to_string(*project) != credentials->project)
        return core::fail(core::ErrorKind::Forbidden, u"the key does not belong to this project"_s);
    return *project;
}

/// Without a key anybody may send, to a project that this makes for itself (0 here). An SDK that has a DSN of
/// ours beside sends there too: then both are meant to be one, and the event's id makes them so.
std::int64_t streamProject(const AuthSources& sources, const KeyLookup& projectOfKey)
{
    AuthSources dsnAlone;
    dsnAlone.dsn = sources.dsn;
    return checkedProject(dsnAlone, projectOfKey).value_or(0);
}

core::Result<IncomingEvent> readEvent(std::string_view json, ReceiveContext context)
{
    if (json.size() > maxEventBytes) {
        return core::fail(core::ErrorKind::TooLarge,
            u"the event has %1 bytes, the limit is %2"_s.arg(json.size()).arg(maxEventBytes));
    }
    const auto document = json::Document::parse(json);
    if (!document)
        return core::fail(
            document.error().kind, u"the event is not valid JSON: "_s + document.error().detail);
    if (!document->root().isObject())
        return core::fail(core::ErrorKind::Malformed, u"the event is not a JSON object"_s);
    auto facts = extractFacts(document->root(), context);
    if (!facts)
        return core::fail(facts.error());
    IncomingEvent event;
    event.facts = std::move(*facts);
    event.context = std::move(context);
    event.payload = packPayload(json);
    event.size = static_cast<std::int64_t>(json.size());
    return event;
}

ReceiveContext contextOf(const Request& request, core::TimePoint now)
{
    constexpr std::size_t maxAgent = 512;
    ReceiveContext context;
    context.received = now;
    context.userAgent = std::string(request.header("user-agent").value_or("").substr(0, maxAgent));
    context.remoteAddress = request.remote;
    return context;
}

/// The event as JSON, from bytes that are no longer packed: JSON, or a msgpack map.
core::Result<std::string> jsonOf(std::string_view bytes)
{
    if (isMsgpackMap(bytes))
        return jsonOfMsgpack(bytes, maxEventBytes);
    return std::string(bytes);
}

/// `/store/` also takes base64 of zlib, without any header that says so, and msgpack; contract section 12.
/// The first byte tells which: SDKs name msgpack by several content types or by none.
core::Result<std::string> storeJson(std::string_view body)
{
    const auto tooLargeOr = [](const core::Error& error) -> core::Result<std::string> {
        if (error.kind == core::ErrorKind::TooLarge)
            return core::fail(
                core::ErrorKind::TooLarge, u"the event is larger than %1 bytes"_s.arg(maxEventBytes));
        return core::fail(
            core::ErrorKind::Malformed, u"the body is neither JSON nor base64 of zlib, nor msgpack"_s);
    };
    const auto inflated = [&tooLargeOr](std::string_view bytes) {
        const auto plain = unpacked("deflate", bytes, maxEventBytes);
        return plain ? jsonOf(*plain) : tooLargeOr(plain.error());
    };
    if (isMsgpackMap(body))
        return jsonOfMsgpack(body, maxEventBytes);
    const std::string_view text = trimmed(body);
    if (text.empty())
        return core::fail(core::ErrorKind::Malformed, u"empty body"_s);
    if (text.front() == '{')
        return std::string(text);
    if (body.front() == '\x78') // zlib without base64
        return inflated(body);
    const QByteArray coded = QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
    const auto decoded = QByteArray::fromBase64Encoding(coded, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return tooLargeOr({});
    const std::string_view bytes((*decoded).constData(), static_cast<std::size_t>((*decoded).size()));
    return bytes.starts_with('{') || isMsgpackMap(bytes) ? jsonOf(bytes) : inflated(bytes);
}

core::Result<void> readEnvelopeBody(IngestRoute route, const Request& request, std::string_view body,
    core::TimePoint now, const KeyLookup& projectOfKey, IngestReading& out)
{
    const auto envelope = parseEnvelope(body);
    if (!envelope)
        return core::fail(envelope.error());
    out.eventId = envelope->eventId;
    AuthSources sources = sourcesOf(request, route);
    sources.dsn = envelope->dsn;
    const auto project = route == IngestRoute::Stream
                             ? core::Result<std::int64_t>(streamProject(sources, projectOfKey))
                             : checkedProject(sources, projectOfKey);
    if (!project)
        return core::fail(project.error());
    out.incoming.project = *project;
    const EnvelopeItem* item = envelope->firstOf("event");
    const auto crash = item ? std::optional<std::string>() : crashEventOf(*envelope);
    if (item || crash) {
        ReceiveContext context = contextOf(request, now);
        context.sentAt = envelope->sentAt;
        context.envelopeEventId = envelope->eventId;
        auto event = readEvent(item ? item->payload : std::string_view(*crash), std::move(context));
        if (!event)
            return core::fail(event.error());
        out.eventId = event->facts.eventId;
        out.incoming.event = std::move(*event);
    }
    out.damaged = !envelope->damage.empty();
    readItems(*envelope, out.eventId, out.incoming, out.attachments);
    return {};
}

core::Result<void> readStoreBody(const Request& request, std::string_view body, core::TimePoint now,
    const KeyLookup& projectOfKey, IngestReading& out)
{
    const auto project = checkedProject(sourcesOf(request, IngestRoute::Store), projectOfKey);
    if (!project)
        return core::fail(project.error());
    out.incoming.project = *project;
    const auto json = storeJson(body);
    if (!json)
        return core::fail(json.error());
    auto event = readEvent(*json, contextOf(request, now));
    if (!event)
        return core::fail(event.error());
    out.eventId = event->facts.eventId;
    out.incoming.event = std::move(*event);
    return {};
}

core::Result<void> readSecurityBody(const Request& request, std::string_view body, core::TimePoint now,
    const KeyLookup& projectOfKey, IngestReading& out)
{
    const auto project = checkedProject(sourcesOf(request, IngestRoute::Security), projectOfKey);
    if (!project)
        return core::fail(project.error());
    out.incoming.project = *project;
    if (trimmed(body).empty())
        return core::fail(core::ErrorKind::Malformed, u"empty body"_s);
    if (body.size() > maxEventBytes) {
        return core::fail(core::ErrorKind::TooLarge,
            u"the report has %1 bytes, the limit is %2"_s.arg(body.size()).arg(maxEventBytes));
    }
    auto reports = readSecurityReports(request, body, now);
    if (!reports)
        return core::fail(reports.error());
    for (ReportEvent& report : reports->events) {
        ReceiveContext context = contextOf(request, now);
        context.userAgent = std::move(report.userAgent);
        auto event = readEvent(report.json, std::move(context));
        if (!event)
            return core::fail(event.error());
        event->category = "security";
        if (out.incoming.event) {
            out.incoming.furtherEvents.push_back(std::move(*event));
        } else {
            out.eventId = event->facts.eventId;
            out.incoming.event = std::move(*event);
        }
    }
    if (reports->others > 0)
        out.incoming.outcomes.push_back({"security", "dropped", "not_kept", reports->others});
    return {};
}

core::Result<void> readMinidumpBody(const Request& request, std::string_view body, core::TimePoint now,
    const KeyLookup& projectOfKey, IngestReading& out)
{
    const auto project = checkedProject(sourcesOf(request, IngestRoute::Minidump), projectOfKey);
    if (!project)
        return core::fail(project.error());
    out.incoming.project = *project;
    auto report = readCrashReport(request, body);
    if (!report)
        return core::fail(report.error());
    auto event = readEvent(report->eventJson, contextOf(request, now));
    if (!event)
        return core::fail(event.error());
    out.eventId = event->facts.eventId;
    out.incoming.event = std::move(*event);
    out.attachments = std::move(report->attachments);
    for (SentAttachment& attachment : out.attachments)
        attachment.about.eventId = out.eventId;
    return {};
}

core::Result<void> readFilesBody(
    const Request& request, std::string_view body, const KeyLookup& projectOfKey, IngestReading& out)
{
    const auto project = checkedProject(sourcesOf(request, IngestRoute::Files), projectOfKey);
    if (!project)
        return core::fail(project.error());
    out.incoming.project = *project;
    out.eventId = plainEventId(request.segments[3]);
    if (out.eventId.empty())
        return core::fail(core::ErrorKind::Malformed, u"the path has an invalid event id"_s);
    auto files = readAttachmentForm(request.header("content-type").value_or(""), body);
    if (!files)
        return core::fail(files.error());
    out.attachments = std::move(*files);
    for (SentAttachment& attachment : out.attachments)
        attachment.about.eventId = out.eventId;
    return {};
}

core::Result<void> readBody(IngestRoute route, const Request& request, std::string_view body,
    core::TimePoint now, const KeyLookup& projectOfKey, IngestReading& out)
{
    switch (route) {
    case IngestRoute::Envelope:
    case IngestRoute::Tunnel:
    case IngestRoute::Stream:
        break;
    case IngestRoute::Store:
        return readStoreBody(request, body, now, projectOfKey, out);
    case IngestRoute::Security:
        return readSecurityBody(request, body, now, projectOfKey, out);
    case IngestRoute::Minidump:
        return readMinidumpBody(request, body, now, projectOfKey, out);
    case IngestRoute::Files:
        return readFilesBody(request, body, projectOfKey, out);
    }
    return readEnvelopeBody(route, request, body, now, projectOfKey, out);
}

} // namespace

std::optional<IngestRoute> ingestRoute(const Request& request)
{
    const auto& path = request.segments;
    if (path.size() == 1 && path[0] == "tunnel")
        return IngestRoute::Tunnel;
    if (path.size() == 1 && path[0] == "stream")
        return IngestRoute::Stream;
    if (path.size() < 3 || path[0] != "api" || path[1] == "0")
        return std::nullopt;
    if (path.size() == 5 && path[2] == "events" && path[4] == "attachments")
        return IngestRoute::Files;
    if (path.size() != 3)
        return std::nullopt;
    if (path[2] == "envelope")
        return IngestRoute::Envelope;
    if (path[2] == "store")
        return IngestRoute::Store;
    if (path[2] == "security" || path[2] == "csp-report" || path[2] == "nel")
        return IngestRoute::Security;
    if (path[2] == "minidump")
        return IngestRoute::Minidump;
    return std::nullopt;
}

IngestReading readIngest(IngestRoute route, const Request& request, std::string_view body,
    core::TimePoint now, const KeyLookup& projectOfKey)
{
    IngestReading out;
    const auto done = readBody(route, request, body, now, projectOfKey, out);
    if (!done)
        refuse(out, done.error(), reasonOf(done.error()));
    return out;
}

std::string doorOf(IngestRoute route, const Request& request)
{
    switch (route) {
    case IngestRoute::Envelope:
    case IngestRoute::Tunnel:
    case IngestRoute::Stream:
        break;
    case IngestRoute::Store:
        return "store";
    case IngestRoute::Security:
        return request.segments[2] == "nel" ? "nel" : "security";
    case IngestRoute::Minidump:
        return "minidump";
    case IngestRoute::Files:
        return "events/" + plainEventId(request.segments[3]) + "/attachments";
    }
    return "envelope";
}

void refuse(IngestReading& reading, const core::Error& error, const std::string& reason)
{
    const std::int64_t project = reading.incoming.project;
    reading.incoming = Incoming();
    reading.incoming.project = project;
    reading.incoming.outcomes = {{"envelope", "refused", reason, 1}};
    reading.attachments.clear();
    reading.refusal = error;
}

std::int64_t projectTold(IngestRoute route, const Request& head, const KeyLookup& projectOfKey)
{
    const AuthSources sources = sourcesOf(head, route);
    const auto credentials = readCredentials(sources);
    const auto project = credentials ? projectOfKey(credentials->key) : std::nullopt;
    if (project)
        return *project;
    std::int64_t told = 0;
    const auto [end, error] =
        std::from_chars(sources.project.data(), sources.project.data() + sources.project.size(), told);
    return error == std::errc() && end == sources.project.data() + sources.project.size() ? told : 0;
}

std::optional<core::Error> headRefusal(IngestRoute route, const Request& head, const KeyLookup& projectOfKey)
{
    if (route == IngestRoute::Tunnel || route == IngestRoute::Stream)
        return std::nullopt;
    const auto project = checkedProject(sourcesOf(head, route), projectOfKey);
    // Without any here, the envelope's header may still hold them.
    if (project || project.error().kind == core::ErrorKind::Unauthorized)
        return std::nullopt;
    return project.error();
}

std::string reasonOf(const core::Error& error)
{
    switch (error.kind) {
    case core::ErrorKind::Unauthorized:
        return "no_key";
    case core::ErrorKind::Forbidden:
        return "wrong_key";
    case core::ErrorKind::Rejected:
        return "keys_disagree";
    case core::ErrorKind::TooLarge:
        return "too_large";
    default:
        return "malformed";
    }
}

Response refusalResponse(const core::Error& error)
{
    int status = 400;
    switch (error.kind) {
    case core::ErrorKind::Unauthorized:
        status = 401;
        break;
    case core::ErrorKind::Forbidden:
        status = 403;
        break;
    case core::ErrorKind::TooLarge:
        status = 413;
        break;
    case core::ErrorKind::Unsupported:
        status = 415;
        break;
    case core::ErrorKind::Storage:
    case core::ErrorKind::Busy:
        status = 503;
        break;
    default:
        break;
    }
    std::string text = error.detail.toStdString();
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c >= 0 && c < 0x20; }, ' ');
    Response response = Response::detail(status, text);
    response.header("X-Sentry-Error", text);
    if (status == 503)
        response.header("Retry-After", "5");
    return response;
}

} // namespace vedette::collector
