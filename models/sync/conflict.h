// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include "models/domain/action.h"
#include "models/domain/issue.h"
#include "models/store/records.h"

namespace vedette::sync {

/// What a look at a server's issue says of an action that is not known to be carried out.
struct Finding
{
    enum class Kind
    {
        AsBefore, ///< send it
        Reached,  ///< nothing is to be done
        Made,     ///< it was carried out by us, and changed again since
        Changed,  ///< by somebody else: a person decides
    };

    Kind kind = Kind::AsBefore;
    domain::Conflict conflict = {}; ///< of Changed
};

/// Compares the issue as it is now with what the row was based on. `isUnknown`: it was sent and its answer
/// was lost. `me`: whose account it is, where that is known.
[[nodiscard]] Finding found(const store::OutboxRow& row, const domain::IssueDetail& server, bool isUnknown,
    const std::optional<domain::Actor>& me);

/// Whether what the action changes is another than the row was based on. Bare rows of lists will do.
[[nodiscard]] bool isChanged(const store::OutboxRow& row, const domain::Issue& server);

} // namespace vedette::sync
