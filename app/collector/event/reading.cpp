// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/reading.h"

#include <QUuid>

#include <algorithm>
#include <array>
#include <limits>

#include "app/collector/event/fields.h"
#include "app/collector/event/interpolate.h"
#include "app/collector/event/report.h"
#include "app/collector/event/texts.h"
#include "app/collector/event/useragent.h"

namespace vedette::collector {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t maxMessage = 8192;

/// Members whose meaning needs others first.
struct Rest
{
    json::Value eventId, type, level, timestamp, message, logentry, exception, csp;
    std::string culprit;
};

/// A report of the browser's; the key is the event's type.
void readReport(EventReading& event, std::string_view key, json::Value value, Notes* notes)
{
    event.report = objectOnly(value, key, notes);
    if (event.report.exists())
        event.type = key;
}

void readTopLevel(EventReading& event, Rest& rest, Notes* notes)
{
    constexpr std::size_t name = 200;
    for (const auto& [key, value] : event.root.members()) {
        if (key.empty())
            continue;
        switch (key.front()) {
        case 'b':
            if (key == "breadcrumbs")
                event.breadcrumbs = value;
            break;
        case 'c':
            if (key == "contexts")
                event.contexts = objectOnly(value, key, notes);
            else if (key == "culprit")
                rest.culprit = scalar(value, key, name, notes);
            else if (key == "csp" || key == "csp-report")
                rest.csp = objectOnly(value, key, notes);
            break;
        case 'd':
            if (key == "dist")
                event.dist = scalar(value, key, 64, notes);
            else if (key == "debug_meta")
                event.debugMeta = objectOnly(value, key, notes);
            break;
        case 'e':
            if (key == "event_id")
                rest.eventId = value;
            else if (key == "exception")
                rest.exception = value;
            else if (key == "environment")
                event.environment = scalar(value, key, 64, notes);
            else if (key == "extra")
                event.extra = objectOnly(value, key, notes);
            else if (key == "errors")
                event.errors = value;
            else if (key == "expectct" || key == "expectstaple")
                readReport(event, key, value, notes);
            break;
        case 'f':
            if (key == "fingerprint")
                event.fingerprint = value;
            break;
        case 'h':
            if (key == "hpkp")
                readReport(event, key, value, notes);
            break;
        case 'l':
            if (key == "level")
                rest.level = value;
            else if (key == "logger")
                event.logger = scalar(value, key, 64, notes);
            else if (key == "logentry")
                rest.logentry = value;
            break;
        case 'm':
            if (key == "message")
                rest.message = value;
            else if (key == "modules")
                event.modules = objectOnly(value, key, notes);
            break;
        case 'n':
            if (key == "nel")
                readReport(event, key, value, notes);
            break;
        case 'p':
            if (key == "platform")
                event.platform = scalar(value, key, 64, notes);
            break;
        case 'r':
            if (key == "request")
                event.request = objectOnly(value, key, notes);
            else if (key == "release")
                event.release = scalar(value, key, 200, notes);
            break;
        case 's':
            if (key == "sdk")
                event.sdk = objectOnly(value, key, notes);
            else if (key == "server_name")
                event.serverName = scalar(value, key, name, notes);
            else if (key == "stacktrace")
                event.stacktrace = value;
            else if (key.starts_with("sentry.interfaces."))
                // The names of old clients (raven): the interface's class.
                (key.ends_with(".Exception")    ? rest.exception
                    : key.ends_with(".Message") ? rest.logentry
                    : key.ends_with(".Http")    ? event.request
                    : key.ends_with(".User")    ? event.user
                                                : event.stacktrace) = value;
            break;
        case 't':
            if (key == "timestamp")
                rest.timestamp = value;
            else if (key == "tags")
                event.tags = value;
            else if (key == "transaction")
                event.transaction = scalar(value, key, name, notes);
            else if (key == "threads")
                event.threads = value;
            else if (key == "template")
                event.templateFrame = objectOnly(value, key, notes);
            else if (key == "type")
                rest.type = value;
            break;
        case 'u':
            if (key == "user")
                event.user = objectOnly(value, key, notes);
            break;
        case '_':
            if (key == "_meta")
                event.meta = value;
            break;
        default:
            break;
        }
    }
}

void readMessage(EventReading& event, const Rest& rest, Notes* notes)
{
    for (const json::Value source : {rest.logentry, rest.message}) {
        if (const auto text = source.string()) {
            event.message = trimmed(*text);
        } else if (source.isObject()) {
            const auto formatted = source["formatted"].text();
            const auto raw = source["message"].text();
            event.messageParams = source["params"];
            for (const std::string_view name : {"formatted", "message", "params"}) {
                const json::Value value = notes ? source[name] : json::Value();
                const bool isList = value.isObject() || value.isArray();
                if (value.exists() && !value.isNull() && isList != (name == "params"))
                    note(notes, "invalid_data", "logentry." + std::string(name), value.toJson());
            }
            event.message = formatted ? *formatted : std::string();
            if (event.message.empty() && raw)
                event.message = interpolated(*raw, event.messageParams);
            if (raw && *raw != event.message)
                event.messageTemplate = *raw;
        } else if (source.exists() && !source.isNull()) {
            note(notes, "invalid_data", "logentry", source.toJson());
        }
        if (!event.message.empty())
            break;
    }
    if (isLongerThan(event.message, maxMessage))
        event.message = cutNoted(event.message, "logentry", maxMessage, notes);
}

void readExceptions(EventReading& event, json::Value source, Notes* notes)
{
    for (const json::Value item : valuesOf(source)) {
        if (!item.isObject()) {
            if (!item.isNull())
                note(notes, "invalid_data", "exception.values", item.toJson());
            continue;
        }
        ExceptionReading exception;
        exception.json = item;
        const auto nameOf = [&](std::string_view member) {
            return notes ? "exception.values." + std::to_string(event.exceptions.size()) + '.' +
                               std::string(member)
                         : std::string();
        };
        for (const auto& [key, value] : item.members()) {
            if (key == "type") {
                exception.type = scalar(value, nameOf("type"), 256, notes);
            } else if (key == "value") {
                // Objects and lists are thrown too: their JSON is better than nothing.
                const auto text = value.text();
                exception.value = text ? *text : value.exists() && !value.isNull() ? value.toJson() : "";
                if (isLongerThan(exception.value, maxMessage))
                    exception.value = cutNoted(exception.value, nameOf("value"), maxMessage, notes);
            } else if (key == "module") {
                exception.module = scalar(value, nameOf("module"), 256, notes);
            } else if (key == "stacktrace") {
                exception.stacktrace = value;
            } else if (key == "mechanism") {
                exception.mechanism = objectOnly(value, nameOf("mechanism"), notes);
            }
        }
        for (const auto& [key, value] : exception.mechanism.members()) {
            if (key == "handled")
                exception.handled = value.boolean();
            else if (key == "synthetic")
                exception.synthetic = value.boolean().value_or(false);
            else
                continue;
            if (!value.isBool() && !value.isNull())
                note(notes, "invalid_data", nameOf("mechanism." + std::string(key)), value.toJson());
        }
        event.unhandled = event.unhandled || exception.handled == false;
        std::vector<Frame> frames = readFrames(exception.stacktrace, event.family, notes);
        if (frames.empty() && exception.type.empty() && exception.value.empty() &&
            !exception.mechanism.exists())
            continue; // {} says nothing
        exception.firstFrame = event.frames.size();
        exception.frameCount = frames.size();
        event.frames.insert(event.frames.end(), frames.begin(), frames.end());
        event.exceptions.push_back(std::move(exception));
    }
}

void readOtherFrames(EventReading& event)
{
    if (!event.frames.empty())
        return;
    const std::vector<json::Value> threads = valuesOf(event.threads);
    if (threads.size() == 1)
        event.otherFrames = readFrames(threads.front()["stacktrace"], event.family);
    if (event.otherFrames.empty())
        event.otherFrames = readFrames(event.stacktrace, event.family);
}

void readTimes(EventReading& event, json::Value source, const ReceiveContext& context, Notes* notes)
{
    // Contract section 12; the limits are the documented ones.
    constexpr auto tolerance = 1min;
    constexpr auto maxAge = 30 * 24h;
    event.received = context.received;
    if (context.sentAt) {
        const auto drift = context.received - *context.sentAt;
        if (drift > tolerance || drift < -tolerance) {
            event.drift = drift;
            note(notes, "clock_drift", "timestamp", core::formatTime(*context.sentAt));
        }
    }
    const auto told = readTime(source);
    if (!told) {
        if (source.exists() && !source.isNull())
            note(notes, "invalid_data", "timestamp", source.toJson());
        event.timestamp = context.received;
        return;
    }
    event.timestamp = *told + event.drift;
    if (event.timestamp > context.received + tolerance) {
        note(notes, "future_timestamp", "timestamp", core::formatTime(*told));
        event.timestamp = context.received;
    } else if (event.timestamp < context.received - maxAge) {
        note(notes, "past_timestamp", "timestamp", core::formatTime(*told));
        event.timestamp = context.received;
    }
}

void readPerson(EventReading& event, const ReceiveContext& context, Notes* notes)
{
    UserReading& person = event.person;
    for (const auto& [key, value] : event.user.members()) {
        if (key == "id")
            person.id = scalar(value, "user.id", 128, notes);
        else if (key == "email")
            person.email = scalar(value, "user.email", 128, notes);
        else if (key == "username")
            person.username = scalar(value, "user.username", 128, notes);
        else if (key == "ip_address")
            person.ip = scalar(value, "user.ip_address", 64, notes);
        else if (key == "name")
            person.name = scalar(value, "user.name", 128, notes);
    }
    // Elsewhere a browser event's sender stands for its user; here it is always this machine, which would
    // make one user of all. Only what the SDK asks for is done.
    event.isAddressFilledIn = person.ip == "{{auto}}";
    if (event.isAddressFilledIn)
        person.ip = context.remoteAddress;
}

void readUrl(EventReading& event, Notes* notes)
{
    for (const std::string_view name : {"headers", "cookies", "env", "query_string"}) {
        const json::Value value = event.request[name];
        const bool isList = name == "headers" || name == "env";
        if (value.isNumber() || value.isBool() || (value.isString() && isList))
            note(notes, "invalid_data", "request." + std::string(name), value.toJson());
    }
    constexpr std::size_t maxUrl = 2048; // without what stands apart: query and fragment
    const std::string url =
        scalar(event.request["url"], "request.url", std::numeric_limits<std::size_t>::max(), notes);
    event.url =
        cutNoted(std::string_view(url).substr(0, url.find_first_of("?#")), "request.url", maxUrl, notes);
}

void addContext(EventReading& event, NamedContext context)
{
    if (!context.name.empty() || !context.model.empty() || !context.family.empty())
        event.named.push_back(std::move(context));
}

std::string_view knownType(std::string_view type)
{
    constexpr std::array<std::string_view, 5> known = {"browser", "os", "runtime", "device", "app"};
    const auto found = std::find(known.begin(), known.end(), type == "client_os" ? "os" : type);
    return found != known.end() ? *found : std::string_view();
}

void readContexts(EventReading& event, const ReceiveContext& context)
{
    bool hasBrowser = false;
    bool hasOs = false;
    bool hasDevice = false;
    for (const auto& [alias, value] : event.contexts.members()) {
        if (!value.isObject())
            continue;
        const std::string_view type = knownType(value["type"].string().value_or(alias));
        hasBrowser = hasBrowser || type == "browser";
        hasOs = hasOs || alias == "os";
        hasDevice = hasDevice || alias == "device";
        if (type.empty() || type == "app")
            continue;
        NamedContext named;
        named.alias = alias;
        named.type = type;
        for (const auto& [key, field] : value.members()) {
            if (key == "name")
                named.name = scalar(field, {}, 200, nullptr);
            else if (key == "version")
                named.version = scalar(field, {}, 200, nullptr);
            else if (key == "model")
                named.model = scalar(field, {}, 200, nullptr);
            else if (key == "family")
                named.family = scalar(field, {}, 200, nullptr);
        }
        addContext(event, std::move(named));
    }
    event.userAgent = requestHeader(event.request, "user-agent");
    if (event.userAgent.empty() && event.platform == "javascript")
        event.userAgent = context.userAgent; // the browser itself sent it
    if (event.userAgent.empty())
        return;
    const UserAgent agent = readUserAgent(event.userAgent);
    if (!hasBrowser)
        addContext(event, {"browser", "browser", agent.browser, agent.browserVersion, {}, {}});
    if (!hasOs)
        addContext(event, {"os", "os", agent.os, agent.osVersion, {}, {}});
    if (!hasDevice)
        addContext(event, {"device", "device", {}, {}, agent.deviceModel, agent.deviceFamily});
}

std::string typeOf(const EventReading& event, json::Value sent)
{
    if (event.report.exists())
        return event.type;
    if (!event.exceptions.empty())
        return "error";
    const std::string_view type = sent.string().value_or("");
    for (const std::string_view known :
        {std::string_view("transaction"), std::string_view("feedback"), std::string_view("generic")}) {
        if (type == known)
            return std::string(known);
    }
    return "default";
}

} // namespace

std::string UserReading::key() const
{
    if (!id.empty())
        return "id:" + id;
    if (!email.empty())
        return "email:" + email;
    if (!username.empty())
        return "username:" + username;
    return ip.empty() ? std::string() : "ip:" + ip;
}

EventReading readEventPayload(json::Value payload, const ReceiveContext& context, Notes* notes)
{
    EventReading event;
    event.root = payload;
    Rest rest;
    readTopLevel(event, rest, notes);
    if (rest.csp.exists()) {
        event.report = rest.csp;
        event.type = "csp";
    }
    if (event.platform.empty())
        event.platform = "other";
    event.family = familyOf(event.platform);
    if (event.transaction.empty())
        event.transaction = std::move(rest.culprit);
    event.exception = rest.exception;
    for (const auto& [name, value] :
        {std::pair<std::string_view, json::Value>{"exception", rest.exception}, {"threads", event.threads},
            {"breadcrumbs", event.breadcrumbs}, {"stacktrace", event.stacktrace}}) {
        if (value.text()) // a scalar is no list of anything
            note(notes, "invalid_data", name, *value.text());
    }
    for (const auto& [name, value] : {std::pair<std::string_view, json::Value>{"errors", event.errors},
             {"_meta", event.meta}, {"fingerprint", event.fingerprint}}) {
        const bool fine = name == "_meta" ? value.isObject() : value.isArray();
        if (value.exists() && !value.isNull() && !fine && !(name == "fingerprint" && value.text()))
            note(notes, "invalid_data", name, value.toJson());
    }
    readExceptions(event, rest.exception, notes);
    readMessage(event, rest, notes);
    readOtherFrames(event);
    event.type = typeOf(event, rest.type);

    event.eventId = plainEventId(context.envelopeEventId);
    if (event.eventId.empty()) {
        event.eventId = plainEventId(rest.eventId.string().value_or(""));
        if (event.eventId.empty() && rest.eventId.exists() && !rest.eventId.isNull())
            note(notes, "invalid_data", "event_id", rest.eventId.toJson());
    }
    if (event.eventId.empty()) {
        const QByteArray made = QUuid::createUuid().toByteArray(QUuid::Id128);
        event.eventId.assign(made.constData(), static_cast<std::size_t>(made.size()));
    }
    event.level = plainLevel(rest.level);
    if (event.level.empty()) {
        if (rest.level.exists() && !rest.level.isNull())
            note(notes, "invalid_data", "level", rest.level.toJson());
        event.level = event.type == "transaction" ? "info" : "error";
    }
    readTimes(event, rest.timestamp, context, notes);
    readPerson(event, context, notes);
    readUrl(event, notes);
    if (event.report.exists() && event.message.empty())
        event.message = reportTitle(event);
    readContexts(event, context);
    return event;
}

} // namespace vedette::collector
