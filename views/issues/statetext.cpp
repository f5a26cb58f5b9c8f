// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/statetext.h"

#include <QCoreApplication>

#include "models/core/text.h"
#include "views/common/errortext.h"
#include "views/common/format.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// The texts of this file, for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(vedette::views::StateText)
};

} // namespace

QString staleText(const sync::FeedState& state, core::TimePoint now)
{
    const QString asOf = Text::tr("As of %1.", "time of day, with a date where it is not today")
                             .arg(asOfTime(*state.asOf, now));
    if (!state.error)
        return Text::tr("%1 The server has not confirmed it yet.").arg(asOf);
    QString text = Text::tr("%1 %2", "as of when, then why").arg(asOf, errorText(*state.error));
    if (state.isSearchedHere)
        text += u' ' + Text::tr("This is what matches of all that is kept here.");
    if (!state.notSearched.isEmpty())
        text += u' ' + Text::tr("Not searched for: %1.", "filters, as typed")
                           .arg(core::singleLine(state.notSearched.join(u", "_s), 200));
    return text;
}

} // namespace vedette::views
