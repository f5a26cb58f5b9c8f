// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/foundcommand.h"

#include <algorithm>

#include "models/core/ondone.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::app {

using core::ErrorKind;

bool isSameIssue(const domain::Issue& a, const domain::Issue& b)
{
    return a.account == b.account && a.id == b.id;
}

FoundCommand::~FoundCommand() = default;

void FoundCommand::find(const QStringList& wanted)
{
    m_wanted = wanted;
    findNext();
}

void FoundCommand::findNext()
{
    if (m_wanted.isEmpty()) {
        proceed();
        return;
    }
    const QString text = m_wanted.takeFirst();
    core::onDone(hub().findIssues(text, accounts()), this,
        [this, text](const core::Result<QList<domain::Issue>>& found) { take(text, found); });
}

void FoundCommand::take(const QString& text, const core::Result<QList<domain::Issue>>& found)
{
    if (!found && found.error().kind == ErrorKind::Usage)
        complain(u"\"%1\" is no id of an issue or event, and no URL of an issue"_s.arg(text), ExitUsage);
    else if (!found && found.error().kind == ErrorKind::NotFound)
        complain(u"there is no issue %1"_s.arg(text), ExitNotFound);
    else if (!found)
        complain(found.error(), text);
    else if (found->size() > 1)
        complain(u"%1 is an issue of more than one account or organization: give its URL, or --account"_s.arg(
                     text),
            ExitUsage);
    if (!isFine()) {
        end();
        return;
    }
    const domain::Issue& issue = found->first();
    const bool isDouble = std::any_of(m_issues.begin(), m_issues.end(),
        [&issue](const domain::Issue& other) { return isSameIssue(other, issue); });
    if (!isDouble)
        m_issues << issue;
    findNext();
}

} // namespace vedette::app
