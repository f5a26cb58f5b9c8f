// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::collector {

/// The packed parts of an attachment (attachments.h), wherever they wait: a large one lies in a file, not in
/// memory.
class PackedParts
{
public:
    virtual ~PackedParts() = default;
    [[nodiscard]] virtual std::size_t count() const = 0;
    /// packPart() of the part with that number. Valid while this lives.
    [[nodiscard]] virtual std::string_view part(std::size_t number) const = 0;
};

/// A file that came beside an event, which may be known already, follow later, or never come.
struct IncomingAttachment
{
    std::string eventId; ///< 32 hex digits
    std::string name;
    std::string contentType;
    std::string type; ///< event.attachment event.minidump event.view_hierarchy ...
    std::int64_t size = 0;
    std::string sha1; ///< 40 hex digits
    std::shared_ptr<const PackedParts> parts;
};

/// What a person says of an event, in either form (contract section 12: user_report, feedback).
struct IncomingReport
{
    std::string source = "user_report"; ///< or feedback
    std::string eventId;                ///< what it is about: 32 hex digits, or empty
    std::string reportId;               ///< of the feedback itself: 32 hex digits, or empty
    std::string name;
    std::string email;
    std::string comments;
    std::string url;
};

/// A transaction, of which only name and duration are kept, in sum.
struct IncomingTransaction
{
    std::string name;
    std::chrono::microseconds duration{0};
};

/// What a request brought beside events and is kept.
struct IncomingItems
{
    std::vector<IncomingAttachment> attachments;
    std::vector<IncomingReport> reports;
    std::vector<IncomingTransaction> transactions;

    [[nodiscard]] bool empty() const
    {
        return attachments.empty() && reports.empty() && transactions.empty();
    }
};

} // namespace vedette::collector
