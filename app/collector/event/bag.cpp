// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/bag.h"

#include <string>

#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

constexpr std::size_t punctuation = 4; // quotes, colon, comma: of a pair or a text
constexpr std::string_view dots = "...";

/// At most so many bytes, and no half of a character.
std::string_view wholeCharacters(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U)
        --bytes;
    return text.substr(0, bytes);
}

} // namespace

void Bag::text(std::string_view text, const Step& at)
{
    if (text.size() + punctuation <= m_left || text.size() <= dots.size()) {
        m_out.string(text);
        spend(text.size() + punctuation);
        return;
    }
    const std::size_t room = m_left > punctuation + dots.size() ? m_left - punctuation - dots.size() : 0;
    std::string shown(wholeCharacters(text, room));
    shown += dots;
    m_notes.addAt(at, "value_too_long", text, charCount(text), charCount(shown));
    m_out.string(shown);
    m_left = 0;
}

bool Bag::hasRoomFor(std::string_view key) const
{
    return key.size() + punctuation < m_left;
}

void Bag::members(json::Value map, const Step& at, std::string_view skipped)
{
    std::size_t count = 0;
    bool isFull = false;
    for (const auto& [key, member] : map.members()) {
        if (!skipped.empty() && key == skipped)
            continue;
        isFull = isFull || count == m_mostPairs || !hasRoomFor(key);
        if (isFull)
            break;
        ++count;
        spend(key.size() + punctuation);
        m_out.key(key);
        value(member, Step(at, key));
    }
    if (isFull)
        m_notes.addAt(at, "too_many", std::to_string(map.size()), map.size(), count);
}

void Bag::pairs(const std::vector<std::pair<std::string, std::string>>& pairs, const Step& at)
{
    std::size_t count = 0;
    m_out.beginArray();
    for (const auto& [name, value] : pairs) {
        if (count == m_mostPairs || !hasRoomFor(name)) {
            m_notes.addAt(at, "too_many", std::to_string(pairs.size()), pairs.size(), count);
            break;
        }
        spend(name.size() + punctuation);
        m_out.beginArray().string(name);
        const std::string place = std::to_string(count++);
        const Step pair(at, name, place);
        text(value, Step::unnamed(pair, 1));
        m_out.endArray();
    }
    m_out.endArray();
}

void Bag::value(json::Value value, const Step& at)
{
    if (const auto string = value.string()) {
        text(*string, at);
    } else if (value.isObject()) {
        spend(2);
        m_out.beginObject();
        members(value, at);
        m_out.endObject();
    } else if (value.isArray()) {
        spend(2);
        m_out.beginArray();
        std::size_t count = 0;
        for (const json::Value item : value.items()) {
            if (m_left == 0) {
                m_notes.addAt(at, "too_many", std::to_string(value.size()), value.size(), count);
                break;
            }
            this->value(item, Step(at, count));
            ++count;
        }
        m_out.endArray();
    } else {
        const std::size_t before = m_out.text().size();
        m_out.value(value);
        spend(m_out.text().size() - before);
    }
}

void writeText(json::Writer& out, Notes& notes, std::string_view name, std::string_view text, const Step& at,
    std::size_t maxChars)
{
    if (!isLongerThan(text, maxChars)) {
        out.fieldOrNull(name, text);
        return;
    }
    notes.addAt(at, "value_too_long", text, charCount(text), maxChars);
    out.field(name, cut(text, maxChars));
}

void writeText(json::Writer& out, Notes& notes, std::string_view name, json::Value value, const Step& at,
    std::size_t maxChars)
{
    if (const auto text = value.string()) {
        writeText(out, notes, name, *text, at, maxChars);
        return;
    }
    const auto text = value.text();
    if (!text && value.exists() && !value.isNull())
        notes.addAt(at, "invalid_data", value.toJson());
    writeText(out, notes, name, std::string_view(text ? *text : std::string()), at, maxChars);
}

} // namespace vedette::collector
