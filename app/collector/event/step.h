// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::collector {

/// One step of the way to a value of an event, as a chain on the stack of whoever writes the value: it costs
/// nothing until a note is made. A step must not outlive the one before it, nor the texts it was made of.
class Step final
{
public:
    /// The first step: a member of the payload. `shown` is its name in the API's event, `InEntry` that of the
    /// entry that shows it.
    enum class Root
    {
        TopLevel,
        InEntry
    };
    Step(Root root, std::string_view name, std::string_view shown)
        : m_name(name)
        , m_shown(shown)
        , m_inEntry(root == Root::InEntry)
    {}
    /// A member of the value before, by the payload's and by the API's name.
    Step(const Step& before, std::string_view name, std::string_view shown)
        : m_before(&before)
        , m_name(name)
        , m_shown(shown)
        , m_inEntry(before.m_inEntry)
    {}
    Step(const Step& before, std::string_view name)
        : Step(before, name, name)
    {}
    /// An item of a list.
    Step(const Step& before, std::size_t index)
        : m_before(&before)
        , m_index(index)
        , m_inEntry(before.m_inEntry)
    {}
    /// An item that stands at another place in the API's list.
    Step(const Step& before, std::size_t index, std::size_t shown)
        : m_before(&before)
        , m_index(index)
        , m_shownIndex(shown)
        , m_inEntry(before.m_inEntry)
    {}

    /// An item of a list that the API makes of a single value: notes name the step before.
    static Step unnamed(const Step& before, std::size_t shown)
    {
        Step out(before, shown);
        out.m_isNamed = false;
        return out;
    }

    /// A member that the API puts a value into: notes name it as a member of the step before.
    static Step unnamed(const Step& before, std::string_view shown)
    {
        Step out(before, shown);
        out.m_isNamed = false;
        return out;
    }

    /// As notes name it: `exception.values.0.module`.
    [[nodiscard]] std::string name() const
    {
        if (!m_isNamed)
            return m_before->name();
        std::string out = m_before ? m_before->name() + '.' : std::string();
        return out += m_index ? std::to_string(*m_index) : std::string(m_name);
    }
    /// The way in the API's event, whose `_meta` mirrors it; from inside the entry's data, if inEntry(), with
    /// the entry's type as the first.
    [[nodiscard]] std::vector<std::string> path() const
    {
        std::vector<std::string> out = m_before ? m_before->path() : std::vector<std::string>();
        if (m_index)
            out.push_back(std::to_string(m_shownIndex.value_or(*m_index)));
        else
            out.emplace_back(m_shown);
        return out;
    }
    [[nodiscard]] bool inEntry() const { return m_inEntry; }

private:
    const Step* m_before = nullptr;
    std::string_view m_name, m_shown;
    std::optional<std::size_t> m_index, m_shownIndex;
    bool m_inEntry = false;
    bool m_isNamed = true;
};

} // namespace vedette::collector
