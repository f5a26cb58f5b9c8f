// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

#include "models/core/error.h"
#include "models/domain/account.h"
#include "models/domain/action.h"
#include "models/domain/issue.h"

namespace vedette::store {

/// Enums as words: what stands in our files must not change when somebody sorts an enum anew. A word that we
/// do not know gives the fallback named at each.
[[nodiscard]] QString toWord(domain::ServerKind kind);
[[nodiscard]] QString toWord(domain::Actor::Kind kind);
[[nodiscard]] QString toWord(domain::Credential::Kind kind);
[[nodiscard]] QString toWord(domain::Proxy::Kind kind);
[[nodiscard]] QString toWord(domain::Ability ability);
[[nodiscard]] QString toWord(domain::Finding::Reason reason);
[[nodiscard]] QString toWord(domain::Action::Kind kind);
[[nodiscard]] QString toWord(domain::ActionState state);
[[nodiscard]] QString toWord(domain::Level level);
[[nodiscard]] QString toWord(domain::IssueStatus status);
[[nodiscard]] QString toWord(domain::Substatus substatus);
[[nodiscard]] QString toWord(core::ErrorKind kind);
[[nodiscard]] QString toWord(core::ErrorCause cause);

void fromWord(QStringView word, domain::ServerKind& kind);        ///< Unknown
void fromWord(QStringView word, domain::Actor::Kind& kind);       ///< User
void fromWord(QStringView word, domain::Credential::Kind& kind);  ///< Token
void fromWord(QStringView word, domain::Proxy::Kind& kind);       ///< System
void fromWord(QStringView word, domain::Ability& ability);        ///< Unknown
void fromWord(QStringView word, domain::Finding::Reason& reason); ///< Answer
void fromWord(QStringView word, domain::Action::Kind& kind);      ///< MarkSeen: what does least
void fromWord(QStringView word, domain::ActionState& state);      ///< Failed: never sent by mistake
void fromWord(QStringView word, domain::Level& level);            ///< Other
void fromWord(QStringView word, domain::IssueStatus& status);     ///< Other
void fromWord(QStringView word, domain::Substatus& substatus);    ///< Other
void fromWord(QStringView word, core::ErrorKind& kind);           ///< Internal
void fromWord(QStringView word, core::ErrorCause& cause);         ///< None

} // namespace vedette::store
