// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demo/eventtemplate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "app/demo/dice.h"
#include "models/json/document.h"
#include "models/json/writer.h"

namespace vedette::demo {

using core::ErrorKind;
using json::Value;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A user's name from a number: the same every time.
std::string userName(std::uint32_t user)
{
    static constexpr std::array<const char*, 16> first = {"amber", "brisk", "calm", "dusty", "early", "foggy",
        "green", "hazel", "ivory", "jolly", "kind", "lunar", "misty", "nimble", "olive", "plain"};
    static constexpr std::array<const char*, 16> second = {"otter", "heron", "maple", "comet", "badger",
        "cedar", "finch", "harbor", "lynx", "meadow", "pebble", "raven", "salmon", "thistle", "walnut",
        "willow"};
    return std::string(first[user % first.size()]) + '-' + second[(user / first.size()) % second.size()] +
           std::to_string(user % 90 + 10);
}

std::string jsonText(std::string_view text)
{
    std::string out;
    json::appendQuoted(out, text);
    return out;
}

/// How an SDK wrote a moment, and which one.
struct Moment
{
    core::TimePoint time;
    bool isText = false;
    bool isWhole = false;
};

std::optional<Moment> momentOf(const Value& value)
{
    if (const auto text = value.string()) {
        if (const auto time = core::parseTime(*text))
            return Moment{*time, true, false};
        return std::nullopt;
    }
    if (const auto seconds = value.number())
        return Moment{core::TimePoint(std::chrono::milliseconds(std::llround(*seconds * 1000))), false,
            std::floor(*seconds) == *seconds};
    return std::nullopt;
}

/// `at`, moved by as much of the offset as a transaction is longer or shorter.
core::TimePoint shifted(core::TimePoint at, std::chrono::milliseconds offset, double stretch)
{
    return at + std::chrono::milliseconds(std::llround(double(offset.count()) * stretch));
}

/// The lines of an envelope with one event item.
struct Parts
{
    std::string_view header;
    std::string_view itemHeader;
    std::string_view payload;
};

core::Result<Parts> partsOf(std::string_view envelope)
{
    const std::size_t first = envelope.find('\n');
    const std::size_t second = first == envelope.npos ? first : envelope.find('\n', first + 1);
    if (second == envelope.npos)
        return core::fail(ErrorKind::Malformed, u"a sample is not an envelope"_s);
    Parts parts{envelope.substr(0, first), envelope.substr(first + 1, second - first - 1),
        envelope.substr(second + 1)};
    if (parts.payload.ends_with('\n'))
        parts.payload.remove_suffix(1);
    if (parts.payload.find('\n') != parts.payload.npos)
        return core::fail(ErrorKind::Malformed, u"a sample envelope has more than one item"_s);
    return parts;
}

} // namespace

/// Writes JSON with marks in it, then cuts it at the marks. A mark is a number between two bytes that JSON
/// cannot hold raw.
class EventTemplate::Cutter final
{
public:
    json::Writer writer;

    void slot(Piece piece)
    {
        writer.raw('\x01' + std::to_string(m_slots.size()) + '\x01');
        m_slots.push_back(std::move(piece));
    }

    void time(const Value& value, core::TimePoint base)
    {
        if (const auto moment = momentOf(value)) {
            const Slot kind = moment->isText    ? Slot::TimeText
                              : moment->isWhole ? Slot::TimeWhole
                                                : Slot::TimeNumber;
            slot({kind, {}, moment->time - base});
        } else {
            writer.value(value);
        }
    }

    Pieces cut() &&
    {
        Pieces pieces;
        const std::string text = writer.take();
        std::size_t from = 0;
        for (Piece& piece : m_slots) {
            const std::size_t mark = text.find('\x01', from);
            pieces.push_back({Slot::Text, text.substr(from, mark - from)});
            from = text.find('\x01', mark + 1) + 1;
            pieces.push_back(std::move(piece));
        }
        pieces.push_back({Slot::Text, text.substr(from)});
        return pieces;
    }

    void user(const Value& user)
    {
        writer.beginObject();
        for (const auto& [key, value] : user.members()) {
            writer.key(key);
            const auto text = value.string();
            const std::string_view letters =
                text ? text->substr(0, text->find_first_of("0123456789")) : std::string_view();
            // Devices are numbered ("scanner-11"), people have names.
            const bool isDevice = letters.ends_with('-') && user["id"].string() == text;
            if (text && (key == "id" || (key == "username" && isDevice)))
                slot({Slot::UserId, std::string(letters)});
            else if (text && key == "username")
                slot({Slot::UserName});
            else if (text && key == "email")
                slot({Slot::UserEmail});
            else if (text && key == "ip_address")
                slot({Slot::UserAddress});
            else
                writer.value(value);
        }
        writer.endObject();
    }

    void tags(const Value& tags, const TagValues& known)
    {
        writer.beginObject();
        for (const auto& [key, value] : tags.members()) {
            writer.key(key);
            const auto found = known.find(key);
            const auto text = value.string();
            if (!text || found == known.end() || found->second.size() < 2) {
                writer.value(value);
                continue;
            }
            Piece piece{Slot::Choice};
            piece.choices.push_back(jsonText(*text));
            for (const std::string& other : found->second) {
                if (other != *text)
                    piece.choices.push_back(jsonText(other));
            }
            slot(std::move(piece));
        }
        writer.endObject();
    }

    void crumbs(const Value& breadcrumbs, core::TimePoint base)
    {
        if (breadcrumbs.isObject()) {
            writer.beginObject();
            for (const auto& [key, value] : breadcrumbs.members()) {
                writer.key(key);
                if (key == "values")
                    crumbList(value, base);
                else
                    writer.value(value);
            }
            writer.endObject();
        } else {
            crumbList(breadcrumbs, base);
        }
    }

    /// The parts of a transaction.
    void spans(const Value& list, core::TimePoint base)
    {
        writer.beginArray();
        for (const Value span : list.items())
            withTime(span, "timestamp", base, "start_timestamp");
        writer.endArray();
    }

    /// An object whose members of those names are moments.
    void withTime(
        const Value& object, std::string_view name, core::TimePoint base, std::string_view other = {})
    {
        if (!object.isObject()) {
            writer.value(object);
            return;
        }
        writer.beginObject();
        for (const auto& [key, value] : object.members()) {
            writer.key(key);
            if (key == name || (!other.empty() && key == other))
                time(value, base);
            else
                writer.value(value);
        }
        writer.endObject();
    }

    void contexts(const Value& contexts, core::TimePoint base)
    {
        writer.beginObject();
        for (const auto& [key, value] : contexts.members()) {
            writer.key(key);
            withTime(value, key == "app" ? "app_start_time" : "boot_time", base);
        }
        writer.endObject();
    }

private:
    void crumbList(const Value& list, core::TimePoint base)
    {
        if (!list.isArray()) {
            writer.value(list);
            return;
        }
        writer.beginArray();
        for (const Value crumb : list.items())
            withTime(crumb, "timestamp", base);
        writer.endArray();
    }

    Pieces m_slots;
};

core::Result<EventTemplate> EventTemplate::compile(std::string_view envelope, const TagValues& tagValues)
{
    const auto parts = partsOf(envelope);
    if (!parts)
        return core::fail(parts.error());
    const auto header = json::Document::parse(parts->header);
    const auto itemHeader = json::Document::parse(parts->itemHeader);
    const auto payload = json::Document::parse(parts->payload);
    for (const auto* part : {&header, &itemHeader, &payload}) {
        if (!*part)
            return core::fail(part->error());
        if (!(*part)->root().isObject())
            return core::fail(ErrorKind::Malformed, u"a part of a sample is not an object"_s);
    }
    const Value event = payload->root();
    const auto when = momentOf(event["timestamp"]);
    const bool isTransaction = itemHeader->root()["type"].string() == "transaction";
    if ((!isTransaction && itemHeader->root()["type"].string() != "event") || !when)
        return core::fail(ErrorKind::Malformed, u"a sample has no event with a time"_s);

    EventTemplate out;
    if (const auto start = momentOf(event["start_timestamp"]); start && isTransaction)
        out.m_duration = when->time - start->time;
    Cutter head;
    head.writer.beginObject();
    for (const auto& [key, value] : header->root().members()) {
        head.writer.key(key);
        if (key == "event_id")
            head.slot({Slot::EventId});
        else if (key == "sent_at")
            head.slot({Slot::SentAt});
        else if (key == "dsn")
            head.slot({Slot::Dsn});
        else if (key == "trace" && value.isObject()) {
            head.writer.beginObject();
            for (const auto& [name, item] : value.members()) {
                head.writer.key(name);
                if (name == "public_key")
                    head.slot({Slot::Key});
                else
                    head.writer.value(item);
            }
            head.writer.endObject();
        } else
            head.writer.value(value);
    }
    head.writer.endObject();
    out.m_header = std::move(head).cut();

    Cutter item;
    item.writer.beginObject();
    for (const auto& [key, value] : itemHeader->root().members()) {
        item.writer.key(key);
        if (key == "length")
            item.slot({Slot::Length});
        else
            item.writer.value(value);
    }
    item.writer.endObject();
    out.m_itemHeader = std::move(item).cut();

    Cutter body;
    body.writer.beginObject();
    for (const auto& [key, value] : event.members()) {
        body.writer.key(key);
        if (key == "event_id")
            body.slot({Slot::EventId});
        else if (key == "timestamp" || (isTransaction && key == "start_timestamp"))
            body.time(value, when->time);
        else if (isTransaction && key == "spans")
            body.spans(value, when->time);
        else if (key == "breadcrumbs")
            body.crumbs(value, when->time);
        else if (key == "contexts" && value.isObject())
            body.contexts(value, when->time);
        else if (key == "user" && value.isObject())
            body.user(value);
        else if (key == "tags" && value.isObject())
            body.tags(value, tagValues);
        else if (key == "server_name" && value.string())
            body.slot({Slot::Server, std::string(*value.string())});
        else
            body.writer.value(value);
    }
    body.writer.endObject();
    out.m_payload = std::move(body).cut();
    return out;
}

core::Result<void> EventTemplate::collectTags(std::string_view envelope, TagValues& values)
{
    const auto parts = partsOf(envelope);
    if (!parts)
        return core::fail(parts.error());
    const auto payload = json::Document::parse(parts->payload);
    if (!payload)
        return core::fail(payload.error());
    for (const auto& [key, value] : payload->root()["tags"].members()) {
        if (const auto text = value.string()) {
            auto& known = values[std::string(key)];
            if (std::find(known.begin(), known.end(), *text) == known.end())
                known.emplace_back(*text);
        }
    }
    return {};
}

void EventTemplate::append(std::string& out, const Pieces& pieces, const Fill& fill, std::size_t payloadBytes)
{
    Dice dice(fill.dice);
    for (const Piece& piece : pieces) {
        switch (piece.slot) {
        case Slot::Text:
            out += piece.text;
            break;
        case Slot::EventId:
            out += '"' + fill.eventId + '"';
            break;
        case Slot::SentAt:
            out += '"' + core::formatTime(fill.sentAt) + '"';
            break;
        case Slot::Dsn:
            out += jsonText(fill.dsn);
            break;
        case Slot::Key:
            out += jsonText(fill.key);
            break;
        case Slot::TimeText:
            out += '"' + core::formatTime(shifted(fill.at, piece.offset, fill.stretch)) + '"';
            break;
        case Slot::TimeWhole:
            out += std::to_string(
                std::chrono::floor<std::chrono::seconds>(shifted(fill.at, piece.offset, fill.stretch))
                    .time_since_epoch()
                    .count());
            break;
        case Slot::TimeNumber: {
            const std::int64_t ms = shifted(fill.at, piece.offset, fill.stretch).time_since_epoch().count();
            std::array<char, 32> number{};
            std::snprintf(number.data(), number.size(), "%lld.%03lld", static_cast<long long>(ms / 1000),
                static_cast<long long>(ms % 1000));
            out += number.data();
            break;
        }
        case Slot::UserId:
            out += jsonText(
                piece.text + std::to_string(piece.text.empty() ? 4100 + fill.user : fill.user % 24 + 1));
            break;
        case Slot::UserName:
            out += jsonText(userName(fill.user));
            break;
        case Slot::UserEmail:
            out += jsonText(userName(fill.user) + "@example.org");
            break;
        case Slot::UserAddress: // from the ranges for documentation, RFC 5737
            out += jsonText(
                (fill.user % 2 != 0 ? "198.51.100." : "203.0.113.") + std::to_string(fill.user % 250 + 1));
            break;
        case Slot::Server:
            out += jsonText(piece.text.substr(0, piece.text.find_last_not_of("0123456789") + 1) +
                            std::to_string(dice.below(3) + 1));
            break;
        case Slot::Choice:
            // Three times out of four as recorded.
            out +=
                dice.below(4) != 0 ? piece.choices.front() : piece.choices[dice.below(piece.choices.size())];
            break;
        case Slot::Length:
            out += std::to_string(payloadBytes);
            break;
        }
    }
}

std::string EventTemplate::render(const Fill& fill) const
{
    std::string payload;
    append(payload, m_payload, fill, 0);
    std::string out;
    out.reserve(payload.size() + 1'024);
    append(out, m_header, fill, 0);
    out += '\n';
    append(out, m_itemHeader, fill, payload.size());
    out += '\n';
    out += payload;
    out += '\n';
    return out;
}

} // namespace vedette::demo
