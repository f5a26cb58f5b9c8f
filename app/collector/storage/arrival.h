// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

#include "app/collector/storage/incoming.h"
#include "models/core/result.h"

namespace vedette::collector {

/// Whether a request's part is small and plain enough for the journal: events, their outcomes and an origin.
/// What carries attachments, reports or something to pass on is acknowledged by the database itself.
[[nodiscard]] bool isJournalled(const Incoming& incoming);

/// Such a part as bytes (of this machine's order: a journal is never older than its program's last run). What
/// is known of its events is left out; it is read again from their payloads. Any thread.
[[nodiscard]] std::string packArrival(const Incoming& incoming);

/// The part again, with what `readFacts` finds in the payloads. Events that nothing can be read of are left
/// out. Errors: Malformed (these are no such bytes). Any thread.
[[nodiscard]] core::Result<Incoming> unpackArrival(std::string_view bytes, const FactsReader& readFacts);

} // namespace vedette::collector
