// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/issuequery.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {

QString periodText(Range range)
{
    switch (range) {
    case Range::Hours1:
        return u"1h"_s;
    case Range::Hours24:
        return u"24h"_s;
    case Range::Days7:
        return u"7d"_s;
    case Range::Days14:
        return u"14d"_s;
    case Range::Days30:
        return u"30d"_s;
    case Range::Days90:
        return u"90d"_s;
    }
    return u"24h"_s;
}

QString sortText(IssueSort sort)
{
    switch (sort) {
    case IssueSort::Events:
        return u"freq"_s;
    case IssueSort::LastSeen:
        return u"date"_s;
    case IssueSort::FirstSeen:
        return u"new"_s;
    case IssueSort::Users:
        return u"user"_s;
    }
    return u"freq"_s;
}

} // namespace vedette::sync
