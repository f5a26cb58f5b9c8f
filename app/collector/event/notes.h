// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::collector {

/// What could not be taken as the SDK sent it: an entry of the event's `errors`.
struct Note
{
    std::string type; ///< invalid_data, value_too_long, too_many, clock_drift ...
    std::string name; ///< where in the payload: `user.email`
    std::string value;
};

/// Gathers notes while an event is read for showing. Ingest reads without: a null Notes* costs nothing.
class Notes final
{
public:
    void add(std::string_view type, std::string_view name, std::string_view value = {})
    {
        constexpr std::size_t maxNotes = 100;
        if (m_all.size() < maxNotes)
            m_all.push_back({std::string(type), std::string(name), std::string(value.substr(0, 200))});
        else
            ++m_more;
    }
    [[nodiscard]] const std::vector<Note>& all() const { return m_all; }
    /// Those past the bound, only counted.
    [[nodiscard]] std::size_t more() const { return m_more; }

private:
    std::vector<Note> m_all;
    std::size_t m_more = 0;
};

/// notes->add(), where anybody listens.
inline void note(Notes* notes, std::string_view type, std::string_view name, std::string_view value = {})
{
    if (notes)
        notes->add(type, name, value);
}

} // namespace vedette::collector
