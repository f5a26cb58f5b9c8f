// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/rangetext.h"

#include <QCoreApplication>

namespace vedette::views {
namespace {

/// The texts of this file, for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(vedette::views::Range)
};

} // namespace

QString rangeText(sync::Range range)
{
    switch (range) {
    case sync::Range::Hours1:
        return Text::tr("last hour");
    case sync::Range::Hours24:
        return Text::tr("last 24 h");
    case sync::Range::Days7:
        return Text::tr("last 7 days");
    case sync::Range::Days14:
        return Text::tr("last 14 days");
    case sync::Range::Days30:
        return Text::tr("last 30 days");
    case sync::Range::Days90:
        return Text::tr("last 90 days");
    }
    return {};
}

QString rangeTitle(sync::Range range)
{
    switch (range) {
    case sync::Range::Hours1:
        return Text::tr("Last hour");
    case sync::Range::Hours24:
        return Text::tr("Last 24 h");
    case sync::Range::Days7:
        return Text::tr("Last 7 days");
    case sync::Range::Days14:
        return Text::tr("Last 14 days");
    case sync::Range::Days30:
        return Text::tr("Last 30 days");
    case sync::Range::Days90:
        return Text::tr("Last 90 days");
    }
    return {};
}

QString trendPeriodText(sync::Range range)
{
    const bool day = range == sync::Range::Hours1 || range == sync::Range::Hours24;
    return day ? Text::tr("24 h") : Text::tr("14 d");
}

} // namespace vedette::views
