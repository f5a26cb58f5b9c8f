// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/collector/api/issuerow.h"
#include "app/collector/api/searchsql.h"

namespace vedette::collector::api {

/// Counts the events of each row that fulfil `events` (a condition on `events e`) within the window:
/// row.filtered.
void loadFiltered(const Call& call, std::vector<IssueRow>& rows, const Sql& events, const Window& window,
    const SeriesPlan& plan);

/// Whether the latest event of each row has attachments: row.latestHasAttachments.
void loadAttachments(const Call& call, std::vector<IssueRow>& rows);

/// Writes the members that `expand` asks for into the object that is open. What this server has no notion of
/// is empty or null, as it is on a server that has it and found none.
void writeExpanded(json::Writer& out, const IssueRow& row, const RowParts& parts);

/// `{reason, reason_details, date_added}`, or null for an issue that does not wait for a review.
void writeInbox(json::Writer& out, const IssueRow& row);

} // namespace vedette::collector::api
