// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

namespace vedette::api {

/// What the Link header says about one neighbour of a page.
struct PageLink
{
    QString cursor;
    bool hasResults = false;

    friend bool operator==(const PageLink&, const PageLink&) = default;
};

struct PageLinks
{
    PageLink previous;
    PageLink next;

    friend bool operator==(const PageLinks&, const PageLinks&) = default;
};

/// Reads a Link header (contract section 3). Only cursors are taken from it: the URLs in it may name another
/// host and are never followed. Commas inside `<>`, any order and case of the attributes, entries without a
/// cursor attribute (it is taken from the URL's query then) and GlitchTip's `{'...'}` around it all are
/// understood; what is not becomes "no such page". Pure.
[[nodiscard]] PageLinks readLinkHeader(QByteArrayView header);

} // namespace vedette::api
