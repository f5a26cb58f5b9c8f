// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>
#include <QUrl>

namespace vedette::sync {

/// What a person typed or pasted to name an issue (contract section 17, "paste anything").
struct IssueReference
{
    enum class Kind
    {
        None,
        IssueId, ///< the server's number
        ShortId, ///< WEB-2X
        EventId, ///< 32 hex digits
    };

    Kind kind = Kind::None;
    QString text;         ///< the id: digits, upper-case short id, lower-case hex
    QUrl server;          ///< scheme, host and port of a pasted URL; empty: any server
    QString organization; ///< slug that the URL names; empty: any
    QString event;        ///< 32 hex digits, where a URL of an issue names one of its events

    friend bool operator==(const IssueReference&, const IssueReference&) = default;
};

/// Takes a pasted text apart: an issue's number, a short id in any case, an event id with or without dashes,
/// or the URL of an issue or an event, of the web page or of the API. Kind::None for anything else. Any
/// thread.
[[nodiscard]] IssueReference parseIssueReference(QStringView pasted);

} // namespace vedette::sync
