// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMetaType>
#include <QStringList>

#include <optional>

#include "models/core/clock.h"
#include "models/core/error.h"

namespace vedette::sync {

/// What a page says about the data it shows: each page has an empty, a loading, a stale and an error state.
struct FeedState
{
    bool loading = false;                ///< a request is under way
    bool hasMore = false;                ///< the server has another page
    std::optional<core::TimePoint> asOf; ///< when the shown data left the server; nothing: none is shown yet
    bool fromCache = false;              ///< shown from the cache and not confirmed by the server since
    /// The server could not be asked, and no such list was kept: what is shown was found by searching in what
    /// is kept here. It may be less than the server knows.
    bool isSearchedHere = false;
    QStringList notSearched;          ///< filters that cannot be answered here, and were left out
    std::optional<core::Error> error; ///< why the last request failed; gone with the next success
    std::optional<qint64> total;      ///< how many rows the server has in all (X-Hits)
    bool totalIsLowerBound = false;   ///< the server stopped counting there: "1,000 or more"

    /// Data is shown, but the server could not confirm it.
    [[nodiscard]] bool isStale() const
    {
        return asOf.has_value() && (fromCache || error.has_value()) && !loading;
    }

    friend bool operator==(const FeedState&, const FeedState&) = default;
};

} // namespace vedette::sync

Q_DECLARE_METATYPE(vedette::sync::FeedState)
