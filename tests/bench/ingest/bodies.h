// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::bench {

/// One envelope with holes: what differs from event to event is of fixed width, so that filling it in costs a
/// copy and a few digits, and the sender does not measure itself.
struct Template
{
    std::string bytes;         ///< the whole envelope
    std::size_t payloadAt = 0; ///< where the event's JSON begins
    std::size_t payloadSize = 0;
    std::vector<std::size_t> eventIds; ///< offsets of 32 hex digits
    std::vector<std::size_t> issues;   ///< offsets of 4 digits
    std::vector<std::size_t> users;    ///< offsets of 6 digits
    std::vector<std::size_t> numbers;  ///< offsets of 8 digits that never repeat
};

/// Templates from a folder of recorded envelopes (*.envelope, at any depth), or, where it has fewer than 200,
/// made here: 200 events of five platforms, 3 to 30 KB, 10 KB in the mean. Deterministic.
std::vector<Template> loadTemplates(const std::string& folder);

/// The n-th envelope: which template, issue (of 1,000) and user (of 50,000) follow from n alone.
class Bodies final
{
public:
    explicit Bodies(std::vector<Template> templates)
        : m_templates(std::move(templates))
    {}

    /// Fills `out` and returns the event's JSON within it.
    std::string_view make(std::uint64_t n, std::string& out) const;
    [[nodiscard]] const std::vector<Template>& templates() const { return m_templates; }

private:
    std::vector<Template> m_templates;
};

} // namespace vedette::bench
