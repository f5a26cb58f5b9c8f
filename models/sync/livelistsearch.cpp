// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a list does while its server cannot be asked.

#include "models/core/ondone.h"
#include "models/sync/accountbook.h"
#include "models/sync/livelist.h"
#include "models/sync/localsearch.h"

namespace vedette::sync {
namespace {

constexpr int mostSearched = 1'000;

/// The server did not get to say anything about the list itself.
bool isBlindness(core::ErrorKind kind)
{
    using core::ErrorKind;
    switch (kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::Proxy:
    case ErrorKind::Redirected:
    case ErrorKind::Unauthorized:
    case ErrorKind::RateLimited:
    case ErrorKind::Server:
    case ErrorKind::NotSentry:
    case ErrorKind::Keychain:
        return true;
    default:
        return false;
    }
}

} // namespace

/// Where the server cannot be asked, and this list was never read: what is kept here is searched instead.
void LiveList::searchHere()
{
    const bool isBlind = !m_state.loading && m_state.error && isBlindness(m_state.error->kind);
    if (!isBlind || m_pages > 0 || m_state.asOf || m_state.isSearchedHere || !m_isShown)
        return;
    core::onDone(
        searchLocally(m_around.cache, m_book.accounts(), m_query, m_around.clock.now(), mostSearched), this,
        [this, generation = m_generation](const core::Result<store::SearchPart>& part) {
            // What the cache does not understand, the server will say.
            if (part && generation == m_generation && m_pages == 0 && !m_state.asOf)
                takeSearched(*part);
        });
}

void LiveList::takeSearched(const store::SearchPart& part)
{
    m_rows.clear();
    FeedState state = m_state;
    for (const auto& row : part.rows) {
        m_rows.append(row.value);
        if (!state.asOf || row.asOf < *state.asOf)
            state.asOf = row.asOf; // the oldest of them: nothing is newer than it claims
    }
    state.isSearchedHere = true;
    state.fromCache = true;
    state.notSearched = part.unknown;
    state.total = part.total;
    show(m_rows);
    setState(state);
}

} // namespace vedette::sync
