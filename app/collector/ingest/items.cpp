// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/items.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "app/collector/event/fields.h"
#include "app/collector/event/texts.h"
#include "app/collector/ingest/categories.h"
#include "models/json/document.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxItemBytes = 1'048'576; // of what is parsed: as an event
constexpr std::size_t maxName = 200;
constexpr std::size_t maxComments = 8'192;

/// Outcomes of items, each kind once.
class Counts final
{
public:
    void add(std::string_view category, std::string_view outcome, std::string_view reason,
        std::int64_t quantity = 1)
    {
        m_counts[{std::string(category), std::string(outcome), std::string(reason)}] += quantity;
    }
    void moveTo(std::vector<Outcome>& out) const
    {
        for (const auto& [key, quantity] : m_counts)
            out.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), quantity});
    }

private:
    std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> m_counts;
};

std::string textOf(json::Value value, std::size_t maxChars)
{
    return scalar(value, {}, maxChars);
}

std::string firstOf(std::string a, std::string b)
{
    return a.empty() ? std::move(b) : std::move(a);
}

void readAttachment(const EnvelopeItem& item, const std::string& eventId, Counts& counts,
    std::vector<SentAttachment>& attachments)
{
    if (eventId.empty()) {
        counts.add("attachment", "refused", "no_event_id");
        return;
    }
    constexpr std::size_t maxType = 64;
    SentAttachment out;
    out.about.eventId = eventId;
    out.about.name = cut(item.filename.empty() ? "Unnamed Attachment" : item.filename, 255);
    out.about.contentType = cut(item.contentType, maxName);
    out.about.type = item.attachmentType.empty() ? "event.attachment" : cut(item.attachmentType, maxType);
    out.bytes = item.payload;
    attachments.push_back(std::move(out));
}

bool readUserReport(json::Value report, const std::string& eventId, Incoming& incoming)
{
    IncomingReport out;
    out.eventId = firstOf(plainEventId(report["event_id"].string().value_or("")), eventId);
    out.name = textOf(report["name"], maxName);
    out.email = textOf(report["email"], maxName);
    out.comments = textOf(report["comments"], maxComments);
    if (out.eventId.empty() || (out.comments.empty() && out.name.empty() && out.email.empty()))
        return false;
    incoming.items.reports.push_back(std::move(out));
    return true;
}

bool readFeedback(json::Value event, const std::string& eventId, Incoming& incoming)
{
    const json::Value feedback = event["contexts"]["feedback"];
    const json::Value user = event["user"];
    IncomingReport out;
    out.source = "feedback";
    out.reportId = firstOf(eventId, plainEventId(event["event_id"].string().value_or("")));
    out.eventId = plainEventId(feedback["associated_event_id"].string().value_or(""));
    out.name = firstOf(textOf(feedback["name"], maxName),
        firstOf(textOf(user["name"], maxName), textOf(user["username"], maxName)));
    out.email = firstOf(textOf(feedback["contact_email"], maxName), textOf(user["email"], maxName));
    out.comments = textOf(feedback["message"], maxComments);
    out.url = firstOf(textOf(feedback["url"], 2048), textOf(event["request"]["url"], 2048));
    if (out.comments.empty())
        return false;
    incoming.items.reports.push_back(std::move(out));
    return true;
}

/// From start to end; both as numbers are exact to the microsecond, as text to the millisecond.
std::optional<std::chrono::microseconds> durationOf(json::Value start, json::Value end)
{
    constexpr double day = 86'400;
    if (const auto from = start.number(), to = end.number(); from && to) {
        const double seconds = *to - *from;
        if (!(seconds >= 0) || !(seconds <= 365 * day))
            return {};
        return std::chrono::microseconds(std::llround(seconds * 1e6));
    }
    const auto from = readTime(start);
    const auto to = readTime(end);
    if (!from || !to || *to < *from)
        return {};
    return std::chrono::duration_cast<std::chrono::microseconds>(*to - *from);
}

bool readTransaction(json::Value transaction, Incoming& incoming)
{
    const auto duration = durationOf(transaction["start_timestamp"], transaction["timestamp"]);
    if (!transaction.isObject() || !duration)
        return false;
    incoming.items.transactions.push_back(
        {firstOf(textOf(transaction["transaction"], maxName), "<unlabeled transaction>"), *duration});
    return true;
}

/// SDKs that stream their spans send no transactions: the span that a service was entered by, its segment, is
/// what a transaction was. The others are not kept.
void readSpans(const EnvelopeItem& item, Incoming& incoming)
{
    constexpr std::size_t maxSegments = 1'000;
    if (item.payload.size() > maxItemBytes || item.payload.find("\"is_segment\"") == std::string_view::npos)
        return;
    const auto document = json::Document::parse(item.payload);
    if (!document)
        return;
    std::size_t segments = 0;
    for (const json::Value span : document->root()["items"].items()) {
        if (!span["is_segment"].boolean().value_or(false) || ++segments > maxSegments)
            continue;
        const auto duration = durationOf(span["start_timestamp"], span["end_timestamp"]);
        std::string name = textOf(span["name"], maxName);
        if (duration && !name.empty())
            incoming.items.transactions.push_back({std::move(name), *duration});
    }
}

/// What the SDK itself dropped. Absurd numbers are no counts.
void readClientReport(json::Value report, Counts& counts)
{
    constexpr std::size_t maxEntries = 200;
    constexpr std::int64_t maxQuantity = 1'000'000'000;
    std::size_t entries = 0;
    for (const json::Value discarded : report["discarded_events"].items()) {
        const auto quantity = discarded["quantity"].integer();
        if (++entries > maxEntries || !quantity || *quantity <= 0 || *quantity > maxQuantity)
            continue;
        counts.add(knownCategory(discarded["category"].string().value_or("")), "client_discard",
            knownDiscardReason(discarded["reason"].string().value_or("")), *quantity);
    }
}

void readParsed(const EnvelopeItem& item, const std::string& eventId, Incoming& incoming, Counts& counts)
{
    const std::string_view category = categoryOfItem(item.type);
    if (item.payload.size() > maxItemBytes) {
        counts.add(category, "refused", "too_large");
        return;
    }
    const auto document = json::Document::parse(item.payload);
    bool fine = document && document->root().isObject();
    if (fine && item.type == "user_report")
        fine = readUserReport(document->root(), eventId, incoming);
    else if (fine && item.type == "feedback")
        fine = readFeedback(document->root(), eventId, incoming);
    else if (fine && item.type == "transaction")
        fine = readTransaction(document->root(), incoming);
    else if (fine)
        readClientReport(document->root(), counts);
    if (!fine)
        counts.add(category, "refused", "malformed");
}

} // namespace

void readItems(const Envelope& envelope, const std::string& eventId, Incoming& incoming,
    std::vector<SentAttachment>& attachments)
{
    Counts counts;
    for (const EnvelopeItem& item : envelope.items) {
        if (item.type == "event")
            continue;
        if (item.type == "attachment")
            readAttachment(item, eventId, counts, attachments);
        else if (item.type == "user_report" || item.type == "feedback" || item.type == "transaction" ||
                 item.type == "client_report")
            readParsed(item, eventId, incoming, counts);
        else
            counts.add(categoryOfItem(item.type), "dropped", "not_kept", item.count);
        if (item.type == "span")
            readSpans(item, incoming);
    }
    if (!envelope.damage.empty())
        counts.add(categoryOfItem(envelope.damagedType), "refused", "truncated");
    counts.moveTo(incoming.outcomes);
}

} // namespace vedette::collector
