// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/decode/decode.h"
#include "models/api/decode/read.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api::decode {
namespace {

constexpr qsizetype mostRows = 200;

double amount(const json::Value& value)
{
    return std::max(0.0, value.number().value_or(0.0));
}

/// A list's members that `read` makes something of, up to a bound.
template<class T, class Read>
QList<T> rows(const json::Value& value, Read read)
{
    QList<T> out;
    for (const json::Value row : value.items()) {
        if (out.size() == mostRows)
            break;
        out.append(read(row));
    }
    return out;
}

QStringList patterns(const json::Value& value)
{
    return rows<QString>(value, [](const json::Value& row) { return text(row, lineText); });
}

} // namespace

core::Result<domain::CollectorStatus> collectorStatus(const json::Value& body)
{
    if (!body.isObject())
        return core::fail(core::ErrorKind::Malformed, u"the collector's status was expected"_s);
    domain::CollectorStatus out;
    out.version = text(body["version"], shortText);
    out.dataFolder = text(body["dataFolder"], lineText);
    out.acceptedLastHour = count(body["acceptedLastHour"]);
    out.acceptedTotal = count(body["acceptedTotal"]);
    out.refusedLastHour = count(body["refusedLastHour"]);
    out.droppedLastHour = count(body["droppedLastHour"]);
    out.eventsPerMinute = amount(body["eventsPerMinute"]);
    out.diskBytes = count(body["diskBytes"]);
    out.problem = text(body["problem"]["text"], lineText);
    out.problemSince = time(body["problem"]["since"]);
    out.notKept = rows<domain::NotKept>(body["notKept"], [](const json::Value& row) {
        return domain::NotKept{text(row["outcome"], shortText), text(row["category"], shortText),
            text(row["reason"], shortText), count(row["quantity"])};
    });
    std::stable_sort(out.notKept.begin(), out.notKept.end(),
        [](const domain::NotKept& a, const domain::NotKept& b) { return a.quantity > b.quantity; });
    out.forwarding = rows<domain::Forwarding>(body["forwarding"], [](const json::Value& row) {
        return domain::Forwarding{text(row["project"], shortText), count(row["waiting"]), count(row["sent"]),
            count(row["refused"]), text(row["error"], lineText), text(row["refusal"], lineText),
            count(row["notQueued"]), time(row["notBefore"]), time(row["lastSent"])};
    });
    out.origins = rows<domain::WebOrigin>(body["origins"], [](const json::Value& row) {
        return domain::WebOrigin{
            text(row["project"], shortText), text(row["origin"], lineText), count(row["count"])};
    });
    const json::Value spotlight = body["spotlight"];
    out.spotlight = {
        flag(spotlight["on"]), flag(spotlight["usualPort"], true), flag(spotlight["usualPortTaken"])};
    out.slowest = rows<domain::Endpoint>(body["transactions"], [](const json::Value& row) {
        return domain::Endpoint{text(row["project"], shortText), text(row["name"], lineText),
            amount(row["p50"]), amount(row["p95"]), amount(row["perHour"])};
    });
    return out;
}

core::Result<domain::ProjectSettings> projectSettings(const json::Value& body)
{
    if (!body.isObject())
        return core::fail(core::ErrorKind::Malformed, u"a project's settings were expected"_s);
    domain::ProjectSettings out;
    out.isActive = flag(body["active"], true);
    out.rateCount = count(body["rateLimit"]["count"]);
    out.rateWindow = count(body["rateLimit"]["window"]);
    out.maxBytes = count(body["maxBytes"]);
    out.upstream = text(body["upstream"], lineText);
    const json::Value filters = body["filters"];
    out.filters.errorTypes = patterns(filters["errorTypes"]);
    out.filters.messages = patterns(filters["messages"]);
    out.filters.releases = patterns(filters["releases"]);
    out.filters.browserExtensions = flag(filters["browserExtensions"]);
    out.filters.localhost = flag(filters["localhost"]);
    return out;
}

core::Result<domain::CollectorSettings> collectorSettings(const json::Value& body)
{
    if (!body.isObject())
        return core::fail(core::ErrorKind::Malformed, u"the collector's settings were expected"_s);
    domain::CollectorSettings out;
    out.takesSpotlight = flag(body["spotlight"], true);
    constexpr qint64 longest = 36'500;
    out.retentionDays = static_cast<int>(std::min(count(body["retentionDays"]), longest));
    out.retentionBytes = count(body["retentionBytes"]);
    return out;
}

} // namespace vedette::api::decode
