// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/alerts/detector.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace vedette::alerts {

namespace {

using Hours = std::chrono::hours;

constexpr int dayHours = 24;
constexpr int weekHours = 7 * dayHours;

core::TimePoint hourOf(core::TimePoint time)
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::floor<Hours>(time));
}

/// The smallest k that a negative binomial count of mean `mu` and variance mu + phi * mu^2 passes with a
/// chance of at most `tail`. Small means are summed up exactly, large ones use a normal quantile corrected
/// for skewness (Cornish-Fisher, first term).
double upperQuantile(double mu, double phi, double tail)
{
    if (mu <= 0)
        return 0;
    const double r = 1.0 / std::max(phi, 1e-4);
    const double start = -r * std::log1p(mu / r); // logarithm of P(X = 0)
    if (start > -600) {
        double p = std::exp(start);
        double above = 1.0 - p;
        const double q = mu / (mu + r);
        double k = 0;
        while (above > tail && k < 1e6) {
            p *= q * (k + r) / (k + 1);
            above -= p;
            k += 1;
        }
        return k;
    }
    // Quantile of the standard normal distribution for a small tail (Abramowitz and Stegun 26.2.23).
    const double t = std::sqrt(-2.0 * std::log(tail));
    const double z =
        t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    const double variance = mu + mu * mu / r;
    const double skew = (1 + 2 * mu / r) / std::sqrt(variance);
    return std::ceil(mu + std::sqrt(variance) * (z + (z * z - 1) * skew / 6));
}

/// Walks through the hours once; what it knows about hour t comes from the hours before it.
class Walk final
{
public:
    Walk(const QList<domain::Series::Point>& points, const DetectorOptions& options)
        : m_options(options)
    {
        m_counts.reserve(std::size_t(points.size()));
        for (const auto& point : points)
            m_counts.push_back(double(point.count));
        const std::size_t n = m_counts.size();
        m_usable.assign(n, true);
        m_expected.assign(n, 0.0);
        m_firing.assign(n, false);
    }

    struct Judgement
    {
        double expected = 0;
        double upper = 0;
        bool firing = false;
    };

    Judgement judge(std::size_t t)
    {
        Judgement out;
        const std::size_t known = t;
        const double level = levelBefore(t);
        out.expected = std::max(seasonal(t, level), recent(t));
        m_expected[t] = out.expected;
        const double phi = dispersionBefore(t);
        out.upper = upperQuantile(std::max(out.expected, 0.05), phi, m_options.tail);
        out.upper = std::max(out.upper, habit(t));
        const qint64 floor = known < std::size_t(dayHours) ? m_options.shortHistoryFloor : m_options.floor;
        const double count = m_counts[t];
        out.firing = count >= double(floor) && count >= m_options.factor * out.expected && count > out.upper;
        m_firing[t] = out.firing;
        learn(t, level);
        return out;
    }

private:
    [[nodiscard]] std::size_t windowStart(std::size_t t, int hours) const
    {
        const auto span = std::size_t(std::min(hours, m_options.historyHours));
        return t > span ? t - span : 0;
    }

    /// Mean of the last week's usable hours without the highest twentieth.
    double levelBefore(std::size_t t)
    {
        m_scratch.clear();
        for (std::size_t i = windowStart(t, weekHours); i < t; ++i) {
            if (m_usable[i])
                m_scratch.push_back(m_counts[i]);
        }
        if (m_scratch.empty())
            return 0;
        const std::size_t cut = m_scratch.size() / 20;
        if (cut > 0)
            std::nth_element(m_scratch.begin(), m_scratch.end() - std::ptrdiff_t(cut), m_scratch.end());
        double sum = 0;
        for (std::size_t i = 0; i + cut < m_scratch.size(); ++i)
            sum += m_scratch[i];
        return sum / double(m_scratch.size() - cut);
    }

    /// Mean of this hour of the day over the last two weeks, drawn towards the level: a few samples of one
    /// hour say less than a week of all of them. Former spikes are left out, unless this hour has them most
    /// days: then they are a nightly job.
    [[nodiscard]] double seasonal(std::size_t t, double level) const
    {
        constexpr double pull = 2;
        int days = 0;
        int fired = 0;
        for (std::size_t i = dayBefore(t, 1); i < t && days < 14; i = dayBefore(t, days + 1)) {
            ++days;
            fired += m_firing[i] ? 1 : 0;
        }
        const bool spikesAreUsual = 2 * fired >= days && fired >= 3;
        double sum = 0;
        double weight = 0;
        double highest = 0;
        int samples = 0;
        for (int day = 1; day <= days; ++day) {
            const std::size_t i = dayBefore(t, day);
            if (!m_usable[i] && !(spikesAreUsual && m_firing[i]))
                continue;
            // A week ago the weekday was the same.
            const double w = day % 7 == 0 ? 2 : 1;
            sum += w * m_counts[i];
            weight += w;
            highest = std::max(highest, m_counts[i]);
            ++samples;
        }
        if (samples >= 5) { // one odd day does not count
            sum -= highest;
            weight -= 1;
        }
        return (sum + pull * level) / (weight + pull);
    }

    /// The same hour so many days before t; t itself where that is before the series or the options' reach.
    [[nodiscard]] std::size_t dayBefore(std::size_t t, int days) const
    {
        const std::size_t back = std::size_t(days) * dayHours;
        return back > t || back > std::size_t(m_options.historyHours) ? t : t - back;
    }

    /// Growth that is slower than a spike: the mean of the last day, halfway trusted.
    double recent(std::size_t t)
    {
        double sum = 0;
        int samples = 0;
        for (std::size_t i = windowStart(t, dayHours); i < t; ++i) {
            if (m_usable[i]) {
                sum += m_counts[i];
                ++samples;
            }
        }
        return samples >= dayHours / 2 ? 0.5 * sum / samples : 0;
    }

    /// What this hour of the day, or its neighbours, reached on two of the last ten days is no surprise,
    /// spike or not: a nightly job that starts a little later.
    [[nodiscard]] double habit(std::size_t t) const
    {
        double first = 0;
        double second = 0;
        for (int day = 1; day <= 10; ++day) {
            const std::size_t back = std::size_t(day) * dayHours;
            if (back + 1 > t)
                break;
            double peak = 0;
            for (std::size_t i = t - back - 1; i <= t - back + 1 && i < t; ++i)
                peak = std::max(peak, m_counts[i]);
            if (peak > first) {
                second = first;
                first = peak;
            } else {
                second = std::max(second, peak);
            }
        }
        return second;
    }

    /// Variance beyond Poisson's, relative to the squared mean, from how far the last two weeks' counts were
    /// from what was expected of them. The largest residuals are left out: they are spikes or near it.
    double dispersionBefore(std::size_t t)
    {
        m_scratch.clear();
        double squares = 0;
        for (std::size_t i = std::max(windowStart(t, 2 * weekHours), std::size_t(dayHours)); i < t; ++i) {
            if (!m_usable[i] || m_expected[i] <= 0)
                continue;
            const double off = m_counts[i] - m_expected[i];
            m_scratch.push_back(off * off - m_expected[i]);
            squares += m_expected[i] * m_expected[i];
        }
        constexpr double unknown = 0.5;
        constexpr double strength = 24; // hours' worth of belief in `unknown`
        if (m_scratch.empty())
            return unknown;
        const std::size_t cut = m_scratch.size() / 100;
        if (cut > 0)
            std::nth_element(m_scratch.begin(), m_scratch.end() - std::ptrdiff_t(cut), m_scratch.end());
        double sum = 0;
        for (std::size_t i = 0; i + cut < m_scratch.size(); ++i)
            sum += m_scratch[i];
        const auto n = double(m_scratch.size());
        const double seen = std::max(0.0, sum / squares);
        const double belief = strength / (strength + n);
        return std::clamp(belief * unknown + (1 - belief) * seen, 0.02, 3.0);
    }

    /// Decides what later hours may learn from hour t.
    void learn(std::size_t t, double level)
    {
        if (m_firing[t]) {
            ++m_firingRun;
            // In the first day nobody knows yet what is a spike and what is how it always is.
            m_usable[t] = t < std::size_t(dayHours);
            if (m_firingRun >= m_options.adoptAfterHours) {
                // It did not end: that is how things are now.
                for (std::size_t i = t + 1 - std::size_t(m_firingRun); i <= t; ++i)
                    m_usable[i] = true;
            }
        } else {
            m_firingRun = 0;
        }
        // An outage of the counting: zeros for most of a day where plenty was expected.
        if (m_counts[t] > 0) {
            m_zeroRun = 0;
            return;
        }
        if (m_zeroRun == 0)
            m_levelBeforeZeros = level;
        ++m_zeroRun;
        constexpr int outageHours = 16;
        if (m_zeroRun >= outageHours && m_zeroRun < weekHours && m_levelBeforeZeros * m_zeroRun > 24) {
            for (std::size_t i = t + 1 - std::size_t(m_zeroRun); i <= t; ++i)
                m_usable[i] = false;
        } else if (m_zeroRun == weekHours) { // silent for a week: silence is the truth
            for (std::size_t i = t + 1 - std::size_t(m_zeroRun); i <= t; ++i)
                m_usable[i] = true;
        }
    }

    const DetectorOptions& m_options;
    std::vector<double> m_counts;
    std::vector<bool> m_usable;
    std::vector<double> m_expected;
    std::vector<bool> m_firing;
    std::vector<double> m_scratch;
    int m_firingRun = 0;
    int m_zeroRun = 0;
    double m_levelBeforeZeros = 0;
};

} // namespace

domain::Series toHours(const domain::Series& series, core::TimePoint now, int mostHours)
{
    domain::Series out;
    if (series.step > Hours(1))
        return out;
    std::map<core::TimePoint, qint64> sums;
    for (const auto& point : series.points) {
        if (point.start <= now)
            sums[hourOf(point.start)] += std::max(qint64(0), point.count);
    }
    if (sums.empty())
        return out;
    out.step = Hours(1);
    const core::TimePoint last = sums.rbegin()->first;
    core::TimePoint hour = std::max(sums.begin()->first, last - Hours(mostHours));
    auto next = sums.lower_bound(hour);
    for (; hour <= last; hour += Hours(1)) {
        if (next != sums.end() && next->first == hour) {
            out.points.append({hour, next->second});
            ++next;
        } else {
            out.points.append({hour, 0});
        }
    }
    return out;
}

QList<HourVerdict> detect(const domain::Series& series, core::TimePoint now, const DetectorOptions& options)
{
    const domain::Series hours = toHours(series, now, options.mostHours);
    QList<HourVerdict> out;
    out.reserve(hours.points.size());
    Walk walk(hours.points, options);
    for (qsizetype i = 0; i < hours.points.size(); ++i) {
        const auto judgement = walk.judge(std::size_t(i));
        const auto& point = hours.points.at(i);
        out.append({point.start, point.count, judgement.expected, judgement.upper, judgement.firing});
    }
    return out;
}

} // namespace vedette::alerts
