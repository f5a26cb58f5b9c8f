// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace vedette::api {

/// One page of a list. A page may hold fewer rows than were asked for while there is a next one, and rows
/// move between pages of live data: de-duplicate by id (contract section 3).
template<class T>
struct Page
{
    QList<T> items;
    QString nextCursor;         ///< hand it back to get the next page; empty: this is the last one
    std::optional<qint64> hits; ///< how many rows the server estimates in all, where it counts
    bool hitsAreCapped = false; ///< the server stopped counting there: "1,000 or more"
    bool directHit = false;     ///< the query was an event id or a short id, and this is what it names

    [[nodiscard]] bool hasNext() const { return !nextCursor.isEmpty(); }

    friend bool operator==(const Page&, const Page&) = default;
};

} // namespace vedette::api
