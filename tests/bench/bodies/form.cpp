// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/bodies/form.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <stdexcept>
#include <string_view>

#include "tests/bench/bodies/zones.h"

namespace vedette::bench {
namespace {

constexpr std::uint32_t tagWords = 8;
constexpr std::uint32_t tagNumbers = 200;
constexpr std::uint32_t servers = 40;
constexpr std::uint32_t releases = 12;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Seconds since 1970 of `2026-11-20` or `2026-11-20T10:00:00`, checked by tokens().
std::int64_t epochOf(std::string_view text)
{
    const auto number = [&](std::size_t at, std::size_t n) {
        return std::stoi(std::string(text.substr(at, n)));
    };
    const std::chrono::sys_days days = std::chrono::year(number(0, 4)) / number(5, 2) / number(8, 2);
    std::int64_t out = std::int64_t(days.time_since_epoch().count()) * 86'400;
    if (text.size() > 10)
        out += number(11, 2) * 3'600 + number(14, 2) * 60 + number(17, 2);
    return out;
}

class FormMaker final
{
public:
    FormMaker(const RecordedEvent& recording, const Words& words)
        : m_text(recording.envelope)
        , m_words(words)
        , m_zones(zonesOf(recording))
        , m_taken(recording.envelope.size())
    {
        m_form.recording = &recording;
    }

    BodyForm make()
    {
        literal(m_zones.eventId, {Slot::Kind::EventId, Scope::Event, 32});
        if (m_zones.userId.size() >= 5)
            literal(m_zones.userId, {Slot::Kind::UserId, Scope::User, std::uint16_t(m_zones.userId.size())});
        for (const Token& token : tokens(m_zones.release)) {
            if (token.kind == Token::Kind::Digits)
                releaseDigits(token);
        }
        m_time = timeOf(m_zones.time);
        time(m_zones.time, false);
        if (m_zones.sentAt.end > 0)
            time(m_zones.sentAt, true);
        for (const Token& token : tokens(m_zones.userName))
            word(Scope::User, std::string_view(m_zones.userName).substr(token.at, token.size), token.kind);
        // Names of the code first: where they turn up in messages and data, they are the same.
        for (const Zone zone : {Zone::Code, Zone::Line, Zone::Title, Zone::User, Zone::Data, Zone::Tag,
                 Zone::Server, Zone::Time}) {
            for (const ZonedText& text : m_zones.texts) {
                if (text.zone == zone)
                    zoned(text);
            }
        }
        // In the order of the bytes: what is written is walked through once.
        std::sort(m_form.uses.begin(), m_form.uses.end(),
            [](const SlotUse& a, const SlotUse& b) { return a.at < b.at; });
        for (Slot& slot : m_form.values) {
            slot.scratch = m_form.scratchSize;
            m_form.scratchSize += slot.size;
        }
        return std::move(m_form);
    }

private:
    std::uint16_t slotOf(const std::string& key, Slot slot)
    {
        const auto [found, isNew] = m_slots.try_emplace(key, std::uint16_t(m_form.values.size()));
        if (isNew) {
            if (m_form.values.size() == UINT16_MAX)
                throw std::runtime_error("a recording has too many values");
            m_form.values.push_back(slot);
        }
        return found->second;
    }

    void use(std::size_t at, std::size_t size, std::uint16_t slot, bool capital = false)
    {
        for (std::size_t i = at; i < at + size; ++i) {
            if (m_taken[i])
                return;
        }
        std::fill_n(m_taken.begin() + std::ptrdiff_t(at), size, true);
        m_form.uses.push_back({std::uint32_t(at), slot, std::uint8_t(size), capital});
    }

    /// A text that is the same wherever it stands in the envelope.
    void literal(const std::string& text, Slot slot)
    {
        if (text.empty())
            return;
        const std::uint16_t index = slotOf("literal " + text, slot);
        for (std::size_t at = m_text.find(text); at != std::string_view::npos;
             at = m_text.find(text, at + text.size())) {
            const bool isPart = (at > 0 && isDigit(m_text[at - 1])) || isDigit(m_text[at + text.size()]);
            if (!isPart)
                use(at, text.size(), index);
        }
    }

    void releaseDigits(const Token& token)
    {
        const std::uint16_t slot = slotOf("release " + std::to_string(token.at),
            {Slot::Kind::Digits, Scope::Event, std::uint16_t(token.size), 0, releases});
        for (std::size_t at = m_text.find(m_zones.release); at != std::string_view::npos;
             at = m_text.find(m_zones.release, at + 1))
            use(at + token.at, token.size, slot);
    }

    std::int64_t timeOf(const ZonedText& text) const
    {
        const std::string_view inside = m_text.substr(text.begin, text.end - text.begin);
        return text.isNumber ? std::stoll(std::string(inside.substr(0, 10))) : epochOf(inside.substr(0, 19));
    }

    void time(const ZonedText& text, bool isSentAt)
    {
        const std::size_t whole = text.isNumber ? 10 : 19;
        if (text.end - text.begin < whole)
            return;
        m_form.times.push_back({std::uint32_t(text.begin),
            text.isNumber ? TimeUse::Form::Epoch : TimeUse::Form::Instant, isSentAt, timeOf(text) - m_time});
        fraction(text.begin + whole, text.end);
    }

    /// Digits behind a point. Each place is a slot of its own.
    void fraction(std::size_t at, std::size_t end)
    {
        if (at >= end || m_text[at] != '.')
            return;
        const std::size_t first = ++at;
        while (at < end && isDigit(m_text[at]))
            ++at;
        if (const std::size_t size = std::min<std::size_t>(at - first, 16); size > 0)
            use(first, size,
                slotOf("fraction " + std::to_string(first),
                    {Slot::Kind::Digits, Scope::Event, std::uint16_t(size)}));
    }

    /// The slot of a word in a scope; -1 where there are no words left to take for it.
    int word(Scope scope, std::string_view text, Token::Kind kind, std::uint32_t choices = 0)
    {
        if (kind != Token::Kind::Lower && kind != Token::Kind::Capital)
            return -1;
        std::string key(text);
        key.front() = char(key.front() | 0x20);
        std::map<std::string, int>& known = m_known[std::size_t(scope)];
        if (const auto found = known.find(key); found != known.end())
            return found->second;
        const std::uint32_t ordinal = m_ordinals[std::size_t(scope)][text.size()];
        int slot = -1;
        if (ordinal < m_words.count(text.size())) {
            ++m_ordinals[std::size_t(scope)][text.size()];
            slot = slotOf("word " + std::to_string(int(scope)) + key,
                {Slot::Kind::Word, scope, std::uint16_t(text.size()), ordinal, choices});
        }
        known[key] = slot;
        return slot;
    }

    int knownWord(Scope scope, std::string_view text) const
    {
        std::string key(text);
        key.front() = char(key.front() | 0x20);
        const auto found = m_known[std::size_t(scope)].find(key);
        return found == m_known[std::size_t(scope)].end() ? -1 : found->second;
    }

    int wordOf(Zone zone, std::string_view text, Token::Kind kind)
    {
        switch (zone) {
        case Zone::Code:
        case Zone::Title:
            return word(Scope::Issue, text, kind);
        case Zone::Line:
        case Zone::Server:
        case Zone::Time:
            return -1;
        case Zone::User:
            return word(Scope::User, text, kind);
        case Zone::Data:
        case Zone::Tag:
            break;
        }
        if (const int slot = knownWord(Scope::User, text); slot >= 0)
            return slot;
        if (const int slot = knownWord(Scope::Issue, text); slot >= 0)
            return slot;
        if (zone == Zone::Tag)
            return word(Scope::Event, text, kind, tagWords);
        // Half of what data says is the same each time; every other word is somebody's or something's name.
        std::uint32_t sum = 0;
        for (const char c : text)
            sum = sum * 31 + std::uint32_t(c | 0x20);
        return sum % 2 == 0 ? word(Scope::Event, text, kind) : -1;
    }

    /// Whether digits stand alone, so that grouping by message takes them for a number.
    bool isAlone(const ZonedText& text, const Token& token) const
    {
        const std::size_t begin = text.begin + token.at;
        const std::size_t end = begin + token.size;
        return (begin == text.begin || m_text[begin - 1] == ' ') && (end == text.end || m_text[end] == ' ');
    }

    void number(const ZonedText& text, const Token& token)
    {
        Slot slot;
        slot.size = std::uint16_t(std::min<std::size_t>(token.size, 64));
        slot.kind = token.kind == Token::Kind::Hex     ? Slot::Kind::Hex
                    : token.kind == Token::Kind::Octet ? Slot::Kind::Octet
                                                       : Slot::Kind::Digits;
        if (text.groups && token.kind == Token::Kind::Digits && !isAlone(text, token))
            slot.scope = Scope::Issue;
        if (text.zone == Zone::User)
            slot.scope = Scope::User;
        if (text.zone == Zone::Server)
            slot.choices = servers;
        if (text.zone == Zone::Tag && token.size > 2)
            slot.choices = tagNumbers;
        const std::size_t at = text.begin + token.at;
        const std::string key = "number " + std::to_string(int(slot.scope)) + ' ' +
                                std::to_string(slot.choices) + ' ' + std::to_string(int(slot.kind)) + ' ' +
                                std::string(m_text.substr(at, token.size));
        use(at, slot.size, slotOf(key, slot));
    }

    void zoned(const ZonedText& text)
    {
        if (text.zone == Zone::Time) {
            time(text, false);
            return;
        }
        const std::string_view inside = m_text.substr(text.begin, text.end - text.begin);
        if (text.isNumber) {
            jsonNumber(text, inside);
            return;
        }
        for (const Token& token : tokens(inside)) {
            const std::size_t at = text.begin + token.at;
            switch (token.kind) {
            case Token::Kind::Lower:
            case Token::Kind::Capital:
                if (const int slot = wordOf(text.zone, inside.substr(token.at, token.size), token.kind);
                    slot >= 0)
                    use(at, token.size, std::uint16_t(slot), token.kind == Token::Kind::Capital);
                break;
            case Token::Kind::Digits:
            case Token::Kind::Octet:
            case Token::Kind::Hex:
                if (text.zone != Zone::Code) // literals of the source are not known to vary
                    number(text, token);
                break;
            case Token::Kind::Date:
            case Token::Kind::Instant:
                if (text.zone != Zone::Code)
                    m_form.times.push_back({std::uint32_t(at),
                        token.kind == Token::Kind::Date ? TimeUse::Form::Date : TimeUse::Form::Instant, false,
                        epochOf(inside.substr(token.at, token.size)) - m_time});
                break;
            }
        }
    }

    void jsonNumber(const ZonedText& text, std::string_view inside)
    {
        if (inside.find_first_of("eE") != std::string_view::npos)
            return;
        const std::size_t begin = inside.front() == '-' ? 1 : 0;
        const std::size_t whole = std::min(inside.find('.'), inside.size()) - begin;
        if (whole > 16 || inside[begin] == '0')
            return;
        const Scope scope = text.zone == Zone::Line ? Scope::Issue : Scope::Event;
        const std::string key =
            "value " + std::to_string(int(scope)) + std::string(inside.substr(begin, whole));
        use(text.begin + begin, whole, slotOf(key, {Slot::Kind::Digits, scope, std::uint16_t(whole)}));
        fraction(text.begin + begin + whole, text.end);
    }

    std::string_view m_text;
    const Words& m_words;
    ZonedEvent m_zones;
    std::vector<bool> m_taken; ///< bytes that have a use already
    std::int64_t m_time = 0;
    std::map<std::string, std::uint16_t> m_slots;
    std::array<std::map<std::string, int>, 3> m_known; ///< words by scope
    std::array<std::array<std::uint32_t, Words::longest + 1>, 3> m_ordinals{};
    BodyForm m_form;
};

} // namespace

BodyForm bodyForm(const RecordedEvent& recording, const Words& words)
{
    return FormMaker(recording, words).make();
}

Words wordsOf(const std::vector<RecordedEvent>& recordings)
{
    Words out;
    for (const RecordedEvent& recording : recordings) {
        for (const ZonedText& text : zonesOf(recording).texts) {
            if (!text.isNumber && text.zone != Zone::Time)
                out.learn(std::string_view(recording.envelope).substr(text.begin, text.end - text.begin));
        }
    }
    out.settle();
    return out;
}

} // namespace vedette::bench
