// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Full events and the rows of event lists (contract section 9).

#include "models/api/decode/decode.h"
#include "models/api/decode/read.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api::decode {
namespace {

QString tagValue(const domain::Event& event, QLatin1StringView key)
{
    for (const domain::EventTag& tag : event.tags) {
        if (tag.key == key)
            return tag.value;
    }
    return {};
}

domain::EventUser userOf(const json::Value& value)
{
    domain::EventUser out;
    out.id = text(value["id"], shortText);
    out.email = text(value["email"], shortText);
    out.username = text(value["username"], shortText);
    out.ipAddress = text(value["ip_address"].exists() ? value["ip_address"] : value["ipAddress"], shortText);
    out.name = text(value["name"], shortText);
    // `data` and every key that is not one of the above are the user's own.
    out.data = named(value["data"]);
    const domain::NamedValues all = named(value);
    for (const auto& [key, member] : all) {
        const bool isKnown = key == "id"_L1 || key == "email"_L1 || key == "username"_L1 ||
                             key == "ip_address"_L1 || key == "ipAddress"_L1 || key == "name"_L1 ||
                             key == "data"_L1;
        if (!isKnown && !member.isNull())
            out.data.append({key, member});
    }
    return out;
}

QList<domain::Context> contextsOf(const json::Value& value)
{
    QList<domain::Context> out;
    for (const auto& [alias, member] : value.members()) {
        if (out.size() >= mostItems)
            break;
        domain::Context context;
        context.alias = text(alias, shortText);
        context.type = text(member["type"], shortText);
        if (context.type.isEmpty())
            context.type = context.alias;
        context.values = named(member);
        context.values.removeIf([](const auto& pair) { return pair.first == "type"_L1; });
        if (!member.isObject() && !member.isNull())
            context.values = {{u"value"_s, tree(member)}};
        out.append(std::move(context));
    }
    return out;
}

QList<domain::EventProblem> problemsOf(const json::Value& value)
{
    QList<domain::EventProblem> out;
    for (const json::Value row : value.items()) {
        if (!row.isObject() || out.size() >= mostItems)
            continue;
        out.append({text(row["type"], shortText), text(row["message"], lineText), named(row["data"])});
    }
    return out;
}

QString messageOf(const json::Value& data)
{
    QString formatted = text(data["formatted"], longText);
    if (!formatted.isEmpty())
        return formatted;
    return text(data.isObject() ? data["message"] : data, longText);
}

void readEntry(const QString& type, const json::Value& data, domain::Event& out)
{
    if (type == "exception"_L1)
        out.exceptions += exceptions(data);
    else if (type == "stacktrace"_L1)
        out.stacktrace = stacktrace(data);
    else if (type == "threads"_L1)
        out.threads += threads(data);
    else if (type == "breadcrumbs"_L1)
        out.breadcrumbs += breadcrumbs(data);
    else if (type == "request"_L1)
        out.request = request(data);
    else if (type == "message"_L1)
        out.message = messageOf(data);
    else if (!data.isNull() && data.exists())
        out.otherEntries.append({type, tree(data)});
}

} // namespace

core::Result<domain::Event> event(const json::Value& body)
{
    domain::Event out;
    const QString eventId = id(body["eventID"]);
    out.id = domain::EventId(eventId.isEmpty() ? id(body["id"]) : eventId);
    if (out.id.isEmpty())
        return core::fail(core::ErrorKind::Malformed, u"an event was expected"_s);
    out.issue = domain::IssueId(id(body["groupID"]));
    out.project = domain::ProjectId(id(body["projectID"]));
    out.type = text(body["type"], shortText);
    out.title = text(body["title"], lineText);
    out.culprit = text(body["culprit"], lineText);
    out.location = text(body["location"], lineText);
    out.platform = text(body["platform"], shortText);
    for (const auto& [key, value] : pairs(body["tags"])) {
        if (!key.isEmpty())
            out.tags.append({key, value});
    }
    const json::Value release = body["release"];
    out.release = text(release.isObject() ? release["version"] : release, shortText);
    if (out.release.isEmpty())
        out.release = tagValue(out, "release"_L1);
    out.dist = text(body["dist"], shortText);
    out.environment = body["environment"].isString() ? text(body["environment"], shortText)
                                                     : tagValue(out, "environment"_L1);
    out.sdkName = text(body["sdk"]["name"], shortText);
    out.sdkVersion = text(body["sdk"]["version"], shortText);
    const QString level =
        body["level"].isString() ? text(body["level"], shortText) : tagValue(out, "level"_L1);
    out.level = level.isEmpty() ? domain::Level::Error : domain::levelFromText(level);
    out.dateCreated = time(body["dateCreated"]);
    out.dateReceived = time(body["dateReceived"]);

    qsizetype entries = 0;
    for (const json::Value entry : body["entries"].items()) {
        if (++entries > mostItems)
            break;
        const QString type = text(entry["type"], shortText);
        if (!type.isEmpty())
            readEntry(type, entry["data"], out);
    }
    out.user = userOf(body["user"]);
    out.contexts = contextsOf(body["contexts"]);
    out.extra = named(body["context"]);
    out.packages = pairs(body["packages"]);
    out.errors = problemsOf(body["errors"]);
    out.older = domain::EventId(id(body["previousEventID"]));
    out.newer = domain::EventId(id(body["nextEventID"]));
    out.sizeBytes = count(body["size"]);
    return out;
}

core::Result<QList<EventSummary>> eventSummaries(const json::Value& body)
{
    return list<EventSummary>(body, [](const json::Value& row) -> std::optional<EventSummary> {
        EventSummary out;
        for (const char* key : {"eventID", "event_id", "id"}) {
            if (out.id.isEmpty())
                out.id = domain::EventId(id(row[key]));
        }
        if (out.id.isEmpty())
            return {};
        out.title = text(row["title"], lineText);
        out.message = text(row["message"], lineText);
        out.culprit = text(row["culprit"], lineText);
        out.location = text(row["location"], lineText);
        out.platform = text(row["platform"], shortText);
        const domain::EventUser user = userOf(row["user"]);
        for (const QString& name : {user.email, user.name, user.username, user.id, user.ipAddress}) {
            if (out.user.isEmpty())
                out.user = name;
        }
        out.tags = pairs(row["tags"]);
        out.dateCreated = time(row["dateCreated"].exists() ? row["dateCreated"] : row["date_created"]);
        return out;
    });
}

} // namespace vedette::api::decode
