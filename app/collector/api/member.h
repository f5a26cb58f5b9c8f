// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "app/collector/api/context.h"
#include "app/collector/api/issuerow.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// A person in the organization. The membership has an id of its own, which is not the user's: clients must
/// take the latter to assign (contract section 5).
struct MemberRow
{
    UserRow user;
    bool isSelf = false;
    std::int64_t created = 0; ///< ms

    [[nodiscard]] std::int64_t memberId() const { return firstMemberId + user.id; }

    static constexpr std::int64_t firstMemberId = 1'000'000;
};

/// The member that a path part means: a membership's id or `me`. Nothing where there is none, or not any
/// more.
[[nodiscard]] std::optional<MemberRow> memberByPart(const Call& call, std::string_view part);

/// The members of the member object that is open, without its teams.
void writeMemberMembers(json::Writer& out, const MemberRow& row);
void writeMember(json::Writer& out, const MemberRow& row);

/// The columns that memberFrom() reads, of `users u`.
inline constexpr const char* memberColumns = "u.id, u.username, u.name, u.email, u.is_self, u.created";
[[nodiscard]] MemberRow memberFrom(SQLite::Statement& query);

} // namespace vedette::collector::api
