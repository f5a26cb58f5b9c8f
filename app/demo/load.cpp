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

} // namespace

core::Result<void> load(const Samples& samples, const std::vector<PlannedEvent>& plan, const Target& target,
    const core::Clock& clock, std::uint64_t seed, const Progress& progress)
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
    auto sender = Sender::connect(QUrl(QString::fromStdString(target.url)));
    if (!sender)
        return core::fail(sender.error());

    Dice dice(seed);
    std::vector<Post> posts;
    for (std::size_t at = 0; at < plan.size(); at += posts.size()) {
        posts.clear();
        const std::size_t end = std::min(plan.size(), at + sender->width());
        for (std::size_t i = at; i < end; ++i) {
            const PlannedEvent& event = plan[i];
            const Door& door = doors[event.project];
            EventTemplate::Fill fill;
            fill.eventId = eventId(dice);
            fill.at = event.at;
            fill.sentAt = clock.now(); // the collector shifts an event by the drift that it sees here
            fill.dsn = door.dsn;
            fill.key = door.key;
            fill.user = event.user;
            fill.dice = event.dice;
            posts.push_back(
                {door.path, door.key, samples[event.project].templates[event.sample].render(fill)});
        }
        if (auto sent = sender->sendTogether(posts); !sent)
            return sent;
        if (progress && !progress(end, plan.size()))
            return core::fail(ErrorKind::Cancelled);
    }
    return {};
}

} // namespace vedette::demo
