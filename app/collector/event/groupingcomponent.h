// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::collector {

/// A part of what an event is grouped by, as a tree: a stack, its frames, a frame's function. What did not
/// count is there too, with the reason.
struct GroupingComponent
{
    std::string id; ///< exception, stacktrace, frame, function ...
    bool contributes = false;
    std::string_view hint;                ///< why it does not contribute, or how it was changed; or empty
    std::vector<std::string> values;      ///< of a leaf: the texts that are hashed
    std::list<GroupingComponent> parts{}; ///< of any other; a list, so that a part stays where it is

    /// Adds a part. Stays valid while others are added.
    GroupingComponent& part(std::string_view name)
    {
        parts.push_back({std::string(name), false, {}, {}, {}});
        return parts.back();
    }
    /// Adds a leaf, but not for an empty text; `reason` (of a life for ever) only where it does not count.
    void leaf(std::string_view name, std::string_view text, bool counts, std::string_view reason = {})
    {
        if (!text.empty())
            parts.push_back(
                {std::string(name), counts, counts ? std::string_view() : reason, {std::string(text)}, {}});
    }
    /// Contributes if one of its parts does.
    void settle()
    {
        for (const GroupingComponent& each : parts)
            contributes = contributes || each.contributes;
    }
};

/// One way of looking at an event that gives a hash, or would have.
struct GroupingVariant
{
    std::string key;                       ///< app, system, default, or custom-fingerprint
    std::string type;                      ///< component, salted-component, custom-fingerprint
    std::string hash;                      ///< 32 hex digits; empty for one that does not contribute
    std::string_view hint;                 ///< why it does not
    GroupingComponent root;                ///< what it is made of; a fingerprint alone has none
    std::vector<std::string> sent, values; ///< a fingerprint's parts as sent, and with variables put in
};

} // namespace vedette::collector
