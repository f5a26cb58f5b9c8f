// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demo/load.h"

#include <QUrl>

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/demo/dice.h"
#include "app/demo/sender.h"

namespace vedette::demo {

using core::ErrorKind;
using namespace Qt::Literals::StringLiterals;

namespace {

struct Door
{
    std::string dsn;
    std::string key;
    std::string path;
};

/// `https://KEY@host/prefix/7`: the door is `/prefix/api/7/envelope/`.
core::Result<Door> doorOf(const std::string& dsn)
{
    const QUrl url(QString::fromStdString(dsn), QUrl::StrictMode);
    const QString path = url.path();
    const qsizetype slash = path.lastIndexOf(u'/');
    if (!url.isValid() || url.userName().isEmpty() || slash < 0 || slash + 1 == path.size())
        return core::fail(ErrorKind::Usage, u"a project's DSN cannot be read"_s);
    return Door{dsn, url.userName().toStdString(),
        (path.left(slash) + "/api/"_L1 + path.mid(slash + 1) + "/envelope/"_L1).toStdString()};
}

std::string eventId(Dice& dice)
{
    std::array<char, 33> text{};
    std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(dice.next()),
        static_cast<unsigned long long>(dice.next()));
    return text.data();
}

core::Result<std::vector<Door>> doorsOf(const Samples& samples, const Target& target)
{
    std::vector<Door> doors;
    for (const SampleProject& project : samples) {
        const auto dsn = target.dsns.find(project.slug);
        if (dsn == target.dsns.end())
            return core::fail(ErrorKind::Usage, u"no DSN for a project of the samples"_s);
        auto door = doorOf(dsn->second);
        if (!door)
            return core::fail(door.error());
        doors.push_back(*std::move(door));
    }
    return doors;
}

/// What a planned one has of its own, whatever it is.
template<class Planned>
EventTemplate::Fill fillOf(const Planned& planned, const Door& door, const core::Clock& clock, Dice& dice)
{
    EventTemplate::Fill fill;
    fill.eventId = eventId(dice);
    fill.at = planned.at;
    fill.sentAt = clock.now(); // the collector shifts an event by the drift that it sees here
    fill.dsn = door.dsn;
    fill.key = door.key;
    fill.user = planned.user;
    fill.dice = planned.dice;
    return fill;
}

/// Posts what `render` makes of each planned one, as many at once as the sender takes.
template<class Planned, class Render>
core::Result<void> post(const Samples& samples, const std::vector<Planned>& plan, const Target& target,
    const Render& render, const Progress& progress)
{
    const auto doors = doorsOf(samples, target);
    if (!doors)
        return core::fail(doors.error());
    auto sender = Sender::connect(QUrl(QString::fromStdString(target.url)));
    if (!sender)
        return core::fail(sender.error());
    std::vector<Post> posts;
    for (std::size_t at = 0; at < plan.size(); at += posts.size()) {
        posts.clear();
        const std::size_t end = std::min(plan.size(), at + sender->width());
        for (std::size_t i = at; i < end; ++i) {
            const Door& door = (*doors)[plan[i].project];
            posts.push_back({door.path, door.key, render(plan[i], door)});
        }
        if (auto sent = sender->sendTogether(posts); !sent)
            return sent;
        if (progress && !progress(end, plan.size()))
            return core::fail(ErrorKind::Cancelled);
    }
    return {};
}

} // namespace

core::Result<void> load(const Samples& samples, const std::vector<PlannedEvent>& plan, const Target& target,
    const core::Clock& clock, std::uint64_t seed, const Progress& progress)
{
    Dice dice(seed);
    const auto render = [&](const PlannedEvent& event, const Door& door) {
        return samples[event.project].templates[event.sample].render(fillOf(event, door, clock, dice));
    };
    return post(samples, plan, target, render, progress);
}

core::Result<void> loadTransactions(const Samples& samples, const std::vector<PlannedTransaction>& plan,
    const Target& target, const core::Clock& clock, std::uint64_t seed)
{
    Dice dice(seed);
    const auto render = [&](const PlannedTransaction& transaction, const Door& door) {
        const SampleProject& project = samples[transaction.project];
        const EventTemplate& trace = project.traces[project.endpoints[transaction.endpoint].sample];
        EventTemplate::Fill fill = fillOf(transaction, door, clock, dice);
        fill.stretch = double(transaction.duration.count()) / double(trace.recordedDuration().count());
        return trace.render(fill);
    };
    return post(samples, plan, target, render, {});
}

} // namespace vedette::demo
