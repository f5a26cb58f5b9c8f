// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/collector/forward/forwardworld.h"

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/settings.h"

using namespace vedette::collector;
using namespace std::chrono_literals;

namespace vedette::tests {

ForwardWorld::ForwardWorld()
{
    world.options.forward.pace = {20ms, 200ms};
    world.options.forward.timeout = 400ms;
    world.start();
    upstream.script(path, FaultServer::json("{}"));
    setUpstream(upstreamDsn());
}

void ForwardWorld::send(const std::string& id, const std::string& headers)
{
    const RawAnswer answer =
        request(world.port(), post("/api/1/envelope/?sentry_key=" + world.key(), eventEnvelope(id), headers));
    if (answer.status != 200)
        qFatal("the collector refused it: %d %s", answer.status, answer.body.c_str());
}

std::string ForwardWorld::id(int number)
{
    std::string out = std::to_string(number);
    out.insert(0, 32 - out.size(), '0');
    return out;
}

QByteArrayList ForwardWorld::attempts() const
{
    QByteArrayList out;
    for (const FaultServer::Request& request : upstream.requestsTo(path)) {
        const qsizetype at = request.body.indexOf("\"event_id\":\"");
        out << request.body.mid(at + 12, 32);
    }
    return out;
}

QByteArrayList ForwardWorld::arrived() const
{
    QByteArrayList out;
    const QByteArrayList all = attempts();
    for (const QByteArray& id : all) {
        if (!out.contains(id))
            out << id;
    }
    return out;
}

std::string ForwardWorld::upstreamDsn() const
{
    return "http://upkey@127.0.0.1:" + std::to_string(upstream.url().port()) + "/7";
}

void ForwardWorld::setUpstream(const std::string& dsn, std::int64_t project)
{
    const auto done = world->store().write([&](SQLite::Database& db) {
        ProjectSettings settings = readProjectSettings(db, project).value();
        settings.upstream = dsn;
        writeProjectSettings(db, project, settings);
    });
    if (!done)
        qFatal("no settings: %s", qPrintable(done.error().detail));
}

std::int64_t ForwardWorld::waiting() const
{
    return world.number("SELECT coalesce(sum(waiting), 0) FROM forward_state");
}

std::string ForwardWorld::error() const
{
    return world.text("SELECT coalesce(max(error), '') FROM forward_state");
}

} // namespace vedette::tests
