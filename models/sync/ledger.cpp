// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/ledger.h"

namespace vedette::sync {

domain::Issue Ledger::base(const domain::Issue& otherwise) const
{
    return m_bases.value(keyOf(otherwise), otherwise);
}

void Ledger::forgetAccount(const domain::AccountId& account)
{
    const auto isOfAccount = [&](const auto& it) { return it.key().account == account; };
    m_bases.removeIf(isOfAccount);
    m_confirmed.removeIf(isOfAccount);
}

domain::Issue Ledger::note(const domain::Issue& row, const domain::Issue& server)
{
    domain::Issue known = withState(base(row), server);
    setBase(known);
    m_confirmed.insert(keyOf(known), {known, ++m_tick});
    return known;
}

domain::Issue Ledger::withConfirmed(domain::Issue row, quint64 requestTick) const
{
    const auto it = m_confirmed.constFind(keyOf(row));
    if (it == m_confirmed.cend() || it->tick <= requestTick)
        return row;
    return withState(std::move(row), it->issue);
}

} // namespace vedette::sync
