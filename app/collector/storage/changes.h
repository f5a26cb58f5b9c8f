// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace vedette::collector {

/// What a commit changed, as far as others want to know: they ask for the rest.
struct Changes
{
    /// More issues than these are told as "many": whoever shows them asks for its whole list anyway.
    static constexpr std::size_t mostIssues = 100;

    std::vector<std::int64_t> issues; ///< ids, each once, in no order
    bool manyIssues = false;          ///< others too
    bool projects = false;            ///< projects, keys, members, releases, what people report
    bool collector = false;           ///< how the collector is set and how it is doing
    bool events = false;              ///< new events

    [[nodiscard]] bool isEmpty() const;
    void addIssue(std::int64_t id);
    void merge(const Changes& other);
};

/// Told of each commit that changed anything, on the write lane: must be quick and must not call the store.
using ChangeObserver = std::function<void(const Changes&)>;

} // namespace vedette::collector
