// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/arrival.h"

#include <cstring>
#include <limits>

#include "app/collector/storage/payload.h"
#include "models/core/logging.h"
#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

/// Of a time that is not told.
constexpr std::int64_t noTime = std::numeric_limits<std::int64_t>::min();

class Packer final
{
public:
    explicit Packer(std::size_t expected) { m_out.reserve(expected); }

    void number(std::int64_t value) { m_out.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void text(std::string_view value)
    {
        number(static_cast<std::int64_t>(value.size()));
        m_out.append(value);
    }
    std::string take() { return std::move(m_out); }

private:
    std::string m_out;
};

/// Past the end, everything is 0 and empty, and isGood() false.
class Unpacker final
{
public:
    explicit Unpacker(std::string_view bytes)
        : m_rest(bytes)
    {}

    std::int64_t number()
    {
        std::int64_t value = 0;
        if (m_rest.size() < sizeof value) {
            fail();
            return 0;
        }
        std::memcpy(&value, m_rest.data(), sizeof value);
        m_rest.remove_prefix(sizeof value);
        return value;
    }
    std::string text()
    {
        const std::int64_t size = number();
        if (size < 0 || static_cast<std::uint64_t>(size) > m_rest.size()) {
            fail();
            return {};
        }
        std::string value(m_rest.substr(0, static_cast<std::size_t>(size)));
        m_rest.remove_prefix(static_cast<std::size_t>(size));
        return value;
    }
    [[nodiscard]] bool isGood() const { return m_isGood; }
    [[nodiscard]] bool isAtEnd() const { return m_isGood && m_rest.empty(); }

private:
    void fail()
    {
        m_isGood = false;
        m_rest = {};
    }

    std::string_view m_rest;
    bool m_isGood = true;
};

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

core::TimePoint timeOf(std::int64_t ms)
{
    return core::TimePoint(std::chrono::milliseconds(ms));
}

void pack(Packer& out, const IncomingEvent& event)
{
    out.number(msOf(event.context.received));
    out.number(event.context.sentAt ? msOf(*event.context.sentAt) : noTime);
    out.text(event.context.userAgent);
    out.text(event.context.remoteAddress);
    out.text(event.facts.eventId); // may have been made up for an event that named none
    out.text(event.payload);
    out.number(event.size);
    out.text(event.category);
}

IncomingEvent unpackEvent(Unpacker& in)
{
    IncomingEvent event;
    event.context.received = timeOf(in.number());
    if (const std::int64_t sent = in.number(); sent != noTime)
        event.context.sentAt = timeOf(sent);
    event.context.userAgent = in.text();
    event.context.remoteAddress = in.text();
    event.context.envelopeEventId = in.text();
    event.payload = in.text();
    event.size = in.number();
    event.category = in.text();
    return event;
}

core::Result<EventFacts> factsOf(const IncomingEvent& event, const FactsReader& readFacts)
{
    const auto json = unpackPayload(event.payload);
    if (!json)
        return core::fail(json.error());
    const auto document = json::Document::parse(*json);
    if (!document)
        return core::fail(document.error());
    return readFacts(document->root(), event.context);
}

} // namespace

bool isJournalled(const Incoming& incoming)
{
    return incoming.event && incoming.items.empty() && !incoming.forward && incoming.forwarded.empty();
}

std::string packArrival(const Incoming& incoming)
{
    std::size_t expected = 512;
    if (incoming.event)
        expected += incoming.event->payload.size();
    Packer out(expected);
    out.number(incoming.project);
    out.text(incoming.origin);
    out.number(static_cast<std::int64_t>(incoming.outcomes.size()));
    for (const Outcome& outcome : incoming.outcomes) {
        out.text(outcome.category);
        out.text(outcome.outcome);
        out.text(outcome.reason);
        out.number(outcome.quantity);
    }
    out.number((incoming.event ? 1 : 0) + static_cast<std::int64_t>(incoming.furtherEvents.size()));
    if (incoming.event)
        pack(out, *incoming.event);
    for (const IncomingEvent& event : incoming.furtherEvents)
        pack(out, event);
    return out.take();
}

core::Result<Incoming> unpackArrival(std::string_view bytes, const FactsReader& readFacts)
{
    Unpacker in(bytes);
    Incoming incoming;
    incoming.project = in.number();
    incoming.origin = in.text();
    for (std::int64_t left = in.number(); left > 0 && in.isGood(); --left) {
        Outcome outcome;
        outcome.category = in.text();
        outcome.outcome = in.text();
        outcome.reason = in.text();
        outcome.quantity = in.number();
        incoming.outcomes.push_back(std::move(outcome));
    }
    for (std::int64_t left = in.number(); left > 0 && in.isGood(); --left) {
        IncomingEvent event = unpackEvent(in);
        if (!in.isGood())
            break;
        auto facts = factsOf(event, readFacts);
        if (!facts) {
            qCWarning(core::lcCore, "an event of the collector's journal cannot be read: %s",
                qPrintable(facts.error().detail));
            continue;
        }
        event.facts = std::move(*facts);
        if (incoming.event)
            incoming.furtherEvents.push_back(std::move(event));
        else
            incoming.event = std::move(event);
    }
    if (!in.isAtEnd())
        return core::fail(core::ErrorKind::Malformed, u"a damaged entry of the collector's journal"_s);
    return incoming;
}

} // namespace vedette::collector
