// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/collector/event/step.h"

namespace vedette::collector {

/// What could not be taken as the SDK sent it: an entry of the event's `errors`, and a mark in its `_meta`.
struct Note
{
    std::string type; ///< invalid_data, value_too_long, too_many, clock_drift ...
    std::string name; ///< where in the payload: `user.email`
    std::string value;
    std::size_t length = 0; ///< of what was cut: its characters, or how many there were
    std::size_t kept = 0;   ///< characters that are shown, dots included
    /// Where the API shows it (Step::path()); empty where the name tells.
    std::vector<std::string> path;
    bool inEntry = false;
};

/// A value that somebody put in place of another.
struct Substitute
{
    std::string name;
    std::string_view rule;  ///< as `_meta` names it: @ip:auto
    std::size_t length = 0; ///< of what is shown
};

/// Gathers notes while an event is read for showing. Ingest reads without: a null Notes* costs nothing.
class Notes final
{
public:
    /// An event of 1 MiB has no more texts that are too long than this; each is to be marked.
    static constexpr std::size_t maxNotes = 10'000;

    void add(std::string_view type, std::string_view name, std::string_view value = {})
    {
        addCounted(type, name, value, 0, 0);
    }
    /// The same of a text or a list that was cut: how long it was, and how much of it is kept.
    void addCounted(std::string_view type, std::string_view name, std::string_view value, std::size_t length,
        std::size_t kept)
    {
        put({std::string(type), std::string(name), std::string(beginning(value)), length, kept, {}, false});
    }
    /// Both of a value somewhere within the event.
    void addAt(const Step& at, std::string_view type, std::string_view value, std::size_t length = 0,
        std::size_t kept = 0)
    {
        put({std::string(type), at.name(), std::string(beginning(value)), length, kept, at.path(),
            at.inEntry()});
    }
    /// `rule` must live for ever.
    void addSubstitute(std::string_view name, std::string_view rule, std::size_t length)
    {
        constexpr std::size_t maxSubstitutes = 1'000;
        if (m_substitutes.size() < maxSubstitutes)
            m_substitutes.push_back({std::string(name), rule, length});
    }
    [[nodiscard]] const std::vector<Substitute>& substitutes() const { return m_substitutes; }
    [[nodiscard]] const std::vector<Note>& all() const { return m_all; }
    /// Those past the bound, only counted.
    [[nodiscard]] std::size_t more() const { return m_more; }

private:
    void put(Note note)
    {
        if (m_all.size() < maxNotes)
            m_all.push_back(std::move(note));
        else
            ++m_more;
    }

    /// At most 200 bytes, and no half of a character.
    static std::string_view beginning(std::string_view value)
    {
        std::size_t size = 200;
        if (value.size() <= size)
            return value;
        while (size > 0 && (static_cast<unsigned char>(value[size]) & 0xC0U) == 0x80U)
            --size;
        return value.substr(0, size);
    }

    std::vector<Note> m_all;
    std::vector<Substitute> m_substitutes;
    std::size_t m_more = 0;
};

/// notes->add(), where anybody listens.
inline void note(Notes* notes, std::string_view type, std::string_view name, std::string_view value = {})
{
    if (notes)
        notes->add(type, name, value);
}

} // namespace vedette::collector
