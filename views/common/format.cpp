// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/format.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// The texts of this file, for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(vedette::views::Format)
};

/// Seconds between the two; a moment in the future counts as now.
qint64 secondsBetween(core::TimePoint time, core::TimePoint now)
{
    return std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(now - time).count());
}

} // namespace

QString shortAge(core::TimePoint time, core::TimePoint now)
{
    const qint64 s = secondsBetween(time, now);
    const QLocale locale;
    if (s < 60)
        return Text::tr("%1s", "seconds ago, in a narrow column").arg(locale.toString(s));
    if (s < 3600)
        return Text::tr("%1m", "minutes ago, in a narrow column").arg(locale.toString(s / 60));
    if (s < 86400)
        return Text::tr("%1h", "hours ago, in a narrow column").arg(locale.toString(s / 3600));
    if (s < 14 * 86400)
        return Text::tr("%1d", "days ago, in a narrow column").arg(locale.toString(s / 86400));
    return Text::tr("%1w", "weeks ago, in a narrow column").arg(locale.toString(s / (7 * 86400)));
}

QString longAge(core::TimePoint time, core::TimePoint now)
{
    const qint64 s = secondsBetween(time, now);
    const QLocale locale;
    if (s < 60)
        return Text::tr("%1 s ago").arg(locale.toString(s));
    if (s < 3600)
        return Text::tr("%1 min ago").arg(locale.toString(s / 60));
    if (s < 86400)
        return Text::tr("%1 h ago").arg(locale.toString(s / 3600));
    return Text::tr("%1 d ago").arg(locale.toString(s / 86400));
}

QString localTime(core::TimePoint time, core::TimePoint now)
{
    const QDateTime local = core::toDateTime(time).toLocalTime();
    const QDate today = core::toDateTime(now).toLocalTime().date();
    const QLocale locale;
    const QString clock = locale.toString(local.time(), u"HH:mm:ss"_s);
    if (local.date() == today)
        return Text::tr("today %1", "a time of day").arg(clock);
    if (local.date() == today.addDays(-1))
        return Text::tr("yesterday %1", "a time of day").arg(clock);
    return Text::tr("%1, %2", "date, time of day")
        .arg(locale.toString(local.date(), QLocale::ShortFormat), clock);
}

QString fullTime(core::TimePoint time)
{
    const QDateTime utc = core::toDateTime(time);
    const QLocale locale;
    return Text::tr("%1 local\n%2 UTC", "the same moment twice")
        .arg(locale.toString(utc.toLocalTime(), u"yyyy-MM-dd HH:mm:ss.zzz t"_s),
            utc.toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s));
}

QString clockTime(core::TimePoint time)
{
    return QLocale().toString(core::toDateTime(time).toLocalTime().time(), u"HH:mm"_s);
}

QString asOfTime(core::TimePoint time, core::TimePoint now)
{
    const QDate day = core::toDateTime(time).toLocalTime().date();
    if (day == core::toDateTime(now).toLocalTime().date())
        return clockTime(time);
    return Text::tr("%1, %2", "date, time of day")
        .arg(QLocale().toString(day, QLocale::ShortFormat), clockTime(time));
}

QString count(qint64 number)
{
    return QLocale().toString(number);
}

QString compactCount(qint64 number)
{
    const QLocale locale;
    if (number < 100'000)
        return locale.toString(number);
    if (number < 1'000'000)
        return Text::tr("%1k", "thousands").arg(locale.toString(number / 1000));
    return Text::tr("%1M", "millions").arg(locale.toString(double(number) / 1e6, 'f', 1));
}

QString bytes(qint64 number)
{
    return QLocale().formattedDataSize(number, 1, QLocale::DataSizeTraditionalFormat);
}

QString initials(const QString& name)
{
    QString out;
    const QStringList words = name.split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        // Whole characters: a name may begin with one outside the basic plane.
        out += word.first(word.front().isHighSurrogate() && word.size() > 1 ? 2 : 1).toUpper();
        if (&word != &words.first())
            break;
    }
    if (words.size() == 1 && name.size() > 1 && name.at(1).isLetter() && name.at(0).unicode() < 0x250)
        out += name.at(1).toUpper();
    return out;
}

} // namespace vedette::views
