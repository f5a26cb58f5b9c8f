// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/window.h"

#include <algorithm>

#include "app/collector/api/context.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

constexpr std::int64_t hourMs = 3'600'000;

std::int64_t hourOf(core::TimePoint time)
{
    return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count();
}

} // namespace

std::optional<std::chrono::milliseconds> parsePeriod(std::string_view text)
{
    if (text.size() < 2)
        return {};
    const auto amount = decimal(text.substr(0, text.size() - 1));
    if (!amount || *amount < 0 || *amount > 1'000'000)
        return {};
    switch (text.back()) {
    case 's':
        return std::chrono::seconds(*amount);
    case 'm':
        return std::chrono::minutes(*amount);
    case 'h':
        return std::chrono::hours(*amount);
    case 'd':
        return std::chrono::hours(*amount * 24);
    case 'w':
        return std::chrono::hours(*amount * 24 * 7);
    default:
        return {};
    }
}

core::Result<Window> Window::from(const Request& request, core::TimePoint now)
{
    Window window;
    for (const std::string_view name : request.queryValues("environment"))
        window.environments.emplace_back(name);
    if (const auto text = request.queryValue("statsPeriod"); text && !text->empty()) {
        const auto period = parsePeriod(*text);
        if (!period)
            return core::fail(core::ErrorKind::Usage, u"Invalid statsPeriod"_s);
        window.startMs = (now - *period).time_since_epoch().count();
        return window;
    }
    const auto start = request.queryValue("start");
    const auto end = request.queryValue("end");
    if (!start && !end)
        return window;
    const auto from = start ? core::parseTime(*start) : std::nullopt;
    const auto to = end ? core::parseTime(*end) : std::nullopt;
    if (!from || !to)
        return core::fail(core::ErrorKind::Usage, u"start and end are both needed, as ISO 8601 dates"_s);
    if (*from > *to)
        return core::fail(core::ErrorKind::Usage, u"start must be before end"_s);
    window.startMs = from->time_since_epoch().count();
    window.endMs = to->time_since_epoch().count();
    return window;
}

Sql Window::hoursCondition(const std::string& alias) const
{
    Sql out{"1", {}};
    if (startMs)
        out += Sql{" AND " + alias + ".hour >= ?", {*startMs / hourMs}};
    if (endMs)
        out += Sql{" AND " + alias + ".hour <= ?", {*endMs / hourMs}};
    if (!environments.empty()) {
        Sql names{" AND " + alias + ".environment_id IN (SELECT id FROM environments WHERE name IN (" +
                      placeholders(environments.size()) + "))",
            {}};
        for (const std::string& name : environments)
            names.binds.emplace_back(name);
        out += names;
    }
    return out;
}

std::optional<std::int64_t> Window::fromMs() const
{
    if (!startMs)
        return {};
    return *startMs - ((*startMs % hourMs) + hourMs) % hourMs;
}

Sql Window::eventsCondition(const std::string& alias) const
{
    Sql out{"1", {}};
    if (const auto from = fromMs())
        out += Sql{" AND " + alias + ".timestamp >= ?", {*from}};
    if (endMs)
        out += Sql{" AND " + alias + ".timestamp < ?", {(*endMs / hourMs + 1) * hourMs}};
    if (!environments.empty()) {
        Sql names{" AND " + alias + ".environment_id IN (SELECT id FROM environments WHERE name IN (" +
                      placeholders(environments.size()) + "))",
            {}};
        for (const std::string& name : environments)
            names.binds.emplace_back(name);
        out += names;
    }
    return out;
}

Window::UserCount Window::userCount() const
{
    UserCount out;
    if (environments.empty() && !endMs) {
        out = {"COUNT(*)", {"issue_users w WHERE ", {}}, "w.issue_id"};
        out.from += usersCondition("w");
    } else {
        out = {"COUNT(DISTINCT e.user_id)", {"events e WHERE ", {}}, "e.issue_id"};
        out.from += eventsCondition("e");
    }
    return out;
}

Sql Window::usersCondition(const std::string& alias) const
{
    const auto from = fromMs();
    if (!from)
        return {"1", {}};
    return {alias + ".last_seen >= ?", {*from}};
}

SeriesPlan SeriesPlan::until(
    core::TimePoint now, std::string name, std::int64_t hoursPerStep, std::int64_t steps)
{
    SeriesPlan plan;
    plan.name = std::move(name);
    plan.hoursPerStep = hoursPerStep;
    plan.steps = steps;
    const std::int64_t current = hourOf(now) / hoursPerStep;
    plan.firstHour = (current - steps + 1) * hoursPerStep;
    return plan;
}

core::Result<SeriesPlan> SeriesPlan::from(const Request& request, const Window& window, core::TimePoint now)
{
    const std::string_view asked = request.queryValue("groupStatsPeriod").value_or("24h");
    if (asked.empty())
        return SeriesPlan{};
    if (asked == "24h")
        return until(now, "24h", 1, 24);
    if (asked == "14d")
        return until(now, "14d", 24, 14);
    if (asked != "auto") {
        return core::fail(
            core::ErrorKind::Usage, u"Invalid stats_period. Valid choices are '', '24h', '14d' and 'auto'"_s);
    }
    const core::TimePoint end =
        window.endMs ? core::TimePoint(std::chrono::milliseconds(*window.endMs)) : now;
    const std::int64_t endMs = end.time_since_epoch().count();
    const std::int64_t startMs = window.startMs.value_or(endMs - std::int64_t(14) * 24 * hourMs);
    const std::int64_t hours = std::max<std::int64_t>(1, (endMs - startMs + hourMs - 1) / hourMs);
    // Widths that divide a day or are whole days, so that buckets stay aligned; about 30 of them.
    constexpr std::int64_t widths[] = {1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 96, 168, 336, 720};
    std::int64_t width = widths[std::size(widths) - 1];
    for (const std::int64_t candidate : widths) {
        if (hours / candidate <= 32) {
            width = candidate;
            break;
        }
    }
    return until(end, "auto", width, std::min<std::int64_t>(400, (hours + width - 1) / width));
}

} // namespace vedette::collector::api
