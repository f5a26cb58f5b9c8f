// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/viewcatalog.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// The texts of this file, for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(vedette::views::IssueView)
};

} // namespace

QList<IssueView> issueViews()
{
    return {
        {inboxKey, Text::tr("Inbox", "view: every unresolved issue"), u"inbox"_s, u"is:unresolved"_s},
        {u"mine"_s, Text::tr("Mine", "view: issues assigned to me"), u"person"_s,
            u"is:unresolved assigned:me"_s},
        {spikingKey, Text::tr("Spiking", "view: issues with far more events than usual"), u"spike"_s, {}},
        {u"regressed"_s, Text::tr("Regressed", "view: issues that came back"), u"regressed"_s,
            u"is:unresolved is:regressed"_s},
        {u"unassigned"_s, Text::tr("Unassigned", "view: issues that nobody has"), u"unassigned"_s,
            u"is:unresolved is:unassigned"_s},
    };
}

QString spikingQuery(const QList<alerts::Alert>& current, const domain::AccountId& account)
{
    // A short id comes from a server: only what can stand in a list of the language unquoted.
    static const QRegularExpression plain(u"^[A-Za-z0-9_-]{1,80}$"_s);
    QStringList ids;
    for (const alerts::Alert& alert : current) {
        const QString& id = alert.issue.shortId;
        if (alert.kind == alerts::Alert::Kind::Spike && alert.issue.account == account &&
            plain.match(id).hasMatch() && !ids.contains(id))
            ids << id;
    }
    if (ids.isEmpty())
        return u"is:unresolved is:escalating"_s;
    return ids.size() == 1 ? u"is:unresolved issue:"_s + ids.first()
                           : u"is:unresolved issue:[%1]"_s.arg(ids.join(u", "_s));
}

} // namespace vedette::views
