// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/fulltext.h"

#include <string>

#include "models/search/values.h"

namespace vedette::collector::api {
namespace {

/// Contained in any of the three texts that issues and events both have.
Sql textColumnsContain(const std::string& alias, QStringView phrase)
{
    const std::string pattern = '%' + search::likePattern(phrase).toStdString() + '%';
    const std::string matches = " LIKE ? ESCAPE '\\'";
    return {"(" + alias + ".title" + matches + " OR " + alias + ".culprit" + matches + " OR " + alias +
                ".message" + matches + ")",
        {pattern, pattern, pattern}};
}

} // namespace

Sql issueTextContains(QStringView phrase)
{
    Sql out{"(", {}};
    out += textColumnsContain("i", phrase);
    // Not for each issue: the list of issues is made once, when the first issue's own text does not match.
    out += " OR i.id IN (SELECT e.issue_id FROM events e WHERE ";
    out += eventTextContains(phrase);
    out += "))";
    return out;
}

Sql eventTextContains(QStringView phrase)
{
    return textColumnsContain("e", phrase);
}

} // namespace vedette::collector::api
