// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>

#include "models/domain/issue.h"
#include "models/sync/issuestate.h"

namespace vedette::sync {

/// What servers last said of the issues that are acted on: what an action is laid over, and what it is rolled
/// back to. It also knows which answers are older than a change that was confirmed since.
class Ledger final
{
public:
    /// The server's row of an issue that actions wait for; `otherwise` where none is known.
    [[nodiscard]] domain::Issue base(const domain::Issue& otherwise) const;
    void setBase(const domain::Issue& row) { m_bases.insert(keyOf(row), row); }
    /// No action waits any more.
    void forgetBases() { m_bases.clear(); }
    void forgetAccount(const domain::AccountId& account);

    /// Takes in what the server just said of an issue; the issue as it is known now.
    domain::Issue note(const domain::Issue& row, const domain::Issue& server);
    /// Counts what was noted: remember it when a request is sent, hand it to withConfirmed() with the answer.
    [[nodiscard]] quint64 tick() const { return m_tick; }
    /// A server's row with what was noted after the request for it had been sent: that answer may be older.
    [[nodiscard]] domain::Issue withConfirmed(domain::Issue row, quint64 requestTick) const;

private:
    struct Confirmation
    {
        domain::Issue issue;
        quint64 tick = 0;
    };

    QHash<IssueKey, domain::Issue> m_bases;
    QHash<IssueKey, Confirmation> m_confirmed;
    quint64 m_tick = 0;
};

} // namespace vedette::sync
