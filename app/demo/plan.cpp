// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demo/plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "app/demo/dice.h"

namespace vedette::demo {

using core::TimePoint;
using Ms = std::chrono::milliseconds;
using namespace std::chrono_literals;

namespace {

/// How busy each hour of a day is (UTC), against its mean: people sleep, lunch shows, evenings sell.
constexpr std::array<double, 24> dayShape = {0.45, 0.35, 0.28, 0.25, 0.27, 0.36, 0.55, 0.80, 1.05, 1.20, 1.28,
    1.30, 1.22, 1.28, 1.35, 1.38, 1.36, 1.34, 1.42, 1.55, 1.60, 1.42, 1.05, 0.89};
/// And each day of a week, from Sunday on.
constexpr std::array<double, 7> weekShape = {0.66, 1.10, 1.16, 1.14, 1.12, 1.08, 0.74};

/// The newer release went out so long ago; before that only the older one was seen.
constexpr auto releasedBefore = 5 * 24h + 7h;
/// Issues that are new today began within this time.
constexpr auto freshWithin = 20h;
/// The spiking issue's last hour, as a multiple of what it usually has.
constexpr double spikeFactor = 15;
/// A spike must be seen in the hour of the clock that is under way, which may have just begun.
constexpr auto shortestSpike = 20s;
constexpr std::size_t fewestEvents = 6;
constexpr std::size_t fewestSpiking = 20;
constexpr long long fewestTransactions = 1;

/// Moments with the shape of rhythm(), drawn by the sum of its hours.
class Times final
{
public:
    Times(TimePoint from, TimePoint to)
        : m_from(from)
        , m_to(to)
    {
        double sum = 0;
        for (TimePoint hour = from; hour < to; hour += 1h) {
            sum += rhythm(hour) * std::min(1.0, double((to - hour).count()) / double(Ms(1h).count()));
            m_sums.push_back(sum);
        }
    }

    TimePoint draw(Dice& dice) const
    {
        const double wanted = dice.fraction() * m_sums.back();
        const auto hour = std::upper_bound(m_sums.begin(), m_sums.end() - 1, wanted) - m_sums.begin();
        const TimePoint start = m_from + std::chrono::hours(hour);
        const Ms length = std::min<Ms>(1h, m_to - start);
        return start + Ms(std::int64_t(dice.fraction() * double(length.count())));
    }

    /// How much of the whole falls into an hour like that one.
    [[nodiscard]] double partOf(TimePoint hour) const { return rhythm(hour) / m_sums.back(); }

private:
    TimePoint m_from;
    TimePoint m_to;
    std::vector<double> m_sums;
};

/// Which recording an event of that age is made of: the runs were the old release, the new one, and staging.
std::size_t chooseTemplate(const SampleIssue& issue, Ms age, Dice& dice)
{
    const bool isNewRelease = age < releasedBefore && dice.below(10) != 0;
    const bool isStaging = age < releasedBefore + 48h && dice.below(12) == 0;
    const std::size_t run = isStaging ? 2 : isNewRelease ? 1 : 0;
    return issue.templates[std::min(run, issue.templates.size() - 1)];
}

/// A few users come back often, most once.
std::uint32_t chooseUser(std::uint32_t users, Dice& dice)
{
    const double r = dice.fraction();
    return std::uint32_t(r * r * double(users));
}

/// From the normal distribution with mean 0 and deviation 1, by the Box-Muller transform.
double normal(Dice& dice)
{
    constexpr double turn = 6.283185307179586;
    const double radius = std::sqrt(-2 * std::log(1 - dice.fraction()));
    return radius * std::cos(turn * dice.fraction());
}

} // namespace

double rhythm(TimePoint time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const auto hour = std::size_t(std::chrono::floor<std::chrono::hours>(time - day).count());
    return dayShape[hour] * weekShape[std::chrono::weekday(day).c_encoding()];
}

std::vector<PlannedEvent> makePlan(const Samples& samples, TimePoint now, const PlanOptions& options)
{
    Dice dice(options.seed);
    const TimePoint start = now - std::chrono::days(options.days);
    const Times always(start, now);
    const Times before(start, now - 48h);
    const Times lately(now - freshWithin, now);
    double shares = 0;
    for (const SampleProject& project : samples)
        shares += project.share;

    std::vector<PlannedEvent> plan;
    const auto add = [&](TimePoint at, std::size_t project, std::size_t issue) {
        PlannedEvent event{at, project, issue};
        event.sample = chooseTemplate(samples[project].issues[issue], now - at, dice);
        event.user = chooseUser(options.users, dice);
        event.dice = dice.next();
        plan.push_back(event);
    };
    for (std::size_t p = 0; p < samples.size(); ++p) {
        const SampleProject& project = samples[p];
        double weights = 0;
        for (const SampleIssue& issue : project.issues)
            weights += issue.weight;
        for (std::size_t i = 0; i < project.issues.size(); ++i) {
            const SampleIssue& issue = project.issues[i];
            const double part = project.share / shares * issue.weight / weights;
            const auto wanted =
                std::max(fewestEvents, std::size_t(std::llround(part * double(options.events))));
            if (issue.isFresh) {
                // As many as its rate makes in a day, times three: it has just been let loose.
                const auto today = std::max(fewestEvents, 3 * wanted / std::size_t(options.days));
                for (std::size_t n = 0; n < today; ++n)
                    add(lately.draw(dice), p, i);
                continue;
            }
            add(before.draw(dice), p, i); // known before the last two days
            for (std::size_t n = 1; n < wanted; ++n)
                add(always.draw(dice), p, i);
            if (issue.spikes) {
                const TimePoint hour = std::chrono::floor<std::chrono::hours>(now);
                const TimePoint from = now - hour >= shortestSpike ? hour : hour - 20min;
                const double mean = double(wanted) / (24.0 * options.days);
                const double usual = std::max(double(wanted) * always.partOf(hour), mean);
                const auto many = std::max(fewestSpiking, std::size_t(std::llround(spikeFactor * usual)));
                for (std::size_t n = 0; n < many; ++n)
                    add(from + Ms(std::int64_t(dice.fraction() * double((now - from).count()))), p, i);
            }
        }
    }
    std::sort(plan.begin(), plan.end(), [](const PlannedEvent& a, const PlannedEvent& b) {
        return std::tie(a.at, a.dice) < std::tie(b.at, b.dice);
    });
    return plan;
}

std::vector<PlannedTransaction> makeTransactions(
    const Samples& samples, TimePoint now, const PlanOptions& options)
{
    Dice dice(options.seed);
    std::vector<PlannedTransaction> plan;
    for (std::size_t p = 0; p < samples.size(); ++p) {
        for (std::size_t e = 0; e < samples[p].endpoints.size(); ++e) {
            const SampleEndpoint& endpoint = samples[p].endpoints[e];
            const auto many = std::max(fewestTransactions, std::llround(endpoint.rate * rhythm(now)));
            for (long long n = 0; n < many; ++n) {
                PlannedTransaction next{
                    now - Ms(std::int64_t(dice.fraction() * double(Ms(1h).count()))), p, e};
                const double ms = endpoint.median * std::exp(endpoint.spread * normal(dice));
                next.duration = Ms(std::max(1LL, std::llround(ms)));
                next.user = chooseUser(options.users, dice);
                next.dice = dice.next();
                plan.push_back(next);
            }
        }
    }
    return plan;
}

} // namespace vedette::demo
